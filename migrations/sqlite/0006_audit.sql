-- Who did what, when, why: one line for every change, in the change's own transaction.
create table audit_line (
    id integer primary key,
    recorded_at text not null,
    actor text not null,
    request text not null,
    verb text not null,
    object text not null,
    detail text not null default ''
);

create index audit_line_by_object on audit_line (object);
