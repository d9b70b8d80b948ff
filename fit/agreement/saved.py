"""What the store of decisions saves of an agreement, as types: fit/ is handed the open store and imports none of it.

data/decisions holds the values and the store that have this shape.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar


class SavedSignOff(Protocol):
    """One side's signature under one charter text. sha256: of the text that was signed."""

    @property
    def side(self) -> str: ...
    @property
    def signer(self) -> str: ...
    @property
    def signed_at(self) -> datetime: ...
    @property
    def sha256(self) -> str: ...
    @property
    def generation(self) -> int | None: ...


class SavedCharter(Protocol):
    """One saved text of a charter with its signatures. forecast: JSON of the frozen forecast, None without one."""

    @property
    def name(self) -> str: ...
    @property
    def amendment(self) -> int: ...
    @property
    def creator_id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def agreement(self) -> str: ...
    @property
    def forecast(self) -> str | None: ...
    @property
    def generation(self) -> int | None: ...
    @property
    def despite(self) -> str | None: ...
    @property
    def saved_at(self) -> datetime: ...
    @property
    def sign_offs(self) -> Sequence[SavedSignOff]: ...


class SavedStage(Protocol):
    """A stage that a partnership reached, and why it stopped."""

    @property
    def name(self) -> str: ...
    @property
    def creator_id(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def at(self) -> datetime: ...


class SavedReview(Protocol):
    """A closed review. content: JSON of the review; name: of its charter, None without one."""

    @property
    def name(self) -> str | None: ...
    @property
    def creator_id(self) -> str: ...
    @property
    def content(self) -> str: ...
    @property
    def next_time(self) -> str | None: ...
    @property
    def closed_at(self) -> datetime: ...


Charter = TypeVar("Charter", bound=SavedCharter, covariant=True)
SignOff = TypeVar("SignOff", bound=SavedSignOff, covariant=True)


class CharterStore(Protocol[Charter, SignOff]):
    """The open store of decisions, as far as charters need it."""

    def charter(self, name: str) -> Charter | None: ...
    def charters(self) -> Sequence[Charter]: ...
    def amendments(self, name: str) -> Sequence[Charter]: ...
    def save_charter(
        self, name: str, *, creator_id: str, text: str, sha256: str, agreement: str, forecast: str | None,
        generation: int | None, despite: str | None, now: datetime,
    ) -> Charter: ...  # fmt: skip
    def sign(
        self, name: str, *, side: str, signer: str, sha256: str, generation: int | None, now: datetime
    ) -> SignOff: ...
    def note_stage(self, name: str, creator_id: str, stage: str, reason: str | None, now: datetime) -> object: ...


Review = TypeVar("Review", bound=SavedReview, covariant=True)


class ReviewStore(Protocol[Review]):
    """The open store of decisions, as far as reviews need it."""

    def close_review(
        self, *, name: str | None, creator_id: str, text: str, sha256: str, content: str, generation: int | None,
        outcome: str, next_time: str | None, now: datetime,
    ) -> Review: ...  # fmt: skip
    def note_stage(self, name: str, creator_id: str, stage: str, reason: str | None, now: datetime) -> object: ...
