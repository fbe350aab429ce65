-- Conferences. The log is the record; title, day, years and phase here are a copy of what it says, for lists.
-- `seq` is the place of the last event: whoever writes takes this row first, so that two processes never write one place.
create table conference (
    id integer primary key,
    unit_code text not null,
    year text not null,
    title text not null,
    held_on text not null default '',
    phase text not null default 'planned',
    seq bigint not null default 0,
    created_at text not null,
    created_by text not null
);

create table conference_event (
    conference_id bigint not null references conference (id),
    seq bigint not null,
    version bigint not null,
    at text not null,
    actor text not null,
    kind text not null,
    body text not null,
    primary key (conference_id, seq)
);

-- The box of a secret poll: one row for all its ballots, written anew as a whole in the order of their tokens at every
-- vote, so that neither the order of rows nor a time tells which ballot came when. Emptied when the poll is given up.
create table conference_ballot_box (
    conference_id bigint not null references conference (id),
    poll bigint not null,
    ballots text not null,
    primary key (conference_id, poll)
);

-- The address at which a delegate answers, asks for the floor and votes without an account.
create table conference_link (
    token text not null primary key,
    conference_id bigint not null references conference (id),
    participation bigint not null,
    made_at text not null,
    unique (conference_id, participation)
);
