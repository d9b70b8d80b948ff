-- What is the natural role of every creator, before any market is named?
-- One row per creator.
select creator_id, p_conversion, label, confidence
from natural_roles
order by creator_id
