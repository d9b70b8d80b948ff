-- What does every source say of every audience?
-- One row per creator, source, audience type, platform, date and country.
select
    audience.creator_id,
    audience.country,
    audience.ppm / 1e6 as audience_share,
    audience.audience_type,
    audience.source,
    audience.as_of,
    audience.followers,
    audience.platform,
    audience.is_top_n,
    audience.count_total
from audience
join audience_sets as sets
    on sets.is_current
    and sets.creator_id = audience.creator_id
    and sets.source_id = audience.source_id
    and sets.source = audience.source
    and sets.audience_type = audience.audience_type
    and coalesce(sets.platform, '') = coalesce(audience.platform, '')
    and coalesce(sets.as_of, date '0001-01-01') = coalesce(audience.as_of, date '0001-01-01')
order by audience.creator_id, audience.source_id, audience.source, audience.audience_type, audience.ppm desc, audience.country
