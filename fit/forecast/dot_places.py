"""Place the dots of forecasts in columns of one scale, so that every picture of a forecast looks the same."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

ACROSS = 44  # dots beside each other that the axis has room for
FILLED = 0.7  # part of a column that dots beside each other may take: a gap keeps columns apart
MOST_TICKS = 5
MOST_APART = 4  # times that the farthest value of one row may lie beyond that of another on a straight scale
LEAST_BETWEEN = 0.14  # part of a scale of roots between two ticks


@dataclass(frozen=True)
class Dot:
    """One future. across: where it stands, 0 to 1 of the axis; value: of its column; level: how high, from 0."""

    across: float
    value: float
    level: int
    reached: bool


@dataclass(frozen=True)
class DotPlot:
    """Rows of dots under each other. is_root: whether the scale is one of roots, which spreads small values; step: from
    column to column and end: at the right end of the axis, both on that scale.
    """

    rows: tuple[tuple[Dot, ...], ...]
    step: float
    end: float
    ticks: tuple[float, ...]
    is_root: bool

    def across(self, value: float) -> float:
        """Where a value stands, 0 to 1 of the axis; zero has half a column on its left."""
        return _across(_scaled(value, self.is_root), self.step, self.end)

    def line(self, target: float) -> float:
        """Where the line of a target stands, between the columns that reach it and those that miss it."""
        first = math.ceil(_scaled(target, self.is_root) / self.step)
        return _across((first - 0.5) * self.step, self.step, self.end)

    @property
    def heights(self) -> tuple[int, ...]:
        """Dots of each row's tallest column."""
        return tuple(1 + max((dot.level for dot in row), default=0) for row in self.rows)


def needs_roots(rows: Sequence[Sequence[float]]) -> bool:
    """Whether rows differ so much that the smaller ones would stand in one tall column of a straight scale."""
    farthest = [max(row, default=0.0) for row in rows]
    return len(farthest) > 1 and max(farthest) > MOST_APART * max(min(farthest), 1e-9)


def place_dots(rows: Sequence[Sequence[float]], target: float | None = None, *, is_whole: bool = True) -> DotPlot:
    """Place rows of values of 0 or more in columns that all rows share; is_whole: a straight column spans at least 1.

    The first column is of 0 alone, so that a chance of nothing can be counted. Values that reach the target and values
    that miss it stand in columns on their own side of it.
    """
    is_root = needs_roots(rows)
    highest = max((value for row in rows for value in (*row, target or 0.0)), default=0.0)
    far = _scaled(highest, is_root)
    step = (far / ACROSS if is_root else _round_up(far / ACROSS)) if far > 0 else 1.0
    step = max(1.0, step) if is_whole and not is_root else step
    last = max(1, math.ceil(far / step - 1e-9))
    end = step * (last + 0.5)
    beside = max(1, math.floor(FILLED * ACROSS / (last + 1)))  # dots at one height of one column
    least = None if target is None else math.ceil(_scaled(target, is_root) / step)  # column that reaches the target
    placed = []
    for row in rows:
        reached = [target is None or value >= target for value in row]
        columns = [
            _column(_scaled(value, is_root) / step, least, reached=hit) if value else 0
            for value, hit in zip(row, reached, strict=True)
        ]
        taken: dict[int, int] = {}
        dots = []
        for column, hit in zip(columns, reached, strict=True):
            nth = taken[column] = taken.get(column, -1) + 1
            level = nth // beside
            of_level = min(beside, columns.count(column) - level * beside)
            aside = (nth % beside - (of_level - 1) / 2) / ACROSS
            value = (column * step) ** 2 if is_root else column * step
            dots.append(Dot(_across(column * step, step, end) + aside, value, level, hit))
        placed.append(tuple(dots))
    return DotPlot(tuple(placed), step, end, _root_ticks(highest) if is_root else _ticks(step * last, step), is_root)


def _scaled(value: float, is_root: bool) -> float:
    return math.sqrt(value) if is_root else value


def _across(scaled: float, step: float, end: float) -> float:
    return (scaled + step / 2) / (end + step / 2)


def _column(place: float, least: int | None, *, reached: bool) -> int:
    """The column of a value above 0."""
    column = max(1, math.floor(place + 0.5))
    if least is not None:
        column = max(column, least) if reached else min(column, least - 1)
    return max(0, column)


def _round_up(value: float) -> float:
    """The next 1, 2 or 5 with zeros."""
    power = 10.0 ** math.floor(math.log10(value))
    return power * next(part for part in (1, 2, 5, 10) if part * power >= value)


def _ticks(far: float, step: float) -> tuple[float, ...]:
    """Zero and up to five round values, none between two columns."""
    apart = max(step, _round_up(far / MOST_TICKS))
    return tuple(apart * number for number in range(math.floor(far / apart) + 1))


def _root_ticks(far: float) -> tuple[float, ...]:
    """Zero and round values that stand apart on a scale of roots, from the largest down."""
    ticks: list[float] = []
    power = 10.0 ** math.floor(math.log10(far)) if far > 0 else 1.0
    for value in (part * power / 10**down for down in range(8) for part in (5, 2, 1)):
        apart = math.sqrt(ticks[-1]) - math.sqrt(value) if ticks else math.inf
        if value <= far and min(apart, math.sqrt(value)) >= LEAST_BETWEEN * math.sqrt(far):
            ticks.append(value)
    return (0.0, *reversed(ticks))
