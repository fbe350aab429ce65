-- Emulation clusters (cụm, khối thi đua): set anew each school year, across the lines of authority. A unit belongs to
-- one cluster of a year or to none.
create table cluster_member (
    year text not null,
    unit_code text not null references unit (code),
    cluster text not null,
    primary key (year, unit_code)
);
