-- Of which parts is a creator's payoff made, before any market is named?
-- One row per creator.
select creator_id, deliverable, impressions_per_money, awareness_factor, conversion_factor, payoff_basis
from payoff_parts
where $creator_id is null or creator_id = $creator_id
order by creator_id
