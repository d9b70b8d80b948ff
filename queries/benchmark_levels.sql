-- How much more does a typical campaign get on a platform, in a market, with a deliverable?
-- One row per stage, factor and level.
select stage, factor, level, effect, count_creators, count_campaigns, count_events
from benchmark_levels
order by stage, factor, level
