"""How do equally likely futures stand on a slide, as dots that can be counted?"""

import math

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

from fit.charts import LIGHT
from fit.documents.deck_drawing import (
    NAME,
    Box,
    Points,
    add_series,
    bare,
    dots_only,
    frame_of,
    inner,
    lined,
    on_top,
    say,
    scaled,  # fmt: skip
)
from fit.documents.deck_text import cut
from fit.locale import _
from fit.story import Picture
from fit.text import words

ROOM = 1.15  # what a dot takes of each axis, in its own size


def dots(slide, picture: Picture, box: Box):
    """Twenty dots a creator, stacked so that they can be counted; hollow where the target is missed.

    The scale is straight, unlike the page's: whoever edits the numbers behind the chart finds the values themselves.
    """
    told = picture.rows.rows(named=True)
    names = list(dict.fromkeys(row["creator"] for row in told))
    values = {name: [row["value"] for row in told if row["creator"] == name] for name in names}
    far = max([picture.target or 0.0, *[row["value"] for row in told]])
    end = 1.08 * far if far > 0 else 1.0
    size, levels = _dot_size(list(values.values()), end, 0.56 * box[2], 0.86 * box[3])
    start, top = -0.02 * end, sum(map(_row, levels))
    floors = [top - sum(map(_row, levels[: at + 1])) for at in range(len(names))]
    places = [
        [(value, floor + level + 0.7) for value, level in zip(values[name], high, strict=True)]
        for name, floor, high in zip(names, floors, levels, strict=True)
    ]
    hollow = [] if picture.target is None else [[at for at in own if at[0] < picture.target] for own in places]
    ticks, beside = even_ticks(end), [(start, floor + 0.9) for floor in floors]
    data = Points()
    # The longest series first: LibreOffice draws nothing of a scatter that begins with a shorter one.
    add_series(data, _("Names"), beside + beside[-1:] * (len(places[0]) - len(beside)))
    for name, missed in zip(names, hollow, strict=False):
        add_series(data, _("Missed by {name}").format(name=cut(name, NAME)), missed or [(start, -1)])
    for name, own in zip(names, places, strict=True):
        add_series(data, cut(name, NAME), own)
    add_series(data, _("Numbers"), [(end, floor + 0.9) for floor in floors])
    add_series(data, _("Scale"), [(tick, 0) for tick in ticks])
    for at, floor in enumerate(floors, 1):
        add_series(data, f"Floor {at}", [(start, floor + 0.1), (end, floor + 0.1)])
    if picture.target is not None:
        add_series(data, _("Target"), [(picture.target, 0), (picture.target, top)])
    frame = frame_of(slide, XL_CHART_TYPE.XY_SCATTER, data, box)
    chart = frame.chart
    inner(chart, 0.25, 0.06, 0.56, 0.86)
    scaled(chart.value_axis, 0, top)
    scaled(chart.category_axis, start, end)
    series = iter(list(chart.plots[0].series))
    called = next(series)
    white = [next(series) for _missed in hollow]
    full = [next(series) for _name in names]
    for one in full:
        dots_only(one, size, LIGHT.strength)
    for one in white:
        dots_only(one, max(2, size - 3), LIGHT.paper)
    _names(called, names)
    _counts(next(series), picture, values)
    _scale(next(series), picture, ticks)
    for _floor in floors:
        lined(next(series), LIGHT.grid, 1)
    if picture.target is not None:
        _target(next(series), picture)
    on_top(chart, [*full, *white])
    return frame


def _names(series, names: list[str]) -> None:
    bare(series)
    for at, name in enumerate(names):
        say(series.points[at], cut(name, NAME), LIGHT.ink, XL_LABEL_POSITION.LEFT)


def _counts(series, picture: Picture, values: dict[str, list[float]]) -> None:
    """On the right how many dots of each creator reach the target."""
    bare(series)
    for at, own in enumerate(values.values()):
        if picture.target is not None:
            reached = sum(value >= picture.target for value in own)
            said = _("{reached} of {count} reach it").format(reached=reached, count=len(own))
            say(series.points[at], said, LIGHT.ink, XL_LABEL_POSITION.RIGHT)


def _scale(series, picture: Picture, ticks: list[float]) -> None:
    bare(series)
    for at, tick in enumerate(ticks):
        said = words.measure(picture.metric, tick, picture.currency)
        say(series.points[at], said, LIGHT.faint_ink, XL_LABEL_POSITION.BELOW, size=9)


def _target(series, picture: Picture) -> None:
    lined(series, LIGHT.target, 2)
    said = _("target {value}").format(value=words.measure(picture.metric, picture.target, picture.currency))
    say(series.points[1], said, LIGHT.target, XL_LABEL_POSITION.ABOVE, bold=True)


def _levels(values: list[float], width: float) -> list[int]:
    """How high each of the ascending values stands, so that no two dots of a width overlap."""
    free: list[float] = []
    found = []
    for value in values:
        level = next((at for at, end in enumerate(free) if value >= end), len(free))
        free[level : level + 1] = [value + width]
        found.append(level)
    return found


def _dot_size(creators: list[list[float]], end: float, wide: float, tall: float) -> tuple[int, list[list[int]]]:
    """The largest dot (points) with which all rows, each as high as its tallest stack, fit into so many inches."""
    for size in range(11, 1, -1):
        levels = [_levels(values, end * size * ROOM / 72 / wide) for values in creators]
        if sum(map(_row, levels)) * size * ROOM / 72 <= tall:
            break
    return size, levels


def _row(levels: list[int]) -> float:
    """The height of a creator's row, in dots."""
    return max(2.0, max(levels) + 1) + 0.8


def even_ticks(end: float) -> list[float]:
    """Three to six round numbers from zero on."""
    raw = end / 5
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw)
    return [at * step for at in range(int(end / step) + 1)]
