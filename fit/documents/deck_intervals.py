"""How do strengths and their intervals stand on a slide, on one log scale around 100?"""

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml

from fit.charts import LIGHT
from fit.documents.deck_drawing import (
    NAME,
    Box,
    C,
    Points,
    add_series,
    bare,
    dots_only,
    frame_of,
    inner,
    lined,
    on_top,
    say,
    scaled,  # fmt: skip
)
from fit.documents.deck_text import cut
from fit.locale import _
from fit.story import Picture
from fit.text import words

LEAST = 1e-3  # a log scale has no zero


def intervals(slide, picture: Picture, box: Box):
    """A dot and its 80 % interval a row, on a log scale around 100; the numbers stand in a column on the right."""
    rows, heads, places = _placed(picture)
    low = 0.9 * min([50.0, *[max(row["low"], 1.0) for row in rows]])
    high = 1.1 * max([200.0, *[row["high"] for row in rows]])
    top, ticks, dots = heads[0][1], doubling(low, high), _dots(rows, places)
    data = Points()
    # The longest series first: LibreOffice draws no line of a scatter that begins with a shorter one.
    add_series(data, _("Names"), [(low, place) for place in (*[place for _stage, place in heads], *places)])
    for said, at, *_look in dots:
        add_series(data, said, at)
    add_series(data, _("Numbers"), [(high, place) for place in places])
    for tick in ticks:
        add_series(data, f"Grid {tick:g}", [(tick, 0.3), (tick, top + 0.6)])
    for row, place in zip(rows, places, strict=True):
        name = f"{cut(row['creator'], NAME)}, {words.stage(row['stage'])}"
        ends = (max(row["low"], LEAST), max(row["index"], LEAST), row["high"])
        add_series(data, name, [(end, place) for end in ends])
    frame = frame_of(slide, XL_CHART_TYPE.XY_SCATTER, data, box)
    chart = frame.chart
    inner(chart, 0.27, 0.02, 0.46, 0.94)
    scaled(chart.value_axis, 0, top + 0.7)
    scaled(chart.category_axis, 0.999 * low, 1.001 * high)
    scaling = chart.category_axis._element.find("{*}scaling")
    scaling.insert(0, parse_xml(f'<c:logBase {C} val="10"/>'))
    names, *rest = chart.plots[0].series
    marks, numbers, grid = rest[: len(dots)], rest[len(dots)], rest[len(dots) + 1 :]
    for one, (_said, _at, size, colour) in zip(marks, dots, strict=True):
        dots_only(one, size, colour)
    for one, tick in zip(grid, ticks, strict=False):
        lined(one, LIGHT.faint_ink if tick == 100 else LIGHT.grid, 1.25 if tick == 100 else 0.75)
        say(one.points[0], words.count(tick), LIGHT.faint_ink, XL_LABEL_POSITION.BELOW, size=9)
    for one, row in zip(grid[len(ticks) :], rows, strict=True):
        if row["measured"]:
            lined(one, LIGHT.strength_bar, 6)
        else:
            lined(one, LIGHT.elsewhere, 1.5, MSO_LINE.DASH)
    _words_beside(names, numbers, [stage for stage, _place in heads], rows, 11 if top <= 14 else 10)
    on_top(chart, reversed(marks))
    return frame


def _placed(picture: Picture) -> tuple[list[dict], list[tuple[str, float]], list[float]]:
    """The rows stage by stage, the stages with the height of their heads, and the height of each row."""
    told = picture.rows.rows(named=True)
    rows, heads, places = [], [], []
    stages = list(dict.fromkeys(row["stage"] for row in told))
    y = float(len(told) + len(stages))
    for stage in stages:
        own = [row for row in told if row["stage"] == stage]
        heads.append((stage, y))
        rows += own
        places += [y - at for at in range(1, len(own) + 1)]
        y -= len(own) + 1
    return rows, heads, places


def _dots(rows: list[dict], places: list[float]) -> list[tuple[str, list, int, str]]:
    """Series of dots, the uppermost first: name, places, size in points, colour. A white one makes a dot hollow."""
    at = {is_full: [(max(row["index"], LEAST), place) for row, place in zip(rows, places, strict=True)
                    if row["measured"] == is_full] for is_full in (True, False)}  # fmt: skip
    found = [(_("Hollow"), at[False], 6, LIGHT.paper), (_("Not measured"), at[False], 9, LIGHT.faint_ink)]
    return [mark for mark in [*found, (_("Measured"), at[True], 9, LIGHT.strength)] if mark[1]]


def _words_beside(names, numbers, stages: list[str], rows: list[dict], size: int) -> None:
    bare(names)
    bare(numbers)
    left, right = XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.RIGHT
    for at, stage in enumerate(stages):
        say(names.points[at], words.capitalized(words.stage(stage)), LIGHT.ink, left, bold=True, size=size)
    for at, row in enumerate(rows):
        say(names.points[len(stages) + at], cut(row["creator"], NAME), LIGHT.ink, left, size=size)
        span = words.between(words.index(row["low"]), words.index(row["high"]))
        said = f"{words.index(row['index'])} ({span}); n = {row['count_campaigns']}"
        if not row["measured"]:
            said = _("not measured; likely {span}").format(span=span)
        say(numbers.points[at], said, LIGHT.ink if row["measured"] else LIGHT.faint_ink, right, size=size - 1)


def doubling(low: float, high: float) -> list[float]:
    """Indices around 100 that double, as far as the intervals reach."""
    found = [100 * 2.0**power for power in range(-6, 7)]
    return [tick for tick in found if low <= tick <= high]
