"""Draw how far each partnership has come: a row a partnership, a mark a stage."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from fit.agreement import WAY, Partnership
from fit.charts.drawing import Above, Chart, draw_line, quiet, write_above
from fit.charts.palette import Colours, colours
from fit.locale import _
from fit.text import chart_text, plain, words

MOST_DRAWN = 12  # rows of a chart that one look takes in
TRACK_HEIGHT = 54  # pixels: name and status in words, marks below
NAME_ABOVE = 0.42  # of a row: name and status stand over their marks
MARK_SIZE = 13  # pixels
LOCKED = WAY.index("signed")


def stage_track(partnerships: Sequence[Partnership], title: str, *, dark: bool = False) -> Chart:
    """Partnerships on their way: filled where a stage was reached, a square where KPIs were locked, a cross where one
    stopped. The first MOST_DRAWN are drawn, the table has all. title: the finding."""
    own, figure, drawn = colours(dark), go.Figure(), partnerships[:MOST_DRAWN]
    for row, partnership in enumerate(drawn):
        _draw_row(figure, row, partnership, own)
    write_above(figure, [_name(row, partnership, own) for row, partnership in enumerate(drawn)])
    quiet(figure, own, TRACK_HEIGHT * len(drawn) + 72, left=14, right=34, bottom=64)
    figure.update_xaxes(
        range=[-0.3, len(WAY) - 0.6], tickvals=list(range(len(WAY))),
        ticktext=[words.capitalized(_(stage)) for stage in WAY],
        tickfont={"size": 11, "color": own.faint_ink}, autotickangles=[0, 45],
    )  # fmt: skip
    figure.update_yaxes(range=[len(drawn) - 0.5, -0.8], showticklabels=False)
    sentences = " ".join(f"{plain(partnership.name)}: {plain(partnership.status)}." for partnership in drawn)
    subtitle = _("Filled: reached; square: KPIs locked by both signatures; cross: stopped")
    if len(drawn) < len(partnerships):
        more = _("The {count} that changed last are drawn; the table has all.").format(count=words.count(MOST_DRAWN))
        subtitle = f"{subtitle}. {more}"
    return Chart(figure, title, subtitle, f"{title}. {sentences}", track_table(partnerships))


def _draw_row(figure: go.Figure, row: int, partnership: Partnership, own: Colours) -> None:
    draw_line(figure, [0, len(WAY) - 1], [row, row], own.grid, 4)
    done, furthest = own.elsewhere if partnership.is_stopped else own.in_market, max(0, partnership.furthest)
    draw_line(figure, [0, furthest], [row, row], done, 4)
    reached = dict(partnership.reached)
    for index, stage in enumerate(WAY):
        is_lock = index == LOCKED and partnership.locked_at is not None
        is_done = stage in reached or is_lock
        day = words.day(reached[stage].date()) if stage in reached else _("not yet")
        figure.add_scatter(
            x=[index], y=[row], mode="markers", cliponaxis=False,
            marker={
                "size": MARK_SIZE, "symbol": "square" if is_lock else "circle", "color": done if is_done else own.paper,
                "line": {"color": done if is_done else own.elsewhere, "width": 2},
            },
            hovertemplate=f"{_(stage)}: {day}<extra></extra>",
        )  # fmt: skip
    if partnership.is_stopped:
        figure.add_scatter(
            x=[furthest + 0.5], y=[row], mode="markers", hoverinfo="skip",
            marker={"size": MARK_SIZE, "symbol": "x", "color": own.conversion},
        )  # fmt: skip


def _name(row: int, partnership: Partnership, own: Colours) -> Above:
    """The name over a row, and its status; the table has the reason of a stop."""
    status = _(partnership.stage) if partnership.is_stopped else partnership.status
    text = f"<b>{chart_text(partnership.name, 34)}</b> {chart_text(status, 40)}"
    return Above(row - NAME_ABOVE, text, {"size": 12, "color": own.ink})


def track_table(partnerships: Sequence[Partnership]) -> pl.DataFrame:
    """One row a partnership: name, whether it is a sample, creator, stage, day of each."""
    rows = [
        {
            "partnership": plain(p.name),
            "sample": p.is_sample,
            "creator_id": p.creator,
            "stage": str(p.stage),
            "why_stopped": plain(p.reason or ""),
            "since": p.since.date(),
            "KPIs_locked": p.locked_at.date() if p.locked_at else None,
            "amendments": p.count_amendments,
        }
        | {stage.replace(" ", "_"): reached[stage].date() if stage in reached else None for stage in WAY}
        for p in partnerships
        for reached in [dict(p.reached)]
    ]
    days = {stage.replace(" ", "_"): pl.Date for stage in WAY}
    schema = {"since": pl.Date, "KPIs_locked": pl.Date} | days
    return pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None)
