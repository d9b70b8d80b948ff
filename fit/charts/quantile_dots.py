"""Draw futures as quantile dot plots, so that chances can be counted: 20 dots, each as likely as any other.

Readers decide better with them than with bars or with words alone (Kay et al., CHI 2016; Fernandes et al., CHI 2018).
"""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
import polars as pl

from fit.charts.drawing import TICK_SIZE, Above, Chart, annotations_of, layout_of, marks
from fit.charts.palette import Colours, colours
from fit.forecast import DOTS, dots_of, needs_roots, place_dots
from fit.locale import _
from fit.metrics import METRICS
from fit.text import chart_text, plain, words

DOT_COLUMNS = 22  # places for dots along the axis: at 300 pixels a place is as wide as a dot
DOT_SIZE = 11  # pixels
ROOM_FOR_LABEL = 1.6  # dots' heights above each row, for who it is about
MOST_NAMED = 2  # creators in a title; of more, the first and the last
FEWEST_STEPS = 2.5  # of the scale along the axis, so that it has three ticks or more
LEAST_ROOM = 5  # dots' heights of a row that stands alone, so that charts beside each other look alike


def _columns(places: np.ndarray, width: float, reached: np.ndarray) -> tuple[list[float], list[int]]:
    """Stack sorted dots: those less than a dot's width apart, on one side of the target, share a column.

    Returns where and how high each is.
    """
    across: list[float] = []
    up: list[int] = []
    first = 0
    for end in range(1, len(places) + 1):
        if end == len(places) or places[end] - places[first] >= width or reached[end] != reached[first]:
            across += [float(places[first:end].mean())] * (end - first)
            up += range(end - first)
            first = end
    return across, up


def _reaches(values: np.ndarray, target: float | None) -> np.ndarray:
    return np.ones(len(values), bool) if target is None else values >= target


def quantile_dots(
    rows: Sequence[tuple[str, np.ndarray]],
    metric: str,
    *,
    target: float | None = None,
    currency: str | None = None,
    finding: str = "",
    dark: bool = False,
) -> Chart:
    """Twenty dots a row on one scale from zero, of roots where rows differ widely, as in every document.

    Dots are filled where the target is reached, hollow where it is missed.

    rows: who (text, "" for one creator alone) and the drawn values of a metric that is better when larger. finding: the
    title where there is no target, of the forecast's own numbers: what a title says is never read off the dots.
    """
    own = colours(dark)
    drawn = [(who, dots_of(values)) for who, values in rows]
    is_root = needs_roots([dots.tolist() for _, dots in drawn])
    scale = np.sqrt if is_root else np.positive
    far = max([target or 0.0, *[float(dots[-1]) for _, dots in drawn]])
    end = 1.1 * far if far > 0 else 1.0
    traces, top, names = [], 0.0, []
    for who, dots in drawn:
        reached = _reaches(dots, target)
        across, up = _columns(scale(dots), float(scale(end)) / DOT_COLUMNS, reached)
        room = max(up) + ROOM_FOR_LABEL if who else max([*up, LEAST_ROOM])
        top += room + 1
        values = [words.measure(metric, value, currency) for value in dots.tolist()]
        hover = _("{value}, result {nth} of {dots}")
        texts = [hover.format(value=value, nth=nth, dots=DOTS) for nth, value in enumerate(values, 1)]
        traces += _row(across, [top - level for level in up], reached, texts, own)
        names.append(Above(top - room + 0.4, chart_text(who), {"size": TICK_SIZE, "color": own.ink}))
    ticks = place_dots([dots.tolist() for _, dots in drawn], target).ticks if is_root else _ticks(end, metric)
    labels = [words.measure(metric, tick, currency) for tick in ticks]
    axes = _axes(float(scale(end)), top, [float(scale(tick)) for tick in ticks], labels, own)
    figure = go.Figure(traces, axes | {"annotations": annotations_of(names)})
    if target is not None:
        figure.add_vline(x=float(scale(target)), line={"color": own.target, "width": 2})
    title = _hits(drawn, metric, target, currency) if target is not None else finding
    subtitle = _subtitle(metric, target, currency) + (_("; small numbers are spread out") if is_root else "")
    return Chart(figure, title, subtitle, f"{title}.", _table(drawn, target))


