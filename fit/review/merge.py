"""Merge what two people typed into one review at the same time, field by field, so that nothing typed is lost.

A field that only one of them touched has that change. Notes that both wrote are both kept, theirs first. Any other
field that both changed keeps theirs until somebody chooses: that is a clash.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fit.review.closing import LONGEST_NOTE, ReviewDraft

TABLES, TEXTS = ("actuals", "kept"), ("notes", "outcome", "next_time")
JOINED = ("notes", "outcome")  # texts that hold both; the others are one line


@dataclass(frozen=True)
class Clash:
    """A field that both changed. part: of a ReviewDraft; key: of its table, empty for a text. None: taken out."""

    part: str
    key: str
    mine: Any
    theirs: Any

    def settled(self, draft: ReviewDraft) -> ReviewDraft:
        """The draft with my value in this field."""
        is_text = self.part in TEXTS
        value = self.mine if is_text else _with(getattr(draft, self.part), self.key, self.mine)
        return _replaced(draft, self.part, value)


@dataclass(frozen=True)
class MergedDraft:
    """together: both changes, theirs where they clash. joined: texts that hold what both wrote."""

    together: ReviewDraft
    clashes: tuple[Clash, ...]
    joined: tuple[str, ...]


def merge_drafts(begun: ReviewDraft, mine: ReviewDraft, theirs: ReviewDraft) -> MergedDraft:
    """Hold two changed drafts against the one that both began with."""
    together, clashes, joined = theirs, list[Clash](), list[str]()
    for part in TABLES:
        before, my_part, their_part = (getattr(draft, part) for draft in (begun, mine, theirs))
        for key in dict.fromkeys((*before, *my_part, *their_part)):
            clash = Clash(part, key, my_part.get(key), their_part.get(key))
            if clash.mine == before.get(key) or clash.mine == clash.theirs:
                continue
            if clash.theirs == before.get(key):
                together = clash.settled(together)
            else:
                clashes.append(clash)
    for part in TEXTS:
        before, my_text, their_text = (getattr(draft, part) for draft in (begun, mine, theirs))
        if my_text in (before, their_text):
            continue
        if their_text == before:
            together = _replaced(together, part, my_text)
        elif part in JOINED and len(both := _both(before, my_text, their_text)) <= LONGEST_NOTE:
            together = _replaced(together, part, both)
            joined.append(part)
        else:
            clashes.append(Clash(part, "", my_text, their_text))
    return MergedDraft(together, tuple(clashes), tuple(joined))


def _replaced(draft: ReviewDraft, part: str, value: Any) -> ReviewDraft:
    parts: dict[str, Any] = {part: value}
    return replace(draft, **parts)


def _both(before: str, mine: str, theirs: str) -> str:
    """Their text and mine; what both only added to is written once."""
    added = mine.removeprefix(before) if before and theirs.startswith(before) else mine
    return "\n\n".join(filter(None, (theirs.strip(), added.strip())))


def _with(known: Mapping[str, Any], key: str, value: object) -> dict[str, Any]:
    others = {other: known[other] for other in known if other != key}
    return others if value is None else others | {key: value}
