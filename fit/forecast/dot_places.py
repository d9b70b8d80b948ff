"""Place the dots of forecasts in columns of one straight scale, so that every picture of a forecast looks the same."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

ACROSS = 44  # dots beside each other that the axis has room for
FILLED = 0.7  # part of a column that dots beside each other may take: a gap keeps columns apart
MOST_TICKS = 5


@dataclass(frozen=True)
class Dot:
    """One future. across: where it stands, 0 to 1 of the axis; value: of its column; level: how high, from 0."""

    across: float
    value: float
    level: int
    reached: bool


@dataclass(frozen=True)
class DotPlot:
    """Rows of dots under each other. step: from column to column; end: the value at the right end of the axis."""

    rows: tuple[tuple[Dot, ...], ...]
    step: float
    end: float
    ticks: tuple[float, ...]

    def across(self, value: float) -> float:
        """Where a value stands, 0 to 1 of the axis; zero has half a column on its left."""
        return (value + self.step / 2) / (self.end + self.step / 2)

    def line(self, target: float) -> float:
        """Where the line of a target stands, between the columns that reach it and those that miss it."""
        return self.across((math.ceil(target / self.step) - 0.5) * self.step)

    @property
    def heights(self) -> tuple[int, ...]:
        """Dots of each row's tallest column."""
        return tuple(1 + max((dot.level for dot in row), default=0) for row in self.rows)


def place_dots(rows: Sequence[Sequence[float]], target: float | None = None, *, is_whole: bool = True) -> DotPlot:
    """Place rows of values of 0 or more in columns that all rows share; is_whole: a column spans at least 1.

    Values that reach the target and values that miss it stand in columns on their own side of it.
    """
    far = max((value for row in rows for value in (*row, target or 0.0)), default=0.0)
    step = _round_up(far / ACROSS) if far > 0 else 1.0
    step = max(1.0, step) if is_whole else step
    last = max(1, math.ceil(far / step))
    end = step * (last + 0.5)
    beside = max(1, math.floor(FILLED * ACROSS / (last + 1)))  # dots at one height of one column
    placed = []
    for row in rows:
        reached = [target is None or value >= target for value in row]
        columns = [_column(value, step, target, reached=hit) for value, hit in zip(row, reached, strict=True)]
        taken: dict[float, int] = {}
        dots = []
        for column, hit in zip(columns, reached, strict=True):
            nth = taken[column] = taken.get(column, -1) + 1
            level = nth // beside
            of_level = min(beside, columns.count(column) - level * beside)
            aside = (nth % beside - (of_level - 1) / 2) / ACROSS
            dots.append(Dot((column + step / 2) / (end + step / 2) + aside, column, level, hit))
        placed.append(tuple(dots))
    return DotPlot(tuple(placed), step, end, _ticks(step * last, step))


def _column(value: float, step: float, target: float | None, *, reached: bool) -> float:
    column = math.floor(value / step + 0.5)
    if target is not None and reached:
        column = max(column, math.ceil(target / step))
    elif target is not None:
        column = min(column, math.ceil(target / step) - 1)
    return max(0, column) * step


def _round_up(value: float) -> float:
    """The next 1, 2 or 5 with zeros."""
    power = 10.0 ** math.floor(math.log10(value))
    return power * next(part for part in (1, 2, 5, 10) if part * power >= value)


def _ticks(far: float, step: float) -> tuple[float, ...]:
    """Zero and up to five round values, none between two columns."""
    apart = max(step, _round_up(far / MOST_TICKS))
    return tuple(apart * number for number in range(math.floor(far / apart) + 1))
