-- Where do the audiences of creators from one country live?
-- One row per home country and country.
select home, country, ppm, count_creators
from audience_mix
order by home nulls last, country nulls last
