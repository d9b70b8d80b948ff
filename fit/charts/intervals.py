"""Draw how strong creators are at each stage of the funnel, against typical, with 80 % intervals.

Dot and 80 % bar per row on one log scale around 100 (Cleveland's dot plot), the numbers above their bar at the right
end, where they have room on a phone, too. For one creator the stage stands left; in small panels the names stand above
their bars, which then have the whole width.
"""

from collections.abc import Mapping
from math import log10
from typing import Any, cast

import plotly.graph_objects as go
import polars as pl

from fit.charts.drawing import ROW_HEIGHT, TICK_SIZE, Above, Chart, draw_line, draw_marks, quiet, write_above
from fit.charts.palette import Colours, colours
from fit.locale import _
from fit.model import STAGE_EVENTS, STAGE_TRIALS
from fit.text import chart_text, plain, words

TEXT_ABOVE = 0.36  # of a row: where names and numbers stand over their bar
CAMPAIGNS_BELOW = 0.26  # of a row: single campaigns stand under their interval
TICKS = (5, 10, 25, 50, 100, 200, 400, 1000, 2000)
LABEL_LETTERS = 26  # of a name beside its numbers, in a third of a page


def stage_intervals(rows: pl.DataFrame, campaigns: pl.DataFrame | None = None, *, dark: bool = False) -> Chart:
    """The stages of one creator. rows: fit.model.funnel.interval_rows, in drawing order.

    What was never measured is hollow and dashed. campaigns: stage, own_index (100 x events / expected) and said
    (text); small dots below the interval of their stage.
    """
    own, ends = colours(dark), _ends(rows)
    labels = [words.capitalized(words.stage(stage)) for stage in rows["stage"]]
    placed = _placed(rows, labels)
    figure = _drawn(placed, ends, own)
    _numbers_above(figure, placed, "full", own)
    shown = campaigns is not None and campaigns.height > 0
    quiet(figure, own, int((1.7 if shown else 1.4) * ROW_HEIGHT * rows.height) + 48)
    figure.update_yaxes(tickvals=placed["place"].to_list(), ticktext=labels, showticklabels=True)
    if campaigns is not None and shown:
        below = campaigns.join(placed.select("stage", "place"), on="stage", maintain_order="left")
        _campaign_dots(figure, below, ends, own)
    title = strongest(rows)
    return Chart(
        figure,
        title,
        _("100 = similar creators on comparable campaigns. Bar: likely range. Small circles: single campaigns.")
        if shown
        else _("100 = similar creators on comparable campaigns. Bar: likely range. Hollow: no data yet."),
        f"{title}. " + _spoken(placed),
        rows.drop("evidence", strict=False),
    )


def stage_panels(rows: pl.DataFrame, *, dark: bool = False) -> list[Chart]:
    """Small multiples of two to five creators: a panel a stage, the creators in one order, all on one scale.

    Their finding stands above them once (`strongest`); each is titled by its stage.

    rows: fit.model.funnel.interval_rows of every creator, in drawing order.
    """
    own, ends = colours(dark), _ends(rows)
    panels = []
    for stage in words.STAGE_WORDS:
        of_stage = rows.filter(pl.col("stage") == stage)
        if of_stage.is_empty():
            continue
        placed = _placed(of_stage, [plain(name) for name in of_stage["creator"]])
        figure = _drawn(placed, ends, own)
        _numbers_above(figure, placed, "short", own, has_names=True)
        quiet(figure, own, int(1.35 * ROW_HEIGHT * placed.height) + 44)
        alt = f"{strongest(of_stage)}. {_spoken(placed)}"
        panels.append(Chart(figure, words.capitalized(words.stage(stage)), "", alt, of_stage))
    return panels


def strongest(rows: pl.DataFrame) -> str:
    """The finding of the charts above: the highest index, whose it is where there are several, and how sure."""
    known = rows.filter("measured").sort("index", descending=True, maintain_order=True).head(1)
    if known.is_empty():
        return _("No data yet")
    row = known.row(0, named=True)
    stage = words.stage(row["stage"])
    if rows["creator"].n_unique() > 1:
        stage = f"{stage} ({plain(row['creator'])})"
    sentence = _("Strongest at {stage}: {index} against 100 for similar creators")
    if row["low"] <= 100 <= row["high"]:
        sentence = _("Strongest at {stage}: {index} against 100 for similar creators, but it could be average")
    return sentence.format(stage=stage, index=words.index(row["index"]))


def _placed(rows: pl.DataFrame, labels: list[str]) -> pl.DataFrame:
    """The rows with label, place, and their numbers in short and in full."""
    numbers = [_numbers(row) for row in rows.iter_rows(named=True)]
    places = pl.Series("place", range(rows.height), dtype=pl.Float64)
    texts = pl.DataFrame(numbers, schema=["short", "full"], orient="row")
    return rows.with_columns(places, pl.Series("label", labels, dtype=pl.String), *texts)


