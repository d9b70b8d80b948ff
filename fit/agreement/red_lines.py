"""Does anything that was promised cross what a side will not compromise on?

Words are compared, no meaning is guessed: a finding says "read both", never "broken". A red line with a bound ("at most
2 posts") is held against the count of that deliverable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fit.agreement.agreement import Agreement, RedLine
from fit.locale import _

# Words that carry no subject of their own; what is left of a red line names what it is about.
EMPTY = frozenset(
    re.findall(
        r"\S+",
        """a an the of to in on at for by with and or no not never without nor none nothing any all our my your their
        his her its is are be been will would must may can should do does don doesn won want wants i we they you it
        this that these those more than most over under least from as please only ever t s""",
    )
)
DENIALS = frozenset({"no", "not", "never", "without", "none", "nothing", "don", "doesn", "won", "avoid"})
BOUND = re.compile(r"(?:no more than|not more than|at most|max(?:imum)?(?: of)?|up to)\s+(\d+|one|two|three)\s+(.+)")
NUMBERS = {"one": 1, "two": 2, "three": 3}
MOST_WORDS = 2 / 3  # of a red line's subject that a clause has to name before somebody should read both


@dataclass(frozen=True)
class Crossing:
    """A red line and the clause that touches it, with the reason in one sentence."""

    red_line: RedLine
    clause: str
    reason: str


def crossings(agreement: Agreement) -> tuple[Crossing, ...]:
    """Every red line that a deliverable or a clause of the agreement touches, in the order of the red lines."""
    return tuple(found for line in agreement.red_lines for found in _of_line(line, agreement))


def _of_line(line: RedLine, agreement: Agreement) -> Iterator[Crossing]:
    bound = BOUND.search(line.text.casefold())
    if bound:
        most = NUMBERS.get(bound[1]) or int(bound[1])
        subject = _subject(bound[2])
        for each in agreement.deliverables:
            if each.count > most and _subject(each.kind) & subject:
                clause = f"{each.count} x {each.kind}"
                said = _("{count} are to be delivered, {most} at most were accepted.")
                yield Crossing(line, clause, said.format(count=each.count, most=most))
        return
    subject = _subject(line.text)
    for clause in _clauses(agreement):
        named = subject & _subject(clause)
        if subject and len(named) >= MOST_WORDS * len(subject) and not _denies(clause):
            yield Crossing(line, clause, _("Both speak of the same thing: read them side by side."))


def _clauses(agreement: Agreement) -> list[str]:
    """Everything that somebody promises to do, as text."""
    delivered = [f"{each.count} x {each.kind}" for each in agreement.deliverables]
    promised = [task.text for task in (*agreement.commitments, *agreement.decisions)]
    spoken = [text for text in (agreement.story, agreement.partnership_goal) if text]
    return [*delivered, *promised, *spoken]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _subject(text: str) -> set[str]:
    """What a text is about: its words without the empty ones, endings of number and tense taken off."""
    return {_stem(word) for word in _words(text) if word not in EMPTY}


def _stem(word: str) -> str:
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + instead
            break
    return word.rstrip("e")


def _denies(clause: str) -> bool:
    return bool(DENIALS & set(_words(clause)))
