"""Save a charter, sign it, and say what a signature stands for.

A signature stands for one text, named by its SHA-256, and for the generation of data that its signer saw. The text is
saved with the forecast that it rests on, so that later loads change neither. Saving the same agreement again changes
nothing; another one under the same name is an amendment, to be signed anew.
"""

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from fit.agreement import (
    Agreement,
    CharterStore,
    CreatorContext,
    Difference,
    FrozenForecast,
    PartnershipStage,
    SavedCharter,
    SavedSignOff,
    Side,
    locked,
    read_saved_agreement,
    with_forecast_targets,
    write_agreement,
)
from fit.charter.amendment import changes
from fit.charter.charter import compose, hash_of, refusals
from fit.text import Document, Part, Signature, Signatures, read_markdown, words

Kept = TypeVar("Kept", bound=SavedCharter)
SignOff = TypeVar("SignOff", bound=SavedSignOff)


class SignatureStatus(StrEnum):
    """How far a saved charter is signed."""

    NOT_SIGNED = "not signed"
    BY_CREATOR = "signed by the creator"
    BY_BRAND = "signed by the brand"
    BY_BOTH = "signed by both"


class CharterRefused(ValueError):
    """A charter that may not be saved or signed; the message says why, a sentence each."""


def compose_and_save(
    decisions: CharterStore[Kept, SavedSignOff],
    name: str,
    agreement: Agreement,
    context: CreatorContext,
    despite: str | None,
    now: datetime,
) -> Kept:
    """Save the charter of an agreement under a name and freeze its forecast; return what was saved.

    Raises CharterRefused, and what decisions raise.
    """
    if reasons := refusals(agreement, despite):
        raise CharterRefused("\n".join(reasons))
    newest = decisions.charter(name)
    if newest and says_the_same(newest, agreement, despite):
        return newest
    charter = compose(agreement, context, despite, signed_before(decisions.amendments(name)))
    saved = decisions.save_charter(
        name,
        creator_id=agreement.creator,
        text=charter.text,
        sha256=charter.sha256,
        agreement=write_agreement(with_forecast_targets(agreement.for_both, context.frozen)),
        forecast=json.dumps(context.frozen.as_json()) if context.frozen else None,
        generation=context.generation,
        despite=charter.despite,
        now=now,
    )
    decisions.note_stage(name, agreement.creator, PartnershipStage.DRAFTED, None, now)
    return saved


def signed_before(texts: Sequence[SavedCharter]) -> Agreement | None:
    """What the last text said that anybody signed, of all texts of a charter in their order; None before that."""
    signed = [text for text in texts if text.sign_offs]
    return read_saved_agreement(signed[-1].agreement) if signed else None


def signed_by_both(texts: Sequence[SavedCharter]) -> Agreement | None:
    """What the last text said that both sides signed, of all texts of a charter in their order; None before that."""
    signed = [text for text in texts if locked(text)]
    return read_saved_agreement(signed[-1].agreement) if signed else None


def says_the_same(saved: SavedCharter, agreement: Agreement, despite: str | None) -> bool:
    """Whether an agreement says what was saved, open targets filled from the forecast of that day."""
    frozen = FrozenForecast.from_json(json.loads(saved.forecast)) if saved.forecast else None
    is_same_text = write_agreement(with_forecast_targets(agreement.for_both, frozen)) == saved.agreement
    return is_same_text and (despite or "").strip() == (saved.despite or "")


def changes_since(saved: SavedCharter, agreement: Agreement) -> tuple[Difference, ...]:
    """Every term in which an agreement differs from a saved text, open targets filled from the forecast of that day."""
    frozen = FrozenForecast.from_json(json.loads(saved.forecast)) if saved.forecast else None
    return changes(read_saved_agreement(saved.agreement), with_forecast_targets(agreement.for_both, frozen))


