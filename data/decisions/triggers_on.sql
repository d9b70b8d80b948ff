-- Lets Postgres refuse every change of a row again.
-- {table}: papers, charters, sign_offs, stage_notes, reviews, counts, members, activities, ownerships, shares, share_notes, verdicts

alter table {table} enable trigger {table}_are_not_changed;

alter table {table} enable trigger {table}_are_not_deleted;
