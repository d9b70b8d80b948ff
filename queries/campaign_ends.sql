-- What is every campaign called, and until when did it run?
-- One row per campaign, by key; end_date is null where the report names one day only.
select campaign_key, campaign_id, end_date
from campaigns
order by campaign_key
