-- Which creators are there to judge?
-- One row per creator, by id.
select
    creator_id,
    platform,
    vertical,
    home_country,
    followers,
    tier,
    cast(asking_price as double) as asking_price,
    currency
from creators
where $creators is null or creator_id in (select unnest(cast($creators as varchar[])))
order by creator_id
