-- What does every source say of every audience, and how many newer measurements superseded it?
-- One row per creator, source, audience type, platform, date, step of the history (0 = counts now) and country.
with sets as (
    select
        creator_id,
        source_id,
        source,
        audience_type,
        platform,
        as_of,
        row_number() over (
            partition by creator_id, platform, source, audience_type
            order by as_of desc nulls last, source_id desc
        ) - 1 as count_newer
    from audience_sets
)
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
    audience.count_total,
    sets.count_newer
from audience
join sets
    on sets.creator_id = audience.creator_id
    and sets.source_id = audience.source_id
    and sets.source = audience.source
    and sets.audience_type = audience.audience_type
    and coalesce(sets.platform, '') = coalesce(audience.platform, '')
    and coalesce(sets.as_of, date '0001-01-01') = coalesce(audience.as_of, date '0001-01-01')
order by
    audience.creator_id,
    audience.source,
    audience.audience_type,
    audience.platform nulls first,
    sets.count_newer,
    audience.ppm desc,
    audience.country
