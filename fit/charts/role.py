"""Draw how likely a creator leans to conversion, as dots to count."""

import plotly.graph_objects as go
import polars as pl

from fit.charts.drawing import Chart, quiet
from fit.charts.palette import colours
from fit.locale import _
from fit.text import words


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
    title = _("{hits} in {of} chance of being stronger at conversion").format(hits=hits, of=of)
    return Chart(
        figure,
        title,
        _("Round: conversion; diamond: awareness"),
        _("{title}, {count} for awareness.").format(title=title, count=of - hits),
        pl.DataFrame({"leans_to": [_("conversion"), _("awareness")], "chances": [hits, of - hits]}),
    )
