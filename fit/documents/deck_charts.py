"""Draw native bar charts on a slide, and the parts that all charts of a deck share: labels, axes, safe workbooks.

Charts are bars and scatters only, because these look alike in PowerPoint and LibreOffice; error bars do not. Whoever
gets the deck can edit them; nothing in their workbooks is run or linked.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, cast

from pptx.chart.axis import _BaseAxis
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, ChartData, XyChartData
from pptx.chart.point import Point
from pptx.chart.series import BarSeries, XySeries
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
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Inches, Pt
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from fit.charts import LIGHT
from fit.documents.deck_master import FONT, Box
from fit.documents.deck_text import cut
from fit.locale import _
from fit.story import Picture
from fit.text import words

LONGEST_LABEL = 24  # columns of a name beside a chart
# As words.bounded(), in signs that break no line: never surer than the method is.
CHANCE_FORMAT = '[>0.97]">97\u00a0%";[<0.03]"<3\u00a0%";0 %'
LEAST_LABELLED, NARROW_PART = 0.07, 0.1  # of a bar: a smaller part has no room for its label, or for a small one only
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'


class Literal:
    """A workbook behind a chart in which `=1+1` and addresses are text: nothing of it is run or linked."""

    @contextmanager
    def _open_worksheet(self, file: IO[bytes]) -> Iterator[tuple[Workbook, Worksheet]]:
        book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        yield book, book.add_worksheet()
        book.close()


class CategoryWriter(Literal, CategoryWorkbookWriter):
    pass


class XyWriter(Literal, XyWorkbookWriter):
    pass


class Categories(CategoryChartData):
    @property
    def _workbook_writer(self) -> CategoryWriter:
        return CategoryWriter(self)


class Points(XyChartData):
    @property
    def _workbook_writer(self) -> XyWriter:
        return XyWriter(self)


@dataclass(frozen=True)
class Label:
    """A text beside one point of a chart. on_paper: on a white ground, where it stands on a hatch."""

    text: str
    colour: str
    position: XL_LABEL_POSITION
    bold: bool = False
    size: int = 12
    on_paper: bool = False


def splits(slide: Slide, picture: Picture, box: Box) -> GraphicFrame:
    """A bar a creator of 100 %: in the market, elsewhere, unknown (hatched), or not measured (dashed)."""
    rows = picture.rows.rows(named=True)
    is_known = [row["in_market"] is not None for row in rows]
    parts = {_("In the market"): "in_market", _("Elsewhere"): "elsewhere", _("Unknown"): "unknown"}
    data = Categories()
    data.categories = [cut(row["creator"], LONGEST_LABEL) for row in rows]
    for name, key in parts.items():
        data.add_series(name, [row[key] for row in rows])
    if not all(is_known):
        data.add_series(_("Not measured"), [None if known else 1.0 for known in is_known])
    frame = chart_frame(slide, XL_CHART_TYPE.BAR_STACKED_100, data, box)
    chart = frame.chart
    _bars(chart)
    chart.plots[0].overlap = 100
    chart.has_legend, chart.legend.position = True, XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    in_market, elsewhere, unknown, *not_measured = chart.plots[0].series
    _fill(in_market, LIGHT.in_market)
    _fill(elsewhere, LIGHT.elsewhere)
    _hatch(unknown)
    inks = (LIGHT.on_in_market, LIGHT.on_elsewhere, LIGHT.ink)
    for series, key, ink in zip((in_market, elsewhere, unknown), parts.values(), inks, strict=True):
        for point, row in zip(series.points, rows, strict=True):
            if row[key] is not None and row[key] >= LEAST_LABELLED:
                text, on_paper = words.percent(row[key]), key == "unknown"
                size = 10 if row[key] < NARROW_PART else 12
                label_point(point, Label(text, ink, XL_LABEL_POSITION.CENTER, size=size, on_paper=on_paper))
    for series in not_measured:
        _dash(series, is_known)
    return frame


def chances(slide: Slide, picture: Picture, box: Box) -> GraphicFrame:
    """A bar a creator: the chance to be among the best three."""
    rows = picture.rows.rows(named=True)
    data = Categories()
    data.categories = [cut(row["creator"], LONGEST_LABEL) for row in rows]
    data.add_series(_("Likely in the top 3"), [row["p_top_3"] for row in rows])
    frame = chart_frame(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, box)
    _bars(frame.chart)
    plot = frame.chart.plots[0]
    _fill(plot.series[0], LIGHT.strength)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = CHANCE_FORMAT, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.bold = Pt(12), True
    return frame


def _bars(chart: Chart) -> None:
    """Names on the left, first row on top, no grid and no scale: every bar carries its number."""
    chart.plots[0].gap_width = 55
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.fill.background()
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 1


def _fill(series: BarSeries, colour: str) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(colour)


def _hatch(series: BarSeries) -> None:
    fill = series.format.fill
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = rgb(LIGHT.faint_ink), rgb(LIGHT.paper)
    series.format.line.color.rgb = rgb(LIGHT.faint_ink)


def _dash(series: BarSeries, is_known: Sequence[bool]) -> None:
    series.format.fill.background()
    series.format.line.color.rgb = rgb(LIGHT.faint_ink)
    series.format.line.dash_style = MSO_LINE.DASH
    for point, known in zip(series.points, is_known, strict=True):
        if not known:
            label_point(point, Label(_("not measured"), LIGHT.faint_ink, XL_LABEL_POSITION.CENTER))


def rgb(colour: str) -> RGBColor:
    """A colour of the palette ("#0072B2") as slides take it."""
    return RGBColor.from_string(colour[1:])


def chart_frame(slide: Slide, kind: XL_CHART_TYPE, data: Categories | Points, box: Box) -> GraphicFrame:
    """Put a chart of the data on a slide, without title and legend, in the deck's font."""
    left, top, width, height = map(Inches, box)
    # python-pptx declares less data than it takes, and the chart as what comes back: it is the frame around it.
    shown = cast(ChartData, data)
    frame = cast(GraphicFrame, slide.shapes.add_chart(kind, left, top, width, height, shown))
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    chart.font.name, chart.font.size = FONT, Pt(12)
    chart.font.color.rgb = rgb(LIGHT.ink)
    return frame


