"""At which stage of the funnel is a creator strong, how sure is that, and what happened at each step?"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10

import plotly.graph_objects as go
import polars as pl

from fit import words
from fit.charts.colours import Colours, colours
from fit.charts.drawing import ROW_HEIGHT, Chart, quiet
from fit.locale import _, phrase

STAGE_NAMES = {"engage": phrase("Engage"), "click": phrase("Click"), "convert": phrase("Convert")}
CAMPAIGNS_BELOW = 0.26  # of a row: single campaigns stand under their interval
TICKS = (5, 10, 25, 50, 100, 200, 400, 1000, 2000)


def _ends(rows: pl.DataFrame) -> list[float]:
    """Ends of the log scale: at least 33 to 300, and wide enough for every interval, with room for its label."""
    return [log10(min(33.0, rows["low"].min() * 0.9)), log10(max(300.0, rows["high"].max() * 1.1))]


def _interval_lines(figure: go.Figure, rows: pl.DataFrame, colour: str, width: int, dash: str) -> None:
    x, y = [], []
    for place, low, high in rows.select("place", "low", "high").iter_rows():
        x += [low, high, None]
        y += [place, place, None]
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width, "dash": dash}, hoverinfo="skip")


def _interval_dots(figure: go.Figure, rows: pl.DataFrame, marker: Mapping[str, object], ink: str) -> None:
    said = [
        words.spread(words.index(i), words.index(lo), words.index(hi))
        if m
        else _("not measured, likely {low} to {high}").format(low=words.index(lo), high=words.index(hi))
        for i, lo, hi, m in rows.select("index", "low", "high", "measured").iter_rows()
    ]
    figure.add_scatter(
        x=rows["index"], y=[p - 0.34 for p in rows["place"]], mode="text", text=said, hoverinfo="skip",
        textfont={"color": ink, "size": 12}, cliponaxis=False,
    )  # fmt: skip
    figure.add_scatter(
        x=rows["index"], y=rows["place"], mode="markers", marker=marker, text=said, customdata=rows["label"],
        hovertemplate="%{customdata}: %{text}<extra></extra>",
    )  # fmt: skip


def _campaign_dots(figure: go.Figure, rows: pl.DataFrame, ends: list[float], own: Colours) -> None:
    """Small open dots under the intervals: what each campaign says alone; off the scale an arrow at its end."""
    edges = [10 ** (ends[0] + 0.02), 10 ** (ends[1] - 0.02)]
    drawn = rows.with_columns(
        at=pl.col("own_index").clip(*edges),
        symbol=pl.when(pl.col("own_index") < edges[0]).then(pl.lit("triangle-left"))
        .when(pl.col("own_index") > edges[1]).then(pl.lit("triangle-right")).otherwise(pl.lit("circle-open")),
    )  # fmt: skip
    figure.add_scatter(
        x=drawn["at"], y=[place + CAMPAIGNS_BELOW for place in drawn["place"]], mode="markers",
        marker={"size": 7, "color": own.faint_ink, "symbol": drawn["symbol"].to_list(), "opacity": 0.8},
        text=[words.chart_text(said, 90) for said in drawn["said"]], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _row_labels(rows: pl.DataFrame, several: bool) -> list[str]:
    """The stage of each row, and whose it is where several creators are compared."""
    return [
        f"{_(STAGE_NAMES[s])} · {words.chart_text(c, 18)}" if several else _(STAGE_NAMES[s])
        for c, s in rows.select("creator", "stage").iter_rows()
    ]


def _index_axis(figure: go.Figure, ends: list[float], own: Colours) -> None:
    """A log scale with the usual ticks, and a line where the typical creator stands."""
    ticks = [t for t in TICKS if ends[0] <= log10(t) <= ends[1]]
    figure.update_xaxes(
        type="log", range=ends, tickvals=ticks, ticktext=[str(t) for t in ticks], showgrid=True, gridcolor=own.grid
    )
    figure.add_vline(x=100, line={"color": own.faint_ink, "width": 1}, layer="below")


def stage_intervals(rows: pl.DataFrame, campaigns: pl.DataFrame | None = None, *, dark: bool = False) -> Chart:
    """Dot and 80 % bar per row on one log scale around 100 (Cleveland's dot plot).

    rows: creator (text, "" for a single creator), stage (engage, click, convert), index, low, high, measured, in
    drawing order. What was never measured is hollow and dashed. campaigns, of a single creator: stage, own_index (100
    x events / expected) and said (text); small dots below the interval of their stage.
    """
    own = colours(dark)
    several = rows["creator"].n_unique() > 1
    label = _row_labels(rows, several)
    rows = rows.with_columns(
        label=pl.Series(label, dtype=pl.String), place=pl.Series(range(rows.height), dtype=pl.Float64)
    )
    figure = go.Figure()
    known, guessed = rows.filter(pl.col("measured")), rows.filter(~pl.col("measured"))
    _interval_lines(figure, known, own.strength_bar, 9, "solid")
    _interval_lines(figure, guessed, own.faint_ink, 2, "dot")
    _interval_dots(figure, known, {"size": 13, "color": own.strength}, own.ink)
    hollow = {"size": 12, "color": own.paper, "line": {"color": own.faint_ink, "width": 2}}
    _interval_dots(figure, guessed, hollow, own.faint_ink)
    shown = campaigns is not None and campaigns.height > 0
    quiet(figure, own, int((1.9 if shown else 1.5) * ROW_HEIGHT * rows.height) + 48)
    ends = _ends(rows)
    if shown:
        _campaign_dots(
            figure, campaigns.join(rows.select("stage", "place"), on="stage", maintain_order="left"), ends, own
        )
    _index_axis(figure, ends, own)
    figure.update_yaxes(tickvals=rows["place"].to_list(), ticktext=label, range=[rows.height - 0.5, -0.75])
    best = known.sort("index", descending=True).head(1)
    title = _("Nothing was measured yet") if best.is_empty() else _strongest(best.row(0, named=True), several)
    return Chart(
        figure,
        title,
        _("Index, 100 = a typical creator on comparable campaigns; bar: 80 % interval; log scale; ")
        + (_("small: each campaign alone, arrow: off the scale") if shown else _("hollow: not measured")),
        f"{title}. "
        + " ".join(
            f"{r['label']}: {words.index(r['index'])}, {words.index(r['low'])} to {words.index(r['high'])}."
            for r in rows.iter_rows(named=True)
        ),
        rows.select("creator", "stage", "index", "low", "high", "measured"),
    )


def _strongest(row: Mapping[str, object], several: bool) -> str:
    whose = f" ({words.plain(row['creator'])})" if several else ""
    sure = "" if row["low"] > 100 or row["high"] < 100 else _(", though typical is within the interval")
    return _("Highest at {stage}{whose}: {index}, typical is 100{sure}").format(
        stage=words.stage(row["stage"]), whose=whose, index=words.index(row["index"]), sure=sure
    )


@dataclass(frozen=True)
class FunnelStep:
    """One step. number: None = never measured; events and trials: the pair behind its rate, from n campaigns that
    measured both."""

    name: str
    number: int | None
    of: str = ""
    events: int | None = None
    trials: int | None = None
    count_campaigns: int = 0

    @property
    def says(self) -> str:
        """The step in words: "Clicks: 500, 5.0 % (500 of 10,000 impressions, 3 campaigns)"."""
        said = {"step": _(self.name), "number": words.count(self.number), "of": _(self.of)}
        said["campaigns"] = words.counted(self.count_campaigns, "campaign", "campaigns")
        if self.number is None:
            return _("{step}: not measured").format(**said)
        if not self.of:
            return _("{step}: {number} ({campaigns})").format(**said)
        if not self.trials:
            return _("{step}: {number}, no rate: {of} not measured alongside").format(**said)
        said |= {"rate": words.rate(self.events, self.trials)}
        said |= {"events": words.count(self.events), "trials": words.count(self.trials)}
        return _("{step}: {number}, {rate} ({events} of {trials} {of}, {campaigns})").format(**said)


def funnel(steps: list[FunnelStep], *, dark: bool = False) -> Chart:
    """Counts step by step on a log scale, each with its rate, numerator, denominator and number of campaigns."""
    own = colours(dark)
    figure = go.Figure()
    places = [(i, s.number) for i, s in enumerate(steps) if s.number]
    top = max((n for _, n in places), default=10)
    for place, number in places:
        figure.add_scatter(
            x=[1, number],
            y=[place, place],
            mode="lines",
            line={"color": own.strength_bar, "width": 9},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=[n for _, n in places], y=[i for i, _ in places], mode="markers", marker={"size": 13, "color": own.strength},
        text=[steps[i].says for i, _ in places], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    for i, step in enumerate(steps):
        figure.add_annotation(
            x=0, xref="paper", y=i - 0.36, text=step.says, showarrow=False, xanchor="left", align="left",
            font={"size": 12, "color": own.ink if step.number is not None else own.faint_ink},
        )  # fmt: skip
    quiet(figure, own, 58 * len(steps) + 40)
    ticks = [10**p for p in range(len(str(top)) + 1)]
    figure.update_xaxes(
        type="log", range=[0, log10(top * 1.6)], tickvals=ticks, ticktext=[words.about(t) for t in ticks]
    )
    figure.update_yaxes(range=[len(steps) - 0.6, -0.8], showticklabels=False)
    last = next((s for s in reversed(steps) if s.number is not None and s.trials), None)
    title = (
        _("{step}: {rate} of {of}").format(step=_(last.name), rate=words.rate(last.events, last.trials), of=_(last.of))
        if last
        else _("No rate can be computed yet")
    )
    table = [(_(s.name), s.number, _(s.of), s.events, s.trials, s.count_campaigns) for s in steps]
    return Chart(
        figure,
        title,
        _("All campaigns together, log scale; each rate from the campaigns that measured both of its counts"),
        f"{title}. " + ". ".join(s.says for s in steps) + ".",
        pl.DataFrame(table, schema=["step", "number", "of", "events", "trials", "count_campaigns"], orient="row"),
    )


def role_dots(p_conversion: float, *, dark: bool = False) -> Chart:
    """The probability as dots to count: as many as its frequency says lean to conversion, the others to awareness."""
    own = colours(dark)
    hits, of = words.tenths(p_conversion)
    figure = go.Figure()
    for start, end, said, colour, symbol in (
        (0, hits, _("leans to conversion"), own.conversion, "circle"),
        (hits, of, _("leans to awareness"), own.awareness, "diamond"),
    ):
        figure.add_scatter(
            x=[i % 10 for i in range(start, end)], y=[i // 10 for i in range(start, end)], mode="markers",
            marker={"size": 19, "color": colour, "symbol": symbol}, hovertemplate=f"{said}<extra></extra>",
        )  # fmt: skip
    quiet(figure, own, 60 + 34 * (of // 10), bottom=8)
    figure.update_xaxes(range=[-0.7, 9.7], showticklabels=False)
    figure.update_yaxes(range=[of / 10 - 0.3, -0.7], showticklabels=False)
    title = _("{hits} in {of} chances lean to conversion").format(hits=hits, of=of)
    return Chart(
        figure,
        title,
        _("Each mark is one chance: round leans to conversion, diamond to awareness"),
        _("{title}, {count} to awareness.").format(title=title, count=of - hits),
        pl.DataFrame({"leans_to": [_("conversion"), _("awareness")], "chances": [hits, of - hits]}),
    )
