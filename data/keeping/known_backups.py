"""Remember where backups of a store were written, so that an erasure can name those that still hold a creator."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from data.keeping.records import read_record
from data.store import replace_whole, share_note

FILE = "backups.json"


@dataclass(frozen=True)
class KnownBackup:
    """One backup that was written: where, when, and the data version in it."""

    file: str
    written_at: str
    generation: int | None


def known_backups(folder: Path) -> list[KnownBackup]:
    """Every backup of the store that was written, oldest first. Raises RecordDamaged."""
    return read_record(
        folder / FILE, _listed, list, lost="where backups of this store were written",
        do="move it away: backups that were written until now are not looked into when somebody is erased",
    )  # fmt: skip


def _listed(record: Any) -> list[KnownBackup]:
    """The list as it was written. Raises TypeError for what is none."""
    backups = [KnownBackup(**entry) for entry in record]
    if not isinstance(record, list) or not all(isinstance(entry.file, str) for entry in backups):
        raise TypeError
    return backups


def remember(folder: Path, backup: KnownBackup) -> None:
    """Add a backup to the list; one that it replaced under the same name goes.

    Raises RecordDamaged; nothing is written then.
    """
    others = [known for known in known_backups(folder) if known.file != backup.file]
    text = json.dumps([asdict(known_backup) for known_backup in [*others, backup]], indent=1)
    replace_whole(folder / FILE, text)
    share_note(folder / FILE, text)
