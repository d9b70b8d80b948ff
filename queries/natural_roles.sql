-- What is the natural role of every creator, before any market is named?
-- One row per creator.
select
    creator_id,
    p_conversion,
    label,
    confidence,
    covariance_engage_click,
    covariance_engage_convert,
    covariance_click_convert
from natural_roles
where $creators is null or creator_id in (select unnest(cast($creators as varchar[])))
order by creator_id
