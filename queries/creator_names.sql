-- Which creators are there?
-- One row per creator, by name.
select creator_id, creator_name
from creators
order by coalesce(creator_name, creator_id), creator_id
