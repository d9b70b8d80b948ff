"""The store of facts: generations of one DuckDB file each, opened read-only, built beside and published whole.

See store.py; the tables are schema.sql, the second layer derive.sql, the consistency check check.sql.
"""

from data.store.store import (
    WRITER,
    Generation,
    NothingToPublish,
    StoreBusy,
    StoreDamaged,
    StoreEmpty,
    StoreError,
    StoreOutOfMemory,
    changes,
    check,
    counting,
    current,
    damage,
    derive,
    followers_that_differ,
    generation_file,
    generations,
    keep,
    next_generation,
    open_newest,
    store_folder,
    undo,
)

__all__ = [
    "WRITER",
    "Generation",
    "NothingToPublish",
    "StoreBusy",
    "StoreDamaged",
    "StoreEmpty",
    "StoreError",
    "StoreOutOfMemory",
    "changes",
    "check",
    "counting",
    "current",
    "damage",
    "derive",
    "followers_that_differ",
    "generation_file",
    "generations",
    "keep",
    "next_generation",
    "open_newest",
    "store_folder",
    "undo",
]
