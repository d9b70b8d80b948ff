"""What do all charts share? A finding as title, a subtitle, a table with the same numbers, and quiet axes."""

from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from fit.charts.colours import Colours

ROW_HEIGHT = 34  # pixels per row of a dot plot: a finger hits it, and labels keep apart
TEXT_SIZE = 13


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
    )
    figure.update_xaxes(**axis, tickfont={"color": colours.faint_ink, "size": 12})
    figure.update_yaxes(**axis, tickfont={"color": colours.ink, "size": TEXT_SIZE}, automargin=True)
    return figure


def percent_axis(figure: go.Figure, colours: Colours, largest: float) -> None:
    """Draw the x axis of shares from zero, with faint lines, up to a little above the largest share (0 to 1)."""
    figure.update_xaxes(
        range=[0, min(1.12, max(0.05, 1.22 * largest))],
        tickformat=".0%",
        nticks=6,
        showgrid=True,
        gridcolor=colours.grid,
    )
