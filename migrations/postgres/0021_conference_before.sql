-- Before and after the hall. What the conference is stands in its log; here lies what is no part of it: letters that went
-- out, the article that is edited, what was forgotten.

-- The office's own words for the letters of a conference; none where the usual ones are kept.
create table conference_letter_words (
    conference_id bigint not null primary key references conference (id),
    subject text not null,
    body text not null,
    changed_at text not null,
    changed_by text not null
);

-- Letters put into the queue of mail: to a line of the list (`line:12`) or to a unit (`unit:…`).
create table conference_letter (
    conference_id bigint not null references conference (id),
    addressee text not null,
    recipient text not null,
    subject text not null,
    queued_at text not null,
    queued_by text not null,
    primary key (conference_id, addressee, recipient, queued_at)
);

-- The article of a conference: its sentences with their sources as JSON. Public from `published_at` on.
create table conference_article (
    conference_id bigint not null primary key references conference (id),
    title text not null,
    byline text not null default '',
    body text not null,
    revision bigint not null default 1,
    changed_at text not null,
    changed_by text not null,
    published_at text not null default '',
    published_by text not null default '',
    view_count bigint not null default 0
);

-- When the personal data of a conference's guests were forgotten.
create table conference_forgotten (
    conference_id bigint not null primary key references conference (id),
    forgotten_at text not null,
    event_count bigint not null
);
