"""A saved charter for pages that show one: a text and its hash, as the store of decisions would give it back."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class SavedText:
    """A saved charter, as far as its page reads it."""

    name: str
    text: str
    sha256: str
    amendment: int = 0
    creator_id: str = "demo-001"
    agreement: str = ""
    forecast: str | None = None
    generation: int | None = 1
    despite: str | None = None
    saved_at: datetime = datetime(2026, 3, 2, tzinfo=UTC)
    sign_offs: tuple = ()
