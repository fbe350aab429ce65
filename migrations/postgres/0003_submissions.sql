-- What each unit sent. A revision never changes; `submission` points at the latest and the approved one.
-- `latest_digest` tells the same content sent again; the counts are of the last check: errors of a draft, warnings
-- that nobody has explained yet.
create table submission (
    unit_code text not null references unit (code),
    form_code text not null,
    period_code text not null references reporting_period (code),
    state text not null,
    latest_revision bigint not null default 0,
    approved_revision bigint not null default 0,
    error_count bigint not null default 0,
    warning_count bigint not null default 0,
    event_count bigint not null default 0,
    latest_digest text not null default '',
    first_sent_at text not null default '',
    last_sent_at text not null default '',
    changed_at text not null,
    primary key (unit_code, form_code, period_code)
);

create index submission_by_period on submission (period_code, state);

-- All values of one sending, packed in the form's cell order (see app::submissions::packed).
create table revision (
    unit_code text not null,
    form_code text not null,
    period_code text not null,
    number bigint not null,
    form_version bigint not null,
    road text not null,
    figures bytea not null,
    texts text not null default '',
    sent_at text not null,
    sent_by text not null,
    file_name text not null default '',
    primary key (unit_code, form_code, period_code, number)
);

-- Which item each cell of a form's version holds, by code, in the packed order: what lets figures of an older version be
-- read into the present one.
create table form_layout (
    form_code text not null,
    version bigint not null,
    items text not null,
    primary key (form_code, version)
);

create table draft (
    unit_code text not null,
    form_code text not null,
    period_code text not null,
    form_version bigint not null,
    figures bytea not null,
    texts text not null default '',
    saved_at text not null,
    saved_by text not null,
    primary key (unit_code, form_code, period_code)
);

-- Every step as a record: submitted, returned, approved, locked, unlocked, reopened.
create table submission_event (
    unit_code text not null,
    form_code text not null,
    period_code text not null,
    sequence bigint not null,
    kind text not null,
    revision bigint not null,
    reason text not null default '',
    recorded_at text not null,
    recorded_by text not null,
    primary key (unit_code, form_code, period_code, sequence)
);

-- A remark on one cell: why it was returned, or why a warning was accepted.
create table cell_remark (
    unit_code text not null,
    form_code text not null,
    period_code text not null,
    sequence bigint not null,
    item text not null,
    check_code text not null default '',
    reason text not null,
    primary key (unit_code, form_code, period_code, sequence, item, check_code)
);
