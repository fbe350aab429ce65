-- An office's own versions of wording templates; the shipped one is version 0. A version is never overwritten.
create table wording_version (
    unit_code text not null,
    kind text not null,
    version bigint not null,
    body text not null,
    note text not null default '',
    written_at text not null,
    written_by text not null,
    primary key (unit_code, kind, version)
);

-- Papers of the year: what was typed, and the content that came of it.
create table paper (
    id integer primary key,
    unit_code text not null,
    year text not null,
    kind text not null,
    subject text not null,
    state text not null default 'draft',
    wording_version bigint not null,
    inputs text not null,
    content text not null,
    content_hash text not null,
    revision bigint not null,
    created_at text not null,
    created_by text not null,
    changed_at text not null,
    changed_by text not null
);

create index paper_by_year on paper (unit_code, year, kind);

-- What a paper was before each change.
create table paper_revision (
    paper_id bigint not null,
    revision bigint not null,
    wording_version bigint not null,
    inputs text not null,
    content_hash text not null,
    written_at text not null,
    written_by text not null,
    primary key (paper_id, revision)
);
