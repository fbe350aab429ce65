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
    label_en text not null default '',
    as_of text not null,
    due_on text not null
);

-- What was decided about due dates, in the order in which it was decided: a form's own day (no reason), or more time
-- for a reason. '' means every form, every unit.
create table form_deadline (
    period_code text not null references reporting_period (code),
    sequence bigint not null,
    form_code text not null default '',
    unit_code text not null default '',
    due_on text not null,
    reason text not null,
    set_at text not null,
    set_by text not null,
    primary key (period_code, sequence)
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
