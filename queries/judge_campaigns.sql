-- Which campaigns are there to judge by?
-- One row per campaign, by key.
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
    engagements,
    clicks,
    conversions,
    impressions_with_engagements,
    impressions_with_clicks,
    impressions_with_conversions,
    clicks_with_conversions,
    cast(revenue as double) as revenue,
    cast(cost as double) as cost,
    currency,
    paid
from campaigns
order by campaign_key
