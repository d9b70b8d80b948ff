-- Where do the audiences of these creators live, all of them together?
-- One row per country, the largest first.
select country, sum(ppm) / 1e6 as total_share
from audience_best
where $creators is null or creator_id in (select unnest(cast($creators as varchar[])))
group by country
order by total_share desc, country
limit $top
