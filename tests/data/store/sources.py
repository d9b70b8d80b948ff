"""Add a source to a store and list those that it has: the smallest load there is."""

from datetime import datetime
from pathlib import Path

from data import store

NOW = datetime(2026, 3, 1, 12, 0)
SHA = "0" * 64


def add_source(folder: Path, name: str, **options: bool) -> None:
    with store.next_generation(folder, now=NOW, **options) as draft:
        (last,) = draft.db.execute("select coalesce(max(source_id), 0) from sources").fetchone()
        draft.db.execute(
            "insert into sources values ($id, $name, $sha, '{}', $sha, 'plain', $now, 1, 1, 0, 'fine')",
            {"id": last + 1, "name": name, "sha": SHA, "now": NOW},
        )
        store.derive(draft.db)


def names(folder: Path) -> list[str]:
    opened = store.open_newest(folder)
    found = [name for (name,) in opened.connection.execute("select file_name from sources order by 1").fetchall()]
    opened.connection.close()
    return found
