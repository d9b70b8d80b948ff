-- Out of how much did each of this creator's campaigns measure its rates?
-- One row per campaign, by key; null where a stage was not measured. Trials and events: only lines that have both.
select
    campaign_key,
    engage_trials,
    engage_events,
    click_trials,
    click_events,
    convert_trials,
    convert_events
from campaigns
where creator_id = $creator_id
order by campaign_key
