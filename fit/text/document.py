"""The blocks of a document that two sides read, print and sign: drawn alike as Markdown and PDF."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a paragraph is set: quiet is small, for what stands behind; a warning is boxed."""

    PLAIN = "plain"
    QUIET = "quiet"
    WARNING = "warning"


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Points:
    """A list; each item one or two sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of texts. Every row has as many cells as the head. wide: index of the column that gets more room."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 0


@dataclass(frozen=True)
class Mark:
    """A row of Intervals: low end, dot and high end from 0 to 1 across. value: the same in words; a row that was not
    measured is dashed and hollow."""

    label: str
    at: tuple[float, float, float]
    value: str
    measured: bool = True


@dataclass(frozen=True)
class Tick:
    """A labelled place on the scale of Intervals, from 0 to 1; typical: the one that the eye compares with."""

    at: float
    label: str
    typical: bool = False


@dataclass(frozen=True)
class Intervals:
    """Intervals with a dot each on one scale. alt: the finding in a sentence. Only drawn: a table says the same."""

    rows: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    alt: str


@dataclass(frozen=True)
class Place:
    """One amount of a MarkedLine, from 0 to 1 along it. label: its name and amount; hollow: what somebody else asks."""

    at: float
    label: str
    is_hollow: bool = False


@dataclass(frozen=True)
class MarkedLine:
    """Amounts on one line from zero, in their order. alt: the same in a sentence. Only drawn: a table says the same."""

    places: tuple[Place, ...]
    alt: str


@dataclass(frozen=True)
class Signature:
    """A place to sign. signer and when: empty while nobody has signed; note: what that signature saw."""

    side: str
    signer: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True)
class Signatures:
    """The places to sign, side by side."""

    places: tuple[Signature, ...]


@dataclass(frozen=True)
class Part:
    """A headed part of a document."""

    title: str
    blocks: tuple[Text | Points | Table | Intervals | MarkedLine | Signatures, ...]


@dataclass(frozen=True)
class Document:
    """A document. kind: what it is ("Partnership charter"); lead: the sentence under the title; imprint: date,
    generation and what else says where its numbers come from; is_demo: whether they are invented."""

    kind: str
    title: str
    lead: str
    parts: tuple[Part, ...]
    imprint: str
    is_demo: bool = False
