-- Who is in this generation, and by which names and handles?
-- One row per creator, name and handle that any file gave.
select distinct creator_id, creator_name, handle from profiles
union
select creator_id, creator_name, handle from creators
