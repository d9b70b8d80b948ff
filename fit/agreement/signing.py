"""What is kept when both sides agree, and what does a signature stand for?

The text is kept with the forecast that it rests on, so that later loads change neither. Keeping the same agreement
again changes nothing; another one under the same name is an amendment, to be signed anew. decisions is an open store of
decisions (data/decisions/decisions.py); everything here goes through it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fit.agreement.agreement import SIDES, Agreement
from fit.agreement.charter import compose, hash_of, refusals
from fit.agreement.creator_context import CreatorContext
from fit.agreement.file import write_agreement
from fit.agreement.frozen_forecast import FrozenForecast
from fit.agreement.targets import with_forecast_targets
from fit.text import Document, Part, Signature, Signatures, read_markdown, words

NOT_SIGNED, SIGNED = "not signed", "signed by both"


class CharterRefused(ValueError):
    """A charter that may not be kept or signed; the message says why, a sentence each."""


def compose_and_save(
    decisions, name: str, agreement: Agreement, grounds: CreatorContext, despite: str | None, now: datetime
):
    """Keep the charter of an agreement under a name and freeze its forecast; return what decisions keep.

    Raises CharterRefused, and what decisions raise.
    """
    if said := refusals(agreement, despite):
        raise CharterRefused("\n".join(said))
    newest = decisions.charter(name)
    if newest and says_the_same(newest, agreement, despite):
        return newest
    charter = compose(agreement, grounds, despite)
    kept = decisions.keep_charter(
        name,
        creator_id=agreement.creator,
        text=charter.text,
        sha256=charter.sha256,
        agreement=write_agreement(with_forecast_targets(agreement, grounds.frozen)),
        forecast=json.dumps(grounds.frozen.as_json()) if grounds.frozen else None,
        generation=grounds.generation,
        despite=charter.despite,
        now=now,
    )
    decisions.note_stage(name, agreement.creator, "charter drafted", None, now)
    return kept


def says_the_same(kept, agreement: Agreement, despite: str | None) -> bool:
    """Whether an agreement says what was kept, open targets filled from the forecast of that day."""
    frozen = FrozenForecast.from_json(json.loads(kept.forecast)) if kept.forecast else None
    return write_agreement(with_forecast_targets(agreement, frozen)) == kept.agreement and (despite or "").strip() == (
        kept.despite or ""
    )


def sign_charter(decisions, name: str, side: str, signer: str, seen: str | None, generation: int | None, now: datetime):
    """Sign the newest text of a name for one side; return the sign-off.

    seen: the hash of the text that was read, or its first letters; None for the newest text. Raises CharterRefused for
    a name that nobody kept or an empty signature, and what decisions raise (Outdated for a text that has changed).
    """
    newest = decisions.charter(name)
    if newest is None:
        known = words.listing([each.name for each in decisions.charters()]) or "none yet"
        raise CharterRefused(f"There is no charter called {name!r}. Kept are: {known}. Keep it first: charter --save.")
    if not signer.strip():
        raise CharterRefused("The signature is empty. Sign with the name of the person: --name.")
    if hash_of(newest.text) != newest.sha256:
        raise CharterRefused(f"The kept text of {name!r} is not the one that its hash names. Run check; sign nothing.")
    whole = newest.sha256 if seen is None or newest.sha256.startswith(seen.lower()) else seen
    signed = decisions.sign(name, side=side, signer=signer.strip(), sha256=whole, generation=generation, now=now)
    if {each.side for each in decisions.charter(name).sign_offs} == set(SIDES):
        decisions.note_stage(name, newest.creator_id, "signed", None, now)
    return signed


def signature_status(kept) -> str:
    """How far a kept charter is signed: "not signed", "signed by the brand", "signed by both"."""
    signed = [side for side in SIDES if side in {each.side for each in kept.sign_offs}]
    return {0: NOT_SIGNED, len(SIDES): SIGNED}.get(len(signed)) or f"signed by the {signed[0]}"


def signature_places(kept) -> tuple[Signature, ...]:
    """The places to sign of a kept charter, filled as far as it is signed; all empty for None."""
    found = {each.side: each for each in kept.sign_offs} if kept else {}
    return tuple(_place(side, found.get(side)) for side in ("brand", "creator"))


def _place(side: str, signed) -> Signature:
    if signed is None:
        return Signature(f"For the {side}")
    saw = f"generation {signed.generation}, " if signed.generation is not None else ""
    when = f"{signed.signed_at:%Y-%m-%d %H:%M} UTC"
    return Signature(f"For the {side}", signed.signer, when, f"{saw}text {signed.sha256[:12]}")


def signed_document(text: str, kept) -> Document:
    """A charter's text as a paper with its places to sign and its hash. kept: what decisions hold of it, or None."""
    paper = read_markdown(text)
    of = "SHA-256 of the text" if kept is None else f"{kept.name}, amendment {kept.amendment}, SHA-256 of the text"
    signatures = Part("Signatures", (Signatures(signature_places(kept)),))
    return replace(paper, parts=(*paper.parts, signatures), imprint=f"{of}: {hash_of(text)}. {paper.imprint}.")


def list_charters(charters: Sequence) -> list[dict[str, object]]:
    """Kept charters as plain values: name, creator, amendment, hash, generation, status and signatures."""
    return [
        {
            "name": each.name,
            "creator_id": each.creator_id,
            "amendment": each.amendment,
            "sha256": each.sha256,
            "generation": each.generation,
            "kept_at": each.kept_at.isoformat(),
            "despite": each.despite,
            "status": signature_status(each),
            "sign_offs": [
                {"side": s.side, "name": s.signer, "signed_at": s.signed_at.isoformat(), "sha256": s.sha256}
                | {"generation": s.generation}
                for s in each.sign_offs
            ],
        }
        for each in charters
    ]
