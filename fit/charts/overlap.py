"""Draw how far the needs of brand and creator overlap: a row a pair of needs, a mark a side."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from fit import locale
from fit.agreement import ENOUGH_OVERLAP, RATINGS, Alignment, Row, Side
from fit.charts.drawing import Above, Chart, draw_line, quiet, write_above
from fit.charts.palette import Colours, colours
from fit.locale import _
from fit.text import chart_text, plain, words

PAIR_HEIGHT = 64  # pixels: the two needs in words, and the marks below them
MARK_SIZE = 22  # pixels: room for a letter
NEEDS_ABOVE = 0.42  # of a row: the needs stand over their marks
ASIDE = 0.07  # of a rating: two marks on the same one stand beside each other
PAIR_LETTERS = 64  # of a row's words; a phone cuts what is longer
SYMBOLS: dict[str, str] = {Side.BRAND: "square", Side.CREATOR: "circle"}


def overlap_dumbbells(alignment: Alignment, *, dark: bool = False) -> Chart:
    """Both ratings of every pair of needs on a scale from 1 to 5, with the average that practice asks for."""
    own, figure = colours(dark), go.Figure()
    for index, row in enumerate(alignment.rows):
        _pair(figure, index, row, own)
    font = {"size": 12, "color": own.ink}
    write_above(figure, [Above(at - NEEDS_ABOVE, _label(row), font) for at, row in enumerate(alignment.rows)])
    _ruler(figure, len(alignment.rows), own)
    subtitle = _(
        "Overlap from 1 to 5 as each side rates it: B the brand, C the creator; dashed: {least}, a rule of thumb"
    ).format(least=words.about(ENOUGH_OVERLAP))
    title = overlap_finding(alignment)
    pairs = " ".join(f"{plain(_words(row))}: {_ratings(row)}." for row in alignment.rows)
    return Chart(figure, title, subtitle, f"{title}. {pairs}", _table(alignment.rows))


def overlap_finding(alignment: Alignment) -> str:
    """The matrix in one sentence."""
    if not alignment.rows:
        return _("No pair of needs is written down yet")
    if alignment.average is None:
        ratings = words.counted(len(alignment.missing), "rating", "ratings")
        return _("No average yet: {ratings} missing").format(ratings=ratings)
    average, enough = map(locale.short_decimal, (alignment.average, ENOUGH_OVERLAP))
    disputed = sum(row.is_disputed for row in alignment.rows)
    sentence = _("The needs overlap by {average} of 5 on average; {enough} is a rule of thumb")
    if disputed:
        sentence = _(
            "The needs overlap by {average} of 5 on average ({enough} is a rule of thumb); {pairs} seen differently"
        )
    pairs = words.counted(disputed, "pair", "pairs")
    return sentence.format(average=average, enough=enough, pairs=pairs)


def _pair(figure: go.Figure, index: int, row: Row, own: Colours) -> None:
    """A bar between the two ratings of a pair, and a mark with a letter for each."""
    brand, creator = row.need.brand_rating, row.need.creator_rating
    if brand is not None and creator is not None:
        draw_line(figure, [brand, creator], [index, index], own.target if row.is_disputed else own.grid, 6)
    aside = ASIDE if brand == creator else 0
    for side, rating, shift, colour in (
        ("brand", brand, -aside, own.in_market),
        ("creator", creator, aside, own.strength),
    ):
        if rating is not None:
            figure.add_scatter(
                x=[rating + shift], y=[index], mode="markers+text", text=[side[0].upper()],
                marker={"size": MARK_SIZE, "color": colour, "symbol": SYMBOLS[side], "line": {"width": 0}},
                textfont={"size": 12, "color": own.on_in_market}, cliponaxis=False,
                hovertemplate=f"{side}: {rating} of 5<extra></extra>",
            )  # fmt: skip


def _ruler(figure: go.Figure, rows: int, own: Colours) -> None:
    quiet(figure, own, PAIR_HEIGHT * max(1, rows) + 56, left=14, right=14)
    figure.add_vline(x=ENOUGH_OVERLAP, line={"color": own.target, "width": 2, "dash": "dash"}, layer="below")
    figure.update_xaxes(
        range=[RATINGS[0] - 0.2, RATINGS[-1] + 0.2], tickvals=[*RATINGS], showgrid=True, gridcolor=own.grid
    )
    figure.update_yaxes(range=[rows - 0.55, -0.75], showticklabels=False)


def _words(row: Row) -> str:
    return f"{row.need.brand_need} / {row.need.creator_need}"


def _label(row: Row) -> str:
    half = PAIR_LETTERS // 2
    return f"{chart_text(row.need.brand_need, half)} / {chart_text(row.need.creator_need, half)}"


def _ratings(row: Row) -> str:
    brand, creator = (rating or _("not rated") for rating in (row.need.brand_rating, row.need.creator_rating))
    return _("brand {brand}, creator {creator}").format(brand=brand, creator=creator)


def _table(rows: Sequence[Row]) -> pl.DataFrame:
    """brand_need, creator_need, brand_rating, creator_rating, overlap (mean of both), apart (their distance)."""
    return pl.DataFrame(
        [
            (
                plain(row.need.brand_need), plain(row.need.creator_need), row.need.brand_rating,
                row.need.creator_rating, row.overlap, row.apart,
            )
            for row in rows
        ],
        schema={
            "brand_need": pl.String, "creator_need": pl.String, "brand_rating": pl.Int64, "creator_rating": pl.Int64,
            "overlap": pl.Float64, "apart": pl.Int64,
        },
        orient="row",
    )  # fmt: skip
