"""Which picture shows a finding at a glance? Frames and values go in, a Chart comes out: figure, words and table."""

from fit.charts.audience import audience_against_target, audience_map, audience_split, countries_to_compare
from fit.charts.drawing import Chart
from fit.charts.futures import quantile_dots
from fit.charts.intervals import stage_intervals, stage_panels, strongest
from fit.charts.overlap import overlap_dumbbells, overlap_finding
from fit.charts.review import expected_and_actual, held_intervals, promised_and_hit
from fit.charts.row import interval_picture
from fit.charts.stages import funnel, role_dots
from fit.charts.tracker import stage_track, track_table

__all__ = [
    "Chart",
    "audience_against_target",
    "audience_map",
    "audience_split",
    "countries_to_compare",
    "expected_and_actual",
    "funnel",
    "held_intervals",
    "interval_picture",
    "overlap_dumbbells",
    "overlap_finding",
    "promised_and_hit",
    "quantile_dots",
    "role_dots",
    "stage_intervals",
    "stage_panels",
    "stage_track",
    "strongest",
    "track_table",
]
