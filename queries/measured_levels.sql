-- On which levels of the benchmark did each campaign stand that measured a stage?
-- One row per creator, campaign and stage; a view rate is the stage "views".
with measured as (
    select stage, creator_id, campaign_key
    from stage_evidence
    where $creators is null or creator_id in (select unnest(cast($creators as varchar[])))
    union all
    select 'views', campaigns.creator_id, campaigns.campaign_key
    from campaigns
    join creators on creators.creator_id = campaigns.creator_id
    where campaigns.impressions > 0
        and (creators.followers is null or creators.followers > 0)
        and not campaigns.paid
        and ($creators is null or campaigns.creator_id in (select unnest(cast($creators as varchar[]))))
)
select
    measured.stage,
    measured.creator_id,
    campaigns.campaign_key,
    coalesce(campaigns.platform, creators.platform) as platform,
    campaigns.deliverable,
    coalesce(campaigns.vertical, creators.vertical) as vertical,
    campaigns.market,
    creators.tier,
    campaigns.paid,
    campaigns.date
from measured
join campaigns on campaigns.campaign_key = measured.campaign_key
join creators on creators.creator_id = measured.creator_id
order by measured.stage, measured.creator_id, campaigns.campaign_key
