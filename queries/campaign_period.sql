-- From when to when do the campaigns reach?
-- One row.
select
    count(*) as count_campaigns,
    min(date) as first_date,
    max(date) as last_date
from campaigns
