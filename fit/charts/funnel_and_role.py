"""Draw the funnel step by step, and the role that a creator leans to."""

from math import log10

import plotly.graph_objects as go
import polars as pl

from fit.charts.drawing import TEXT_SIZE, TICK_SIZE, Chart, draw_line, draw_marks, quiet
from fit.charts.palette import colours
from fit.locale import _
from fit.model import FunnelStep
from fit.text import words

STEP_HEIGHT = 66  # pixels from one step to the next: its count, its mark, and the rate on the way to the next
COUNT_ABOVE, RATE_BELOW = 0.26, 0.28  # of a step: the count over its mark, the rate under it


def funnel(steps: list[FunnelStep], *, dark: bool = False) -> Chart:
    """Counts step by step on a log scale, and between two steps the rate with numerator, denominator and n.

    Thin stems, not bars: a log scale has no zero for a bar to stand on.
    """
    own = colours(dark)
    figure = go.Figure()
    counts = {row: step.number for row, step in enumerate(steps) if step.number}
    top = max(counts.values(), default=10)
    for row, number in counts.items():
        draw_line(figure, [1, number], [row, row], own.elsewhere, 2)
    marker, texts = {"size": 13, "color": own.strength}, [steps[row].says for row in counts]
    draw_marks(figure, [*counts.values()], [*counts], marker, texts, is_cut=False)
    for row, step in enumerate(steps):
        ink = own.ink if step.number is not None else own.faint_ink
        if step.rate:
            _write(figure, row - 1 + RATE_BELOW, f"↓ {step.rate}", {"size": TICK_SIZE, "color": own.ink})
        _write(figure, row - COUNT_ABOVE, step.counted, {"size": TEXT_SIZE, "color": ink})
    quiet(figure, own, STEP_HEIGHT * len(steps) + 40, left=6, right=16)
    ticks = [10**p for p in range(0, len(str(top)) + 1, 1 if top < 1e5 else 2)]
    figure.update_xaxes(
        type="log", range=[0, log10(top * 1.6)], tickvals=ticks, ticktext=[words.about(t) for t in ticks]
    )
    figure.update_yaxes(range=[len(steps) - 0.6, -0.6], showticklabels=False)
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


def _write(figure: go.Figure, y: float, text: str, font: dict[str, object]) -> None:
    figure.add_annotation(x=0, xref="paper", xanchor="left", align="left", y=y, text=text, showarrow=False,
                          font=font)  # fmt: skip


def role_dots(p_conversion: float, *, dark: bool = False) -> Chart:
    """The probability as dots to count: as many as its frequency says lean to conversion, the others to awareness."""
    own = colours(dark)
    hits, of = words.tenths(p_conversion)
    figure = go.Figure()
    for start, end, label, colour, symbol in (
        (0, hits, _("leans to conversion"), own.conversion, "circle"),
        (hits, of, _("leans to awareness"), own.awareness, "diamond"),
    ):
        figure.add_scatter(
            x=[i % 10 for i in range(start, end)], y=[i // 10 for i in range(start, end)], mode="markers",
            marker={"size": 19, "color": colour, "symbol": symbol},
            hovertemplate=f"{label}: {end - start} / {of}<extra></extra>",
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
