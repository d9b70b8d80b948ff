"""Charts as Plotly figures: frames and values in, a Chart (figure, alt text, table) out.

One colour per meaning, the finding as title; drawn alike on pages and in documents.
"""

from fit.charts.audience import audience_against_target, audience_map, audience_split, countries_to_compare
from fit.charts.drawing import Chart
from fit.charts.intervals import stage_intervals, stage_panels, strongest
from fit.charts.overlap import overlap_dumbbells, overlap_finding
from fit.charts.pace import pace_path
from fit.charts.palette import LIGHT, colours
from fit.charts.plan_outcome import OutcomeRow, plan_outcome
from fit.charts.price_line import price_line
from fit.charts.quantile_dots import quantile_dots
from fit.charts.review import expected_and_actual, held_intervals, promised_and_hit
from fit.charts.role import role_dots
from fit.charts.row_picture import interval_picture
from fit.charts.tracker import stage_track
