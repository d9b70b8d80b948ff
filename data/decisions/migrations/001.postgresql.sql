-- Step 1 on Postgres: the precious papers. Rows are only ever added; each carries a seal, the SHA-256 of what it says.
-- Where the law asks for a deletion, an owner may drop the triggers of a table and make them again in one transaction.
-- Names collate by code point, as SQLite sorts them.
-- {table}: papers, charters, sign_offs, stage_notes, reviews

create table schema_steps (
    step integer not null primary key
);

create table papers (
    kind text collate "C" not null,
    name text collate "C" not null,
    version integer not null check (version >= 1),
    text text not null,
    is_removed integer not null check (is_removed in (0, 1)),
    saved_by text,
    saved_at text not null,
    seal text not null check (length(seal) = 64),
    primary key (kind, name, version)
);

create table charters (
    name text collate "C" not null,
    amendment integer not null check (amendment >= 0),
    creator_id text not null,
    text text not null,
    sha256 text not null check (length(sha256) = 64),
    agreement text not null,
    forecast text,
    generation integer,
    despite text,
    kept_at text not null,
    seal text not null check (length(seal) = 64),
    primary key (name, amendment),
    unique (name, amendment, sha256)
);

create table sign_offs (
    name text collate "C" not null,
    amendment integer not null,
    side text not null check (side in ('brand', 'creator')),
    signer text not null,
    sha256 text not null,
    generation integer,
    signed_at text not null,
    seal text not null check (length(seal) = 64),
    primary key (name, amendment, side),
    foreign key (name, amendment, sha256) references charters (name, amendment, sha256)
);

create table stage_notes (
    note_id integer not null primary key,
    name text collate "C" not null,
    creator_id text not null,
    stage text not null,
    reason text,
    noted_at text not null,
    seal text not null check (length(seal) = 64)
);

create table reviews (
    review_id integer not null primary key,
    name text collate "C",
    creator_id text not null,
    text text not null,
    sha256 text not null check (length(sha256) = 64),
    content text not null,
    generation integer,
    outcome text not null,
    next_time text,
    closed_at text not null,
    seal text not null check (length(seal) = 64)
);

create function only_added_to() returns trigger language plpgsql as $$
begin
    raise exception '% are only added to', tg_table_name using errcode = 'integrity_constraint_violation';
end;
$$;

create trigger {table}_are_not_changed before update on {table}
    for each statement execute function only_added_to();

create trigger {table}_are_not_deleted before delete or truncate on {table}
    for each statement execute function only_added_to();
