"""Draw what a creator may cost as one line: safe and break-even fee, usual and asking price."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from fit.charts.drawing import TICK_SIZE, Chart, draw_line, draw_marks, quiet
from fit.charts.palette import colours
from fit.locale import _
from fit.text import chart_text, words

HEIGHT = 190  # pixels
LEVELS = (1.0, -1.0, 2.0, -2.0)  # heights of labels beside the line, in turn, so that near prices keep apart
MARK_SIZE = 13  # pixels


def price_line(
    prices: Sequence[tuple[str, float]], asking: float | None, currency: str | None, title: str, *, dark: bool = False
) -> Chart:
    """Mark prices on one axis from zero, each with its name and amount. asking: drawn hollow, None where none is asked.

    prices: what each is called, and the amount. title: the finding.
    """
    own = colours(dark)
    marks = sorted([(amount, name, False) for name, amount in prices], key=lambda mark: mark[0])
    if asking is not None:
        marks = sorted([*marks, (asking, _("asking price"), True)], key=lambda mark: mark[0])
    end = 1.15 * max([amount for amount, _name, _hollow in marks], default=1.0) or 1.0
    figure = go.Figure()
    draw_line(figure, [0, end], [0, 0], own.grid, 3)
    for at, (amount, name, is_asked) in enumerate(marks):
        colour = own.target if is_asked else own.strength
        fill = own.paper if is_asked else colour
        marker = {"size": MARK_SIZE, "color": fill, "line": {"color": colour, "width": 2.5}}
        text = f"{name}: {words.amount(amount, currency)}"
        height = LEVELS[at % len(LEVELS)]
        draw_line(figure, [amount, amount], [0, 0.8 * height], own.grid, 1)
        draw_marks(figure, [amount], [0], marker, [chart_text(text)], is_cut=False)
        figure.add_annotation(
            x=amount, y=height, text=chart_text(text), showarrow=False, font={"size": TICK_SIZE, "color": own.ink},
            xanchor="left" if amount < end / 4 else "right" if amount > 3 * end / 4 else "center",
        )  # fmt: skip
    quiet(figure, own, HEIGHT, left=24, right=24)
    figure.update_xaxes(range=[0, end], showticklabels=False)
    figure.update_yaxes(range=[-2.6, 2.6], showticklabels=False)
    table = pl.DataFrame(
        {"price": [name for _amount, name, _hollow in marks], "amount": [amount for amount, _name, _hollow in marks]},
        schema={"price": pl.String, "amount": pl.Float64},
    )
    said = words.listing([f"{name} {words.amount(amount, currency)}" for amount, name, _hollow in marks])
    return Chart(figure, title, _("All prices on one axis from zero"), f"{title}. {said}.", table)
