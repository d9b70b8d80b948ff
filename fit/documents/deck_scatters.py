"""Draw intervals and dots of futures on a slide, as native scatter charts."""

import math
from collections.abc import Callable, Sequence
from functools import partial

from pptx.chart.series import XySeries
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide

from fit.charts import LIGHT
from fit.documents.deck_charts import (
    LONGEST_LABEL,
    C,
    Label,
    Points,
    bring_to_front,
    chart_frame,
    draw_dots,
    draw_labels,
    draw_line,
    fix_plot_area,
    label_point,
    scale_axis,
)
from fit.documents.deck_master import Box
from fit.documents.deck_text import cut
from fit.locale import _
from fit.metrics import METRICS
from fit.story import Picture
from fit.text import words

LEAST_INDEX = 1e-3  # a log scale has no zero
DOT_ROOM = 1.15  # what a dot takes of each axis, in its own size
Place = tuple[float, float]  # across and up, in the chart's own units
LEFT, RIGHT = XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.RIGHT
BELOW, ABOVE = XL_LABEL_POSITION.BELOW, XL_LABEL_POSITION.ABOVE


class Scatter:
    """A scatter chart that is put together series by series, each with the way it looks.

    The longest series comes first: LibreOffice draws nothing of a scatter that begins with a shorter one.
    """

    def __init__(self) -> None:
        self._data = Points()
        self._looks: list[Callable[[XySeries], None]] = []

    def add(self, name: str, places: Sequence[Place], look: Callable[[XySeries], None]) -> None:
        """Add a series; look: draws it once the chart is on its slide."""
        series = self._data.add_series(name)
        for across, up in places:
            series.add_data_point(across, up)
        self._looks.append(look)

    def draw(self, slide: Slide, box: Box, area: Box, across: Place, top: float) -> tuple[GraphicFrame, list[XySeries]]:
        """Draw all series; area: of the axes, in parts of the chart; across: ends of the scale; top: of the heights."""
        frame = chart_frame(slide, XL_CHART_TYPE.XY_SCATTER, self._data, box)
        fix_plot_area(frame.chart, *area)
        scale_axis(frame.chart.value_axis, 0, top)
        scale_axis(frame.chart.category_axis, *across)
        series = list(frame.chart.plots[0].series)
        for drawn, look in zip(series, self._looks, strict=True):
            look(drawn)
        return frame, series


def intervals(slide: Slide, picture: Picture, box: Box) -> GraphicFrame:
    """A dot and its 80 % interval a row, on a log scale around 100; the numbers stand in a column on the right."""
    rows, heads, heights = _placed(picture)
    low = 0.9 * min([50.0, *[max(row["low"], 1.0) for row in rows]])
    high = 1.1 * max([200.0, *[row["high"] for row in rows]])
    top, size = heads[0][1], 11 if heads[0][1] <= 14 else 10
    stages = [Label(words.capitalized(words.stage(stage)), LIGHT.ink, LEFT, True, size) for stage, _height in heads]
    names = [Label(cut(row["creator"], LONGEST_LABEL), LIGHT.ink, LEFT, size=size) for row in rows]
    numbers = [_interval_label(row, size - 1) for row in rows]
    dots = _interval_dots(rows, heights)
    scatter = Scatter()
    beside = [(low, height) for height in (*[height for _stage, height in heads], *heights)]
    scatter.add(_("Names"), beside, partial(draw_labels, labels=[*stages, *names]))
    for name, places, width, colour in dots:
        scatter.add(name, places, partial(draw_dots, size=width, colour=colour))
    scatter.add(_("Numbers"), [(high, height) for height in heights], partial(draw_labels, labels=numbers))
    for tick in doubling(low, high):
        scatter.add(f"Grid {tick:g}", [(tick, 0.3), (tick, top + 0.6)], partial(_grid_line, tick=tick))
    for row, height in zip(rows, heights, strict=True):
        name = f"{cut(row['creator'], LONGEST_LABEL)}, {words.stage(row['stage'])}"
        ends = (max(row["low"], LEAST_INDEX), max(row["index"], LEAST_INDEX), row["high"])
        measured, guessed = (LIGHT.strength_bar, 6.0, None), (LIGHT.elsewhere, 1.5, MSO_LINE.DASH)
        colour, points, dash = measured if row["measured"] else guessed
        look = partial(draw_line, colour=colour, points=points, dash=dash)
        scatter.add(name, [(end, height) for end in ends], look)
    frame, series = scatter.draw(slide, box, (0.27, 0.02, 0.46, 0.94), (0.999 * low, 1.001 * high), top + 0.7)
    scaling = frame.chart.category_axis._element.find("{*}scaling")
    scaling.insert(0, parse_xml(f'<c:logBase {C} val="10"/>'))
    bring_to_front(frame.chart, reversed(series[1 : 1 + len(dots)]))
    return frame


