-- Which generation is this, from when, and does it hold invented data?
-- One row.
select
    generation.number,
    generation.built_at,
    generation.is_demo,
    (select count(*) from creators) as count_creators,
    (select count(distinct creator_id) from audience_sets) as count_creators_with_audience,
    (select count(distinct creator_id) from campaigns) as count_creators_with_campaigns,
    (select count(*) from campaigns) as count_campaigns,
    (select count(*) from sources) as count_sources,
    (select count(*) from quarantine) as count_quarantined
from generation
