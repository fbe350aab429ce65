-- Articles that were published elsewhere and are kept beside the conference that they tell of. The body holds the text as it
-- was found and what was read from it; views that it had there stand in the body, those that it gained here in `view_count`.
create table conference_found_article (
    conference_id bigint not null primary key references conference (id),
    title text not null,
    published_on text not null default '',
    source text not null,
    body text not null,
    taken_at text not null,
    taken_by text not null,
    shown_at text not null default '',
    shown_by text not null default '',
    view_count bigint not null default 0
);