def _numbers(row: Mapping[str, Any]) -> tuple[str, str]:
    """A row's numbers: index and n, and the same with its interval."""
    numbers = {key: words.index(row[key]) for key in ("index", "low", "high")} | {"n": row["count_campaigns"]}
    if not row["measured"]:
        return _("no data yet"), _("no data yet (similar creators: {low} to {high})").format(**numbers)
    return _("{index}, n = {n}").format(**numbers), _("{index} ({low} to {high}), n = {n}").format(**numbers)


def _counts(row: Mapping[str, Any]) -> str:
    """Numerator and denominator behind a row, where both were measured."""
    if row["events"] is None or row["trials"] is None or not row["measured"]:
        return ""
    return _("{events} {what} of {trials} {of}").format(
        events=words.count(row["events"]), trials=words.count(row["trials"]),
        what=_(STAGE_EVENTS[row["stage"]]), of=_(STAGE_TRIALS[row["stage"]]),
    )  # fmt: skip


def _spoken(placed: pl.DataFrame) -> str:
    return " ".join(f"{label}: {full}." for label, full in placed.select("label", "full").iter_rows())


def _ends(rows: pl.DataFrame) -> list[float]:
    """Ends of the log scale: at least 33 to 300, and wide enough for every interval."""
    low, high = cast(float, rows["low"].min()), cast(float, rows["high"].max())  # polars says: a value of any kind
    return [log10(min(33.0, low * 0.9)), log10(max(300.0, high * 1.1))]


def _drawn(placed: pl.DataFrame, ends: list[float], own: Colours) -> go.Figure:
    figure = go.Figure()
    known, guessed = placed.filter("measured"), placed.filter(~pl.col("measured"))
    _lines(figure, known, own.strength_bar, 9, "solid")
    _lines(figure, guessed, own.faint_ink, 2, "dot")
    _dots(figure, known, {"size": 13, "color": own.strength})
    _dots(figure, guessed, {"size": 12, "color": own.paper, "line": {"color": own.faint_ink, "width": 2}})
    ticks = [t for t in TICKS if ends[0] <= log10(t) <= ends[1]]
    figure.update_xaxes(type="log", range=ends, tickvals=ticks, ticktext=[words.count(t) for t in ticks], showgrid=True)
    figure.update_yaxes(showticklabels=False, range=[placed.height - 0.5, -0.75])
    figure.add_vline(x=100, line={"color": own.faint_ink, "width": 2}, layer="below")
    return figure


def _numbers_above(
    figure: go.Figure, placed: pl.DataFrame, numbers: str, own: Colours, *, has_names: bool = False
) -> None:
    """The numbers of each row, short or full, over the right end of its bar's line; its name over the left one."""
    texts = []
    for row in placed.iter_rows(named=True):
        above, ink = row["place"] - TEXT_ABOVE, own.ink if row["measured"] else own.faint_ink
        if has_names:
            label = chart_text(row["label"], LABEL_LETTERS)
            texts.append(Above(above, label, {"size": TICK_SIZE, "color": own.ink}))
        texts.append(Above(above, row[numbers], {"size": TICK_SIZE, "color": ink}, "right"))
    write_above(figure, texts)


def _lines(figure: go.Figure, rows: pl.DataFrame, colour: str, width: int, dash: str) -> None:
    x: list[float | None] = []
    y: list[float | None] = []
    for place, low, high in rows.select("place", "low", "high").iter_rows():
        x += [low, high, None]
        y += [place, place, None]
    draw_line(figure, x, y, colour, width, dash)


def _dots(figure: go.Figure, rows: pl.DataFrame, marker: Mapping[str, object]) -> None:
    """Dots that say their interval, and below it the counts that it follows from."""
    texts = [
        "<br>".join(part for part in (f"{chart_text(row['label'])}: {row['full']}", _counts(row)) if part)
        for row in rows.iter_rows(named=True)
    ]
    draw_marks(figure, rows["index"], rows["place"], marker, texts)


def _campaign_dots(figure: go.Figure, rows: pl.DataFrame, ends: list[float], own: Colours) -> None:
    """Small open dots under the intervals: what each campaign says alone; off the scale an arrow at its end."""
    edges = [10 ** (ends[0] + 0.02), 10 ** (ends[1] - 0.02)]
    drawn = rows.with_columns(
        at=pl.col("own_index").clip(*edges),
        symbol=pl.when(pl.col("own_index") < edges[0]).then(pl.lit("triangle-left"))
        .when(pl.col("own_index") > edges[1]).then(pl.lit("triangle-right")).otherwise(pl.lit("circle-open")),
    )  # fmt: skip
    marker = {"size": 7, "color": own.faint_ink, "symbol": drawn["symbol"].to_list(), "opacity": 0.8}
    heights, texts = [place + CAMPAIGNS_BELOW for place in drawn["place"]], drawn["said"]
    draw_marks(figure, drawn["at"], heights, marker, [chart_text(text, 90) for text in texts])