def label_point(point: Point, label: Label) -> None:
    """Label one point of a chart with a text of its own."""
    drawn = point.data_label
    drawn.position = label.position
    run = drawn.text_frame.paragraphs[0].add_run()
    run.text = label.text
    run.font.size, run.font.bold, run.font.name = Pt(label.size), label.bold, FONT
    run.font.color.rgb = rgb(label.colour)
    # One line, however long: a label that wraps runs into its neighbours.
    drawn.text_frame._txBody.bodyPr.set("wrap", "none")
    if label.on_paper:
        ground = parse_xml(f'<c:spPr {C} {A}><a:solidFill><a:srgbClr val="{LIGHT.paper[1:]}"/></a:solidFill></c:spPr>')
        drawn._dLbl.find(qn("c:tx")).addnext(ground)


def fix_plot_area(chart: Chart, left: float, top: float, width: float, height: float) -> None:
    """Fix where the axes stand, in parts of the chart, so that names and numbers have their room beside them."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    sizes = "".join(f'<c:{k} val="{v:.4f}"/>' for k, v in zip("xywh", (left, top, width, height), strict=True))
    area.insert(0, parse_xml(
        f'<c:layout {C}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{sizes}</c:manualLayout></c:layout>"
    ))  # fmt: skip


def scale_axis(axis: _BaseAxis, low: float, high: float) -> None:
    """An axis from low to high without line, grid and labels."""
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.has_major_gridlines = False
    axis.format.line.fill.background()
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def draw_labels(series: XySeries, labels: Iterable[Label]) -> None:
    """Show nothing of a series but labels beside its first points."""
    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE.NONE
    for index, label in enumerate(labels):
        label_point(series.points[index], label)


def draw_line(series: XySeries, colour: str, points: float, dash: MSO_LINE | None = None) -> None:
    """A series as a line of so many points."""
    series.format.line.color.rgb = rgb(colour)
    series.format.line.width = Pt(points)
    series.marker.style = XL_MARKER_STYLE.NONE
    if dash is not None:
        series.format.line.dash_style = dash


def draw_dots(series: XySeries, size: int, colour: str) -> None:
    """A series as dots of so many points."""
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(colour)
    series.marker.format.line.fill.background()


def bring_to_front(chart: Chart, marks: Iterable[XySeries]) -> None:
    """Draw these series over all others.

    PowerPoint goes by c:order, the last on top; LibreOffice by the position in the file, the first on top: so they are
    added first and ordered last.
    """
    over = [series._element for series in marks]
    under = [series._element for series in chart.plots[0].series if series._element not in over]
    for order, element in enumerate([*under, *over]):
        element.find(qn("c:order")).set("val", str(order))
