-- Which campaigns did this creator run, and what came of each?
-- One row per campaign, newest first.
select
    campaigns.campaign_key,
    campaigns.campaign_id,
    campaigns.market,
    campaigns.date,
    campaigns.end_date,
    campaigns.platform,
    campaigns.vertical,
    campaigns.deliverable,
    campaigns.count_deliverables,
    campaigns.impressions,
    campaigns.reach,
    campaigns.engagements,
    campaigns.clicks,
    campaigns.conversions,
    cast(campaigns.revenue as double) as revenue,
    cast(campaigns.cost as double) as cost,
    campaigns.currency,
    campaigns.objective,
    campaigns.attribution_window_days,
    campaigns.paid,
    campaigns.count_rows,
    sources.file_name
from campaigns
join sources on sources.source_id = campaigns.source_id
where campaigns.creator_id = $creator_id
order by campaigns.date desc, campaigns.campaign_key
