"""Draw a running campaign's counts so far against the range that was expected by each day, and against the target."""

import plotly.graph_objects as go
import polars as pl

from fit.charts.drawing import TICK_SIZE, Chart, draw_line, draw_marks, quiet
from fit.charts.palette import Colours, colours
from fit.locale import _
from fit.pace import PacePath
from fit.text import words

PATH_HEIGHT = 240  # pixels
ROOM_ABOVE = 1.15  # of the highest value drawn
MOST_TICKS = 5


def pace_path(path: PacePath, currency: str | None, *, dark: bool = False) -> Chart:
    """One target by day: a band from P10 to P90 of what was expected, dots for counts, a dashed line for the target,
    and at the right a bar for the likely range of the final result as known now."""
    own, figure, line = colours(dark), go.Figure(), path.line
    days, end = [float(number) for number in range(1, len(path.days) + 1)], float((path.last - path.days[0]).days + 1)
    _band(figure, days, path, own)
    if line.target is not None:
        draw_line(figure, [1.0, end], [line.target, line.target], own.target, 2, "dash")
        figure.add_annotation(
            x=1, y=line.target, text=_("target"), showarrow=False, xanchor="left", yanchor="bottom",
            font={"size": TICK_SIZE, "color": own.target},
        )  # fmt: skip
    if line.p10 is not None and line.p90 is not None and line.p50 is not None:
        draw_line(figure, [end, end], [line.p10, line.p90], own.strength_bar, 9)
        said = _("final result as known now: {range}").format(range=_range(path, line.p10, line.p90, currency))
        draw_marks(figure, [end], [line.p50], {"size": 11, "color": own.strength}, [said], is_cut=False)
    at = [float((day - path.days[0]).days + 1) for day, _value in path.counted]
    texts = [f"{words.day(day)}: {words.measure(line.metric, value, currency)}" for day, value in path.counted]
    marker = {"size": 10, "color": own.in_market}
    draw_marks(figure, at, [value for _day, value in path.counted], marker, texts, is_cut=False)
    quiet(figure, own, PATH_HEIGHT, right=18)
    ticks = sorted({1.0, days[-1], end})
    figure.update_xaxes(
        range=[0.5, end * 1.04], tickvals=ticks, tickangle=0,
        ticktext=[_("day {number}").format(number=words.count(tick)) for tick in ticks],
    )  # fmt: skip
    values = [*path.high, *(value for _day, value in path.counted)]
    values += [value for value in (line.target, line.p90) if value is not None]
    figure.update_yaxes(range=[0, ROOM_ABOVE * max(values) or 1.0], nticks=MOST_TICKS, showgrid=True, tickformat=",~g")
    title = _finding(path, currency)
    return Chart(figure, title, _subtitle(path), f"{title}. {_subtitle(path)}.", _table(path))


def _band(figure: go.Figure, days: list[float], path: PacePath, own: Colours) -> None:
    draw_line(figure, days, path.low, own.unknown, 1)
    figure.add_scatter(
        x=days, y=path.high, mode="lines", line={"color": own.unknown, "width": 1}, hoverinfo="skip", fill="tonexty",
        fillcolor=own.unknown,
    )  # fmt: skip
    draw_line(figure, days, path.middle, own.elsewhere, 2)


def _range(path: PacePath, low: float, high: float, currency: str | None) -> str:
    ends = [words.measure(path.line.metric, value, currency) for value in (low, high)]
    return ends[0] if ends[0] == ends[1] else words.between(*ends)


def _finding(path: PacePath, currency: str | None) -> str:
    """What came, beside what was expected by the day of the newest count (by today where nothing is counted)."""
    label, at = words.capitalized(path.line.label), len(path.days) - 1
    if path.counted:
        at = min(at, (path.counted[-1][0] - path.days[0]).days)
    expected = _range(path, path.low[at], path.high[at], currency)
    if not path.counted:
        return _("{metric}: not counted yet, {expected} expected by now").format(metric=label, expected=expected)
    came = words.measure(path.line.metric, path.counted[-1][1], currency)
    text = _("{metric}: {came} so far, {expected} expected by then")
    return text.format(metric=label, came=came, expected=expected)


def _subtitle(path: PacePath) -> str:
    text = _(
        "Band: expected at signing (8 times in 10), day 1 is {first}; dots: counts; bar at the right: final result"
    )
    return text.format(first=words.day(path.days[0]))


def _table(path: PacePath) -> pl.DataFrame:
    counted = dict(path.counted)
    columns = {
        "date": path.days,
        "so_far": [counted.get(day) for day in path.days],
        "low": [round(value) for value in path.low],
        "expected": [round(value) for value in path.middle],
        "high": [round(value) for value in path.high],
    }
    return pl.DataFrame(columns, schema_overrides={"so_far": pl.Float64, "date": pl.Date})
