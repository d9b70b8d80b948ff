"""What do all native charts of a deck share: frames, labels, axes, and numbers that nobody runs?

Charts are bars and scatters only, because these look alike in PowerPoint and LibreOffice; error bars do not.
"""

from contextlib import contextmanager

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt
from xlsxwriter import Workbook

from fit.charts import LIGHT
from fit.documents.deck_master import FONT

NAME = 24  # columns of a name beside a chart
Box = tuple[float, float, float, float]  # left, top, width, height in inches
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'


class Literal:
    """A workbook behind a chart in which `=1+1` and addresses are text: nothing of it is run or linked."""

    @contextmanager
    def _open_worksheet(self, file):
        book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        yield book, book.add_worksheet()
        book.close()


class CategoryWriter(Literal, CategoryWorkbookWriter):
    pass


class XyWriter(Literal, XyWorkbookWriter):
    pass


class Categories(CategoryChartData):
    @property
    def _workbook_writer(self):
        return CategoryWriter(self)


class Points(XyChartData):
    @property
    def _workbook_writer(self):
        return XyWriter(self)


def rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:])


def frame_of(slide, kind, data, box: Box):
    frame = slide.shapes.add_chart(kind, *map(Inches, box), data)
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    chart.font.name, chart.font.size = FONT, Pt(11)
    chart.font.color.rgb = rgb(LIGHT.ink)
    return frame


def say(point, text: str, colour: str, position, *, bold: bool = False, size: int = 11, on_paper: bool = False) -> None:
    """Label one point of a chart with a text of its own; on_paper: on a white ground, where it stands on a hatch."""
    label = point.data_label
    label.position = position
    run = label.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = rgb(colour)
    # One line, however long: a label that wraps runs into its neighbours.
    label.text_frame._txBody.bodyPr.set("wrap", "none")
    if on_paper:
        ground = parse_xml(f'<c:spPr {C} {A}><a:solidFill><a:srgbClr val="{LIGHT.paper[1:]}"/></a:solidFill></c:spPr>')
        label._dLbl.find(qn("c:tx")).addnext(ground)


def inner(chart, left: float, top: float, width: float, height: float) -> None:
    """Fix where the axes stand, in parts of the chart, so that names and numbers have their room beside them."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    sizes = "".join(f'<c:{k} val="{v:.4f}"/>' for k, v in zip("xywh", (left, top, width, height), strict=True))
    area.insert(0, parse_xml(
        f'<c:layout {C}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{sizes}</c:manualLayout></c:layout>"
    ))  # fmt: skip


def scaled(axis, low: float, high: float, *, shown: bool = False) -> None:
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.has_major_gridlines = False
    axis.format.line.fill.background()
    if not shown:
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def bare(series) -> None:
    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE.NONE


def lined(series, colour: str, points: float, dash=None) -> None:
    series.format.line.color.rgb = rgb(colour)
    series.format.line.width = Pt(points)
    series.marker.style = XL_MARKER_STYLE.NONE
    series.smooth = False
    if dash is not None:
        series.format.line.dash_style = dash


def add_series(data, name: str, points) -> None:
    series = data.add_series(name)
    for x, y in points:
        series.add_data_point(x, y)


def dots_only(series, size: int, colour: str) -> None:
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(colour)
    series.marker.format.line.fill.background()


def on_top(chart, marks) -> None:
    """Draw these series over all others. PowerPoint goes by c:order, the last on top; LibreOffice by the place in the
    file, the first on top: so they are added first and ordered last."""
    over = [one._element for one in marks]
    under = [one._element for one in chart.plots[0].series if one._element not in over]
    for at, one in enumerate([*under, *over]):
        one.find(qn("c:order")).set("val", str(at))
