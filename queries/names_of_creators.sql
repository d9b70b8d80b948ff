-- What are these creators called?
-- One row per creator, by id.
select creator_id, creator_name
from creators
where creator_id in (select unnest(cast($creators as varchar[])))
order by creator_id
