-- Which measurements of this creator's audience were superseded, and by which?
-- One row per superseded measurement, the newest first.
select
    old.source,
    old.audience_type,
    old.platform,
    old.as_of,
    old.listed_ppm / 1e6 as coverage,
    old.count_countries,
    old_file.file_name,
    old_file.loaded_at,
    new.as_of as superseded_as_of,
    new_file.file_name as superseded_by,
    new_file.loaded_at as superseded_loaded_at,
    old.source_id
from audience_sets as old
join audience_sets as new
    on new.is_current
    and new.creator_id = old.creator_id
    and new.source = old.source
    and new.audience_type = old.audience_type
    and coalesce(new.platform, '') = coalesce(old.platform, '')
join sources as old_file on old_file.source_id = old.source_id
join sources as new_file on new_file.source_id = new.source_id
where old.creator_id = $creator_id
    and not old.is_current
order by
    old.as_of desc nulls last,
    old.source_id desc,
    old.source,
    old.audience_type,
    old.platform nulls last
