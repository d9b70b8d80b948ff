-- On which levels of the benchmark did these campaigns stand, and what did they measure?
-- One row per campaign.
select
    campaign_key,
    creator_id,
    platform,
    deliverable,
    vertical,
    market,
    paid,
    date,
    engage_trials > 0 as has_engage,
    click_trials > 0 as has_click,
    convert_trials > 0 as has_convert,
    impressions > 0 and not paid as has_views
from campaigns
where campaign_key in (select unnest(cast($campaigns as integer[])))
order by campaign_key
