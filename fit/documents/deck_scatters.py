"""Draw intervals and dots of futures on a slide, as native scatter charts."""

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
from fit.forecast import ACROSS, Dot, DotPlot
from fit.locale import _
from fit.story import Picture, compared_cell, tick_words
from fit.text import words

LEAST_INDEX = 1e-3  # a log scale has no zero
DOT_ROOM = 1.15  # what a dot takes of each axis, in its own size
LARGEST_DOT, BETWEEN_ROWS = 11, 1.2  # points; and dots' heights between the rows
AROUND_DOTS = 0.65  # inches above the rows for the target's label, and below them for the scale
SCALE = 10  # points of the numbers on a scale
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
    top, size = heads[0][1], 12 if heads[0][1] <= 14 else 11
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
    frame, series = scatter.draw(slide, box, (0.26, 0.02, 0.36, 0.92), (0.999 * low, 1.001 * high), top + 0.7)
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
    ink = LIGHT.ink if row["measured"] else LIGHT.faint_ink
    return Label(compared_cell(row), ink, RIGHT, size=size)


def _grid_line(series: XySeries, tick: float) -> None:
    draw_line(series, LIGHT.faint_ink if tick == 100 else LIGHT.grid, 1.25 if tick == 100 else 0.75)
    label_point(series.points[0], Label(tick_words(tick), LIGHT.faint_ink, BELOW, size=SCALE))


def doubling(low: float, high: float) -> list[float]:
    """Indices around 100 that double, as far as the intervals reach."""
    ticks = [100 * 2.0**power for power in range(-6, 7)]
    return [tick for tick in ticks if low <= tick <= high]


def dots(slide: Slide, picture: Picture, box: Box) -> GraphicFrame:
    """Twenty dots a creator in columns that all rows share; hollow where the target is missed."""
    plot, names = picture.dots, [cut(name, LONGEST_LABEL) for name in picture.futures]
    area = (0.27, 0.3 / box[3], 0.71 if picture.target is None else 0.53, 1 - AROUND_DOTS / box[3])
    size, row = _dot_size(plot, area[2] * box[2], area[3] * box[3])
    levels = [row / size * (height + BETWEEN_ROWS) for height in map(float, plot.heights)]
    top = sum(levels)
    floors = [top - sum(levels[: number + 1]) for number in range(len(levels))]
    places = [
        [(dot.across, floor + (dot.level + 0.7) * row / size) for dot in of_row]
        for of_row, floor in zip(plot.rows, floors, strict=True)
    ]
    missed = [[place for place, dot in zip(at, of_row, strict=True) if not dot.reached]
              for at, of_row in zip(places, plot.rows, strict=True)]  # fmt: skip
    name_labels = [Label(name, LIGHT.ink, LEFT) for name in names]
    scatter, target = Scatter(), picture.target
    beside = [(0.0, floor + 0.9 * row / size) for floor in floors]
    beside += beside[-1:] * (len(places[0]) - len(beside))
    scatter.add(_("Names"), beside, partial(draw_labels, labels=name_labels))
    if target is not None:
        for name, of_row in zip(names, missed, strict=True):
            series_name, hollow = _("Missed by {name}").format(name=name), of_row or [(0.0, -1.0)]
            scatter.add(series_name, hollow, partial(draw_dots, size=max(2, size - 3), colour=LIGHT.paper))
    for name, of_row in zip(names, places, strict=True):
        scatter.add(name, of_row, partial(draw_dots, size=size, colour=LIGHT.strength))
    if target is not None:
        counts = [_count_label(of_row) for of_row in plot.rows]
        ends = [(1.0, floor + 0.9 * row / size) for floor in floors]
        scatter.add(_("Numbers"), ends, partial(draw_labels, labels=counts))
    scale = [Label(_measured(picture, tick), LIGHT.faint_ink, BELOW, size=SCALE) for tick in plot.ticks]
    scatter.add(_("Scale"), [(plot.across(tick), 0) for tick in plot.ticks], partial(draw_labels, labels=scale))
    for number, floor in enumerate(floors, 1):
        line = [(0.0, floor + 0.1), (1.0, floor + 0.1)]
        scatter.add(f"Floor {number}", line, partial(draw_line, colour=LIGHT.grid, points=1))
    if target is not None:
        text = _("target {value}").format(value=_measured(picture, target))
        label, at = Label(text, LIGHT.target, ABOVE, bold=True), plot.line(target)
        scatter.add(_("Target"), [(at, 0), (at, top)], partial(_target_line, label=label))
    frame, series = scatter.draw(slide, box, area, (0.0, 1.0), top)
    first_full = 1 + (len(names) if target is not None else 0)
    bring_to_front(frame.chart, [*series[first_full : first_full + len(names)], *series[1:first_full]])
    return frame


def _measured(picture: Picture, value: float) -> str:
    return words.measure(picture.metric, value, picture.currency)


def _count_label(dots_of_row: Sequence[Dot]) -> Label:
    """How many dots of a creator reach the target."""
    reached = sum(dot.reached for dot in dots_of_row)
    text = _("{reached} of {count} reach it").format(reached=reached, count=len(dots_of_row))
    return Label(text, LIGHT.ink, RIGHT)


def _target_line(series: XySeries, label: Label) -> None:
    draw_line(series, LIGHT.target, 2)
    label_point(series.points[1], label)


def dots_height(picture: Picture) -> float:
    """Inches of a chart of dots that touch each other, at their largest."""
    return AROUND_DOTS + sum(height + BETWEEN_ROWS for height in picture.dots.heights) * LARGEST_DOT * DOT_ROOM / 72


def _dot_size(plot: DotPlot, wide: float, tall: float) -> tuple[int, float]:
    """Points of a dot and the height of a row of dots in points: all columns and stacks fit into so many inches."""
    rows = sum(height + BETWEEN_ROWS for height in plot.heights)
    height = min(LARGEST_DOT * DOT_ROOM, 72 * tall / rows)
    size = min(height, 72 * wide / ACROSS) / DOT_ROOM
    return max(2, int(size)), max(2.0, height)
