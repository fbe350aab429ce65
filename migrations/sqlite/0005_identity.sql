-- Who may do what: accounts, roles held at a unit, sessions, attempts to sign in.
create table account (
    user_name text not null primary key,
    name text not null,
    email text not null default '',
    password_hash text not null,
    language text not null default 'vi',
    created_at text not null,
    disabled_at text not null default ''
);

create table account_role (
    user_name text not null references account (user_name),
    role text not null,
    unit_code text not null references unit (code),
    valid_from text not null default '',
    valid_to text not null default '9999-12-31',
    primary key (user_name, role, unit_code, valid_from)
);

-- Only the hash of a session's token is kept.
create table session (
    token_hash text not null primary key,
    user_name text not null references account (user_name),
    csrf_token text not null,
    created_at text not null,
    expires_at text not null
);

create table sign_in_attempt (
    key text not null,
    attempted_at text not null,
    succeeded bigint not null
);

create index sign_in_attempt_by_key on sign_in_attempt (key, attempted_at);
