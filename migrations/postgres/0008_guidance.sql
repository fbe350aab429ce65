-- On what basis: documents in and out and the texts of law, what cites what, their files, and the number registers.

-- '' as unit means a text that ships with the program and belongs to every office.
create table guidance_document (
    slug text not null primary key,
    unit_code text not null default '',
    direction text not null,
    number text not null default '',
    number_raw text not null default '',
    document_type text not null default '',
    type_words text not null default '',
    issuer text not null default '',
    issuer_unit text not null default '',
    issued_on text not null default '',
    subject text not null default '',
    signer text not null default '',
    valid_from text not null default '',
    valid_to text not null default '9999-12-31',
    source text not null default '',
    confidence text not null default '',
    note text not null default '',
    recorded_at text not null,
    recorded_by text not null
);

create index guidance_document_by_number on guidance_document (number);

-- From the later text to the earlier one; '' as day means the day on which the later text enters into force.
create table guidance_relation (
    from_slug text not null references guidance_document (slug),
    to_slug text not null references guidance_document (slug),
    relation text not null,
    effective_on text not null default '',
    source text not null default '',
    recorded_at text not null,
    recorded_by text not null,
    primary key (from_slug, to_slug, relation)
);

create index guidance_relation_by_earlier on guidance_relation (to_slug);

-- A file of a document; its content stands under files/ by its hash, its words here, so that the index can be rebuilt.
create table guidance_file (
    slug text not null references guidance_document (slug),
    sha256 text not null,
    name text not null,
    media_type text not null,
    byte_count bigint not null,
    page_count bigint not null default 0,
    words text not null default '',
    attached_at text not null,
    attached_by text not null,
    primary key (slug, sha256)
);

-- How an agency numbers its papers; a council that uses its seal has a line of its own.
create table numbering_rule (
    unit_code text not null references unit (code),
    council text not null default '',
    origin text not null,
    series_groups text not null default '',
    abbreviations text not null default '',
    set_at text not null,
    set_by text not null,
    primary key (unit_code, council)
);

-- The last number given of each series; the row is what two officers at once wait for.
create table number_series (
    unit_code text not null references unit (code),
    council text not null default '',
    series text not null,
    year bigint not null,
    last bigint not null,
    primary key (unit_code, council, series, year)
);

-- The book. A line is never deleted and its number never given again; a cancelled one keeps its reason.
create table number_entry (
    unit_code text not null references unit (code),
    council text not null default '',
    series text not null,
    year bigint not null,
    number bigint not null,
    printed text not null,
    document_type text not null default '',
    subject text not null default '',
    signer text not null default '',
    document_slug text not null default '',
    signed_on text not null,
    origin text not null,
    entered_at text not null,
    entered_by text not null,
    cancelled_at text not null default '',
    cancelled_by text not null default '',
    cancel_reason text not null default '',
    primary key (unit_code, council, series, year, number)
);
