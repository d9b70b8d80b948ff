-- Which audiences did the newest load supersede, and which of its own came too late to count?
-- One row per superseded measurement, by creator.
with lately as (
    select source_id
    from sources
    where loaded_at = (select max(loaded_at) from sources)
),
pairs as (
    select
        old.creator_id,
        old.source,
        old.audience_type,
        old.platform,
        old.as_of,
        old.source_id,
        new.as_of as newer_as_of,
        new.source_id as newer_source_id
    from audience_sets as old
    join audience_sets as new
        on new.is_current
        and new.creator_id = old.creator_id
        and new.source = old.source
        and new.audience_type = old.audience_type
        and coalesce(new.platform, '') = coalesce(old.platform, '')
    where not old.is_current
)
select
    pairs.creator_id,
    pairs.source,
    pairs.audience_type,
    pairs.platform,
    pairs.as_of,
    old_file.file_name,
    pairs.newer_as_of,
    new_file.file_name as newer_file_name,
    old_lately.source_id is not null as is_of_newest_load,
    pairs.source_id
from pairs
join sources as old_file on old_file.source_id = pairs.source_id
join sources as new_file on new_file.source_id = pairs.newer_source_id
left join lately as old_lately on old_lately.source_id = pairs.source_id
left join lately as new_lately on new_lately.source_id = pairs.newer_source_id
where pairs.source_id <> pairs.newer_source_id
    and (old_lately.source_id is not null or new_lately.source_id is not null)
order by
    pairs.creator_id,
    pairs.source,
    pairs.audience_type,
    pairs.as_of nulls first,
    pairs.platform nulls last,
    pairs.source_id
limit $top
