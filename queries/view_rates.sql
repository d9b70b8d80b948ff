-- How often do followers see one deliverable of a creator, and how often does one person see it?
-- One row per creator.
select creator_id, log_mean, log_sd, implied_followers, log_frequency
from view_rates
where $creators is null or creator_id in (select unnest(cast($creators as varchar[])))
order by creator_id
