-- What is one conversion worth, in each currency?
-- One row per currency.
select currency, log_mean, log_sd, count_campaigns
from order_values
order by currency
