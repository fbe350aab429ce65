-- A Word file of a draft that came back edited: the revision with which it was compared, and the one that it became
-- where its words were taken over (0 until then).
create table paper_word_file (
    paper_id bigint not null references paper (id),
    sha256 text not null,
    name text not null,
    byte_count bigint not null,
    compared_revision bigint not null,
    became_revision bigint not null default 0,
    received_at text not null,
    received_by text not null,
    primary key (paper_id, sha256)
);
