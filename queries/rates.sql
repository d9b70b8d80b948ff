-- What is one unit of each currency worth in another?
-- One row per currency and base: the newest that was given.
with newest as (
    select
        currency,
        rate,
        base,
        as_of,
        row_number() over (partition by currency, base order by as_of desc nulls last, source_id desc) as place
    from rates
)
select currency, cast(rate as double) as rate, base, as_of
from newest
where place = 1
order by currency, base