def sign_charter(
    decisions: CharterStore[SavedCharter, SignOff],
    name: str,
    side: str,
    signer: str,
    seen: str | None,
    generation: int | None,
    now: datetime,
) -> SignOff:
    """Sign the newest text of a name for one side; return the sign-off.

    seen: the hash of the text that was read, or its first letters; None for the newest text. Raises CharterRefused for
    a name that nobody saved or an empty signature, and what decisions raise (Outdated for a text that has changed).
    """
    newest = decisions.charter(name)
    if newest is None:
        known = words.listing([charter.name for charter in decisions.charters()]) or "none yet"
        raise CharterRefused(f"There is no charter called {name!r}. Saved are: {known}. Save it first, then sign.")
    if not signer.strip():
        raise CharterRefused("The signature is empty. Sign with the name of the person.")
    if hash_of(newest.text) != newest.sha256:
        raise CharterRefused(
            f"The saved text of {name!r} is not the one that its hash names. Sign nothing; have the store checked."
        )
    whole = newest.sha256 if seen is None or newest.sha256.startswith(seen.lower()) else seen
    signed = decisions.sign(name, side=side, signer=signer.strip(), sha256=whole, generation=generation, now=now)
    after = decisions.charter(name)
    if after and signature_status(after) is SignatureStatus.BY_BOTH:
        decisions.note_stage(name, newest.creator_id, PartnershipStage.SIGNED, None, now)
    return signed


def other_signer(charter: SavedCharter | None, side: str, signer: str) -> bool:
    """Whether the signer of a side is not the one who signed for the other side already."""
    earlier = [sign_off for sign_off in charter.sign_offs if sign_off.side != side] if charter else []
    return all(_folded(sign_off.signer) != _folded(signer) for sign_off in earlier)


def signer_words(charter: SavedCharter | None, side: str, signer: str, why_both: str) -> str:
    """How a signer stands in the charter, with the reason where one person signs for both sides.

    Raises CharterRefused for one who does without a reason.
    """
    if other_signer(charter, side, signer):
        return signer
    if not why_both.strip():
        raise CharterRefused(
            f"{signer} has signed for the other side already. Sign with the name of the person who answers for the "
            f"{side}, or write why one person signs for both."
        )
    return f"{signer} (signs for both: {why_both.strip()})"


def _folded(name: str) -> str:
    """A name without case, width and blanks; what follows in brackets is no part of it."""
    return "".join(unicodedata.normalize("NFKC", name.split(" (signs for both: ")[0]).casefold().split())


def signature_status(charter: SavedCharter) -> SignatureStatus:
    """How far a saved charter is signed."""
    sides = {sign_off.side for sign_off in charter.sign_offs}
    if len(sides) == 1:
        return SignatureStatus.BY_BRAND if Side.BRAND in sides else SignatureStatus.BY_CREATOR
    return SignatureStatus.BY_BOTH if sides else SignatureStatus.NOT_SIGNED


def _place(side: Side, signed: SavedSignOff | None) -> Signature:
    if signed is None:
        return Signature(f"For the {side}")
    saw = f"data version {signed.generation}, " if signed.generation is not None else ""
    when = f"{signed.signed_at:%Y-%m-%d %H:%M} UTC"
    return Signature(f"For the {side}", signed.signer, when, f"{saw}text {signed.sha256[:12]}")


def signed_document(text: str, charter: SavedCharter | None) -> Document:
    """A charter's text as a document with its places to sign and its hash. charter: as it was saved, or None."""
    document = read_markdown(text)
    name = f"{charter.name}, amendment {charter.amendment}. " if charter and charter.amendment else ""
    name = name or (f"{charter.name}. " if charter else "")
    signed = {sign_off.side: sign_off for sign_off in charter.sign_offs} if charter else {}
    places = tuple(_place(side, signed.get(side)) for side in (Side.BRAND, Side.CREATOR))
    signatures = Part("Signatures", (Signatures(places),))
    imprint = f"{name}Fingerprint of the text: {hash_of(text)}. {document.imprint}."
    return replace(document, parts=(*document.parts, signatures), imprint=imprint)


def list_charters(
    charters: Sequence[SavedCharter], is_sample: Callable[[str], bool] = lambda name: False
) -> list[dict[str, object]]:
    """Saved charters as plain values: name, creator, amendment, hash, generation, status and signatures.

    is_sample: whether one came with the sample data, said as "demo".
    """
    return [
        {
            **{name: getattr(charter, name) for name in ("name", "creator_id", "amendment", "sha256", "generation")},
            "kept_at": charter.saved_at.isoformat(),
            "demo": is_sample(charter.name),
            "despite": charter.despite,
            "status": signature_status(charter),
            "sign_offs": [
                {"side": s.side, "name": s.signer, "signed_at": s.signed_at.isoformat(), "sha256": s.sha256}
                | {"generation": s.generation}
                for s in charter.sign_offs
            ],
        }
        for charter in charters
    ]
