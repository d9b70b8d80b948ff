"""Read rows of the decisions as values and write values as rows: sealed when written, checked when read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, func, select

from data.decisions.schema import charters, drafts, is_sound, sealed, sign_offs
from data.decisions.values import (
    MAX_SAVED_NAME,
    ClosedReview,
    Conflict,
    DecisionsError,
    SavedCharter,
    SavedCount,
    SavedDraft,
    SavedMember,
    SignOff,
    StageNote,
    as_instant,
    as_text,
    refuse_unfit,
)

CALLED = {"kept_at": "saved_at", "noted_at": "at"}  # fields that have another name than their column
Value = TypeVar("Value", SavedDraft, SignOff, SavedCharter, StageNote, ClosedReview, SavedCount, SavedMember)
Row = Mapping[Any, Any]  # what the database gives back, and what was written: values of known columns


def add(connection: Connection, table: Table, values: Mapping[str, object]) -> Row:
    """Add a sealed row; return its values."""
    connection.execute(table.insert().values(**sealed(table, values)))
    return values


def rows(
    connection: Connection, table: Table, *where: ColumnElement, order: Sequence[str], last: int | None = None
) -> Sequence[RowMapping]:
    """The rows that meet all conditions, or as many as the last of them. Raises DecisionsError for one of these that is
    not as it was written; those before are not read.
    """
    chosen = select(table).where(*where)
    if last is None:
        records = connection.execute(chosen.order_by(*(table.c[name] for name in order))).mappings().all()
    else:
        backwards = chosen.order_by(*(table.c[name].desc() for name in order)).limit(last)
        records = list(reversed(connection.execute(backwards).mappings().all()))
    if damaged := sum(not is_sound(table, row) for row in records):
        raise DecisionsError(
            f"{damaged} of {len(records)} rows of {table.name} are not what was written (their seal differs). Run: "
            "python -m fit check. Then put your newest copy of the decisions in their place."
        )
    return records


def refuse_orphans(connection: Connection, table: Table, owners: Table) -> None:
    """Raise DecisionsError where rows of a table name somebody who is not among the owners, by the column name."""
    lost = table.c.name.not_in(select(owners.c.name))
    if count := connection.execute(select(func.count()).select_from(table).where(lost)).scalar():
        raise DecisionsError(
            f"Rows of {table.name} that belong to none of {owners.name}: {count}. Run: python -m fit check. "
            "Then put your newest copy of the decisions in their place."
        )


def next_id(connection: Connection, table: Table, name: str) -> int:
    """The number after the highest one; safe, for one writer at a time decides."""
    return (connection.execute(select(func.max(table.c[name]))).scalar() or 0) + 1


def as_value(kind: type[Value], row: Row, **others: Any) -> Value:
    """A row as a value: fields are called as columns are, dates are read, columns of no field are left out."""
    cells: dict[Any, Any] = {
        CALLED.get(name, name): as_instant(cell) if name.endswith("_at") else cell for name, cell in row.items()
    }
    if "is_removed" in cells:
        cells["is_removed"] = bool(cells["is_removed"])  # the databases keep 0 and 1
    if "day" in cells:
        cells["day"] = date.fromisoformat(cells["day"])
    return kind(**{field.name: cells[field.name] for field in fields(kind) if field.name in cells}, **others)


def newest_draft(connection: Connection, kind: str, name: str) -> SavedDraft | None:
    """The last version of a draft, also one that removes it."""
    is_it = (drafts.c.kind == kind, drafts.c.name == name)
    last = select(func.max(drafts.c.version)).where(*is_it).scalar_subquery()
    records = rows(connection, drafts, *is_it, drafts.c.version == last, order=["version"])
    return as_value(SavedDraft, records[0]) if records else None


def refuse_stale(newest: SavedDraft | None, kind: str, name: str, text: str, version: int) -> None:
    """Raise Conflict unless a save rests on the newest version (0: there is none, or it was removed)."""
    if newest is None and version != 0:
        raise DecisionsError(
            f"There is no {kind} called {name!r}, so version {version} of it cannot be changed. Save it as a new one."
        )
    if newest is not None and newest.version != version and not (newest.is_removed and version == 0):
        raise Conflict(text, newest, version)


def add_version(
    connection: Connection, before: SavedDraft | None, kind: str, name: str, text: str, by: str | None, now: datetime,
    *, is_removed: bool = False,
) -> SavedDraft:  # fmt: skip
    """Add the version after `before`."""
    refuse_unfit("name of who saves", by, MAX_SAVED_NAME)
    row = {
        "kind": kind, "name": name, "version": before.version + 1 if before else 1, "text": text,
        "is_removed": int(is_removed), "saved_by": by, "saved_at": as_text(now),
    }  # fmt: skip
    return as_value(SavedDraft, add(connection, drafts, row))


def all_charters(connection: Connection, *where: ColumnElement) -> list[SavedCharter]:
    """The charters that meet all conditions, by name and amendment, with their signatures."""
    records = rows(connection, charters, *where, order=["name", "amendment"])
    names = {row["name"] for row in records}
    of_name = (sign_offs.c.name == names.pop(),) if len(names) == 1 else ()
    signatures = defaultdict(list)
    for row in rows(connection, sign_offs, *of_name, order=["signed_at", "side"]):
        signatures[row["name"], row["amendment"]].append(as_value(SignOff, row))
    return [as_value(SavedCharter, row, sign_offs=tuple(signatures[row["name"], row["amendment"]])) for row in records]


def newest_charter(connection: Connection, name: str) -> SavedCharter | None:
    """The last amendment of a charter; None when there is none."""
    last = select(func.max(charters.c.amendment)).where(charters.c.name == name).scalar_subquery()
    records = all_charters(connection, charters.c.name == name, charters.c.amendment == last)
    return records[0] if records else None
