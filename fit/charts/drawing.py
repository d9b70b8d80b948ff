"""What do all charts share? A finding as title, a subtitle, a table with the same numbers, and quiet axes."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from fit import locale
from fit.charts.colours import Colours

ROW_HEIGHT = 34  # pixels per row of a dot plot: a finger hits it, and labels keep apart
TEXT_SIZE = 13
TICK_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
MOST_TICKS = 6
QUARTERS = (0, 0.25, 0.5, 0.75, 1)


@dataclass(frozen=True)
class Chart:
    """One picture with its words. title: the finding; subtitle: metric, unit, n; alt: the picture in one sentence."""

    figure: go.Figure
    title: str
    subtitle: str
    alt: str
    table: pl.DataFrame


def quiet(
    figure: go.Figure, colours: Colours, height: int, *, left: int = 8, right: int = 8, bottom: int = 36
) -> go.Figure:
    """Lay a figure out without frames, legend and decoration; height in pixels is fixed so that nothing jumps."""
    axis = {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True, "title": None}
    figure.update_layout(
        height=height,
        margin={"l": left, "r": right, "t": 8, "b": bottom},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"size": TEXT_SIZE, "color": colours.ink},
        hoverlabel={"bgcolor": colours.paper, "font": {"color": colours.ink, "size": TEXT_SIZE}},
        bargap=0.35,
        dragmode=False,
        separators=locale.separators(),
    )
    figure.update_xaxes(**axis, tickfont={"color": colours.faint_ink, "size": 12})
    figure.update_yaxes(**axis, tickfont={"color": colours.ink, "size": TEXT_SIZE}, automargin=True)
    return figure


def share_ticks(ends: Sequence[float]) -> dict[str, object]:
    """Ticks of an axis of shares (0 to 1), in the reader's way to write percent."""
    return {"tickvals": list(ends), "ticktext": [locale.in_percent(100 * end) for end in ends], "tickangle": 0}


def percent_axis(figure: go.Figure, colours: Colours, largest: float) -> None:
    """Draw the x axis of shares from zero, with faint lines, up to a little above the largest share (0 to 1)."""
    end = min(1.12, max(0.05, 1.22 * largest))
    step = next(step for step in TICK_STEPS if end / step <= MOST_TICKS)
    figure.update_xaxes(
        range=[0, end],
        **share_ticks([step * at for at in range(int(end / step) + 1)]),
        showgrid=True,
        gridcolor=colours.grid,
    )
