-- What came of all this creator's campaigns together, step by step?
-- One row: sums over measured values, each campaign once; a rate's trials only where both its counts were measured.
select
    count(*) as count_campaigns,
    cast(sum(impressions) as bigint) as impressions,
    cast(sum(engagements) as bigint) as engagements,
    cast(sum(clicks) as bigint) as clicks,
    cast(sum(conversions) as bigint) as conversions,
    count(engage_trials) as count_with_engagements,
    count(click_trials) as count_with_clicks,
    count(convert_trials) as count_with_conversions,
    cast(sum(engage_trials) as bigint) as engage_trials,
    cast(sum(engage_events) as bigint) as engage_events,
    cast(sum(click_trials) as bigint) as click_trials,
    cast(sum(click_events) as bigint) as click_events,
    cast(sum(convert_trials) as bigint) as convert_trials,
    cast(sum(convert_events) as bigint) as convert_events,
    min(date) as first_date,
    max(coalesce(end_date, date)) as last_date
from campaigns
where creator_id = $creator_id
