"""How is a picture of a story drawn as a native chart, which whoever gets the deck can still edit?"""

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.util import Pt

from fit.charts import LIGHT
from fit.documents.deck_dots import dots
from fit.documents.deck_drawing import NAME, Box, Categories, frame_of, rgb, say
from fit.documents.deck_intervals import intervals
from fit.documents.deck_text import clean, cut
from fit.locale import _
from fit.story import Picture
from fit.text import words

SHARE = '[>0.97]"97 %";[<0.03]"3 %";0 %'  # as words.chance: never surer than the method is
SEEN = 0.035  # a part of a bar narrower than that has no room for its label


def add_picture(slide, picture: Picture, box: Box) -> None:
    """Draw a picture of a story into a box of a slide, with its sentence for readers who do not see it."""
    draw = {"split": _split, "intervals": intervals, "chances": _chances, "dots": dots}[picture.kind]
    frame = draw(slide, picture, box)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(picture.alt))


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
    data = Categories()
    data.categories = [cut(row["creator"], NAME) for row in rows]
    parts = {_("In the market"): "in_market", _("Elsewhere"): "elsewhere", _("Unknown"): "unknown"}
    for said, key in parts.items():
        data.add_series(said, [row[key] for row in rows])
    if not all(is_known):
        data.add_series(_("Not measured"), [None if known else 1.0 for known in is_known])
    frame = frame_of(slide, XL_CHART_TYPE.BAR_STACKED_100, data, box)
    chart = frame.chart
    _bars(chart, 55)
    chart.plots[0].overlap = 100
    chart.has_legend, chart.legend.position = True, XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    fills = (LIGHT.in_market, LIGHT.elsewhere)
    for series, colour in zip(chart.plots[0].series, fills, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(colour)
    _hatch(chart.plots[0].series[2])
    inks = (LIGHT.on_in_market, LIGHT.on_elsewhere, LIGHT.ink)
    for series, key, ink in zip(chart.plots[0].series, parts.values(), inks, strict=False):
        for at, row in enumerate(rows):
            if row[key] is not None and row[key] >= SEEN:
                said, is_hatched = words.percent(row[key]), key == "unknown"
                say(series.points[at], said, ink, XL_LABEL_POSITION.CENTER, on_paper=is_hatched)
    if not all(is_known):
        _not_measured(chart.plots[0].series[3], is_known)
    return frame


def _hatch(series) -> None:
    fill = series.format.fill
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = rgb(LIGHT.faint_ink), rgb(LIGHT.paper)
    series.format.line.color.rgb = rgb(LIGHT.faint_ink)


def _not_measured(series, is_known: list[bool]) -> None:
    series.format.fill.background()
    series.format.line.color.rgb = rgb(LIGHT.faint_ink)
    series.format.line.dash_style = MSO_LINE.DASH
    for at, known in enumerate(is_known):
        if not known:
            say(series.points[at], _("not measured"), LIGHT.faint_ink, XL_LABEL_POSITION.CENTER)


def _chances(slide, picture: Picture, box: Box):
    rows = picture.rows.rows(named=True)
    data = Categories()
    data.categories = [cut(row["creator"], NAME) for row in rows]
    data.add_series(_("Chance of the best three"), [row["p_top_3"] for row in rows])
    frame = frame_of(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, box)
    _bars(frame.chart, 55)
    plot = frame.chart.plots[0]
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = rgb(LIGHT.strength)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = SHARE, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.bold = Pt(12), True
    return frame
