-- What is said: the texts typed into a report's places, and the targets that it is held against.
create table report_text (
    unit_code text not null references unit (code),
    year text not null,
    level text not null default '',
    place text not null,
    body text not null,
    written_at text not null,
    written_by text not null,
    primary key (unit_code, year, level, place)
);

create table target (
    unit_code text not null references unit (code),
    year text not null,
    indicator_code text not null,
    direction text not null,
    value double precision not null,
    set_at text not null,
    set_by text not null,
    primary key (unit_code, year, indicator_code)
);
