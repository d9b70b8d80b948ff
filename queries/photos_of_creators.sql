-- What do these creators look like?
-- One row per creator with a photo (JPEG); all of them where none are named.
select creator_id, image
from photos
where $creators is null or creator_id in (select unnest(cast($creators as varchar[])))
order by creator_id
