-- Which creators have one of these ids, or these letters in id, name or handle?
-- One row per creator, by key.
select creator_key
from served_creators
where ($creators is null or creator_id in (select unnest(cast($creators as varchar[]))))
    and (
        $words = ''
        or position($words in searched) > 0
        or position($plain in searched) > 0
        or position($spelled in searched) > 0
    )
order by creator_key
