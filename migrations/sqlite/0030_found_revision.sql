-- How often a found article was written: who mends, replaces or publishes it says which text they have seen.
alter table conference_found_article add column revision bigint not null default 1;
