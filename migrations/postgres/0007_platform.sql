-- Mail waiting to be sent.
create table mail (
    id bigint generated always as identity primary key,
    recipient text not null,
    subject text not null,
    body text not null,
    queued_at text not null,
    sent_at text not null default '',
    tries bigint not null default 0,
    next_try_at text not null default '',
    last_error text not null default ''
);

create index mail_waiting on mail (sent_at, queued_at);

-- Facts about this installation: pack version, whether its data are invented.
create table setting (
    name text not null primary key,
    value text not null
);
