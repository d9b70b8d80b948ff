-- From which campaigns does each strength follow?
-- One row per campaign and stage, newest first.
select
    stage_evidence.stage,
    campaigns.campaign_id,
    campaigns.market,
    campaigns.date,
    campaigns.platform,
    campaigns.deliverable,
    stage_evidence.basis,
    stage_evidence.count_events,
    stage_evidence.count_trials,
    stage_evidence.expected_events,
    stage_evidence.geography_factor,
    stage_evidence.in_market_share,
    stage_evidence.age_quarters,
    stage_evidence.evidence
from stage_evidence
join campaigns on campaigns.campaign_key = stage_evidence.campaign_key
where stage_evidence.creator_id = $creator_id
order by stage_evidence.stage, campaigns.date desc, campaigns.campaign_key
