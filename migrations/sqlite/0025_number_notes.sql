-- Why a line of a book stands out of its order; empty where it does not.
alter table number_entry add column note text not null default '';
