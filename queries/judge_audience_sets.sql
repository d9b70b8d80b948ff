-- How much of every audience that the judgement reads is listed?
-- One row per creator.
select creator_id, listed_ppm, unknown_ppm, smallest_ppm, is_top_n, as_of
from audience_sets
where is_best
    and ($creators is null or creator_id in (select unnest(cast($creators as varchar[]))))
order by creator_id
