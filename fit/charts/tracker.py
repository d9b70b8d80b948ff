"""How far has each partnership come? One row a partnership, one place a stage."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from fit.agreement import WAY, Partnership
from fit.charts.drawing import Chart, quiet
from fit.charts.palette import Colours, colours
from fit.locale import _
from fit.text import chart_text, plain, words

ROW = 54  # pixels: name and status in words, marks below
MARK = 13
LOCKED = WAY.index("signed")


def stage_track(found: Sequence[Partnership], title: str, *, dark: bool = False) -> Chart:
    """Every partnership on its way: filled where a stage was reached, a ring where KPIs were locked, a cross where it
    stopped. title: the finding."""
    own, figure = colours(dark), go.Figure()
    for place, one in enumerate(found):
        _row(figure, place, one, own)
    quiet(figure, own, ROW * len(found) + 72, left=14, right=34, bottom=64)
    figure.update_xaxes(
        range=[-0.3, len(WAY) - 0.6], tickvals=list(range(len(WAY))),
        ticktext=[words.capitalized(_(stage)) for stage in WAY],
        tickfont={"size": 11, "color": own.faint_ink}, autotickangles=[0, 45],
    )  # fmt: skip
    figure.update_yaxes(range=[len(found) - 0.5, -0.8], showticklabels=False)
    said = " ".join(f"{plain(one.name)}: {plain(one.status)}." for one in found)
    return Chart(
        figure, title, _("Filled: reached; square: KPIs locked by both signatures; cross: stopped"), f"{title}. {said}",
        track_table(found),
    )  # fmt: skip


def _row(figure: go.Figure, place: int, one: Partnership, own: Colours) -> None:
    line = {"color": own.grid, "width": 4}
    figure.add_scatter(x=[0, len(WAY) - 1], y=[place, place], mode="lines", line=line, hoverinfo="skip")
    done = own.elsewhere if one.is_stopped else own.in_market
    figure.add_scatter(
        x=[0, max(0, one.furthest)], y=[place, place], mode="lines", line={"color": done, "width": 4}, hoverinfo="skip"
    )
    reached = dict(one.reached)
    for at, stage in enumerate(WAY):
        is_lock = at == LOCKED and one.locked_at is not None
        is_done = stage in reached or is_lock
        day = words.day(reached[stage].date()) if stage in reached else _("not yet")
        figure.add_scatter(
            x=[at], y=[place], mode="markers", cliponaxis=False,
            marker={
                "size": MARK, "symbol": "square" if is_lock else "circle", "color": done if is_done else own.paper,
                "line": {"color": done if is_done else own.elsewhere, "width": 2},
            },
            hovertemplate=f"{_(stage)}: {day}<extra></extra>",
        )  # fmt: skip
    if one.is_stopped:
        figure.add_scatter(
            x=[max(0, one.furthest) + 0.5], y=[place], mode="markers", hoverinfo="skip",
            marker={"size": MARK, "symbol": "x", "color": own.conversion},
        )  # fmt: skip
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", y=place - 0.42, showarrow=False, font={"size": 12, "color": own.ink},
        text=f"<b>{chart_text(one.name, 34)}</b> {chart_text(one.status, 40)}",
    )  # fmt: skip


def track_table(found: Sequence[Partnership]) -> pl.DataFrame:
    """One row a partnership: name, creator, stage, since, kpis_locked, amendments, and the day of every stage."""
    rows = [
        {
            "partnership": plain(one.name),
            "creator_id": one.creator,
            "stage": one.stage,
            "why_stopped": plain(one.reason or ""),
            "since": one.since.date(),
            "kpis_locked": one.locked_at.date() if one.locked_at else None,
            "amendments": one.count_amendments,
        }
        | {stage.replace(" ", "_"): dict(one.reached).get(stage) for stage in WAY}
        for one in found
    ]
    days = {stage.replace(" ", "_"): pl.Datetime(time_zone="UTC") for stage in WAY}
    schema = {"since": pl.Date, "kpis_locked": pl.Date} | days
    return pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None)
