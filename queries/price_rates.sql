-- How do a creator's own prices compare with what is usual?
-- One row per creator.
select creator_id, log_mean, log_sd, count_campaigns
from price_rates
where $creators is null or creator_id in (select unnest(cast($creators as varchar[])))
order by creator_id
