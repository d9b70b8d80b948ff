-- Which index has every creator at every stage?
-- One row per creator, by key.
select creator_key, engage_index, click_index, convert_index
from served_creators
order by creator_key
