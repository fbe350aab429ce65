-- A meeting of the emulation council that ended without conclusions says why; its nominations come before another one.
alter table award_council add column adjourned text not null default '';
