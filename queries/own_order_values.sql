-- What was one conversion worth in the past campaigns of each creator, in each currency?
-- One row per creator and currency; log_squares is the sum of squares around the mean of the logs.
with orders as (
    select
        creator_id,
        currency,
        ln(cast(revenue as double) / nullif(conversions, 0)) as log_value
    from campaigns
    where revenue > 0
        and conversions > 0
        and currency is not null
        and ($creators is null or creator_id in (select unnest(cast($creators as varchar[]))))
)
select
    creator_id,
    currency,
    cast(count(*) as integer) as count_campaigns,
    avg(log_value) as log_mean,
    greatest(sum(log_value * log_value) - count(*) * avg(log_value) * avg(log_value), 0) as log_squares
from orders
group by creator_id, currency
order by creator_id, currency
