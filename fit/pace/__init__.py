"""While a campaign runs: counts so far, what is usually in by now, and the chance that each target is still reached.

The charter's frozen forecast and a table of counts go in; nothing is stored.
"""

from fit.pace.counts import Count, PaceError, count_known, last_day, read_counts, so_far
from fit.pace.delivery import Expected, expected_by
from fit.pace.pace import Pace, PaceLine, pace_of
