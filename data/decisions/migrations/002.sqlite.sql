-- Step 2 on SQLite: what running campaigns have brought so far. As all rows, these are only ever added.
-- {table}: counts

create table counts (
    count_id integer not null primary key,
    name text not null,
    metric text not null,
    deliverable text,
    day text not null check (length(day) = 10),
    value real check (value >= 0),
    counted_at text not null,
    seal text not null check (length(seal) = 64)
) strict;

create trigger {table}_are_not_changed before update on {table}
begin
    select raise(abort, '{table} are only added to');
end;

create trigger {table}_are_not_deleted before delete on {table}
begin
    select raise(abort, '{table} are only added to');
end;
