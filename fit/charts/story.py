"""Draw the pictures of a story, so that slides on screen and the HTML page look alike."""

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import polars as pl

from fit.charts.audience import ROOM_FOR_A_LABEL, of_how_many
from fit.charts.drawing import QUARTERS, ROW_HEIGHT, TEXT_SIZE, TICK_SIZE, Chart, hatch, quiet, share_ticks, write_above
from fit.charts.intervals import stage_intervals, stage_panels
from fit.charts.palette import Colours, colours
from fit.charts.quantile_dots import quantile_dots
from fit.locale import _, phrase
from fit.story import Picture, PictureKind
from fit.text import chart_text, plain, words

NAME_LETTERS = 40  # of a creator's name above its bar: they fit a phone, and the sentences have all of it
NAME_ABOVE = 0.42  # of a row: names stand over their bars, which so have the whole width
ROOM_FOR_A_NUMBER = 0.12  # share of the bar that a number alone needs on a phone
PARTS = {"in_market": phrase("in market"), "elsewhere": phrase("elsewhere"), "unknown": phrase("unknown")}
MOST_STRETCH, LEAST_STRETCH = (
    1.35,
    0.8,
)  # what a figure may be stretched by; labels that stand above each other still keep apart


def story_charts(picture: Picture, *, dark: bool = False) -> list[Chart]:
    """The picture as one chart, or as panels to be laid beside each other; kinds are those of fit.story.Picture.

    Raises KeyError for a kind that nobody draws.
    """
    if picture.is_panels:
        return stage_panels(picture.rows, dark=dark)
    if picture.kind == PictureKind.DOTS:
        by_creator = picture.rows.group_by("creator", maintain_order=True)
        rows = [(str(name), futures["value"].to_numpy()) for (name,), futures in by_creator]
        target, currency, said = picture.target, picture.currency, picture.said
        return [quantile_dots(rows, picture.metric, target=target, currency=currency, said=said, dark=dark)]
    if picture.kind == PictureKind.INTERVALS:
        return [stage_intervals(picture.rows, dark=dark)]
    return [{PictureKind.SPLIT: splits, PictureKind.CHANCES: chances}[picture.kind](picture.rows, dark=dark)]


def splits(rows: pl.DataFrame, *, dark: bool = False) -> Chart:
    """One bar from 0 to 100 % a creator: in market, elsewhere, unknown (hatched, last).

    rows: creator, in_market, elsewhere, unknown (shares 0 to 1, all null where no audience is known) and count_total
    (people that the source counted, or null), in drawing order.
    """
    own = colours(dark)
    labels = _labels(rows)
    figure = go.Figure()
    for part, name in PARTS.items():
        figure.add_bar(**_part(rows, part, _(name), labels, own))
    for row, share in enumerate(rows["in_market"]):
        if share is None:
            figure.add_annotation(
                x=0.01, y=row, xanchor="left", text=_("not measured"), showarrow=False, font={"color": own.faint_ink}
            )
    quiet(figure, own, int(2 * ROW_HEIGHT * rows.height) + 44, left=14, right=28).update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1], **share_ticks(QUARTERS))
    _name_rows(figure, labels, own)
    most = (
        rows.filter(pl.col("in_market").is_not_null()).sort("in_market", descending=True, maintain_order=True).head(1)
    )
    title = _("No audience was measured yet")
    if most.height:
        title = _("{share} in the market with {creator}, the most").format(
            share=words.percent(most["in_market"][0]), creator=plain(most["creator"][0])
        )
    return Chart(
        figure,
        title,
        _("Share of each whole audience: blue in the market, grey elsewhere, hatched unknown"),
        f"{title}. " + " ".join(_sentence(row) for row in rows.iter_rows(named=True)),
        rows.rename({part: f"{part}_share" for part in PARTS}),
    )


