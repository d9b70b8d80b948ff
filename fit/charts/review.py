"""At which stage did a campaign leave what was expected, and did past forecasts hold? Bars, and dots for what came."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from fit.charts.drawing import QUARTERS, ROW_HEIGHT, Chart, quiet, share_ticks
from fit.charts.palette import Colours, colours
from fit.locale import _
from fit.review import (
    Share,
    StageResult,
    Standing,
    scale_position,
    scale_ticks,
    stage_cells,
    stage_sentence,
    standings,
    tracking_finding,
)
from fit.text import chart_text, words

EXPECTED = scale_position(1.0)
ABOVE = 0.3  # of a row: words stand above their interval
HELD = 0.8  # what an 80 % interval promises


def expected_and_actual(stages: Sequence[StageResult], currency: str | None, *, dark: bool = False) -> Chart:
    """Every stage in parts of its own expectation: bar from P10 to P90, dot for what came, the first departure marked.

    A stage that was not measured is hollow and dashed; a dot beyond four times the expectation is an arrow.
    """
    own = colours(dark)
    rows = standings(stages)
    figure = go.Figure()
    _bars(figure, rows, own)
    _dots(figure, rows, currency, own)
    quiet(figure, own, int(1.5 * ROW_HEIGHT * max(1, len(rows))) + 52, right=28)
    marks = scale_ticks()
    figure.update_xaxes(
        range=[-0.02, 1.02], tickvals=[at for at, label in marks], ticktext=[label for at, label in marks],
        showgrid=True,
    )  # fmt: skip
    figure.add_vline(x=EXPECTED, line={"color": own.faint_ink, "width": 1}, layer="below")
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[_label(row.stage) for row in rows],
        range=[len(rows) - 0.5, -0.75],
    )  # fmt: skip
    title = tracking_finding(stages)
    subtitle = _(
        "What came (dot) in parts of what was expected from the stage above it; bar: 8 of 10 campaigns; root scale; "
        "hollow: not measured; red ring: more than luck"
    )
    alt = " ".join([f"{title}.", *(f"{_label(row.stage)}: {stage_sentence(row.stage, currency)}." for row in rows)])
    return Chart(figure, title, subtitle, alt, _table(stages, currency))


def _label(stage: StageResult) -> str:
    label = words.metric(stage.stage)
    return f"{label[:1].upper()}{label[1:]}"


def _bars(figure: go.Figure, rows: Sequence[Standing], own: Colours) -> None:
    for at, row in enumerate(rows):
        is_known = row.actual is not None
        figure.add_scatter(
            x=[row.low, row.high], y=[at, at], mode="lines", hoverinfo="skip",
            line={
                "color": own.strength_bar if is_known else own.faint_ink, "width": 9 if is_known else 2,
                "dash": "solid" if is_known else "dot",
            },
        )  # fmt: skip


def _dots(figure: go.Figure, rows: Sequence[Standing], currency: str | None, own: Colours) -> None:
    first = next((at for at, row in enumerate(rows) if row.is_beyond), None)
    for at, row in enumerate(rows):
        text = chart_text(stage_sentence(row.stage, currency), 60)
        where = row.middle if row.actual is None else row.actual
        ring = {"color": own.conversion if row.is_beyond else own.strength, "width": 3 if row.is_beyond else 0}
        marker = {
            "size": 13,
            "color": own.strength,
            "line": ring,
            "symbol": "triangle-right" if row.is_cut else "circle",
        }
        if row.actual is None:
            marker = {"size": 12, "color": own.paper, "line": {"color": own.faint_ink, "width": 2}}
        figure.add_scatter(
            x=[where], y=[at], mode="markers", marker=marker, text=[text], cliponaxis=False,
            hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
        note = f"<b>{text} · {_('more than luck')}</b>" if at == first else text
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=at - ABOVE, showarrow=False, text=note,
            font={"size": 12, "color": own.ink if row.actual is not None else own.faint_ink},
        )  # fmt: skip


def _table(stages: Sequence[StageResult], currency: str | None) -> pl.DataFrame:
    names = ("stage", "expected", "came", "chance_by_luck", "judged")
    cells = [stage_cells(stage, currency) for stage in stages]
    return pl.DataFrame({name: [row[at] for row in cells] for at, name in enumerate(names)})


def held_intervals(shares: Sequence[Share], labels: Sequence[str], title: str, *, dark: bool = False) -> Chart:
    """How often forecasts held, a row each: dot for the share, bar for its own 80 % interval, a line at 80 %.

    shares: those with at least one count; labels: their names, in the same order.
    """
    own = colours(dark)
    figure = go.Figure()
    for at, share in enumerate(shares):
        low, high = share.interval
        figure.add_scatter(
            x=[low, high], y=[at, at], mode="lines", line={"color": own.strength_bar, "width": 9}, hoverinfo="skip"
        )
        figure.add_scatter(
            x=[share.share], y=[at], mode="markers", marker={"size": 13, "color": own.strength},
            text=[_share_words(share)], hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
    quiet(figure, own, ROW_HEIGHT * len(shares) + 52, right=26)
    figure.update_xaxes(range=[-0.02, 1.02], **share_ticks(QUARTERS), showgrid=True)
    figure.add_vline(x=HELD, line={"color": own.target, "width": 2}, layer="below")
    figure.update_yaxes(
        tickvals=list(range(len(shares))), ticktext=[chart_text(label) for label in labels],
        range=[len(shares) - 0.5, -0.6],
    )  # fmt: skip
    subtitle = _("Part of the results that the 80 % interval held; bar: 80 % interval of that part; line: 80 %")
    alt = " ".join([f"{title}.", *(f"{a}: {_share_words(b)}." for a, b in zip(labels, shares, strict=True))])
    return Chart(figure, title, subtitle, alt, _share_table(shares, labels))


def promised_and_hit(shares: Sequence[Share], promised: Sequence[float], title: str, *, dark: bool = False) -> Chart:
    """Chances that lines had against how many of them were hit; on the diagonal both are alike.

    shares: deciles with at least one line; promised: the mean chance of each.
    """
    own = colours(dark)
    figure = go.Figure()
    figure.add_scatter(x=[0, 1], y=[0, 1], mode="lines", line={"color": own.faint_ink, "dash": "dot"}, hoverinfo="skip")
    for share, chance in zip(shares, promised, strict=True):
        low, high = share.interval
        figure.add_scatter(
            x=[chance, chance], y=[low, high], mode="lines", line={"color": own.strength_bar, "width": 9},
            hoverinfo="skip",
        )  # fmt: skip
        figure.add_scatter(
            x=[chance], y=[share.share], mode="markers", marker={"size": 13, "color": own.strength},
            text=[f"{words.percent(chance)}: {_share_words(share)}"], hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
    quiet(figure, own, 340, left=12, bottom=56)
    figure.update_xaxes(range=[-0.03, 1.03], **share_ticks(QUARTERS), title=_("Chance beforehand"))
    figure.update_yaxes(range=[-0.03, 1.03], **share_ticks(QUARTERS), showgrid=True)
    subtitle = _("Up: part of the lines that were hit, with its 80 % interval; across: their mean chance beforehand")
    labels = [words.percent(chance) for chance in promised]
    alt = " ".join([f"{title}.", *(f"{a}: {_share_words(b)}." for a, b in zip(labels, shares, strict=True))])
    return Chart(figure, title, subtitle, alt, _share_table(shares, labels))


def _share_words(share: Share) -> str:
    return _("{share} ({range}; n = {count} of {campaigns})").format(
        share=words.percent(share.share), range=words.percent_range(*share.interval), count=words.count(share.count),
        campaigns=words.counted(share.campaigns, "campaign", "campaigns"),
    )  # fmt: skip


def _share_table(shares: Sequence[Share], labels: Sequence[str]) -> pl.DataFrame:
    rows = [
        {"of": label, "share": share.share, "low_share": share.interval[0], "high_share": share.interval[1],
         "count_results": share.count, "count_campaigns": share.campaigns}
        for label, share in zip(labels, shares, strict=True)
    ]  # fmt: skip
    return pl.DataFrame(rows)
