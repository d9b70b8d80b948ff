"""Draw the pictures of a story as HTML that needs no script: boxes and dots at places in percent, text beside them.

Sizes are in em and percent, so that a picture fits a phone, a page and a projected slide. The values stand in a table
or in sentences as well, so readers of screens get one sentence.
"""

from collections.abc import Callable
from math import log10

from fit.documents.html_parts import escaped
from fit.locale import _, phrase
from fit.story import Picture, PictureKind, compared_cell, tick_words
from fit.text import words

Say = Callable[[object], str]
PARTS = {"in_market": phrase("in the market"), "elsewhere": phrase("elsewhere"), "unknown": phrase("unknown")}
LABELLED = 0.11  # part of a bar that has room for its number on a phone
LONGEST_NAME = 40
WIDEST_BAR = 86  # percent of its place: the number stands behind it


def picture_html(picture: Picture, say: Say) -> str:
    """A picture as one element. Raises KeyError for a kind that nobody draws."""
    draw = {
        PictureKind.SPLIT: _split,
        PictureKind.INTERVALS: _intervals,
        PictureKind.CHANCES: _chances,
        PictureKind.DOTS: _dots,
    }[picture.kind]
    return (
        f'<div class="chart {picture.kind}" role="img" aria-label="{escaped(picture.alt)}">{draw(picture, say)}</div>'
    )


def _who(name: str, say: Say) -> str:
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return f'<span class="who">{say(short)}</span>'


def _split(picture: Picture, say: Say) -> str:
    key = "".join(f'<span><i class="{part}"></i>{say(_(name))}</span>' for part, name in PARTS.items())
    rows = ""
    for row in picture.rows.rows(named=True):
        nothing = _("not measured")
        bar = f'<span class="none">{say(nothing)}</span>'
        if row["in_market"] is not None:
            bar = "".join(
                f'<i class="{part}" style="width:{100 * row[part]:.2f}%">'
                f"{'<b>' + say(words.percent(row[part])) + '</b>' if row[part] >= LABELLED else ''}</i>"
                for part in PARTS
                if row[part] > 0
            )
        rows += f'<div class="line">{_who(row["creator"], say)}<span class="bar">{bar}</span></div>'
    return f'<div class="key">{key}</div>{rows}'


def _chances(picture: Picture, say: Say) -> str:
    return "".join(
        f'<div class="line">{_who(name, say)}<span class="bar open">'
        f'<i class="strength" style="width:{WIDEST_BAR * p:.2f}%"></i>'
        f"<b>{say(words.bounded(p))}</b></span></div>"
        for name, p in picture.rows.iter_rows()
    )


def _intervals(picture: Picture, say: Say) -> str:
    """Stage by stage a bar of 80 % and its dot a creator, on one log scale."""
    told = picture.rows.rows(named=True)
    stages = list(dict.fromkeys(row["stage"] for row in told))
    rows = [row for stage in stages for row in told if row["stage"] == stage]
    is_compared = len(rows) > len(stages)
    low = 0.9 * min([50.0, *[max(row["low"], 1.0) for row in rows]])
    high = 1.1 * max([200.0, *[row["high"] for row in rows]])

    def place(index: float) -> float:
        return 100 * log10(max(index, low) / low) / log10(high / low)

    ticks = [tick for power in range(-4, 7) if low <= (tick := 100 * 2.0**power) <= high]
    grid = "".join(f'<u class="{"usual" if t == 100 else ""}" style="left:{place(t):.2f}%"></u>' for t in ticks)
    drawn, stage = "", ""
    for row in rows:
        name = row["creator"]
        if row["stage"] != stage and is_compared:
            stage = row["stage"]
            drawn += f'<div class="stage">{say(words.capitalized(words.stage(stage)))}</div>'
        elif not is_compared:
            name = words.capitalized(words.stage(row["stage"]))
        left, middle, right = (place(row[end]) for end in ("low", "index", "high"))
        kind = "measured" if row["measured"] else "guessed"
        drawn += (
            f'<div class="line {kind}">{_who(name, say)}<span class="track">{grid}'
            f'<i class="span" style="left:{left:.2f}%;width:{right - left:.2f}%"></i>'
            f'<i class="dot" style="left:{middle:.2f}%"></i></span>'
            f'<span class="said">{say(compared_cell(row))}</span></div>'
        )
    scale = "".join(f'<span style="left:{place(t):.2f}%">{say(tick_words(t))}</span>' for t in ticks)
    return f'{drawn}<div class="line"><span class="who"></span><span class="scale">{scale}</span></div>'


def _dots(picture: Picture, say: Say) -> str:
    plot, drawn = picture.dots, ""
    line = ""
    if picture.target is not None:
        line = f'<u class="target" style="left:{100 * plot.line(picture.target):.2f}%"></u>'
        value = words.exact(picture.metric, picture.target, picture.currency)
        key = _("Line: target of {value}; filled: reached").format(value=value)
        drawn = f'<div class="key">{say(key)}</div>'
    for name, of_row, height in zip(picture.futures, plot.rows, plot.heights, strict=True):
        dots = "".join(
            f'<i class="{"dot" if dot.reached else "dot missed"}" '
            f'style="left:{100 * dot.across:.2f}%;bottom:calc(var(--dot) * {dot.level})"></i>'
            for dot in of_row
        )
        said = ""
        if picture.target is not None:
            reached = sum(dot.reached for dot in of_row)
            text = _("{reached} of {count} reach it").format(reached=reached, count=len(of_row))
            said = f'<span class="said">{say(text)}</span>'
        drawn += (
            f'<div class="line">{_who(name, say)}<span class="track" style="height:calc(var(--dot) * {height})">'
            f"{line}{dots}</span>{said}</div>"
        )
    scale = "".join(
        f'<span style="left:{100 * plot.across(tick):.2f}%">'
        f"{say(words.measure(picture.metric, tick, picture.currency))}</span>"
        for tick in plot.ticks
    )
    said = '<span class="said"></span>' if picture.target is not None else ""
    return f'{drawn}<div class="line"><span class="who"></span><span class="scale">{scale}</span>{said}</div>'