def _part(rows: pl.DataFrame, part: str, name: str, labels: list[str], own: Colours) -> dict[str, object]:
    """One part of every bar, labelled inside where there is room; hatched parts never are."""
    is_unknown, shares = part == "unknown", rows[part].to_list()
    counts = [of_how_many(share, total) for share, total in rows.select(part, "count_total").iter_rows()]
    fill = {"in_market": own.in_market, "elsewhere": own.elsewhere, "unknown": own.unknown}[part]
    pattern = hatch(own) if is_unknown else {}
    return {
        "x": shares,
        "y": list(range(len(shares))),
        "orientation": "h",
        "width": 0.5,
        "marker": {"color": fill, "line": {"width": 0}, "pattern": pattern},
        "text": ["" if is_unknown else _inside(share, name) for share in shares],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": own.on_in_market if part == "in_market" else own.on_elsewhere},
        "hovertext": [f"{label}, {name}: {count}" for label, count in zip(labels, counts, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _inside(share: float | None, name: str) -> str:
    """What stands in a part of a bar: its name and number, the number alone, or nothing where neither fits a phone."""
    if share is None or share < ROOM_FOR_A_NUMBER:
        return ""
    return words.percent(share) if share < ROOM_FOR_A_LABEL else f"{name}: {words.percent(share)}"


def _sentence(row: dict[str, Any]) -> str:
    if row["in_market"] is None:
        return _("{creator}: not measured.").format(creator=plain(row["creator"]))
    return f"{plain(row['creator'])}: " + ", ".join(f"{_(PARTS[p])} {words.percent(row[p])}" for p in PARTS) + "."


def chances(rows: pl.DataFrame, *, dark: bool = False) -> Chart:
    """One bar a creator: the chance to be among the best three. rows: creator, p_top_3 (0 to 1), in drawing order."""
    own = colours(dark)
    labels = _labels(rows)
    figure = go.Figure()
    figure.add_bar(
        x=rows["p_top_3"], y=list(range(rows.height)), orientation="h", width=0.4,
        marker={"color": own.strength, "line": {"width": 0}},
        text=[words.chance(p) for p in rows["p_top_3"]], textposition="outside", cliponaxis=False,
        textfont={"color": own.ink}, hovertext=labels,
        hovertemplate=_("%{hovertext}: %{text} of the draws") + "<extra></extra>",
    )  # fmt: skip
    quiet(figure, own, int(1.7 * ROW_HEIGHT * rows.height) + 44, left=14, right=28)
    figure.update_xaxes(range=[0, 1.15], **share_ticks(QUARTERS))
    _name_rows(figure, labels, own)
    best = max(rows.iter_rows(named=True), key=lambda row: row["p_top_3"])
    title = _("{creator} is among the best three with a chance of {chance}").format(
        creator=plain(best["creator"]), chance=words.chance(best["p_top_3"])
    )
    return Chart(
        figure,
        title,
        _("Chance to be among the best three of the brief; nothing is said to be surer than 97 %"),
        f"{title}. " + " ".join(f"{plain(name)}: {words.chance(p)}." for name, p in rows.iter_rows()),
        rows.rename({"p_top_3": "chance_rate"}),
    )


def _labels(rows: pl.DataFrame) -> list[str]:
    return [chart_text(name, NAME_LETTERS) for name in rows["creator"]]


def _name_rows(figure: go.Figure, labels: list[str], own: Colours) -> None:
    """Names over their bars, the first on top. Rows go by number: two creators may bear one name."""
    for row, label in enumerate(labels):
        write_above(figure, row - NAME_ABOVE, label, {"color": own.ink})
    figure.update_yaxes(showticklabels=False, range=[len(labels) - 0.6, -0.75])


def projected(kind: str, chart: Chart, room: int) -> Chart:
    """The chart for a wall: stretched towards a height of `room` pixels, its letters and marks along with it.

    Dots touch each other already: theirs is never made lower.
    """
    figure = go.Figure(chart.figure)
    stretch = min(MOST_STRETCH, max(1.0 if kind == PictureKind.DOTS else LEAST_STRETCH, room / figure.layout.height))
    figure.layout.height = int(figure.layout.height * stretch)
    times = max(1.0, stretch)
    figure.update_layout(font_size=TEXT_SIZE * times)
    figure.update_xaxes(tickfont_size=TICK_SIZE * times)
    figure.update_yaxes(tickfont_size=TEXT_SIZE * times)
    figure.for_each_annotation(lambda note: note.font.update(size=(note.font.size or TEXT_SIZE) * times))
    for trace in figure.select_traces({"type": "scatter"}):
        if trace.textfont.size:
            trace.textfont.size *= times
        if trace.marker.size:
            trace.marker.size *= times
    return replace(chart, figure=figure)
