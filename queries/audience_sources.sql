-- Which measurements of this creator's audience are there, and which one counts?
-- One row per source, audience type, platform and date, the one that counts first.
select
    audience_sets.source,
    audience_sets.audience_type,
    audience_sets.platform,
    audience_sets.as_of,
    audience_sets.listed_ppm / 1e6 as coverage,
    audience_sets.unknown_ppm / 1e6 as unknown_share,
    audience_sets.count_countries,
    audience_sets.is_top_n,
    audience_sets.count_total,
    audience_sets.is_current,
    audience_sets.is_best,
    audience_sets.source_id,
    sources.file_name,
    sources.loaded_at
from audience_sets
join sources on sources.source_id = audience_sets.source_id
where audience_sets.creator_id = $creator_id
order by
    audience_sets.is_best desc,
    audience_sets.is_current desc,
    audience_sets.as_of desc nulls last,
    audience_sets.source_id desc,
    audience_sets.source,
    audience_sets.audience_type
