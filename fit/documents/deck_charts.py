"""How is a picture of a story drawn as a native chart, which whoever gets the deck can still edit?

Charts are bars and scatters only, because these look alike in PowerPoint and LibreOffice; error bars do not.
"""

import math
from contextlib import contextmanager

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt
from xlsxwriter import Workbook

from fit import words
from fit.charts.colours import LIGHT
from fit.documents.deck_master import FONT
from fit.documents.deck_text import clean, cut
from fit.locale import _
from fit.story import Picture

NAME = 24  # columns of a name beside a chart
SHARE = '[>0.97]"97 %";[<0.03]"3 %";0 %'  # as words.chance: never surer than the method is
ROOM = 1.15  # what a dot takes of each axis, in its own size
SEEN = 0.035  # a part of a bar narrower than that has no room for its label
Box = tuple[float, float, float, float]  # left, top, width, height in inches
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'


class _Literal:
    """A workbook behind a chart in which `=1+1` and addresses are text: nothing of it is run or linked."""

    @contextmanager
    def _open_worksheet(self, file):
        book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        yield book, book.add_worksheet()
        book.close()


class _CategoryWriter(_Literal, CategoryWorkbookWriter):
    pass


class _XyWriter(_Literal, XyWorkbookWriter):
    pass


class _Categories(CategoryChartData):
    @property
    def _workbook_writer(self):
        return _CategoryWriter(self)


class _Points(XyChartData):
    @property
    def _workbook_writer(self):
        return _XyWriter(self)


def add_picture(slide, picture: Picture, box: Box) -> None:
    """Draw a picture of a story into a box of a slide, with its sentence for readers who do not see it."""
    draw = {"split": _split, "intervals": _intervals, "chances": _chances, "dots": _dots}[picture.kind]
    frame = draw(slide, picture, box)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(picture.alt))


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:])


def _frame(slide, kind, data, box: Box):
    frame = slide.shapes.add_chart(kind, *map(Inches, box), data)
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    chart.font.name, chart.font.size = FONT, Pt(11)
    chart.font.color.rgb = _rgb(LIGHT.ink)
    return frame


def _bars(chart, gap: int) -> None:
    """Names on the left, first row on top, no grid and no scale: every bar carries its number."""
    chart.plots[0].gap_width = gap
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.fill.background()
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 1


