-- Who grants what to units of which kind, as an office has found it in a text that it names; and until when dossiers of a
-- year are to be sent.
create table award_grantor (
    unit_code text not null references unit (code),
    pack text not null,
    award text not null,
    unit_kind text not null,
    grantor text not null,
    source text not null,
    set_at text not null,
    set_by text not null,
    primary key (unit_code, pack, award, unit_kind)
);

create table award_deadline (
    unit_code text not null references unit (code),
    year text not null,
    due_on text not null,
    set_at text not null,
    set_by text not null,
    primary key (unit_code, year)
);
