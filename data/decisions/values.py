"""Values of the store of decisions (drafts, charters, signatures, stages, reviews, counts, members), and their limits.

They hold what people decided and cannot load again; decisions.py saves and reads them. Texts of other modules (TOML,
Markdown, JSON) come in as they are; nothing here reads them. Instants are aware and in UTC.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

MAX_SAVED_NAME = 200  # characters; a name stands in a table, an address and an index of the database
MAX_SAVED_REMARK = 4_000  # characters of a reason or of a next-time line: a page of typed text
MAX_SAVED_TEXT = 1_000_000  # characters of a draft; the longest agreement we could type has 60,000
SIDES = ("brand", "creator")
TITLE = "title"  # kind of the draft that says what a renamed partnership is called
OF_PARTNERSHIPS = ("agreement", "review", "call", TITLE)  # kinds of drafts that are called by a partnership
ROLES = ("viewer", "marketer", "admin")
STAGES = ("shortlisted", "called", "aligned", "charter drafted", "signed", "live", "reviewed", "stopped")


class DecisionsError(Exception):
    """Something is wrong with the decisions or with what should be saved; the message says what, and what to do."""


class Outdated(DecisionsError):
    """A signature on a text that has changed, or under a name that has no charter."""


@dataclass(frozen=True)
class SavedDraft:
    """One saved version of a draft. kind: agreement, shortlist, view or review. is_removed: this version removes it."""

    kind: str
    name: str
    version: int
    text: str
    saved_by: str | None
    saved_at: datetime
    is_removed: bool = False


class Conflict(DecisionsError):
    """A save that rests on a version which is no longer the newest. yours: the refused text; theirs: what is saved."""

    def __init__(self, yours: str, theirs: SavedDraft, version: int) -> None:
        self.yours, self.theirs = yours, theirs
        done = "removed" if theirs.is_removed else "saved"
        by = f" by {theirs.saved_by}" if theirs.saved_by else ""
        yours_rests_on = f"is based on version {version}" if version else "would be a new one"
        super().__init__(
            f"The {theirs.kind} {theirs.name!r} was {done}{by} at {theirs.saved_at:%Y-%m-%d %H:%M} UTC as version "
            f"{theirs.version}; yours {yours_rests_on} and was not saved. Compare both texts, then save what shall "
            f"count, on top of version {theirs.version}."
        )


@dataclass(frozen=True)
class SignOff:
    """One side's signature under one charter text. side: brand or creator. sha256: of the text the signer saw."""

    name: str
    amendment: int
    side: str
    signer: str
    sha256: str
    generation: int | None
    signed_at: datetime


@dataclass(frozen=True)
class SavedCharter:
    """One text that both sides sign.

    amendment: 0 for the first text. text: the canonical Markdown; sha256: of it in UTF-8. agreement: TOML. forecast:
    JSON, frozen when the charter was saved. generation: of the facts it rests on. despite: why it is saved against a
    warning.
    """

    name: str
    amendment: int
    creator_id: str
    text: str
    sha256: str
    agreement: str
    forecast: str | None
    generation: int | None
    despite: str | None
    saved_at: datetime
    sign_offs: tuple[SignOff, ...] = ()


@dataclass(frozen=True)
class StageNote:
    """A partnership reached a stage, one of STAGES."""

    name: str
    creator_id: str
    stage: str
    reason: str | None
    at: datetime


@dataclass(frozen=True)
class ClosedReview:
    """A closed review. name: its charter, if any. content: JSON, the numbers frozen. outcome: the verdict in words."""

    review_id: int
    name: str | None
    creator_id: str
    text: str
    sha256: str
    content: str
    generation: int | None
    outcome: str
    next_time: str | None
    closed_at: datetime


Counted = tuple[str, str | None, date, float | None]  # metric, deliverable (None: of all), day, total (None: none)


@dataclass(frozen=True)
class SavedCount:
    """What a running campaign has brought up to a day: of all deliverables, or of one kind.

    name: of its charter. value: a total; None takes an earlier count of the same metric, deliverable and day back.
    """

    count_id: int
    name: str
    metric: str
    deliverable: str | None
    day: date
    value: float | None
    counted_at: datetime


@dataclass(frozen=True)
class SavedMember:
    """Which role an address has from now on; None takes it off the list. email: an address, or "@brand.example".

    noted_by: the address of who said so; None for the command line.
    """

    member_id: int
    email: str
    role: str | None
    noted_by: str | None
    at: datetime


_HALVES = re.compile("[\ud800-\udfff]")


def refuse_unfit(what: str, text: str | None, longest: int, *, may_be_blank: bool = False) -> None:
    """Raise DecisionsError for a text that a database could not give back as it is; None passes."""
    if text is None:
        return
    if not may_be_blank and not text.strip():
        raise DecisionsError(f"The {what} is blank. Give it at least one letter.")
    if len(text) > longest:
        raise DecisionsError(f"The {what} has {len(text):,} characters; at most {longest:,} are kept. Shorten it.")
    if "\0" in text:
        raise DecisionsError(f"The {what} holds a NUL character (at {text.index(chr(0))}), which cannot be kept.")
    if _HALVES.search(text):
        raise DecisionsError(f"The {what} holds half a character (a lone surrogate), which cannot be kept. Remove it.")


def refuse_unknown(what: str, given: str, known: tuple[str, ...]) -> None:
    """Raise DecisionsError for a word that is not one of the known ones."""
    if given not in known:
        raise DecisionsError(f"{given!r} is no {what}. Choose one of: {', '.join(known)}.")


def as_text(now: datetime) -> str:
    """An instant as UTC ISO text, which sorts by time; one without a zone is local time."""
    return now.astimezone(UTC).isoformat(timespec="microseconds")


def as_instant(text: str) -> datetime:
    """What `as_text` wrote, as an aware datetime in UTC."""
    return datetime.fromisoformat(text)
