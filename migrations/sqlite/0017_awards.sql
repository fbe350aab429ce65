-- Who is honoured: dossiers, what is known of a nominee (every version kept), holds, the council, decisions, honours.
-- An open end is '' where a day is still to come; a setting that the office has not made is 0 or -1, never a guess.
create table award_dossier (
    id integer primary key,
    unit_code text not null references unit (code),
    year text not null,
    nominee_key text not null,
    is_person bigint not null,
    nominee_name text not null,
    nominee_post text not null default '',
    nominee_unit text not null references unit (code),
    award text not null,
    occasion text not null,
    achievement text not null,
    grantor text not null default '',
    facts text not null,
    revision bigint not null,
    accepted_on text not null default '',
    sending_note text not null default '',
    nominated_at text not null,
    nominated_by text not null
);

create index award_dossier_by_year on award_dossier (unit_code, year);
create index award_dossier_by_nominee on award_dossier (nominee_key);

-- What a dossier said before each change, and as it was first nominated.
create table award_dossier_revision (
    dossier_id bigint not null,
    revision bigint not null,
    achievement text not null,
    grantor text not null,
    facts text not null,
    written_at text not null,
    written_by text not null,
    primary key (dossier_id, revision)
);

create table award_hold (
    dossier_id bigint not null,
    number bigint not null,
    since text not null,
    reason text not null,
    held_at text not null,
    held_by text not null,
    released_on text not null default '',
    release_reason text not null default '',
    released_by text not null default '',
    primary key (dossier_id, number)
);

create table award_quota (
    unit_code text not null references unit (code),
    year text not null,
    award text not null,
    percent text not null,
    rounding text not null,
    base bigint not null default -1,
    set_at text not null,
    set_by text not null,
    primary key (unit_code, year, award)
);

create table award_council (
    id integer primary key,
    unit_code text not null references unit (code),
    year text not null,
    held_on text not null,
    place text not null default '',
    ballot text not null,
    quorum_percent bigint not null default 0,
    pass_percent bigint not null default 0,
    opened_at text not null,
    opened_by text not null,
    closed_at text not null default '',
    closed_by text not null default '',
    minutes_paper bigint not null default 0
);

create index award_council_by_year on award_council (unit_code, year);

create table award_council_member (
    council_id bigint not null,
    number bigint not null,
    name text not null,
    post text not null,
    seat text not null,
    is_present bigint not null,
    primary key (council_id, number)
);

-- A nomination before the council. The tallies are those of a secret vote; an open vote is counted from award_vote.
create table award_council_item (
    council_id bigint not null,
    dossier_id bigint not null,
    conclusion text not null default '',
    approving bigint not null default 0,
    opposing bigint not null default 0,
    blank bigint not null default 0,
    primary key (council_id, dossier_id)
);

-- Open votes alone: a secret one leaves no line here.
create table award_vote (
    council_id bigint not null,
    dossier_id bigint not null,
    member bigint not null,
    vote text not null,
    primary key (council_id, dossier_id, member)
);

create table award_decision (
    id integer primary key,
    unit_code text not null references unit (code),
    year text not null,
    council_id bigint not null,
    award text not null,
    paper_id bigint not null,
    decided_at text not null,
    decided_by text not null,
    number text not null default '',
    signed_on text not null default '',
    granted_by text not null default '',
    unique (council_id, award)
);

-- Honours given: from a decision here, or recorded from an older one.
create table award (
    id integer primary key,
    unit_code text not null references unit (code),
    year text not null,
    nominee_key text not null,
    is_person bigint not null,
    nominee_name text not null,
    nominee_post text not null default '',
    nominee_unit text not null references unit (code),
    gender text not null default '',
    award text not null,
    occasion text not null,
    decision_number text not null,
    signed_on text not null,
    granted_by text not null default '',
    dossier_id bigint not null default 0,
    recorded_at text not null,
    recorded_by text not null
);

create index award_by_year on award (unit_code, year);
create index award_by_nominee on award (nominee_key);
create index award_by_unit on award (nominee_unit);

-- A result that a superior office gave, with its document. A correction is a new row; the latest of a scope counts.
create table received_result (
    id integer primary key,
    unit_code text not null references unit (code),
    year text not null,
    scope text not null default '',
    contributors text not null default '',
    total bigint not null,
    counts text not null,
    graded_by text not null,
    document text not null,
    correction text not null default '',
    recorded_at text not null,
    recorded_by text not null
);

create index received_result_by_year on received_result (unit_code, year);

-- Figures that rooms after the report hand to it: honours given in a year.
create table report_contribution (
    unit_code text not null references unit (code),
    year text not null,
    code text not null,
    label text not null,
    measure text not null,
    value double precision not null,
    source text not null,
    list_order bigint not null,
    written_at text not null,
    written_by text not null,
    primary key (unit_code, year, code)
);
