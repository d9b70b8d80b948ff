-- Step 3 on SQLite: who has which role, by address; the newest row of an address counts. Rows are only ever added.
-- {table}: members

create table members (
    member_id integer not null primary key,
    email text not null,
    role text check (role in ('viewer', 'marketer', 'admin')),
    noted_by text,
    noted_at text not null,
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
