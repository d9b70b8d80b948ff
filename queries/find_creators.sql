-- Which creators have these letters in name, handle or id?
-- One row per creator, those whose name begins with them first, then by name.
select
    creator_id,
    creator_name,
    handle
from served_creators
where $words = ''
    or position($words in searched) > 0
    or position($plain in searched) > 0
    or position($spelled in searched) > 0
order by
    case when position($words in lower(coalesce(creator_name, creator_id))) = 1 then 0 else 1 end,
    lower(coalesce(creator_name, creator_id)),
    creator_id
limit $top
