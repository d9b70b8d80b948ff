-- Step 1 on SQLite: the precious papers. Rows are only ever added; each carries a seal, the SHA-256 of what it says.
-- Where the law asks for a deletion, an owner may drop the triggers of a table and make them again in one transaction.
-- {table}: papers, charters, sign_offs, stage_notes, reviews

create table schema_steps (
    step integer not null primary key
) strict;

create table papers (
    kind text not null,
    name text not null,
    version integer not null check (version >= 1),
    text text not null,
    is_removed integer not null check (is_removed in (0, 1)),
    saved_by text,
    saved_at text not null,
    seal text not null check (length(seal) = 64),
    primary key (kind, name, version)
) strict;

create table charters (
    name text not null,
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
) strict;

create table sign_offs (
    name text not null,
    amendment integer not null,
    side text not null check (side in ('brand', 'creator')),
    signer text not null,
    sha256 text not null,
    generation integer,
    signed_at text not null,
    seal text not null check (length(seal) = 64),
    primary key (name, amendment, side),
    foreign key (name, amendment, sha256) references charters (name, amendment, sha256)
) strict;

create table stage_notes (
    note_id integer not null primary key,
    name text not null,
    creator_id text not null,
    stage text not null,
    reason text,
    noted_at text not null,
    seal text not null check (length(seal) = 64)
) strict;

create table reviews (
    review_id integer not null primary key,
    name text,
    creator_id text not null,
    text text not null,
    sha256 text not null check (length(sha256) = 64),
    content text not null,
    generation integer,
    outcome text not null,
    next_time text,
    closed_at text not null,
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
