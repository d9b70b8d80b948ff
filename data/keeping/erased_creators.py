"""Remember that a creator was erased without remembering who: a salted hash, the day, and what is left of charters."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from data.keeping.records import RecordDamaged, read_record
from data.store import replace_whole, share_note

FILE = "erased.json"


def _read(folder: Path) -> dict[str, Any]:
    return read_record(
        folder / FILE, _whole, lambda: {"salt": secrets.token_hex(16), "erased": []},
        lost="which creators were erased from this store",
        do="move it away: no load says then that it brings back somebody who was erased until now",
    )  # fmt: skip


def _whole(record: Any) -> dict[str, Any]:
    """The record as it was written. Raises TypeError and KeyError for what is none."""
    if not isinstance(record["salt"], str) or not isinstance(record["erased"], list):
        raise TypeError
    for erased in record["erased"]:
        if not (
            isinstance(erased["hash"], str) and isinstance(erased["on"], str) and isinstance(erased["charters"], list)
        ):
            raise TypeError
    return dict(record)


def refuse_damaged_note(folder: Path) -> None:
    """Raise RecordDamaged where an erasure could not be added to those that are remembered."""
    _read(folder)


def _hash(salt: str, creator_id: str) -> str:
    return hashlib.sha256(f"{salt} {creator_id}".encode()).hexdigest()


def note_erased(folder: Path, creator_id: str, charters: Sequence[Mapping[str, object]], now: datetime) -> None:
    """Note that a creator was erased on a day. charters: dates and hash of each signed text that went.

    Raises RecordDamaged; nothing is written then.
    """
    record = _read(folder)
    hashed = _hash(record["salt"], creator_id)
    count = sum(len(erased["charters"]) for erased in record["erased"])
    stones = [{"id": f"erased-{number}", **erased} for number, erased in enumerate(charters, count + 1)]
    # A run that was cut off after this noted the same erasure: its charters are gone by then.
    if not any(
        erased["hash"] == hashed and erased["on"] == f"{now:%Y-%m-%d}" and not stones for erased in record["erased"]
    ):
        record["erased"].append({"hash": hashed, "on": f"{now:%Y-%m-%d}", "charters": stones})
    text = json.dumps(record, indent=1)
    replace_whole(folder / FILE, text)
    share_note(folder / FILE, text)


def erased_before(folder: Path, creators: Iterable[str]) -> list[str]:
    """Of these creators, each that was erased from this store, in a sentence with the day.

    Where nobody can tell, one sentence says so: a load is not refused for that, as it is not for those who come back.
    """
    try:
        record = _read(folder)
    except RecordDamaged as damaged:
        return [str(damaged)]
    days = {erased["hash"]: erased["on"] for erased in record["erased"]}
    return [
        f"{creator} was erased on {day}, and this load brought it back. Erase it again, or ask why the file has it."
        for creator in creators
        if (day := days.get(_hash(record["salt"], creator)))
    ]
