-- How much of whose audience is listed in a country?
-- One row per creator who has anybody there, by key.
select creator_key, ppm
from market_shares
where country = $country
order by creator_key
