-- What came of all this creator's campaigns together, step by step?
-- One row: sums over measured values, each campaign once; a rate's trials only where both its counts were measured.
select
    count(*) as count_campaigns,
    cast(sum(impressions) as bigint) as impressions,
    cast(sum(engagements) as bigint) as engagements,
    cast(sum(clicks) as bigint) as clicks,
    cast(sum(conversions) as bigint) as conversions,
    count(impressions_with_engagements) as count_with_engagements,
    count(impressions_with_clicks) as count_with_clicks,
    count(clicks_with_conversions) as count_with_conversions,
    cast(sum(impressions_with_engagements) as bigint) as engage_trials,
    cast(sum(engagements) filter (where impressions_with_engagements is not null) as bigint) as engage_events,
    cast(sum(impressions_with_clicks) as bigint) as click_trials,
    cast(sum(clicks) filter (where impressions_with_clicks is not null) as bigint) as click_events,
    cast(sum(clicks_with_conversions) as bigint) as convert_trials,
    cast(sum(conversions) filter (where clicks_with_conversions is not null) as bigint) as convert_events,
    min(date) as first_date,
    max(coalesce(end_date, date)) as last_date
from campaigns
where creator_id = $creator_id
