-- Which creators does this draft add, change or drop, compared with the generation before it?
-- One row per creator whose facts differ.
with facts_now as (
    select creator_id, hash(profiles) as fingerprint from profiles
    union all select creator_id, hash(audience) from audience
    union all select creator_id, hash(campaign_rows) from campaign_rows
),
facts_before as (
    select creator_id, hash(profiles) as fingerprint from before.profiles
    union all select creator_id, hash(audience) from before.audience
    union all select creator_id, hash(campaign_rows) from before.campaign_rows
),
creators_now as (
    select creator_id, count(*) as count_facts, sum(fingerprint) as fingerprint from facts_now group by creator_id
),
creators_before as (
    select creator_id, count(*) as count_facts, sum(fingerprint) as fingerprint from facts_before group by creator_id
)
select
    coalesce(creators_now.creator_id, creators_before.creator_id) as creator_id,
    case
        when creators_before.creator_id is null then 'new'
        when creators_now.creator_id is null then 'gone'
        else 'changed'
    end as change
from creators_now
full join creators_before on creators_before.creator_id = creators_now.creator_id
where creators_now.fingerprint is distinct from creators_before.fingerprint
    or creators_now.count_facts is distinct from creators_before.count_facts
order by creator_id
