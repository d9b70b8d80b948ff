-- How many creators match the brief, and of them the letters that somebody types?
-- One row.
with share as (
    select
        creator_id,
        sum(ppm) as listed_ppm,
        case when count(*) = $count_markets then min(ppm) else 0 end as least_ppm
    from audience_best
    where country in ($m1, $m2, $m3, $m4, $m5, $m6, $m7, $m8, $m9, $m10, $m11, $m12)
    group by creator_id
),
known as (
    select creator_id
    from audience_sets
    where is_best
)
select count(*) as count_matching
from creators
left join known on known.creator_id = creators.creator_id
left join share on share.creator_id = creators.creator_id
where ($platforms = '' or position('|' || lower(creators.platform) || '|' in $platforms) > 0)
    and ($verticals = '' or position('|' || lower(creators.vertical) || '|' in $verticals) > 0)
    and ($followers_min is null or creators.followers >= $followers_min)
    and ($followers_max is null or creators.followers <= $followers_max)
    and ($min_share is null
        or (known.creator_id is not null and coalesce(share.listed_ppm, 0) / 1e6 >= $min_share))
    and ($min_share_each is null
        or (known.creator_id is not null and coalesce(share.least_ppm, 0) / 1e6 >= $min_share_each))
    and ($words = '' or position($words in lower(
        creators.creator_id || ' ' || coalesce(creators.creator_name, '') || ' ' || coalesce(creators.handle, '')
    )) > 0)
