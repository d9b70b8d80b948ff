-- What does a list say of these creators, whatever the brief?
-- One row per creator, by key.
select *
from served_creators
where creator_key in (select unnest(cast($keys as integer[])))
order by creator_key
