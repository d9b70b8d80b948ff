-- What did this creator's campaigns cost and bring, in each currency?
-- One row per currency.
select
    currency,
    cast(sum(revenue) as double) as revenue,
    cast(sum(cost) as double) as cost,
    cast(sum(revenue) filter (where revenue is not null and cost is not null) as double)
        / nullif(cast(sum(cost) filter (where revenue is not null and cost is not null) as double), 0) as return_on_ad_spend
from campaigns
where creator_id = $creator_id
    and (revenue is not null or cost is not null)
group by currency
order by currency nulls last
