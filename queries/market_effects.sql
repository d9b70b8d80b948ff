-- How much more do people in each country buy?
-- One row per country that a campaign has seen, and '' for all others.
select country, purchases
from market_effects
order by country
