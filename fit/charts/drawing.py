"""Share what all charts have: the Chart with its words and table, one template, marks, lines and axes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import plotly.graph_objects as go
import polars as pl

from fit import locale
from fit.charts.palette import Colours

ROW_HEIGHT = 34  # pixels per row of a dot plot: a finger hits it, and labels keep apart
TEXT_SIZE, TICK_SIZE = 13, 12
TICK_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
MOST_TICKS = 6
QUARTERS = (0, 0.25, 0.5, 0.75, 1)
FONT = '"Source Sans", system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif'  # the page's own, where it is


@dataclass(frozen=True)
class Chart:
    """One picture with its words. title: the finding; subtitle: metric, unit, n; alt: the picture in one sentence."""

    figure: go.Figure
    title: str
    subtitle: str
    alt: str
    table: pl.DataFrame


@cache
def template(own: Colours) -> go.layout.Template:
    """The look of every chart: no frames, no legend, no decoration; letters and faint lines of one appearance."""
    axis = {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True, "gridcolor": own.grid}
    axis |= {"ticklabelstandoff": 6}
    layout = go.Layout(
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": TEXT_SIZE, "color": own.ink},
        hoverlabel={"bgcolor": own.paper, "bordercolor": own.faint_ink, "align": "left",
                    "font": {"family": FONT, "color": own.ink, "size": TEXT_SIZE}},
        bargap=0.35,
        dragmode=False,
        xaxis=axis | {"tickfont": {"color": own.faint_ink, "size": TICK_SIZE}},
        yaxis=axis | {"tickfont": {"color": own.ink, "size": TEXT_SIZE}, "automargin": True},
    )  # fmt: skip
    return go.layout.Template(layout=layout)


def layout_of(own: Colours, height: int, *, left: int = 2, right: int = 8, bottom: int = 36) -> dict[str, object]:
    """The one template and a size; height in pixels is fixed so that nothing jumps."""
    margin = {"l": left, "r": right, "t": 8, "b": bottom}
    return {"template": template(own), "height": height, "margin": margin, "separators": locale.separators()}


def quiet(
    figure: go.Figure, own: Colours, height: int, *, left: int = 2, right: int = 8, bottom: int = 36
) -> go.Figure:
    """Give a figure the one template and its size."""
    return figure.update_layout(layout_of(own, height, left=left, right=right, bottom=bottom))


class Above(NamedTuple):
    """A text above a row, at the left or right end of the drawing. y: its height in rows."""

    y: float
    text: str
    font: Mapping[str, object]
    side: str = "left"


def annotations_of(texts: Iterable[Above]) -> list[dict[str, object]]:
    """Texts above rows, as a layout has them."""
    return [
        {"x": 0 if one.side == "left" else 1, "xref": "paper", "xanchor": one.side, "y": one.y, "text": one.text,
         "showarrow": False, "font": one.font}
        for one in texts
    ]  # fmt: skip


def write_above(figure: go.Figure, texts: Iterable[Above]) -> None:
    """Write texts above rows, all at once: plotly looks at every earlier text again when one is added."""
    figure.update_layout(annotations=annotations_of(texts))


def draw_line(
    figure: go.Figure, x: Sequence[float | None], y: Sequence[float | None], colour: str, width: float,
    dash: str | None = None,
) -> None:  # fmt: skip
    """Draw a line that says nothing under the mouse."""
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width, "dash": dash}, hoverinfo="skip")


def draw_marks(
    figure: go.Figure, x: Sequence[float] | pl.Series, y: Sequence[float] | pl.Series, marker: Mapping[str, object],
    texts: Sequence[str], *, is_cut: bool = True,
) -> None:  # fmt: skip
    """Draw marks that say their texts under the mouse; is_cut: cut off at the end of the axes (plotly's habit)."""
    figure.add_trace(marks(x, y, marker, texts, is_cut=is_cut))


def marks(
    x: Sequence[float] | pl.Series, y: Sequence[float] | pl.Series, marker: Mapping[str, object],
    texts: Sequence[str], *, is_cut: bool = True,
) -> dict[str, object]:  # fmt: skip
    """The trace of draw_marks(), for a figure that is made in one go: a tenth of the time of one that is changed."""
    return {
        "type": "scatter", "x": x, "y": y, "mode": "markers", "marker": marker, "text": texts,
        "hovertemplate": "%{text}<extra></extra>", "cliponaxis": None if is_cut else False,
    }  # fmt: skip


def hatch(own: Colours) -> dict[str, object]:
    """How the unknown is filled, everywhere: lines that can be seen on a projector and in grey print."""
    return {"shape": "/", "size": 7, "solidity": 0.22, "fgcolor": own.faint_ink, "bgcolor": own.paper}


def share_ticks(ends: Sequence[float]) -> dict[str, object]:
    """Ticks of an axis of shares (0 to 1), in the reader's way to write percent."""
    return {"tickvals": list(ends), "ticktext": [locale.in_percent(100 * end) for end in ends], "tickangle": 0}


def percent_axis(figure: go.Figure, largest: float, most_ticks: int = MOST_TICKS) -> None:
    """Draw the x axis of shares from zero, with faint lines, up to a little above the largest share (0 to 1)."""
    end = min(1.12, max(0.05, 1.22 * largest))
    step = next(step for step in TICK_STEPS if end / step <= most_ticks)
    figure.update_xaxes(
        range=[0, end], **share_ticks([step * number for number in range(int(end / step) + 1)]), showgrid=True
    )
