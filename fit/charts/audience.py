"""Draw where an audience lives: in the market or elsewhere, country by country, and on a map."""

from collections.abc import Mapping, Sequence
from math import sqrt

import plotly.graph_objects as go
import polars as pl

from fit.charts.drawing import MOST_TICKS, QUARTERS, ROW_HEIGHT, Chart, hatch, percent_axis, quiet, share_ticks
from fit.charts.palette import Colours, colours
from fit.locale import _, alpha3, phrase
from fit.text import words

ROOM_FOR_A_LABEL = 0.25  # share of the bar below which its label would not fit on a phone
MAP_HEIGHT = 320  # pixels
FEW_TICKS = 4  # of a chart that stands beside others: more run into each other
MOST_COMPARED = 6  # countries of several charts beside each other, more where the market has more
MOST_COUNTRIES = 12  # bars that fit one screen; the rest is one bar, and the table has them all
UNKNOWN = phrase("unknown")
KINDS = (phrase("in market"), phrase("elsewhere"), phrase("others"), UNKNOWN)
# Countries that a world map draws smaller than a dot: they get one.
_SMALL_CODES = (
    "AD AG AI AS AW BB BH BL BM BN BQ CK CV CW CY DM FJ FM FO GD GG GI GP GU HK IM JE JM KI KM KN KW KY LB LC LI LU MC "
    "MF MH MO MP MQ MS MT MU MV NC NR NU PF PM PR PS PW QA RE SB SC SG SH SM ST SX TC TK TO TT TV VA VC VG VI VU WF WS "
    "XK YT"
)
SMALL = frozenset(_SMALL_CODES.split())


def of_how_many(share: float | None, count_total: int | None) -> str:
    """A share with numerator and denominator where the source says how many were counted, for hovering."""
    if share is None:
        return words.percent(share)
    if not count_total:
        return _("{share} of the audience").format(share=words.percent(share))
    return _("{share}, about {number} of {count} counted").format(
        share=words.percent(share), number=words.about(share * count_total), count=words.count(count_total)
    )


def audience_split(
    in_market: float, unknown: float, markets: str, *, count_total: int | None = None, dark: bool = False
) -> Chart:
    """One bar from 0 to 100 %: in market, elsewhere, unknown (hatched, last). Shares of the whole audience, 0 to 1.

    count_total: how many people the source counted, None where it does not say.
    """
    own = colours(dark)
    elsewhere = max(0.0, 1 - in_market - unknown)
    parts = [("in market", in_market, own.in_market), ("elsewhere", elsewhere, own.elsewhere)]
    parts.append((UNKNOWN, min(unknown, 1 - in_market), own.unknown))
    figure = go.Figure()
    for name, share, colour in parts:
        pattern = hatch(own) if name == UNKNOWN else {}
        figure.add_bar(
            x=[share], y=[""], orientation="h", marker={"color": colour, "line": {"width": 0}, "pattern": pattern},
            hovertemplate=f"{_(name)}: {of_how_many(share, count_total)}<extra></extra>", width=0.8,
            text=f"{_(name)}: {words.percent(share)}" if share >= ROOM_FOR_A_LABEL and name != UNKNOWN else "",
            textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
            textfont={"color": own.on_in_market if colour == own.in_market else own.on_elsewhere},
        )  # fmt: skip
    upper = min(1.0, in_market + unknown)
    quiet(figure, own, 84, bottom=28, left=14, right=28).update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1], **share_ticks(QUARTERS))
    title = _("{elsewhere} lives elsewhere and {unknown} is unknown").format(
        elsewhere=words.percent(elsewhere), unknown=words.percent(unknown)
    )
    return Chart(
        figure,
        title,
        _("Share of the whole audience. Blue: {markets}; grey: elsewhere; hatched: unknown.").format(markets=markets),
        _("{in_market} of the audience lives in {markets}; {title}.").format(
            in_market=words.percent_range(in_market, upper), markets=markets, title=title
        ),
        pl.DataFrame({"part": [_(p[0]) for p in parts], "audience_share": [p[1] for p in parts]}),
    )


