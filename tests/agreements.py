"""Which agreements do the tests write about? Invented, small, and complete unless a test takes something out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from fit.agreement.agreement import Agreement, Need
from fit.agreement.file import read_agreement

FILE = Path(__file__).parent / "fixtures" / "agreement.toml"
KNOWN = frozenset({"DE", "AT", "FR", "US", "GB", "BR"})
DAY = date(2026, 3, 2)


def agreement(**changed: object) -> Agreement:
    """The agreement of the fixture, with some of its parts changed."""
    found, warnings = read_agreement(FILE.read_bytes(), KNOWN)
    assert warnings == []
    return replace(found, **changed)


def rated(*pairs: tuple[int | None, int | None]) -> tuple[Need, ...]:
    """An alignment matrix of these ratings, (brand, creator) each."""
    return tuple(Need(f"brand need {at}", f"creator need {at}", *pair) for at, pair in enumerate(pairs, 1))
