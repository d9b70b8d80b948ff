"""Which agreements do the tests write about? Invented, small, and complete unless a test takes something out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from fit.agreement.agreement import Agreement, Need, Side, Task
from fit.agreement.answer_sheet import SUCCESS, with_answer
from fit.agreement.file import read_agreement
from fit.charter.returned_signature import ReturnedSignature
from fit.text import plain

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


def complete(**changed: object) -> Agreement:
    """The agreement of the fixture with everything that a charter needs before both would sign."""
    given = agreement()
    whole = replace(
        given,
        brand_name="Sparrow Kitchens",
        brand_contact="Lena Voss, lena@sparrow.example",
        commitments=(*given.commitments, Task("creator", "answers questions in the comments", date(2026, 1, 20))),
    )
    for side, said in ((Side.BRAND, "people ask for the drawer"), (Side.CREATOR, "my followers thank me for the tip")):
        whole = with_answer(whole, side, SUCCESS, said)
    return replace(whole, **changed)


def signature_text(signature: ReturnedSignature, name: str) -> str:
    """A signature under the charter of a name as the page to sign writes it."""
    said = [("side", signature.side), ("name", signature.signer)]
    said += [("signed", signature.signed_at.isoformat() if signature.signed_at else None)]
    lines = [f"{key}: {value}" for key, value in (*said, ("sha256", signature.sha256)) if value]
    return "\n".join([f"# Signature under the charter: {plain(name)}", "", *lines]) + "\n"