def _placed(picture: Picture) -> tuple[list[dict], list[tuple[str, float]], list[float]]:
    """The rows stage by stage, the stages with the height of their heads, and the height of each row."""
    told = picture.rows.rows(named=True)
    stages = list(dict.fromkeys(row["stage"] for row in told))
    rows, heads, heights = [], [], []
    height = float(len(told) + len(stages))
    for stage in stages:
        of_stage = [row for row in told if row["stage"] == stage]
        heads.append((stage, height))
        rows += of_stage
        heights += [height - number for number in range(1, len(of_stage) + 1)]
        height -= len(of_stage) + 1
    return rows, heads, heights


def _interval_dots(rows: list[dict], heights: list[float]) -> list[tuple[str, list[Place], int, str]]:
    """Series of dots, the uppermost first: name, places, size in points, colour. A white one makes a dot hollow."""
    places: dict[bool, list[Place]] = {True: [], False: []}
    for row, height in zip(rows, heights, strict=True):
        places[row["measured"]].append((max(row["index"], LEAST_INDEX), height))
    dots = [
        (_("Hollow"), places[False], 6, LIGHT.paper),
        (_("Not measured"), places[False], 9, LIGHT.faint_ink),
        (_("Measured"), places[True], 9, LIGHT.strength),
    ]
    return [series for series in dots if series[1]]


def _interval_label(row: dict, size: int) -> Label:
    span = words.between(words.index(row["low"]), words.index(row["high"]))
    if not row["measured"]:
        return Label(_("not measured; likely {span}").format(span=span), LIGHT.faint_ink, RIGHT, size=size)
    return Label(f"{words.index(row['index'])} ({span}); n = {row['count_campaigns']}", LIGHT.ink, RIGHT, size=size)


def _grid_line(series: XySeries, tick: float) -> None:
    draw_line(series, LIGHT.faint_ink if tick == 100 else LIGHT.grid, 1.25 if tick == 100 else 0.75)
    label_point(series.points[0], Label(words.count(tick), LIGHT.faint_ink, BELOW, size=9))


def doubling(low: float, high: float) -> list[float]:
    """Indices around 100 that double, as far as the intervals reach."""
    ticks = [100 * 2.0**power for power in range(-6, 7)]
    return [tick for tick in ticks if low <= tick <= high]


