-- Where does every audience live that the judgement reads?
-- One row per creator and country.
select creator_id, country, ppm
from audience_best
where $creator_id is null or creator_id = $creator_id
order by creator_id, country
