"""Draw what a plan brings: a row each booked creator and one for all of them, on one axis from zero."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from fit.charts.drawing import ROW_HEIGHT, Above, Chart, draw_line, draw_marks, quiet, write_above
from fit.charts.palette import colours
from fit.locale import _
from fit.text import chart_text, words

LONGEST_NAME = 28  # letters beside the axis; the whole name is under the mouse and in the table
TOTAL_APART = 0.5  # of a row, between the last creator and the total
NUMBERS_ABOVE = 0.34  # of a row: numbers are written above their range
TOTAL_ABOVE = 0.54  # the same of the total, whose bar is thicker


@dataclass(frozen=True)
class OutcomeRow:
    """What one creator, or all together, are expected to bring: the mean, and the ends of the 80 % interval."""

    name: str
    mean: float
    low: float
    high: float

    @property
    def numbers(self) -> str:
        """ "18 (4 to 37)"."""
        return words.spread(*(words.rounded(value) for value in (self.mean, self.low, self.high)))


def plan_outcome(rows: Sequence[OutcomeRow], total: OutcomeRow, title: str, *, dark: bool = False) -> Chart:
    """Every row a dot for the mean and a bar for its 80 % interval, the total last and darker.

    rows: in the order of the table beside it. The total's range is narrower than the sum of all ranges, for luck of
    one creator makes up for that of another. title: the finding.
    """
    own = colours(dark)
    drawn = [*rows, total]
    places = [*range(len(rows)), len(rows) + TOTAL_APART]
    figure, font = go.Figure(), {"size": 12, "color": own.ink}
    for at, row in zip(places, drawn, strict=True):
        is_total = row is total
        draw_line(figure, [row.low, row.high], [at, at], own.strength_bar, 13 if is_total else 9)
        marker = {"size": 15 if is_total else 13, "color": own.strength}
        draw_marks(figure, [row.mean], [at], marker, [chart_text(f"{row.name}: {row.numbers}")], is_cut=False)
    numbers = [*(row.numbers for row in rows), f"<b>{total.numbers}</b>"]
    above = [NUMBERS_ABOVE] * len(rows) + [TOTAL_ABOVE]
    labels = zip(places, above, numbers, strict=True)
    write_above(figure, [Above(at - high, text, font, "right") for at, high, text in labels])
    quiet(figure, own, ROW_HEIGHT * len(drawn) + 72, right=16)
    if rows:
        figure.add_hline(y=len(rows) - 0.45, line={"color": own.grid, "width": 1})
    end = 1.05 * max(max(row.high, row.mean) for row in drawn) or 1.0
    figure.update_xaxes(range=[-0.02 * end, end], showgrid=True, nticks=6, rangemode="tozero", tickformat=",~g")
    figure.update_yaxes(
        tickvals=places,
        ticktext=[*(chart_text(_short(row.name)) for row in rows), f"<b>{chart_text(total.name)}</b>"],
        range=[places[-1] + 0.5, -0.75],
    )  # fmt: skip
    table = pl.DataFrame(
        {
            "creator": [row.name for row in drawn],
            "low": [round(row.low) for row in drawn],
            "expected": [round(row.mean) for row in drawn],
            "high": [round(row.high) for row in drawn],
        }
    )
    said = "; ".join(f"{row.name} {row.numbers}" for row in drawn)
    subtitle = _("Dot: expected; bar: likely range (8 times in 10)")
    return Chart(figure, title, subtitle, f"{title}. {said}.", table)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
