-- What does a list read of every creator, whatever the brief?
-- One row per creator, by key.
select
    creator_key,
    lower(platform) as platform,
    lower(vertical) as vertical,
    followers,
    home,
    unknown_ppm,
    unlisted_ppm,
    smallest_ppm,
    cast(is_top_n as integer) as is_top_n,
    natural_label,
    price_factor,
    impressions_per_money,
    awareness_factor,
    conversion_factor,
    cost,
    expected_reach,
    purchases,
    reach,
    purchases_per_money,
    reach_per_money,
    conversion_log_sd,
    awareness_log_sd,
    click_log_sd,
    convert_log_sd
from served_creators
order by creator_key
