-- How often does one person see a deliverable, by platform?
-- One row per platform and deliverable.
select platform, deliverable, log_frequency, count_campaigns
from frequencies
order by platform nulls last, deliverable nulls last
