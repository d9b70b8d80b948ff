-- Step 3 on Postgres: who has which role, by address; the newest row of an address counts. Rows are only ever added.
-- {table}: members

create table members (
    member_id integer not null primary key,
    email text collate "C" not null,
    role text check (role in ('viewer', 'marketer', 'admin')),
    noted_by text,
    noted_at text not null,
    seal text not null check (length(seal) = 64)
);

create trigger {table}_are_not_changed before update on {table}
    for each statement execute function only_added_to();

create trigger {table}_are_not_deleted before delete or truncate on {table}
    for each statement execute function only_added_to();
