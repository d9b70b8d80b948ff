"""While a campaign runs: counts so far, what is usually in by now, and the chance that each target is still reached.

The charter's frozen forecast and counts go in, of a table or as they were saved.
"""

from fit.pace.counts import Count, PaceError, count_known, read_counts
from fit.pace.delivery import expected_by
from fit.pace.pace import PaceLine, pace_of
from fit.pace.path import PacePath
from fit.pace.running import Running, pace_columns, pace_rows, running, signed_text, weakest_first
from fit.pace.saved_counts import CountStore, SavedCount, counts_as_results, counts_of_charter, save_counts
from fit.pace.table_edits import countable, rows_of_edits
from fit.pace.talk_by_luck import MOST_BY_LUCK, p_talk_by_luck
