-- Work that is done later: put here in the transaction of the verb that wants it, taken by one worker under a lease.
-- `state` is waiting, running, done or failed; times are RFC 3339 in UTC, '' where there is none.
create table job (
    id bigint generated always as identity primary key,
    kind text not null,
    payload text not null default '',
    -- A name that only one waiting or running job may have; '' where there may be many.
    alone text not null default '',
    asked_by text not null,
    request text not null default '',
    queued_at text not null,
    run_after text not null,
    state text not null default 'waiting',
    worker text not null default '',
    lease_until text not null default '',
    tries bigint not null default 0,
    done_count bigint not null default 0,
    total_count bigint not null default 0,
    result text not null default '',
    last_error text not null default '',
    finished_at text not null default ''
);

create index job_by_state on job (state, run_after);
create unique index job_alone on job (alone) where alone <> '' and state in ('waiting', 'running');
