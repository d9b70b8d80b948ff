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
where $creator_id is null or creator_id = $creator_id
order by creator_id
