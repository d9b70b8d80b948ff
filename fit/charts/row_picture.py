"""Draw an interval as a small picture for a table row, from numbers only."""

from math import log

from fit.charts.palette import Colours, colours

WIDTH, HEIGHT = 72, 28  # pixels; a table row is 35 high, and three of these must fit a laptop's width
TEXT_WIDTH = 25  # the index itself stands before its interval
MARGIN = 5  # pixels at both ends of the scale, for a dot
# What an address may not hold. No text of a creator is in these pictures; quoting 150 of them byte by byte takes 20 ms.
ESCAPED = {ord(sign): f"%{ord(sign):02X}" for sign in '%"#?'}
WIDEST = 4.0  # the scale runs from 25 to 400; what reaches beyond is cut with an arrow


def _pixel(index: float) -> float:
    """Pixel of an index on the log scale, 100 in the middle, cut at both ends."""
    part = (log(index / 100) / log(WIDEST) + 1) / 2
    return TEXT_WIDTH + MARGIN + min(1.0, max(0.0, part)) * (WIDTH - TEXT_WIDTH - 2 * MARGIN)


def _arrow(x: float, direction: int, colour: str) -> str:
    tip, middle = x + MARGIN * direction, HEIGHT / 2
    return f'<path d="M{x:.1f} {middle - 5}L{tip:.1f} {middle}L{x:.1f} {middle + 5}Z" fill="{colour}"/>'


def _marks(index: float, low: float, high: float, measured: bool, own: Colours) -> str:
    middle, (start, dot, end) = HEIGHT / 2, (_pixel(low), _pixel(index), _pixel(high))
    line = f'x1="{start:.1f}" x2="{end:.1f}" y1="{middle}" y2="{middle}"'
    if not measured:
        return (
            f'<line {line} stroke="{own.faint_ink}" stroke-width="2" stroke-dasharray="3 3"/>'
            f'<circle cx="{dot:.1f}" cy="{middle}" r="3.5" fill="{own.paper}" '
            f'stroke="{own.faint_ink}" stroke-width="2"/>'
        )
    arrows = [_arrow(start, -1, own.strength_bar)] if low < 100 / WIDEST else []
    arrows += [_arrow(end, 1, own.strength_bar)] if high > 100 * WIDEST else []
    return (
        f'<line {line} stroke="{own.strength_bar}" stroke-width="4.5" stroke-linecap="round"/>{"".join(arrows)}'
        f'<circle cx="{dot:.1f}" cy="{middle}" r="3.5" fill="{own.strength}"/>'
    )


def interval_picture(index: float, low: float, high: float, *, measured: bool, dark: bool = False) -> str:
    """Return an SVG data address: the index, then dot and 80 % bar on a log scale around 100.

    A stage that was never measured is dashed and hollow, with a question mark in place of its number.
    """
    own, typical = colours(dark), _pixel(100)
    number = f"{index:.0f}" if measured else "?"
    ink = own.ink if measured else own.faint_ink
    rule = f'x1="{typical:.1f}" x2="{typical:.1f}" y1="3" y2="{HEIGHT - 3}"'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<line {rule} stroke="{own.elsewhere}" stroke-width="1"/>'
        f"{_marks(index, low, high, measured, own)}"
        f'<text x="{TEXT_WIDTH - 3}" y="{HEIGHT / 2 + 4}" text-anchor="end" font-family="sans-serif" font-size="12" '
        f'fill="{ink}">{number}</text></svg>'
    )
    return f"data:image/svg+xml;utf8,{svg.translate(ESCAPED)}"
