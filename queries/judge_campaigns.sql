-- Which campaigns are there to judge by?
-- One row per campaign, by creator and key.
select
    campaign_key,
    creator_id,
    market,
    date,
    platform,
    vertical,
    deliverable,
    count_deliverables,
    impressions,
    reach,
    conversions,
    engage_trials,
    engage_events,
    click_trials,
    click_events,
    convert_trials,
    convert_events,
    cast(revenue as double) as revenue,
    cast(cost as double) as cost,
    currency,
    paid
from campaigns
order by creator_id, campaign_key
