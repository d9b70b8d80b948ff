-- Which exchange rates were given?
-- One row per currency, base and day; of several the one that was loaded last.
with given as (
    select
        currency,
        rate,
        base,
        as_of,
        row_number() over (partition by currency, base, as_of order by source_id desc) as place
    from rates
)
select currency, rate, base, as_of
from given
where place = 1
order by currency, base, as_of nulls first
