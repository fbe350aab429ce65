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

-- What an officer decided about a sentence that was offered (`kept`, `dropped`), so that it is not offered again.
create table report_draft (
    unit_code text not null references unit (code),
    year text not null,
    level text not null default '',
    place text not null,
    finding text not null,
    decision text not null,
    decided_at text not null,
    decided_by text not null,
    primary key (unit_code, year, level, place, finding)
);

-- What a person saw when reading a report last: every number of it, as JSON.
create table report_reading (
    user_name text not null,
    unit_code text not null references unit (code),
    year text not null,
    level text not null default '',
    read_at text not null,
    figures text not null,
    primary key (user_name, unit_code, year, level)
);
