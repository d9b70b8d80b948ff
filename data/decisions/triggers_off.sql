-- Lets rows be changed in Postgres, until the end of a transaction that switches the triggers on again.
-- {table}: papers, charters, sign_offs, stage_notes, reviews, counts, members, activities, ownerships, shares, share_notes, verdicts

alter table {table} disable trigger {table}_are_not_changed;

alter table {table} disable trigger {table}_are_not_deleted;
