-- Which exchange rates were given?
-- One row per currency, base and day; of several the one that was loaded last.
select currency, rate, base, as_of
from rates
qualify row_number() over (partition by currency, base, as_of order by source_id desc) = 1
order by currency, base, as_of nulls first
