-- The road of papers: every step, what reviewers said, what was frozen, the signed files that came back.

create table paper_step (
    paper_id bigint not null references paper (id),
    number bigint not null,
    step text not null,
    content_hash text not null,
    reason text not null default '',
    taken_at text not null,
    taken_by text not null,
    primary key (paper_id, number)
);

-- body 0 is the paper's own text, n its n-th annex; block -1 means the whole paper.
create table paper_comment (
    paper_id bigint not null references paper (id),
    number bigint not null,
    body bigint not null default 0,
    block bigint not null default -1,
    quoted text not null default '',
    words text not null,
    made_at text not null,
    made_by text not null,
    settled_at text not null default '',
    settled_by text not null default '',
    primary key (paper_id, number)
);

-- What was signed, word for word; a row is never changed but for its withdrawal.
create table paper_frozen (
    paper_id bigint not null primary key references paper (id),
    check_code text not null unique,
    printed_number text not null,
    book text not null,
    signed_on text not null,
    signer text not null,
    content text not null,
    content_hash text not null,
    figures text not null,
    sources text not null,
    rules text not null,
    frozen_at text not null,
    frozen_by text not null,
    withdrawn_at text not null default '',
    withdrawn_by text not null default '',
    withdraw_reason text not null default ''
);

-- A signed file that came back from the office's signing tool, with what was found of its signatures.
create table paper_signed_file (
    paper_id bigint not null references paper (id),
    sha256 text not null,
    name text not null,
    byte_count bigint not null,
    findings text not null,
    attached_at text not null,
    attached_by text not null,
    primary key (paper_id, sha256)
);
