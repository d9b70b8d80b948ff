-- What does a creator usually cost for one standard deliverable?
-- One row: the middle price, null where no price is known.
with priced as (
    select cost, row_number() over (order by cost, creator_id) as place, count(*) over () as count_priced
    from standard_outcomes
    where cost is not null
)
select min(cost) as usual_price
from priced
where place >= (count_priced + 1) / 2.0
