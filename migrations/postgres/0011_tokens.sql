-- Personal tokens: programs sign in with them as the account that made them. Only a token's hash is kept.
create table personal_token (
    id text not null primary key,
    user_name text not null references account (user_name),
    name text not null,
    token_hash text not null unique,
    created_at text not null,
    expires_at text not null,
    revoked_at text not null default '',
    last_used_at text not null default ''
);

create index personal_token_by_user on personal_token (user_name, created_at);