def countries_to_compare(audiences: Sequence[pl.DataFrame], weights: Mapping[str, float]) -> list[str]:
    """The target countries, then the largest others of all audiences, so that several charts show the same rows."""
    others = pl.concat([a.select("country", "audience_share") for a in audiences]) if audiences else pl.DataFrame()
    if others.is_empty():
        return list(weights)
    largest = (
        others.group_by("country")
        .agg(pl.col("audience_share").max())
        .sort("audience_share", "country", descending=[True, False])
    )
    return [*weights, *[c for c in largest["country"] if c not in weights][: max(0, MOST_COMPARED - len(weights))]]


def _country_rows(
    audience: pl.DataFrame, weights: Mapping[str, float], unknown: float, shown: Sequence[str] | None
) -> pl.DataFrame:
    """country, name, audience_share, target_weight, kind (in market, elsewhere, others, unknown), in drawing order.

    audience_share is null where the source does not list a country.
    """
    share = dict(audience.select("country", "audience_share").iter_rows())
    order = shown
    if order is None:
        largest = [*weights, *[c for c in share if c not in weights][: max(3, MOST_COUNTRIES - len(weights))]]
        order = sorted(largest, key=lambda c: (-share.get(c, 0.0), c))
    rows: list[tuple[str, str, float | None, float | None, str]] = [
        (c, words.country(c), share.get(c), weights.get(c), "in market" if c in weights else "elsewhere") for c in order
    ]
    rest = [c for c in share if c not in order]
    if rest:
        name = _("other listed countries ({count})").format(count=len(rest))
        rows.append(("", name, sum(share[c] for c in rest), None, "others"))
    rows.append(("", _(UNKNOWN), unknown, None, UNKNOWN))
    return pl.DataFrame(rows, schema=["country", "name", "audience_share", "target_weight", "kind"], orient="row")


def _said(share: float | None) -> str:
    """A share in percent; of a country that the source does not list nobody knows whether it is 0 %."""
    return _("not listed") if share is None else words.percent(share)


