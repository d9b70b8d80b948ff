-- What did the audience that the judgement reads look like before?
-- One row per creator, earlier measurement of the same source and type, and country; measurements without a date are left out.
with earlier as (
    select
        sets.*,
        row_number() over (partition by sets.creator_id, sets.as_of order by sets.source_id desc) as place
    from audience_sets as best
    join audience_sets as sets
        on sets.creator_id = best.creator_id
        and sets.source = best.source
        and sets.audience_type = best.audience_type
        and coalesce(sets.platform, '') = coalesce(best.platform, '')
        and sets.as_of < best.as_of
    where best.is_best
)
select
    earlier.creator_id,
    earlier.as_of,
    earlier.unknown_ppm,
    earlier.smallest_ppm,
    earlier.is_top_n,
    audience.country,
    audience.ppm
from earlier
join audience
    on audience.creator_id = earlier.creator_id
    and audience.source_id = earlier.source_id
    and audience.source = earlier.source
    and audience.audience_type = earlier.audience_type
    and coalesce(audience.platform, '') = coalesce(earlier.platform, '')
    and audience.as_of = earlier.as_of
-- Two loads may date one measurement alike: the later one counts.
where earlier.place = 1
order by earlier.creator_id, earlier.as_of, audience.country
