-- What is known of every creator that a profile describes, or whose discount codes are known?
-- One row per creator.
select
    creator_id,
    creator_name,
    platform,
    vertical,
    home_country,
    followers,
    followers_as_of,
    handle,
    language,
    asking_price,
    currency,
    codes
from creators
where creator_id in (select creator_id from profiles) or codes is not null
order by creator_id
