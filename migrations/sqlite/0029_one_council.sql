-- Of an office and a year one council sits at a time, also when two desks open one at once.
create unique index award_council_sitting on award_council (unit_code, year) where closed_at = '';
