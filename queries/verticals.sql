-- Which verticals can a brief choose from?
-- One row per vertical, the most frequent first.
select vertical, count(*) as count_creators
from creators
where vertical is not null
group by vertical
order by count_creators desc, vertical
