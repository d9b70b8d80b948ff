-- Step 2 on Postgres: what running campaigns have brought so far. As all rows, these are only ever added.
-- {table}: counts

create table counts (
    count_id integer not null primary key,
    name text collate "C" not null,
    metric text not null,
    deliverable text,
    day text not null check (length(day) = 10),
    value double precision check (value >= 0),
    counted_at text not null,
    seal text not null check (length(seal) = 64)
);

create trigger {table}_are_not_changed before update on {table}
    for each statement execute function only_added_to();

create trigger {table}_are_not_deleted before delete or truncate on {table}
    for each statement execute function only_added_to();
