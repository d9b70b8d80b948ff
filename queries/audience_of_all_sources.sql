-- What does every source say of this creator's audience today?
-- One row per source, audience type, platform and country; the audience that the judgement reads first.
select
    audience.country,
    audience.ppm / 1e6 as audience_share,
    audience.audience_type,
    audience.source,
    audience.platform,
    audience.as_of,
    sets.is_best as is_judged
from audience
join audience_sets as sets
    on sets.is_current
    and sets.creator_id = audience.creator_id
    and sets.source_id = audience.source_id
    and sets.source = audience.source
    and sets.audience_type = audience.audience_type
    and coalesce(sets.platform, '') = coalesce(audience.platform, '')
    and coalesce(sets.as_of, date '0001-01-01') = coalesce(audience.as_of, date '0001-01-01')
where audience.creator_id = $creator_id
order by
    sets.is_best desc,
    audience.source,
    audience.audience_type,
    audience.platform nulls last,
    audience.ppm desc,
    audience.country
