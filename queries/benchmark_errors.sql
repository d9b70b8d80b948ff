-- By how much do the independent errors of each fit move its base and levels?
-- One row per stage (three rates and views) and level, in the order of the fit; the base is a factor of its own.
select stage, factor, level, errors
from benchmark_errors
order by stage, factor, level