def _row(
    across: list[float], heights: list[float], reached: np.ndarray, texts: list[str], own: Colours
) -> list[dict[str, object]]:
    """One row of dots: misses hollow, then hits filled."""
    hollow = {"size": DOT_SIZE - 1, "color": own.paper, "line": {"color": own.faint_ink, "width": 1.5}}
    filled = {"size": DOT_SIZE, "color": own.strength, "line": {"width": 0}}
    traces = []
    for is_hit, marker in ((False, hollow), (True, filled)):
        chosen = [i for i, hit in enumerate(reached.tolist()) if hit == is_hit]
        x, y = [across[i] for i in chosen], [heights[i] for i in chosen]
        traces.append(marks(x, y, marker, [texts[i] for i in chosen], is_cut=False))
    return traces


def _axes(end: float, top: float, ticks: list[float], labels: list[str], own: Colours) -> dict[str, object]:
    """Zero at the left, few ticks in the metric's own words, dots touching each other from bottom to top."""
    across = {"range": [0, end], "tickvals": ticks, "ticktext": labels, "showline": True, "linecolor": own.grid}
    upwards = {"range": [top + 0.8, -0.2], "showticklabels": False}
    layout = layout_of(own, int((top + 1) * (DOT_SIZE + 2)) + 44, left=24, right=24)
    return layout | {"xaxis": across, "yaxis": upwards}


def _ticks(end: float, metric: str) -> list[float]:
    """Two to six round values from zero, each of which reads differently: those of a count are whole."""
    power = 10.0 ** np.floor(np.log10(end))
    steps = [float(power * part) for part in (2.0, 1.0, 0.5, 0.25, 0.2, 0.1)]
    if METRICS[metric].unit == "count":
        steps = [step for step in steps if step.is_integer()] or [1.0]
    step = next((step for step in steps if end / step >= FEWEST_STEPS), steps[-1])
    return [step * i for i in range(int(end / step) + 1)]


def _hits(drawn: Sequence[tuple[str, np.ndarray]], metric: str, target: float, currency: str | None) -> str:
    """How many dots reach the target."""
    name = words.capitalized(words.metric(metric))
    wanted = words.exact(metric, target, currency)
    hits = [(who, int(_reaches(dots, target).sum())) for who, dots in drawn]
    counts = [_reached(who, number) for who, number in sorted(hits, key=lambda row: -row[1])]
    if len(counts) > MOST_NAMED:
        return _("{metric}: from {most} to {least} reach {wanted}").format(
            metric=name, most=counts[0], least=counts[-1], wanted=wanted
        )
    return _("{metric}: {found} reach {wanted}").format(metric=name, found=words.listing(counts), wanted=wanted)


def _reached(who: str, number: int) -> str:
    """How many dots reach the target, and whose they are where several creators are compared."""
    sentence = _("{count} of {dots} with {name}") if who else _("{count} of {dots}")
    return sentence.format(count=number, dots=DOTS, name=plain(who))


def _subtitle(metric: str, target: float | None, currency: str | None) -> str:
    one = _("Each dot is 1 of {dots} equally likely results").format(dots=DOTS)
    if target is None:
        return one
    return _("{one}; upright line: target of {value}; filled: reached").format(
        one=one, value=words.exact(metric, target, currency)
    )


def _table(drawn: Sequence[tuple[str, np.ndarray]], target: float | None) -> pl.DataFrame:
    """creator (only with several rows), future (1 to 20, smallest first), value, and whether the target is reached."""
    tables = [
        pl.DataFrame({"result": range(1, DOTS + 1), "value": dots}).with_columns(
            creator=pl.lit(plain(who), pl.String), reached=pl.Series(_reaches(dots, target))
        )
        for who, dots in drawn
    ]
    named = ["creator"] * any(who for who, _ in drawn)
    return pl.concat(tables).select(*named, "result", "value", *["reached"] * (target is not None))
