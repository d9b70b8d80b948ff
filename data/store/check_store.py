"""Check a store of facts: every generation is the file that was written, and its rows break no rule of check.sql."""

from pathlib import Path

import duckdb

from data.store.local_copy import local_copy
from data.store.open_store import (
    HERE,
    StoreEmpty,
    connect,
    current,
    damage,
    generation_file,
    generations,
    other_shape,
)


def rows_that_break_a_rule(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Answer data/store/check.sql: each rule that no constraint can hold and that this generation breaks, in words."""
    counts = db.execute((HERE / "check.sql").read_text(encoding="utf-8")).fetchall()
    return [f"{count} rows break the rule: {rule}" for rule, count in counts if count]


def check(folder: Path) -> list[str]:
    """Read every generation whole; return in words what is damaged (an empty list when the store is sound).

    Of an object store every object is read, too. Raises StoreEmpty when nothing was ever loaded, and StoreUnreachable.
    """
    copy = local_copy(folder)
    if copy:
        copy.pull()
    pointed, present = current(folder), generations(folder)
    if pointed is None and not present:
        raise StoreEmpty(f"Nothing is loaded in {folder} yet: there is nothing to check.")
    damages = copy.damages() if copy else []
    if pointed not in present:
        damages.append("CURRENT does not point at a data version that is there.")
    for number in present:
        path = generation_file(folder, number)
        if wrong := damage(path, whole=True):
            damages.append(f"Data version {number}: {wrong}.")
            continue
        try:
            with connect(path) as connection:
                if shape := other_shape(connection, number):
                    damages.append(str(shape))
                    continue
                damages += [f"Data version {number}: {broken}." for broken in rows_that_break_a_rule(connection)]
        except duckdb.Error as error:
            damages.append(f"Data version {number} cannot be read: {type(error).__name__}.")
    return damages
