-- What did the audience that the judgement reads look like before?
-- One row per creator, earlier measurement of the same source and type, and country; measurements without a date are left out.
select
    earlier.creator_id,
    earlier.as_of,
    earlier.unknown_ppm,
    earlier.smallest_ppm,
    earlier.is_top_n,
    audience.country,
    audience.ppm
from audience_sets as best
join audience_sets as earlier
    on earlier.creator_id = best.creator_id
    and earlier.source = best.source
    and earlier.audience_type = best.audience_type
    and coalesce(earlier.platform, '') = coalesce(best.platform, '')
    and earlier.as_of < best.as_of
join audience
    on audience.creator_id = earlier.creator_id
    and audience.source_id = earlier.source_id
    and audience.source = earlier.source
    and audience.audience_type = earlier.audience_type
    and coalesce(audience.platform, '') = coalesce(earlier.platform, '')
    and audience.as_of = earlier.as_of
where best.is_best
-- Two loads may date one measurement alike: the later one counts.
qualify dense_rank() over (partition by earlier.creator_id, earlier.as_of order by earlier.source_id desc) = 1
order by earlier.creator_id, earlier.as_of, audience.country
