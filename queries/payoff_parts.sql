-- Of which parts is a creator's payoff made, before any market is named?
-- One row per creator.
select creator_id, deliverable, price_factor, impressions_per_money, awareness_factor, conversion_factor, payoff_basis
from payoff_parts
where $creators is null or creator_id in (select unnest(cast($creators as varchar[])))
order by creator_id
