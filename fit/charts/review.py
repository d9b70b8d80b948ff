"""Draw a campaign's results against its forecast stage by stage, and how past forecasts held."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from fit.charts.drawing import (
    QUARTERS,
    ROW_HEIGHT,
    Above,
    Chart,
    draw_line,
    draw_marks,
    quiet,
    share_ticks,
    write_above,
)
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
SENTENCE_ABOVE = 0.3  # of a row: sentences stand above their interval
LOWER_LINE = "<br>"  # before every second mark of the scale: side by side they run into each other on a phone
PROMISED_SHARE = 0.8  # what an 80 % interval promises


def expected_and_actual(stages: Sequence[StageResult], currency: str | None, *, dark: bool = False) -> Chart:
    """Every stage in parts of its own expectation: bar from P10 to P90, dot for what came, the first departure marked.

    A stage that was not measured is hollow and dashed; a dot beyond four times the expectation is an arrow.
    """
    own = colours(dark)
    rows = standings(stages)
    figure = go.Figure()
    _bars(figure, rows, own)
    _dots(figure, rows, currency, own)
    quiet(figure, own, int(1.5 * ROW_HEIGHT * max(1, len(rows))) + 66, right=28, bottom=50)
    marks = scale_ticks()
    labels = [f"{LOWER_LINE * (at % 2)}{label}" for at, (_x, label) in enumerate(marks)]
    figure.update_xaxes(
        range=[-0.02, 1.02], tickvals=[x for x, _label in marks], ticktext=labels, tickangle=0, showgrid=True,
    )  # fmt: skip
    figure.add_vline(x=EXPECTED, line={"color": own.faint_ink, "width": 1}, layer="below")
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[_label(row.stage) for row in rows],
        range=[len(rows) - 0.5, -0.75],
    )  # fmt: skip
    title = tracking_finding(stages)
    subtitle = _(
        "Result (dot) against the likely range (bar) that follows from the step before; hollow: no data; red ring: "
        "more than luck"
    )
    alt = " ".join([f"{title}.", *(f"{_label(row.stage)}: {stage_sentence(row.stage, currency)}." for row in rows)])
    return Chart(figure, title, subtitle, alt, _table(stages, currency))


def _label(stage: StageResult) -> str:
    label = words.metric(stage.stage)
    return f"{label[:1].upper()}{label[1:]}"


def _bars(figure: go.Figure, rows: Sequence[Standing], own: Colours) -> None:
    for index, row in enumerate(rows):
        measured, guessed = (own.strength_bar, 9, "solid"), (own.faint_ink, 2, "dot")
        draw_line(figure, [row.low, row.high], [index, index], *(guessed if row.actual is None else measured))


def _dots(figure: go.Figure, rows: Sequence[Standing], currency: str | None, own: Colours) -> None:
    first, notes = next((index for index, row in enumerate(rows) if row.is_beyond), None), []
    for index, row in enumerate(rows):
        text = chart_text(stage_sentence(row.stage, currency), 60)
        ring = {"color": own.conversion if row.is_beyond else own.strength, "width": 3 if row.is_beyond else 0}
        marker = {
            "size": 13,
            "color": own.strength,
            "line": ring,
            "symbol": "triangle-right" if row.is_cut else "circle",
        }
        if row.actual is None:
            marker = {"size": 12, "color": own.paper, "line": {"color": own.faint_ink, "width": 2}}
        draw_marks(figure, [row.middle if row.actual is None else row.actual], [index], marker, [text], is_cut=False)
        note = f"<b>{text} · {_('more than luck')}</b>" if index == first else text
        ink = own.ink if row.actual is not None else own.faint_ink
        notes.append(Above(index - SENTENCE_ABOVE, note, {"size": 12, "color": ink}))
    write_above(figure, notes)


def _table(stages: Sequence[StageResult], currency: str | None) -> pl.DataFrame:
    names = ("stage", "expected", "came", "chance_by_luck", "judged")
    cells = [stage_cells(stage, currency) for stage in stages]
    return pl.DataFrame({name: [row[column] for row in cells] for column, name in enumerate(names)})


def held_intervals(shares: Sequence[Share], labels: Sequence[str], title: str, *, dark: bool = False) -> Chart:
    """How often forecasts held, a row each: dot for the share, bar for its own 80 % interval, a line at 80 %.

    shares: those with at least one count; labels: their names, in the same order.
    """
    own = colours(dark)
    figure = go.Figure()
    for row, share in enumerate(shares):
        part, interval = _counted(share)
        draw_line(figure, interval, [row, row], own.strength_bar, 9)
        draw_marks(figure, [part], [row], {"size": 13, "color": own.strength}, [_share_words(share)])
    quiet(figure, own, ROW_HEIGHT * len(shares) + 52, right=26)
    figure.update_xaxes(range=[-0.02, 1.02], **share_ticks(QUARTERS), showgrid=True)
    figure.add_vline(x=PROMISED_SHARE, line={"color": own.target, "width": 2}, layer="below")
    figure.update_yaxes(
        tickvals=list(range(len(shares))), ticktext=[chart_text(label) for label in labels],
        range=[len(shares) - 0.5, -0.6],
    )  # fmt: skip
    subtitle = _("Share of results inside the likely range (should be 80 %); bar: how sure that share is")
    return _of_shares(figure, title, subtitle, shares, labels)


def promised_and_hit(shares: Sequence[Share], promised: Sequence[float], title: str, *, dark: bool = False) -> Chart:
    """Chances that lines had against how many of them were hit; on the diagonal both are alike.

    shares: deciles with at least one line; promised: the mean chance of each.
    """
    own = colours(dark)
    figure = go.Figure()
    diagonal = {"color": own.faint_ink, "dash": "dot"}
    figure.add_scatter(x=[0, 1], y=[0, 1], mode="lines", line=diagonal, hoverinfo="skip")
    for share, chance in zip(shares, promised, strict=True):
        part, interval = _counted(share)
        draw_line(figure, [chance, chance], interval, own.strength_bar, 9)
        text = f"{words.percent(chance)}: {_share_words(share)}"
        draw_marks(figure, [chance], [part], {"size": 13, "color": own.strength}, [text])
    quiet(figure, own, 340, left=12, bottom=56)
    figure.update_xaxes(range=[-0.03, 1.03], **share_ticks(QUARTERS), title=_("Chance beforehand"))
    figure.update_yaxes(range=[-0.03, 1.03], **share_ticks(QUARTERS), showgrid=True)
    subtitle = _("Up: share of targets hit, with its likely range; across: the chance given beforehand")
    labels = [words.percent(chance) for chance in promised]
    return _of_shares(figure, title, subtitle, shares, labels)


def _of_shares(figure: go.Figure, title: str, subtitle: str, shares: Sequence[Share], labels: Sequence[str]) -> Chart:
    each = (f"{label}: {_share_words(share)}." for label, share in zip(labels, shares, strict=True))
    return Chart(figure, title, subtitle, " ".join([f"{title}.", *each]), _share_table(shares, labels))


def _counted(share: Share) -> tuple[float, tuple[float, float]]:
    """A share and its own 80 % interval; those that are drawn count something."""
    part, interval = share.share, share.interval
    assert part is not None
    assert interval is not None
    return part, interval


def _share_words(share: Share) -> str:
    part, interval = _counted(share)
    return _("{share} ({range}; n = {count} of {campaigns})").format(
        share=words.percent(part), range=words.percent_range(*interval), count=words.count(share.count),
        campaigns=words.counted(share.campaigns, "campaign", "campaigns"),
    )  # fmt: skip


def _share_table(shares: Sequence[Share], labels: Sequence[str]) -> pl.DataFrame:
    rows = []
    for label, share in zip(labels, shares, strict=True):
        part, (low, high) = _counted(share)
        counts = {"count_results": share.count, "count_campaigns": share.campaigns}
        rows.append({"of": label, "share": part, "low_share": low, "high_share": high} | counts)
    return pl.DataFrame(rows)
