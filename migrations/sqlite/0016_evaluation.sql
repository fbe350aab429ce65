-- The road of a score: a set opened for a year, what was said of each item at each stage, sittings, publications.

-- Criteria sets that the office made itself; a version is never overwritten, and is in use from the day it is taken.
create table criteria_set (
    code text not null,
    version bigint not null,
    unit_code text not null references unit (code),
    content text not null,
    content_hash text not null,
    based_on text not null default '',
    in_use_from text not null default '',
    saved_at text not null,
    saved_by text not null,
    primary key (code, version)
);

-- A set opened for a year by an office, its text frozen.
create table evaluation_round (
    id integer primary key,
    unit_code text not null references unit (code),
    year text not null,
    set_code text not null,
    set_version bigint not null,
    set_hash text not null,
    set_text text not null,
    limit_hundredths bigint not null,
    sight text not null,
    quorum_percent bigint not null,
    agree_percent bigint not null,
    sitting_count bigint not null default 0,
    publication_count bigint not null default 0,
    opened_at text not null,
    opened_by text not null,
    unique (year, set_code, unit_code)
);

-- The last day of a stage; a change keeps its reason in the audit line.
create table evaluation_deadline (
    round_id bigint not null references evaluation_round (id),
    stage text not null,
    due_on text not null,
    primary key (round_id, stage)
);

-- Where each unit of a round stands; latest is the number of its latest record.
create table evaluation_road (
    round_id bigint not null references evaluation_round (id),
    unit_code text not null references unit (code),
    state text not null,
    latest bigint not null default 0,
    grade text not null default '',
    primary key (round_id, unit_code)
);

create table evaluation_step (
    round_id bigint not null,
    unit_code text not null,
    number bigint not null,
    state text not null,
    reason text not null default '',
    taken_at text not null,
    taken_by text not null,
    primary key (round_id, unit_code, number),
    foreign key (round_id, unit_code) references evaluation_road (round_id, unit_code)
);

-- What was said of a line at a stage; appended, never changed. claim: value, not_applicable, computed or '' for a remark.
create table evaluation_record (
    round_id bigint not null,
    unit_code text not null,
    number bigint not null,
    stage text not null,
    line text not null,
    claim text not null,
    value text not null,
    comment text not null,
    evidence text not null,
    of_unit text not null,
    made_at text not null,
    made_by text not null,
    primary key (round_id, unit_code, number),
    foreign key (round_id, unit_code) references evaluation_road (round_id, unit_code)
);

-- Units that check others; line '' gives all lines.
create table evaluation_reviewer (
    round_id bigint not null,
    unit_code text not null,
    reviewer_code text not null references unit (code),
    line text not null default '',
    primary key (round_id, unit_code, reviewer_code, line),
    foreign key (round_id, unit_code) references evaluation_road (round_id, unit_code)
);

create table evaluation_evidence (
    round_id bigint not null,
    unit_code text not null,
    line text not null,
    sha256 text not null,
    name text not null,
    media_type text not null,
    byte_count bigint not null,
    attached_at text not null,
    attached_by text not null,
    primary key (round_id, unit_code, line, sha256),
    foreign key (round_id, unit_code) references evaluation_road (round_id, unit_code)
);

create table evaluation_sitting (
    round_id bigint not null references evaluation_round (id),
    number bigint not null,
    held_on text not null,
    members bigint not null,
    present bigint not null,
    recorded_at text not null,
    recorded_by text not null,
    primary key (round_id, number)
);

create table evaluation_vote (
    round_id bigint not null,
    number bigint not null,
    unit_code text not null,
    agree bigint not null,
    against bigint not null,
    grade text not null default '',
    reason text not null default '',
    primary key (round_id, number, unit_code),
    foreign key (round_id, number) references evaluation_sitting (round_id, number)
);

-- Published results; a correction is a new publication with its reason.
create table evaluation_publication (
    round_id bigint not null references evaluation_round (id),
    number bigint not null,
    reason text not null default '',
    published_at text not null,
    published_by text not null,
    primary key (round_id, number)
);

create table evaluation_result (
    round_id bigint not null,
    number bigint not null,
    unit_code text not null,
    content text not null,
    primary key (round_id, number, unit_code),
    foreign key (round_id, number) references evaluation_publication (round_id, number)
);
