-- What did every line of every campaign report say?
-- One row per report line.
select
    campaign_id,
    creator_id,
    market,
    date,
    end_date,
    platform,
    vertical,
    deliverable,
    count_deliverables,
    impressions,
    reach,
    engagements,
    clicks,
    conversions,
    revenue,
    cost,
    currency,
    objective,
    attribution_window_days,
    paid
from campaign_rows
order by creator_id, campaign_id, market, date, source_id, sheet_row
