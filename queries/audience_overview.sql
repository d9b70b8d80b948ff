-- What is known of each creator's audience, how old is it, and are there other sources?
-- One row per creator; those without an audience first, then the undated, then the oldest.
with sets as (
    select
        creator_id,
        count(*) filter (where is_current) as count_sources,
        count(*) filter (where not is_current) as count_superseded
    from audience_sets
    group by creator_id
)
select
    creators.creator_id,
    creators.creator_name,
    best.source,
    best.audience_type,
    best.as_of,
    best.listed_ppm / 1e6 as coverage,
    best.count_countries,
    coalesce(sets.count_sources, 0) as count_sources,
    coalesce(sets.count_superseded, 0) as count_superseded
from served_creators as creators
left join audience_sets as best on best.creator_id = creators.creator_id and best.is_best
left join sets on sets.creator_id = creators.creator_id
where $words = ''
    or position($words in creators.searched) > 0
    or position($plain in creators.searched) > 0
    or position($spelled in creators.searched) > 0
order by
    case when best.source is null then 0 when best.as_of is null then 1 else 2 end,
    best.as_of nulls first,
    creators.creator_id
limit $top
offset $skip
