-- How many audiences come from each source, how old are they, and how much do they list?
-- One row per source and audience type, the one that counts for most creators first.
select
    source,
    audience_type,
    count(*) filter (where is_current) as count_audiences,
    count(*) filter (where is_best) as count_judged,
    count(*) filter (where not is_current) as count_superseded,
    min(as_of) filter (where is_current) as oldest,
    max(as_of) filter (where is_current) as newest,
    count(*) filter (where is_current and as_of is null) as count_undated,
    avg(listed_ppm) filter (where is_current) / 1e6 as mean_coverage
from audience_sets
group by source, audience_type
order by
    count_judged desc,
    count_audiences desc,
    source,
    audience_type
limit $top
