-- How much of every audience that the judgement reads is listed?
-- One row per creator.
select creator_id, listed_ppm, unknown_ppm, smallest_ppm, is_top_n
from audience_sets
where is_best
    and ($creator_id is null or creator_id = $creator_id)
order by creator_id
