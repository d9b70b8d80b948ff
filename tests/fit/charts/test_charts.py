"""Do the charts say the finding, draw the unknown as unknown, and keep names as text?"""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import polars as pl
import pytest

from fit import charts
from fit.charts.audience import SMALL
from fit.charts.drawing import template
from fit.charts.palette import DARK, LIGHT
from fit.charts.row_picture import HEIGHT, WIDTH
from fit.locale.formats import alpha3
from tests.fit.charts.contrast import contrast

GEOMETRY = Path(__file__).parents[3] / "static" / "topojson" / "world_50m.json"
AUDIENCE = pl.DataFrame(
    {"country": ["DE", "BR", "SG", "AT"], "audience_share": [0.40, 0.30, 0.10, 0.05]},
)
WEIGHTS = {"DE": 0.6, "AT": 0.4}
STAGES = pl.DataFrame(
    {
        "creator": ["", "", ""],
        "stage": ["engage", "click", "convert"],
        "index": [84.0, 128.0, 100.0],
        "low": [66.0, 101.0, 40.0],
        "high": [107.0, 176.0, 250.0],
        "measured": [True, True, False],
        "count_campaigns": [4, 3, 0],
        "evidence": [11.2, 3.0, 0.0],
        "events": [840, 64, None],
        "trials": [10_000, 5_000, None],
    }
)


@pytest.mark.parametrize("own", [LIGHT, DARK])
def test_text_in_charts_is_readable_and_marks_stand_out(own):
    assert min(contrast(text, own.paper) for text in (own.ink, own.faint_ink, own.gap)) >= 4.5
    assert contrast(own.on_in_market, own.in_market) >= 4.5
    assert contrast(own.on_elsewhere, own.elsewhere) >= 4.5
    assert min(contrast(colour, own.paper) for colour in (own.in_market, own.strength, own.target)) >= 3


def test_bars_are_sorted_with_the_unknown_part_last_and_hatched():
    chart = charts.audience_against_target(AUDIENCE, WEIGHTS, 0.15)
    assert chart.table.rows() == [
        ("DE", "Germany", 0.4, 0.6, "in market"),
        ("BR", "Brazil", 0.3, None, "elsewhere"),
        ("SG", "Singapore", 0.1, None, "elsewhere"),
        ("AT", "Austria", 0.05, 0.4, "in market"),
        ("", "unknown", 0.15, None, "unknown"),
    ]
    bars, unknown, target = chart.figure.data
    assert (bars.marker.pattern.shape, unknown.marker.pattern.shape) == (None, "/")
    assert list(bars.y) == ["Germany", "Brazil", "Singapore", "Austria"]
    assert (list(target.x), list(target.y)) == ([0.6, 0.4], ["Germany", "Austria"])
    assert chart.title == "Largest known audience: Germany, 40\u00a0%"
    assert chart.alt == (
        "Largest known audience: Germany, 40\u00a0%; 45\u00a0% lives in the target markets and 15\u00a0% is unknown."
    )


def test_compared_audiences_show_the_same_countries_in_the_same_order():
    other = pl.DataFrame({"country": ["FR", "DE"], "audience_share": [0.9, 0.01]})
    shown = charts.countries_to_compare([AUDIENCE, other], WEIGHTS)
    assert shown == ["DE", "AT", "FR", "BR", "SG"]
    names = [charts.audience_against_target(a, WEIGHTS, 0.1, shown=shown).table["name"][:4] for a in (AUDIENCE, other)]
    assert names[0].to_list() == names[1].to_list() == ["Germany", "Austria", "France", "Brazil"]


def test_many_countries_become_one_bar_and_none_is_lost():
    many = pl.DataFrame({"country": sorted(SMALL)[:30], "audience_share": [0.03] * 30})
    table = charts.audience_against_target(many, {"DE": 1.0}, 0.1).table
    assert table["audience_share"].sum() == pytest.approx(1.0)
    assert table["name"].to_list()[-2:] == ["other listed countries (19)", "unknown"]


def test_the_split_never_exceeds_the_whole():
    chart = charts.audience_split(0.38, 0.07, "Germany")
    assert chart.table.rows() == [("in market", 0.38), ("elsewhere", 0.55), ("unknown", 0.07)]
    assert charts.audience_split(1.02, 0.0, "Germany").table["audience_share"].to_list()[1] == 0.0


def test_the_map_knows_every_country_of_its_geometry_and_dots_the_small_ones():
    chart = charts.audience_map(AUDIENCE, WEIGHTS)
    drawn = {code for trace in chart.figure.data if trace.type == "choropleth" for code in trace.locations}
    dots = [code for trace in chart.figure.data if trace.type == "scattergeo" for code in trace.locations]
    assert (drawn, dots) == ({"DEU", "AUT", "BRA", "SGP"}, ["SGP"])
    assert chart.figure.layout.geo.resolution == 50
    geometry = json.loads(GEOMETRY.read_text(encoding="utf-8"))
    known = {shape.get("id") for shape in geometry["objects"]["countries"]["geometries"]}
    assert {alpha3()[c] for c in ("DE", "FR", "CD", "TL", "SG", "MT", "HK", "GB", "US")} <= known


