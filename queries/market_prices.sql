-- What does an expected impression cost, in each currency?
-- One row per currency.
select currency, cost_per_impression, log_sd, count_campaigns
from market_prices
order by currency
