-- Step 4 on Postgres: what was done by whom, whose a draft is, and what was shared with which verdicts. As all rows, these
-- are only ever added.
-- {table}: activities, ownerships, shares, share_notes, verdicts

create table activities (
    activity_id integer not null primary key,
    who text,
    through text not null,
    what text not null,
    on_what text not null,
    salt text,
    on_hash text not null check (length(on_hash) = 64),
    noted_at text not null,
    chain text not null check (length(chain) = 64),
    seal text not null check (length(seal) = 64)
);

create table ownerships (
    ownership_id integer not null primary key,
    name text collate "C" not null,
    owner text not null,
    is_team integer not null check (is_team in (0, 1)),
    noted_at text not null,
    seal text not null check (length(seal) = 64)
);

create table shares (
    share_id integer not null primary key,
    token_hash text not null unique check (length(token_hash) = 64),
    made_by text not null,
    title text not null,
    content text not null,
    hides_prices integer not null check (hides_prices in (0, 1)),
    may_download integer not null check (may_download in (0, 1)),
    generation integer,
    last_day text not null check (length(last_day) = 10),
    made_at text not null,
    seal text not null check (length(seal) = 64)
);

create table share_notes (
    share_note_id integer not null primary key,
    share_id integer not null references shares (share_id),
    what text not null,
    who text not null,
    noted_at text not null,
    seal text not null check (length(seal) = 64)
);

create table verdicts (
    verdict_id integer not null primary key,
    share_id integer not null references shares (share_id),
    creator_id text not null,
    verdict text not null check (verdict in ('accepted', 'rejected', 'comment')),
    remark text,
    who text not null,
    noted_at text not null,
    seal text not null check (length(seal) = 64)
);

create trigger {table}_are_not_changed before update on {table}
    for each statement execute function only_added_to();

create trigger {table}_are_not_deleted before delete or truncate on {table}
    for each statement execute function only_added_to();