def test_compared_creators_share_one_order_and_one_scale_in_every_panel():
    rows = pl.concat([STAGES.with_columns(creator=pl.lit(who), high=pl.col("high") * by)
                      for who, by in (("Mara", 1), ("Lin", 4))])  # fmt: skip
    panels = charts.stage_panels(rows)
    assert [panel.title for panel in panels] == ["Engagement", "Clicks", "Purchases per click"]
    assert [[note.text for note in panel.figure.layout.annotations][::2] for panel in panels] == [["Mara", "Lin"]] * 3
    assert len({panel.figure.layout.xaxis.range for panel in panels}) == 1
    assert charts.strongest(rows) == "Strongest at clicks (Mara): 128 against 100 for similar creators"
    assert panels[1].alt.startswith(
        "Strongest at clicks (Mara): 128 against 100 for similar creators. Mara: 128 (101 to 176), n = 3. Lin"
    )


def test_hovering_says_numerator_and_denominator():
    dots = [trace for trace in charts.stage_intervals(STAGES).figure.data if trace.mode == "markers"]
    assert list(dots[0].text) == [
        "Engagement: 84 (66 to 107), n = 4<br>840 engagements of 10,000 impressions",
        "Clicks: 128 (101 to 176), n = 3<br>64 clicks of 5,000 impressions",
    ]
    split = charts.audience_split(0.38, 0.07, "Germany", count_total=2000).figure.data
    assert split[0].hovertemplate == "in market: 38\u00a0%, about 760 of 2,000 counted<extra></extra>"
    bars = charts.audience_against_target(AUDIENCE, WEIGHTS, 0.15, count_total=2000).figure.data
    assert bars[0].hovertext[0] == "40\u00a0%, about 800 of 2,000 counted"


@pytest.mark.parametrize("dark", [False, True])
def test_every_chart_has_the_one_template_of_its_appearance(dark):
    drawn = [
        charts.audience_split(0.38, 0.07, "Germany", dark=dark),
        charts.audience_against_target(AUDIENCE, WEIGHTS, 0.15, dark=dark),
        charts.audience_map(AUDIENCE, WEIGHTS, dark=dark),
        charts.stage_intervals(STAGES, dark=dark),
        *charts.stage_panels(STAGES, dark=dark),
        charts.role_dots(0.7, dark=dark),
        charts.quantile_dots([("", FUTURES)], "clicks", dark=dark),
    ]  # fmt: skip
    own = DARK if dark else LIGHT
    assert [chart.figure.layout.template == template(own) for chart in drawn] == [True] * len(drawn)
    assert [chart.figure.layout.font.color for chart in drawn] == [None] * len(drawn)  # nothing overrides it


