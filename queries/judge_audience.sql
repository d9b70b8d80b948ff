-- Where does every audience live that the judgement reads?
-- One row per creator and country.
select creator_id, country, ppm
from audience_best
order by creator_id, country
