-- When: school years, semesters, reporting periods, deadlines, closing and reopening.
create table school_year (
    year text not null primary key,
    opened_at text not null,
    opened_by text not null
);

create table semester (
    year text not null references school_year (year),
    number bigint not null,
    starts_on text not null,
    ends_on text not null,
    primary key (year, number)
);

create table reporting_period (
    code text not null primary key,
    year text not null references school_year (year),
    kind text not null,
    label text not null,
    as_of text not null,
    due_on text not null
);

-- A deadline of one form, for every unit (unit_code '') or extended for one, with its reason.
create table form_deadline (
    period_code text not null references reporting_period (code),
    form_code text not null,
    unit_code text not null default '',
    due_on text not null,
    reason text not null,
    set_at text not null,
    set_by text not null,
    primary key (period_code, form_code, unit_code)
);

-- The latest record tells whether the period is open; every record stays.
create table period_closure (
    period_code text not null references reporting_period (code),
    sequence bigint not null,
    kind text not null,
    reason text not null,
    recorded_at text not null,
    recorded_by text not null,
    primary key (period_code, sequence)
);
