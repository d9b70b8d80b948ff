"""Find what differs between two versions of one agreement: which part, and which entry of it became which.

Merging two changes, the history of a draft and what an amendment changes all rest on this.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from fit.agreement.agreement import Agreement
from fit.agreement.file import LISTS


@dataclass(frozen=True)
class Difference:
    """One thing that differs. what: the part of an agreement, or what it is called in words; before, now: the value, or
    one entry of a list, None where it was not there or is gone; or either in words."""

    what: str
    before: Any
    now: Any


def differences(before: Agreement, now: Agreement) -> Iterator[Difference]:
    """Every part, and of a list every entry, in which two versions differ, in the order of an agreement."""
    for part in (field.name for field in fields(Agreement)):
        old, new = getattr(before, part), getattr(now, part)
        if old != new and part in LISTS:
            rows, added = followed(old, new)
            pairs = [*zip(old, rows, strict=True), *((None, row) for row in added)]
            yield from (Difference(part, was, is_now) for was, is_now in pairs if was != is_now)
        elif old != new:
            yield Difference(part, old, new)


def followed(before: Sequence[Any], after: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """What became of each entry of a list, None where it was taken out, and the entries that are new."""
    became: list[Any] = [None] * len(before)
    new: list[Any] = []
    for what, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        rows = list(after[first:last])
        if what == "equal" or (what == "replace" and len(rows) == end - start):
            became[start:end] = rows
            continue
        for number in range(start, end):
            near = max(rows, key=lambda row: alike(before[number], row), default=None)
            if near is not None and alike(before[number], near) > 0:
                became[number] = near
                rows.remove(near)
        new += rows
    return became, new


def alike(before: Any, after: Any) -> int:
    """How many fields two entries share that are said."""
    if not is_dataclass(before):
        return 0
    pairs = [(getattr(before, field.name), getattr(after, field.name)) for field in fields(before)]
    return sum(old == new and isinstance(old, str) and not isinstance(old, StrEnum) and old != "" for old, new in pairs)
