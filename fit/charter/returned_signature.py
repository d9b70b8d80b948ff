"""Take in a signature that came back as a file: who signed, for which side, when, and the hash of the text.

The page to sign (fit/documents/reply_pages.py) needs no account and no network; it gives back a few lines of text.
The hash says which text was read: a signature under another text than the one that counts is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from fit.agreement import SIDES, CharterStore, SavedCharter, Side
from fit.charter.signing import CharterRefused, SignOff, sign_charter
from fit.text import plain, words

MOST_BYTES = 20_000  # of a file with a signature: a few lines
_LINE = re.compile(r"^[>\s]*(side|name|signed|sha256)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class ReturnedSignature:
    """A signature as its file says it. side, signed_at: None where it does not say."""

    signer: str
    sha256: str
    side: Side | None
    signed_at: datetime | None


def read_signature(content: bytes | str) -> ReturnedSignature:
    """Read a file that came back. Raises CharterRefused for one that holds no signature."""
    if len(content) > MOST_BYTES:
        raise CharterRefused(f"The file has {len(content):,} bytes; a signature has a few lines. Check the file.")
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError as error:
        raise CharterRefused(f"The file is not UTF-8 text (byte {error.start + 1}). Ask for it again.") from error
    found: dict[str, str] = {}
    for line in _LINE.finditer(text.replace("\r\n", "\n").replace("\r", "\n")):
        found.setdefault(line[1].lower(), line[2])
    sha256, signer = found.get("sha256", "").lower(), plain(found.get("name", ""))
    if not _SHA256.fullmatch(sha256):
        raise CharterRefused(
            "The file holds no signature: it does not say which text was signed. Take the file that the page to sign "
            "gave back."
        )
    if not signer:
        raise CharterRefused("The file holds no signature: the name is missing. Ask for it again.")
    side = found.get("side", "").lower()
    return ReturnedSignature(signer, sha256, Side(side) if side in SIDES else None, _instant(found.get("signed", "")))


def _instant(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def sign_as_returned(
    decisions: CharterStore[SavedCharter, SignOff], name: str, side: str, returned: ReturnedSignature, now: datetime
) -> SignOff:
    """Sign the newest text of a name with a signature that came back; return the sign-off.

    It counts from when it was signed, where that lies between the text's day and now. Raises CharterRefused for a
    signature of the other side or under another text, and what decisions raise.
    """
    if returned.side not in (None, side):
        raise CharterRefused(f"The file was signed for the {returned.side}, not for the {side}. Take it in there.")
    newest = decisions.charter(name)
    if newest and newest.sha256 != returned.sha256:
        raise CharterRefused(_of_another_text(decisions.amendments(name), returned))
    signed_at = returned.signed_at
    when = signed_at if newest and signed_at and newest.saved_at <= signed_at <= now else now
    generation = newest.generation if newest else None
    return sign_charter(decisions, name, side, returned.signer, returned.sha256, generation, when)


def _of_another_text(texts: Sequence[SavedCharter], returned: ReturnedSignature) -> str:
    signed = next((text for text in texts if text.sha256 == returned.sha256), None)
    after = "Nothing was signed. Send the page for the current text."
    if signed is None:
        return f"{returned.signer} signed another text (SHA-256 {returned.sha256[:12]}), not this charter. {after}"
    day = words.day(signed.saved_at.date())
    return (
        f"{returned.signer} signed amendment {signed.amendment}, saved on {day}; amendment {texts[-1].amendment} has "
        f"taken its place. {after}"
    )