def _country_bars(rows: pl.DataFrame, count_total: int | None, own: Colours) -> go.Figure:
    colour = {"in market": own.in_market, "elsewhere": own.elsewhere, "others": own.elsewhere}
    figure = go.Figure()
    for is_unknown in (False, True):
        part = rows.filter((pl.col("kind") == UNKNOWN) == is_unknown)
        figure.add_bar(
            x=part["audience_share"].fill_null(0.0), y=part["name"], orientation="h", width=0.62,
            marker={"color": [colour[k] for k in part["kind"]], "line": {"width": 0}} if not is_unknown else
            {"color": own.unknown, "line": {"width": 0}, "pattern": hatch(own)},
            text=[_said(s) for s in part["audience_share"]], textposition="outside", cliponaxis=False,
            textfont={"color": own.ink},
            hovertext=[_said(s) if s is None else of_how_many(s, count_total) for s in part["audience_share"]],
            hovertemplate="%{y}: %{hovertext}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(barmode="overlay")
    target = rows.filter(pl.col("target_weight").is_not_null())
    figure.add_scatter(
        x=target["target_weight"], y=target["name"], mode="markers",
        marker={"symbol": "line-ns-open", "size": 24, "line": {"width": 3}, "color": own.target},
        text=[words.percent(w) for w in target["target_weight"]],
        hovertemplate="%{y}: %{text} of the brief's weight<extra></extra>",
    )  # fmt: skip
    return figure


def audience_against_target(
    audience: pl.DataFrame,
    weights: Mapping[str, float],
    unknown: float,
    *,
    shown: Sequence[str] | None = None,
    largest: float | None = None,
    count_total: int | None = None,
    dark: bool = False,
) -> Chart:
    """Bars per country, largest first, with the brief's weight as an upright mark; unknown hatched and last.

    audience: country, audience_share (0 to 1), largest first. weights: country to weight, summing to 1. shown: the
    countries to draw (None: targets and the largest others); largest: end of the scale, to compare narrow charts;
    count_total: how many people the source counted.
    """
    own = colours(dark)
    rows = _country_rows(audience, weights, unknown, shown)
    figure = quiet(_country_bars(rows, count_total, own), own, ROW_HEIGHT * rows.height + 44)
    shares = rows["audience_share"].drop_nulls()
    percent_axis(figure, largest or max([*shares, *weights.values()]), FEW_TICKS if largest else MOST_TICKS)
    figure.update_yaxes(autorange="reversed", type="category")
    named = rows.filter(pl.col("kind").is_in(["in market", "elsewhere"]) & (pl.col("audience_share") > 0))
    first = named.sort("audience_share", descending=True, maintain_order=True).head(1)
    in_market = sum(s or 0.0 for s, k in rows.select("audience_share", "kind").iter_rows() if k == "in market")
    title = _("{unknown} of the audience is unknown").format(unknown=words.percent(unknown))
    if first.height:
        title = _("Largest known audience: {country}, {share}").format(
            country=first["name"][0], share=words.percent(first["audience_share"][0])
        )
    return Chart(
        figure,
        title,
        _("Share of {who} per country. Blue: your markets; mark: weight in the brief; hatched: unknown.").format(
            who=_("the audience")
        ),
        _("{title}; {in_market} lives in the target markets and {unknown} is unknown.").format(
            title=title, in_market=words.percent(in_market), unknown=words.percent(unknown)
        ),
        rows.select(
            "country",
            "name",
            "audience_share",
            "target_weight",
            pl.col("kind").replace({kind: _(kind) for kind in KINDS}),
        ),
    )


def _map_trace(figure: go.Figure, rows: pl.DataFrame, ramp: tuple[str, str], own: Colours, strongest: float) -> None:
    """Fill countries by the root of their share (else only one shows), and put a dot on those too small to fill."""
    ends = [[0, ramp[0]], [1, ramp[1]]]
    text = [f"{words.country(c)}: {words.percent(s)}" for c, s in rows.select("country", "audience_share").iter_rows()]
    common = {"locations": [alpha3().get(c, c) for c in rows["country"]], "locationmode": "ISO-3", "text": text}
    strength = [sqrt(s / strongest) for s in rows["audience_share"]]
    hover = "%{text}<extra></extra>"
    figure.add_choropleth(
        **common, z=strength, zmin=0, zmax=1, colorscale=ends, showscale=False, hovertemplate=hover,
        marker={"line": {"color": own.paper, "width": 0.4}},
    )  # fmt: skip
    small = [i for i, c in enumerate(rows["country"]) if c in SMALL]
    figure.add_scattergeo(
        locations=[common["locations"][i] for i in small], locationmode="ISO-3", text=[text[i] for i in small],
        mode="markers", hovertemplate=hover,
        marker={
            "size": 9, "color": [strength[i] for i in small], "cmin": 0, "cmax": 1, "colorscale": ends,
            "line": {"color": own.ink, "width": 1},
        },
    )  # fmt: skip


def audience_map(audience: pl.DataFrame, weights: Mapping[str, float], *, dark: bool = False) -> Chart:
    """World map: target markets in blues, other countries in greys, darker for more; small countries as dots.

    audience: country (alpha-2), audience_share (0 to 1). A map can show neither the unknown part nor how small a share
    is, so bars stand beside it.
    """
    own = colours(dark)
    listed = audience.filter(pl.col("audience_share") > 0).select("country", "audience_share")
    strongest = max(listed["audience_share"], default=1.0)
    ramps = {True: ("#BFDDF2", "#00558A") if not dark else ("#1F4866", "#6FC1F5")}
    ramps[False] = ("#D5D9DE", "#6F7782") if not dark else ("#39434E", "#A9B3BE")
    figure = go.Figure()
    for is_target in (False, True):
        part = listed.filter(pl.col("country").is_in(list(weights)) == is_target)
        if part.height:
            _map_trace(figure, part, ramps[is_target], own, strongest)
    quiet(figure, own, MAP_HEIGHT, bottom=0, left=0, right=0)
    figure.update_geos(
        resolution=50, projection_type="natural earth", fitbounds=False, lataxis_range=[-57, 82],
        lonaxis_range=[-168, 190],
        bgcolor="rgba(0,0,0,0)", showframe=False, showcoastlines=False, showland=True, landcolor=own.land,
        showocean=False, showlakes=False, showcountries=False, projection_rotation={"lon": 11, "lat": 0, "roll": 0},
    )  # fmt: skip
    in_market = sum(s for c, s in listed.iter_rows() if c in weights)
    title = _("The audience is spread over {countries}").format(
        countries=words.counted(listed.height, "listed country", "listed countries")
    )
    return Chart(
        figure,
        title,
        _("Darker means more of the audience. Your markets in blue; dots are small countries."),
        _("World map. {title}; {in_market} lives in the target markets.").format(
            title=title, in_market=words.percent(in_market)
        ),
        listed.with_columns(name=pl.Series([words.country(c) for c in listed["country"]], dtype=pl.String)),
    )
