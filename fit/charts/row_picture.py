"""Draw an interval as a small picture for a table row, from numbers only."""

from math import log

from fit.charts.palette import Colours, colours

WIDTH, HEIGHT, MIDDLE = 72, 28, 14  # pixels; a table row is 35 high, and three of these must fit a laptop's width
TEXT_WIDTH = 25  # the index itself stands before its interval
MARGIN = 5  # pixels at both ends of the scale, for a dot
# A page of the list has 150 of these pictures, so they are short. Quotes are single and the # of a colour is written as
# an address has it; no text of a creator is in them.
ADDRESS = "data:image/svg+xml;utf8,"
WIDEST = 4.0  # the scale runs from 25 to 400; what reaches beyond is cut with an arrow


def _pixel(index: float) -> float:
    """Pixel of an index on the log scale, 100 in the middle, cut at both ends."""
    part = (log(index / 100) / log(WIDEST) + 1) / 2
    return TEXT_WIDTH + MARGIN + min(1.0, max(0.0, part)) * (WIDTH - TEXT_WIDTH - 2 * MARGIN)


def _paint(colour: str) -> str:
    """A colour such as #0E1116, as an address has it."""
    return colour.replace("#", "%23")


def _arrow(x: float, direction: int) -> str:
    return f"M{x:.1f} {MIDDLE - 5}l{MARGIN * direction} 5 {-MARGIN * direction} 5z"


def _marks(index: float, low: float, high: float, measured: bool, own: Colours) -> str:
    start, dot, end = _pixel(low), _pixel(index), _pixel(high)
    line, circle = f"M{start:.1f} {MIDDLE}H{end:.1f}", f"<circle cx='{dot:.1f}' cy='{MIDDLE}' r='3.5'"
    if not measured:
        faint = f"stroke='{_paint(own.faint_ink)}' stroke-width='2'"
        return f"<path d='{line}' {faint} stroke-dasharray='3 3'/>{circle} fill='{_paint(own.paper)}' {faint}/>"
    bar = _paint(own.strength_bar)
    arrows = [_arrow(start, -1)] if low < 100 / WIDEST else []
    arrows += [_arrow(end, 1)] if high > 100 * WIDEST else []
    tips = f"<path d='{''.join(arrows)}' fill='{bar}'/>" if arrows else ""
    return (
        f"<path d='{line}' stroke='{bar}' stroke-width='4.5' stroke-linecap='round'/>{tips}"
        f"{circle} fill='{_paint(own.strength)}'/>"
    )


def interval_picture(index: float, low: float, high: float, *, measured: bool, dark: bool = False) -> str:
    """Return an SVG data address: the index, then dot and 80 % bar on a log scale around 100.

    A stage that was never measured is dashed and hollow, with a question mark in place of its number.
    """
    own = colours(dark)
    number, ink = (f"{index:.0f}", own.ink) if measured else ("?", own.faint_ink)
    return (
        f"{ADDRESS}<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}'>"
        f"<path d='M{_pixel(100):.1f} 3V{HEIGHT - 3}' stroke='{_paint(own.elsewhere)}'/>"
        f"{_marks(index, low, high, measured, own)}"
        f"<text x='{TEXT_WIDTH - 3}' y='{MIDDLE + 4}' text-anchor='end' font-family='sans-serif' font-size='12' "
        f"fill='{_paint(ink)}'>{number}</text></svg>"
    )
