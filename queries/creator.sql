-- Who is this creator?
-- One row per creator.
select
    creator_id,
    creator_name,
    platform,
    vertical,
    home_country,
    followers,
    tier,
    handle,
    language,
    cast(asking_price as double) as asking_price,
    currency,
    has_profile
from creators
where creator_id = $creator_id
