-- How many amounts name no currency, and which currencies do the others name?
-- One row.
with amounts as (
    select 'creator' as kind, currency from creators where asking_price is not null
    union all
    select 'campaign' as kind, currency from campaigns where cost is not null or revenue is not null
)
select
    count(*) filter (where kind = 'creator' and currency is null) as count_creators,
    count(*) filter (where kind = 'campaign' and currency is null) as count_campaigns,
    coalesce(list(distinct currency order by currency) filter (where currency is not null), []) as named
from amounts