def _split(slide, picture: Picture, box: Box):
    rows = picture.rows.rows(named=True)
    is_known = [row["in_market"] is not None for row in rows]
    data = _Categories()
    data.categories = [cut(row["creator"], NAME) for row in rows]
    parts = {_("In the market"): "in_market", _("Elsewhere"): "elsewhere", _("Unknown"): "unknown"}
    for said, key in parts.items():
        data.add_series(said, [row[key] for row in rows])
    if not all(is_known):
        data.add_series(_("Not measured"), [None if known else 1.0 for known in is_known])
    frame = _frame(slide, XL_CHART_TYPE.BAR_STACKED_100, data, box)
    chart = frame.chart
    _bars(chart, 55)
    chart.plots[0].overlap = 100
    chart.has_legend, chart.legend.position = True, XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    fills = (LIGHT.in_market, LIGHT.elsewhere)
    for series, colour in zip(chart.plots[0].series, fills, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(colour)
    _hatch(chart.plots[0].series[2])
    inks = (LIGHT.on_in_market, LIGHT.on_elsewhere, LIGHT.ink)
    for series, key, ink in zip(chart.plots[0].series, parts.values(), inks, strict=False):
        for at, row in enumerate(rows):
            if row[key] is not None and row[key] >= SEEN:
                _say(series.points[at], words.percent(row[key]), ink, XL_LABEL_POSITION.CENTER)
    if not all(is_known):
        _not_measured(chart.plots[0].series[3], is_known)
    return frame


def _hatch(series) -> None:
    fill = series.format.fill
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = _rgb(LIGHT.unknown), _rgb(LIGHT.paper)
    series.format.line.color.rgb = _rgb(LIGHT.unknown)


def _not_measured(series, is_known: list[bool]) -> None:
    series.format.fill.background()
    series.format.line.color.rgb = _rgb(LIGHT.faint_ink)
    series.format.line.dash_style = MSO_LINE.DASH
    for at, known in enumerate(is_known):
        if not known:
            _say(series.points[at], _("not measured"), LIGHT.faint_ink, XL_LABEL_POSITION.CENTER)


def _say(point, text: str, colour: str, position, *, bold: bool = False, size: int = 11) -> None:
    """Label one point of a chart with a text of its own."""
    label = point.data_label
    label.position = position
    run = label.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = _rgb(colour)
    # One line, however long: a label that wraps runs into its neighbours.
    label.text_frame._txBody.bodyPr.set("wrap", "none")


def _chances(slide, picture: Picture, box: Box):
    rows = picture.rows.rows(named=True)
    data = _Categories()
    data.categories = [cut(row["creator"], NAME) for row in rows]
    data.add_series(_("Chance of the best three"), [row["p_top_3"] for row in rows])
    frame = _frame(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, box)
    _bars(frame.chart, 55)
    plot = frame.chart.plots[0]
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = _rgb(LIGHT.strength)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = SHARE, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.bold = Pt(12), True
    return frame


def _inner(chart, left: float, top: float, width: float, height: float) -> None:
    """Fix where the axes stand, in parts of the chart, so that names and numbers have their room beside them."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    sizes = "".join(f'<c:{k} val="{v:.4f}"/>' for k, v in zip("xywh", (left, top, width, height), strict=True))
    area.insert(0, parse_xml(
        f'<c:layout {C}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{sizes}</c:manualLayout></c:layout>"
    ))  # fmt: skip


def _scale(axis, low: float, high: float, *, shown: bool = False) -> None:
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.has_major_gridlines = False
    axis.format.line.fill.background()
    if not shown:
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def _bare(series) -> None:
    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE.NONE


def _line(series, colour: str, points: float, dash=None) -> None:
    series.format.line.color.rgb = _rgb(colour)
    series.format.line.width = Pt(points)
    series.marker.style = XL_MARKER_STYLE.NONE
    series.smooth = False
    if dash is not None:
        series.format.line.dash_style = dash


def _ticks(low: float, high: float) -> list[float]:
    """Indices around 100 that double, as far as the intervals reach."""
    found = [100 * 2.0**power for power in range(-6, 7)]
    return [tick for tick in found if low <= tick <= high]


def _add(data, name: str, points) -> None:
    series = data.add_series(name)
    for x, y in points:
        series.add_data_point(x, y)


def _intervals(slide, picture: Picture, box: Box):
    """A dot and its 80 % interval a row, on a log scale around 100; the numbers stand in a column on the right."""
    rows = picture.rows.rows(named=True)
    stages = list(dict.fromkeys(row["stage"] for row in rows))
    low = 0.9 * min([50.0, *[max(row["low"], 1.0) for row in rows]])
    high = 1.1 * max([200.0, *[row["high"] for row in rows]])
    total = len(rows) + len(stages)
    heads, places, y = [], [], float(total)
    for stage in stages:
        heads.append(y)
        for _row in [row for row in rows if row["stage"] == stage]:
            y -= 1
            places.append(y)
        y -= 1
    rows = [row for stage in stages for row in rows if row["stage"] == stage]
    ticks = _ticks(low, high)
    data = _Points()
    # The longest series first: LibreOffice draws no line of a scatter that begins with a shorter one.
    _add(data, _("Names"), [(low, place) for place in (*heads, *places)])
    _add(data, _("Numbers"), [(high, place) for place in places])
    for tick in ticks:
        _add(data, f"Grid {tick:g}", [(tick, 0.3), (tick, total + 0.6)])
    for row, place in zip(rows, places, strict=True):
        name = f"{cut(row['creator'], NAME)}, {words.stage(row['stage'])}"
        _add(data, name, [(max(row["low"], 1e-3), place), (max(row["index"], 1e-3), place), (row["high"], place)])
    dots = [(row["measured"], (max(row["index"], 1e-3), place)) for row, place in zip(rows, places, strict=True)]
    marks = _marks([at for is_full, at in dots if is_full], [at for is_full, at in dots if not is_full])
    for said, at, *_size in marks:
        _add(data, said, at)
    frame = _frame(slide, XL_CHART_TYPE.XY_SCATTER, data, box)
    chart = frame.chart
    _inner(chart, 0.27, 0.02, 0.46, 0.94)
    _scale(chart.value_axis, 0, total + 0.7)
    _scale(chart.category_axis, 0.999 * low, 1.001 * high)
    scaling = chart.category_axis._element.find("{*}scaling")
    scaling.insert(0, parse_xml(f'<c:logBase {C} val="10"/>'))
    series = list(chart.plots[0].series)
    for one, tick in zip(series[2:], ticks, strict=False):
        _line(one, LIGHT.faint_ink if tick == 100 else LIGHT.grid, 1.25 if tick == 100 else 0.75)
        _say(one.points[0], f"{tick:g}", LIGHT.faint_ink, XL_LABEL_POSITION.BELOW, size=9)
    for one, row in zip(series[2 + len(ticks) :], rows, strict=False):
        if row["measured"]:
            _line(one, LIGHT.strength_bar, 6)
        else:
            _line(one, LIGHT.elsewhere, 1.5, MSO_LINE.DASH)
    for one, (*_said, size, colour) in zip(series[2 + len(ticks) + len(rows) :], marks, strict=True):
        _dots_only(one, size, colour)
    _words_beside(series[0], series[1], stages, rows, 11 if total <= 14 else 10)
    return frame


def _marks(full: list, hollow: list) -> list[tuple[str, list, int, str]]:
    """Series of dots: name, places, size in points, colour. Hollow dots have a white one on top."""
    found = [(_("Measured"), full, 9, LIGHT.strength), (_("Not measured"), hollow, 9, LIGHT.faint_ink)]
    return [mark for mark in [*found, ("Hollow", hollow, 5, LIGHT.paper)] if mark[1]]


def _dots_only(series, size: int, colour: str) -> None:
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _rgb(colour)
    series.marker.format.line.fill.background()


def _words_beside(names, numbers, stages: list[str], rows: list[dict], size: int) -> None:
    _bare(names)
    _bare(numbers)
    left, right = XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.RIGHT
    for at, stage in enumerate(stages):
        _say(names.points[at], words.stage(stage).capitalize(), LIGHT.ink, left, bold=True, size=size)
    for at, row in enumerate(rows):
        _say(names.points[len(stages) + at], cut(row["creator"], NAME), LIGHT.ink, left, size=size)
        span = words.between(words.index(row["low"]), words.index(row["high"]))
        said = f"{words.index(row['index'])} ({span}); n = {row['count_campaigns']}"
        if not row["measured"]:
            said = _("not measured; likely {span}").format(span=span)
        _say(numbers.points[at], said, LIGHT.ink if row["measured"] else LIGHT.faint_ink, right, size=size - 1)


def _levels(values: list[float], width: float) -> list[int]:
    """How high each of the ascending values stands, so that no two dots of a width overlap."""
    free: list[float] = []
    found = []
    for value in values:
        level = next((at for at, end in enumerate(free) if value >= end), len(free))
        free[level : level + 1] = [value + width]
        found.append(level)
    return found


def _dot_size(creators: list[list[float]], end: float, wide: float, tall: float) -> tuple[int, list[list[int]]]:
    """The largest dot (points) with which all rows, each as high as its tallest stack, fit into so many inches."""
    for size in range(11, 1, -1):
        levels = [_levels(values, end * size * ROOM / 72 / wide) for values in creators]
        if sum(map(_row, levels)) * size * ROOM / 72 <= tall:
            break
    return size, levels


def _row(levels: list[int]) -> float:
    """The height of a creator's row, in dots."""
    return max(2.0, max(levels) + 1) + 0.8


def _dots(slide, picture: Picture, box: Box):
    """Twenty dots a creator, stacked so that they can be counted; hollow where the target is missed."""
    rows = picture.rows.rows(named=True)
    names = list(dict.fromkeys(row["creator"] for row in rows))
    values = {name: [row["value"] for row in rows if row["creator"] == name] for name in names}
    far = max([picture.target or 0.0, *[row["value"] for row in rows]])
    end = 1.08 * far if far > 0 else 1.0
    size, levels = _dot_size(list(values.values()), end, 0.56 * box[2], 0.86 * box[3])
    start, top = -0.02 * end, sum(map(_row, levels))
    floors = [top - sum(map(_row, levels[: at + 1])) for at in range(len(names))]
    data, reached = _Points(), []
    for name, floor, high in zip(names, floors, levels, strict=True):
        _add(data, cut(name, NAME), [(v, floor + level + 0.7) for v, level in zip(values[name], high, strict=True)])
        reached.append([row["reached"] for row in rows if row["creator"] == name])
    _add(data, _("Names"), [(start, floor + 0.9) for floor in floors])
    _add(data, _("Numbers"), [(end, floor + 0.9) for floor in floors])
    for at, floor in enumerate(floors, 1):
        _add(data, f"Floor {at}", [(start, floor + 0.1), (end, floor + 0.1)])
    ticks = _even_ticks(end)
    _add(data, _("Scale"), [(tick, 0) for tick in ticks])
    if picture.target is not None:
        _add(data, _("Target"), [(picture.target, 0), (picture.target, top)])
        # A series a creator: LibreOffice draws nothing of a scatter whose first series is not the longest.
        for name, floor, high in zip(names, floors, levels, strict=True):
            places = [(v, floor + level + 0.7) for v, level in zip(values[name], high, strict=True)]
            _add(
                data,
                _("Missed by {name}").format(name=cut(name, NAME)),
                [at for at in places if at[0] < picture.target] or [(start, -1)],
            )
    frame = _frame(slide, XL_CHART_TYPE.XY_SCATTER, data, box)
    chart = frame.chart
    _inner(chart, 0.25, 0.06, 0.56, 0.86)
    _scale(chart.value_axis, 0, top)
    _scale(chart.category_axis, start, end)
    series = list(chart.plots[0].series)
    for one in series[: len(names)]:
        _dots_only(one, size, LIGHT.strength)
    beside = series[len(names) : len(names) + 2]
    _bare(beside[0])
    _bare(beside[1])
    for at, (name, held) in enumerate(zip(names, reached, strict=True)):
        _say(beside[0].points[at], cut(name, NAME), LIGHT.ink, XL_LABEL_POSITION.LEFT)
        if picture.target is not None:
            said = _("{reached} of {count} reach it").format(reached=sum(held), count=len(held))
            _say(beside[1].points[at], said, LIGHT.ink, XL_LABEL_POSITION.RIGHT)
    for floor in series[len(names) + 2 : 2 * len(names) + 2]:
        _line(floor, LIGHT.grid, 1)
    scale = series[2 * len(names) + 2]
    _bare(scale)
    for at, tick in enumerate(ticks):
        said = words.measure(picture.metric, tick, picture.currency)
        _say(scale.points[at], said, LIGHT.faint_ink, XL_LABEL_POSITION.BELOW, size=9)
    if picture.target is not None:
        _line(series[-1 - len(names)], LIGHT.target, 2)
        said = _("target {value}").format(value=words.measure(picture.metric, picture.target, picture.currency))
        _say(series[-1 - len(names)].points[1], said, LIGHT.target, XL_LABEL_POSITION.ABOVE, bold=True)
        for one in series[-len(names) :]:
            _dots_only(one, max(2, size - 3), LIGHT.paper)
    return frame


def _even_ticks(end: float) -> list[float]:
    """Three to six round numbers from zero on."""
    raw = end / 5
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw)
    return [at * step for at in range(int(end / step) + 1)]
