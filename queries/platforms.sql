-- Which platforms can a brief choose from?
-- One row per platform, the most frequent first.
select platform, count(*) as count_creators
from creators
where platform is not null
group by platform
order by count_creators desc, platform
