-- Which creators have this id, or these letters in id, name or handle?
-- One row per creator, by key.
select creator_key
from served_creators
where ($creator_id is null or creator_id = $creator_id)
    and ($words = '' or position($words in searched) > 0)
order by creator_key
