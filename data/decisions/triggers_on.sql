-- Lets Postgres refuse every change of a row again.
-- {table}: papers, charters, sign_offs, stage_notes, reviews, counts, members

alter table {table} enable trigger {table}_are_not_changed;

alter table {table} enable trigger {table}_are_not_deleted;
