"""Remember where backups of a store were written, so that an erasure can name those that still hold a creator."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from data.store import replace_whole, share_note

FILE = "backups.json"


@dataclass(frozen=True)
class KnownBackup:
    """One backup that was written: where, when, and the data version in it."""

    file: str
    written_at: str
    generation: int | None


def known_backups(folder: Path) -> list[KnownBackup]:
    """Every backup of the store that was written, oldest first; what is no list is none."""
    try:
        return [KnownBackup(**said) for said in json.loads((folder / FILE).read_text(encoding="ascii"))]
    except (OSError, ValueError, TypeError):
        return []


def remember(folder: Path, backup: KnownBackup) -> None:
    """Add a backup to the list; one that it replaced under the same name goes."""
    others = [known for known in known_backups(folder) if known.file != backup.file]
    said = json.dumps([asdict(one) for one in [*others, backup]], indent=1)
    replace_whole(folder / FILE, said)
    share_note(folder / FILE, said)
