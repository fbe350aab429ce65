-- Every change of the organisation as it was decided: on what basis, what it did, and the units as they were before, so
-- that the last one can be taken back. And who among the deputies is the standing one.
create table unit_change (
    id integer primary key,
    effective_on text not null,
    verb text not null,
    basis text not null,
    decided_by text not null,
    recorded_at text not null,
    change text not null,
    units_before text not null,
    undone_at text not null default '',
    undone_by text not null default ''
);

create table unit_change_unit (
    change_id bigint not null references unit_change (id),
    unit_code text not null,
    primary key (unit_code, change_id)
);

alter table post_term add column is_standing bigint not null default 0;

create index post_by_unit on post (unit_code);
create index post_term_by_person on post_term (person_code);