def dots(slide: Slide, picture: Picture, box: Box) -> GraphicFrame:
    """Twenty dots a creator, stacked so that they can be counted; hollow where the target is missed.

    The scale is straight, unlike the page's: whoever edits the numbers behind the chart finds the values themselves.
    """
    rows, target = picture.rows.rows(named=True), picture.target
    values: dict[str, list[float]] = {}
    for row in rows:
        values.setdefault(row["creator"], []).append(row["value"])
    far = max([target or 0.0, *[row["value"] for row in rows]])
    end = 1.08 * far if far > 0 else 1.0
    size, levels = _dot_size(list(values.values()), end, 0.56 * box[2], 0.86 * box[3])
    start, top = -0.02 * end, sum(map(_row_height, levels))
    floors = [top - sum(map(_row_height, levels[: number + 1])) for number in range(len(levels))]
    places = [
        [(value, floor + level + 0.7) for value, level in zip(of_creator, of_row, strict=True)]
        for of_creator, floor, of_row in zip(values.values(), floors, levels, strict=True)
    ]
    missed = [] if target is None else [[place for place in of_row if place[0] < target] for of_row in places]
    names = [cut(name, LONGEST_LABEL) for name in values]
    name_labels = [Label(name, LIGHT.ink, LEFT) for name in names]
    counts = [] if target is None else [_count_label(of_creator, target) for of_creator in values.values()]
    is_whole = METRICS[picture.metric].unit == "count"
    ticks, beside = even_ticks(end, is_whole=is_whole), [(start, floor + 0.9) for floor in floors]
    scale = [Label(_measured(picture, tick), LIGHT.faint_ink, BELOW, size=9) for tick in ticks]
    scatter = Scatter()
    beside += beside[-1:] * (len(places[0]) - len(beside))
    scatter.add(_("Names"), beside, partial(draw_labels, labels=name_labels))
    for name, of_row in zip(names, missed, strict=False):
        series_name, hollow = _("Missed by {name}").format(name=name), of_row or [(start, -1.0)]
        scatter.add(series_name, hollow, partial(draw_dots, size=max(2, size - 3), colour=LIGHT.paper))
    for name, of_row in zip(names, places, strict=True):
        scatter.add(name, of_row, partial(draw_dots, size=size, colour=LIGHT.strength))
    scatter.add(_("Numbers"), [(end, floor + 0.9) for floor in floors], partial(draw_labels, labels=counts))
    scatter.add(_("Scale"), [(tick, 0) for tick in ticks], partial(draw_labels, labels=scale))
    for number, floor in enumerate(floors, 1):
        ends = [(start, floor + 0.1), (end, floor + 0.1)]
        scatter.add(f"Floor {number}", ends, partial(draw_line, colour=LIGHT.grid, points=1))
    if target is not None:
        text = _("target {value}").format(value=_measured(picture, target))
        label = Label(text, LIGHT.target, ABOVE, bold=True)
        scatter.add(_("Target"), [(target, 0), (target, top)], partial(_target_line, label=label))
    frame, series = scatter.draw(slide, box, (0.25, 0.06, 0.56, 0.86), (start, end), top)
    first_full = 1 + len(missed)
    bring_to_front(frame.chart, [*series[first_full : first_full + len(names)], *series[1:first_full]])
    return frame


def _measured(picture: Picture, value: float) -> str:
    return words.measure(picture.metric, value, picture.currency)


def _count_label(values: list[float], target: float) -> Label:
    """How many dots of a creator reach the target."""
    reached = sum(value >= target for value in values)
    text = _("{reached} of {count} reach it").format(reached=reached, count=len(values))
    return Label(text, LIGHT.ink, RIGHT)


def _target_line(series: XySeries, label: Label) -> None:
    draw_line(series, LIGHT.target, 2)
    label_point(series.points[1], label)


def _levels(values: list[float], width: float) -> list[int]:
    """How high each of the ascending values stands, so that no two dots of a width overlap."""
    free: list[float] = []
    levels = []
    for value in values:
        level = next((level for level, end in enumerate(free) if value >= end), len(free))
        free[level : level + 1] = [value + width]
        levels.append(level)
    return levels


def _dot_size(creators: list[list[float]], end: float, wide: float, tall: float) -> tuple[int, list[list[int]]]:
    """The largest dot (points) with which all rows, each as high as its tallest stack, fit into so many inches."""
    for size in range(11, 1, -1):
        levels = [_levels(values, end * size * DOT_ROOM / 72 / wide) for values in creators]
        if sum(map(_row_height, levels)) * size * DOT_ROOM / 72 <= tall:
            break
    return size, levels


def _row_height(levels: list[int]) -> float:
    """The height of a creator's row, in dots."""
    return max(2.0, max(levels) + 1) + 0.8


def even_ticks(end: float, *, is_whole: bool = False) -> list[float]:
    """Two to six round numbers from zero on; is_whole: whole ones, so that each tick of a count reads differently."""
    raw = max(end / 5, 1.0) if is_whole else end / 5
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw)
    return [number * step for number in range(int(end / step) + 1)]
