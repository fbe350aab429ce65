-- Who: units, their names and parents over time, successors, people and posts.
-- Dates are ISO text; '' is an open beginning and '9999-12-31' an open end, so that one comparison serves both.
create table unit (
    code text not null primary key,
    kind text not null,
    official_code text not null default '',
    levels text not null default '',
    ownership text not null default '',
    valid_from text not null default '',
    valid_to text not null default '9999-12-31',
    list_order bigint not null default 0
);

create table unit_name (
    unit_code text not null references unit (code),
    name text not null,
    valid_from text not null default '',
    valid_to text not null default '9999-12-31',
    primary key (unit_code, valid_from)
);

create table unit_alias (
    unit_code text not null references unit (code),
    alias text not null,
    primary key (unit_code, alias)
);

create table unit_parent (
    unit_code text not null references unit (code),
    line text not null,
    parent_code text not null references unit (code),
    valid_from text not null default '',
    valid_to text not null default '9999-12-31',
    primary key (unit_code, line, valid_from)
);

create index unit_parent_by_parent on unit_parent (parent_code, line);

create table unit_succession (
    predecessor_code text not null references unit (code),
    successor_code text not null references unit (code),
    kind text not null,
    share text not null default '',
    effective_on text not null,
    primary key (predecessor_code, successor_code)
);

create index unit_succession_by_successor on unit_succession (successor_code);

create table satellite_site (
    unit_code text not null references unit (code),
    name text not null,
    valid_from text not null default '',
    valid_to text not null default '9999-12-31',
    primary key (unit_code, name, valid_from)
);

create table person (
    code text not null primary key,
    name text not null,
    address_form text not null default ''
);

create table post (
    code text not null primary key,
    unit_code text not null references unit (code),
    title text not null,
    body text not null,
    rank bigint not null,
    is_single bigint not null
);

create table post_term (
    post_code text not null references post (code),
    person_code text not null references person (code),
    valid_from text not null default '',
    valid_to text not null default '9999-12-31',
    is_acting bigint not null default 0,
    primary key (post_code, person_code, valid_from)
);