def test_what_was_never_measured_is_hollow_and_dashed():
    chart = charts.stage_intervals(STAGES)
    lines = [trace for trace in chart.figure.data if trace.mode == "lines"]
    assert [(len(trace.x) // 3, trace.line.dash) for trace in lines] == [(2, "solid"), (1, "dot")]
    assert [note.text for note in chart.figure.layout.annotations] == [
        "84 (66 to 107), n = 4", "128 (101 to 176), n = 3", "no data yet (similar creators: 40 to 250)",
    ]  # fmt: skip
    assert chart.figure.layout.yaxis.ticktext == ("Engagement", "Clicks", "Purchases per click")
    assert chart.title == "Strongest at clicks: 128 against 100 for similar creators"
    assert chart.figure.layout.xaxis.type == "log"


def test_a_name_in_a_chart_is_text():
    name = "<img src=x onerror=alert(1)>"
    rows = pl.concat([STAGES.with_columns(creator=pl.lit(name)), STAGES.with_columns(creator=pl.lit("b"))])
    panels = charts.stage_panels(rows)
    said = [note.text for panel in panels for note in panel.figure.layout.annotations]
    hovers = [text.replace("<br>", "") for panel in panels for trace in panel.figure.data for text in trace.text or ()]
    assert said[:4] == ["&lt;img src=x onerror=alert(…", "84, n = 4", "b", "84, n = 4"]
    assert "<" not in "".join(said + hovers)


@pytest.mark.parametrize(("p", "hits", "of"), [(0.71, 7, 10), (0.99, 19, 20), (0.02, 1, 20)])
def test_a_probability_is_drawn_as_dots_to_count(p, hits, of):
    conversion, awareness = charts.role_dots(p).figure.data
    assert (len(conversion.x), len(awareness.x)) == (hits, of - hits)


def test_a_row_picture_is_made_of_numbers_only_and_stays_inside_its_box():
    for index, low, high in ((128.4, 92, 176), (1, 0.1, 3), (90_000, 20_000, 400_000)):
        svg = unquote(charts.interval_picture(index, low, high, measured=True).removeprefix("data:image/svg+xml;utf8,"))
        places = [float(x) for x in re.findall(r"(?:cx='|M|H)([\d.]+)", svg)]
        assert svg.startswith("<svg ")
        assert len(places) >= 4
        assert all(0 <= x <= WIDTH for x in places)
        assert f"height='{HEIGHT}'" in svg
        assert f">{index:.0f}</text>" in svg
    hollow = unquote(charts.interval_picture(100, 60, 160, measured=False))
    assert "stroke-dasharray" in hollow
    assert ">?</text>" in hollow


FUTURES = np.arange(1000.0)  # each twentieth has its middle at 25, 75, 125, ...


def test_twenty_dots_stand_for_all_futures_and_the_target_is_counted():
    chart = charts.quantile_dots([("", FUTURES)], "clicks", target=650.0)
    values = [25.0 + 50 * i for i in range(20)]
    assert chart.table.rows() == [(i + 1, value, value >= 650) for i, value in enumerate(values)]
    missed, reached = chart.figure.data
    assert (len(missed.x), len(reached.x)) == (13, 7)
    assert (sorted([*missed.x, *reached.x]), set(missed.y)) == (values, {6.0})
    assert chart.title == "Clicks: 7 of 20 reach 650"
    assert chart.alt == "Clicks: 7 of 20 reach 650."
    assert chart.subtitle.endswith("upright line: target of 650; filled: reached")
    assert [line.x0 for line in chart.figure.layout.shapes] == [650.0]
    assert (missed.marker.color, reached.marker.color) == (LIGHT.paper, LIGHT.strength)


def test_without_a_target_every_dot_is_filled_and_the_title_is_the_forecasts_finding():
    chart = charts.quantile_dots([("", 10 * FUTURES)], "revenue", currency="EUR", finding="About 5,000 EUR")
    assert (chart.title, chart.alt) == ("About 5,000 EUR", "About 5,000 EUR.")
    assert [len(trace.x) for trace in chart.figure.data] == [0, 20]
    assert chart.table.columns == ["result", "value"]
    assert chart.figure.layout.shapes == ()


def test_equal_futures_are_stacked_and_nothing_at_all_is_drawn_at_zero():
    dots = charts.quantile_dots([("", np.zeros(50))], "conversions").figure.data[1]
    assert (set(dots.x), sorted(set(dots.y))) == ({0.0}, [float(y) for y in range(1, 21)])
    apart = charts.quantile_dots([("", np.array([0.0, 4.0] * 10))], "conversions").figure.data[1]
    assert (list(apart.x), len(set(apart.y))) == ([0.0] * 10 + [4.0] * 10, 10)


@pytest.mark.parametrize(
    ("far", "labels"),
    [
        (0, ("0", "1")),
        (1, ("0", "1")),
        (2, ("0", "1", "2")),
        (9, ("0", "2", "4", "6", "8")),
        (110, ("0", "25", "50", "75", "100")),
    ],
)
def test_the_ticks_of_a_count_are_whole_and_read_differently(far, labels):
    futures = np.repeat([0.0, far], 10)
    assert charts.quantile_dots([("", futures)], "in_market_conversions").figure.layout.xaxis.ticktext == labels


def test_several_creators_share_one_scale_and_their_names_stay_text():
    rows = [("<b>&amp;", FUTURES), ("Mara", FUTURES / 2)]
    chart = charts.quantile_dots(rows, "reach", target=475.0)
    assert chart.title == "Reach: 11 of 20 with <b>&amp; and 1 of 20 with Mara reach 475"
    assert [note.text for note in chart.figure.layout.annotations] == ["&lt;b&gt;&amp;amp;", "Mara"]
    assert (chart.table.height, set(chart.table["creator"])) == (40, {"<b>&amp;", "Mara"})
    assert [line.x0 for line in chart.figure.layout.shapes] == [475.0]
    third = [*rows, ("C", FUTURES / 1000)]
    assert charts.quantile_dots(third, "reach", target=475.0).title == (
        "Reach: from 11 of 20 with <b>&amp; to 0 of 20 with C reach 475"
    )


def test_single_campaigns_stand_under_their_interval_and_off_the_scale_as_arrows():
    campaigns = pl.DataFrame(
        {"stage": ["click", "click", "engage"], "own_index": [130.0, 0.0, 9e9], "said": ["a", "<i>b</i>", "c"]}
    )
    chart = charts.stage_intervals(STAGES, campaigns)
    dots = next(trace for trace in chart.figure.data if trace.marker.size == 7)
    assert list(dots.y) == [1.26, 1.26, 0.26]
    assert list(dots.marker.symbol) == ["circle-open", "triangle-left", "triangle-right"]
    assert list(dots.text) == ["a", "&lt;i&gt;b&lt;/i&gt;", "c"]
    low, high = (10**end for end in chart.figure.layout.xaxis.range)
    assert all(low < x < high for x in dots.x)
    assert chart.table.equals(charts.stage_intervals(STAGES).table)
