-- Where does every audience live that the judgement reads?
-- One row per creator and country.
select creator_id, country, ppm
from audience_best
where $creators is null or creator_id in (select unnest(cast($creators as varchar[])))
order by creator_id, country
