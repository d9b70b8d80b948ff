"""Read rows of the decisions as values and write values as rows: sealed when written, checked when read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, func, select

from data.decisions.schema import charters, drafts, is_sound, sealed, sign_offs
from data.decisions.values import (
    MAX_SAVED_NAME,
    ClosedReview,
    Conflict,
    DecisionsError,
    SavedCharter,
    SavedDraft,
    SignOff,
    StageNote,
    as_instant,
    as_text,
    refuse_unfit,
)

Row = Mapping[Any, Any]  # what the database gives back, and what was written: values of known columns


def add(connection: Connection, table: Table, values: Mapping[str, object]) -> Row:
    """Add a sealed row; return its values."""
    connection.execute(table.insert().values(**sealed(table, values)))
    return values


def rows(connection: Connection, table: Table, *where: ColumnElement, order: Sequence[str]) -> Sequence[RowMapping]:
    """The rows that meet all conditions. Raises DecisionsError for one that is not as it was written."""
    result = connection.execute(select(table).where(*where).order_by(*(table.c[name] for name in order)))
    records = result.mappings().all()
    if damaged := sum(not is_sound(table, row) for row in records):
        raise DecisionsError(
            f"{damaged} of {len(records)} rows of {table.name} are not what was written (their seal differs). Run: "
            "python -m fit check. Then put your newest copy of the decisions in their place."
        )
    return records


def next_id(connection: Connection, table: Table, name: str) -> int:
    """The number after the highest one; safe, for one writer at a time decides."""
    return (connection.execute(select(func.max(table.c[name]))).scalar() or 0) + 1


def as_draft(row: Row) -> SavedDraft:
    """A row of the table papers as a value."""
    return SavedDraft(
        row["kind"], row["name"], row["version"], row["text"], row["saved_by"], as_instant(row["saved_at"]),
        bool(row["is_removed"]),
    )  # fmt: skip


def newest_draft(connection: Connection, kind: str, name: str) -> SavedDraft | None:
    """The last version of a draft, also one that removes it."""
    is_it = (drafts.c.kind == kind, drafts.c.name == name)
    last = select(func.max(drafts.c.version)).where(*is_it).scalar_subquery()
    records = rows(connection, drafts, *is_it, drafts.c.version == last, order=["version"])
    return as_draft(records[0]) if records else None


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
    return as_draft(add(connection, drafts, row))


def as_sign_off(row: Row) -> SignOff:
    """A row of sign_offs as a value."""
    return SignOff(
        row["name"], row["amendment"], row["side"], row["signer"], row["sha256"], row["generation"],
        as_instant(row["signed_at"]),
    )  # fmt: skip


def as_charter(row: Row, signatures: Sequence[SignOff]) -> SavedCharter:
    """A row of charters as a value, with the signatures under this text."""
    return SavedCharter(
        row["name"], row["amendment"], row["creator_id"], row["text"], row["sha256"], row["agreement"],
        row["forecast"], row["generation"], row["despite"], as_instant(row["kept_at"]), tuple(signatures),
    )  # fmt: skip


def all_charters(connection: Connection, *where: ColumnElement) -> list[SavedCharter]:
    """The charters that meet all conditions, by name and amendment, with their signatures."""
    records = rows(connection, charters, *where, order=["name", "amendment"])
    names = {row["name"] for row in records}
    of_name = (sign_offs.c.name == names.pop(),) if len(names) == 1 else ()
    signatures = defaultdict(list)
    for row in rows(connection, sign_offs, *of_name, order=["signed_at", "side"]):
        signatures[row["name"], row["amendment"]].append(as_sign_off(row))
    return [as_charter(row, signatures[row["name"], row["amendment"]]) for row in records]


def newest_charter(connection: Connection, name: str) -> SavedCharter | None:
    """The last amendment of a charter; None when there is none."""
    last = select(func.max(charters.c.amendment)).where(charters.c.name == name).scalar_subquery()
    records = all_charters(connection, charters.c.name == name, charters.c.amendment == last)
    return records[0] if records else None


def as_note(row: Row) -> StageNote:
    """A row of stage_notes as a value."""
    return StageNote(row["name"], row["creator_id"], row["stage"], row["reason"], as_instant(row["noted_at"]))


def as_review(row: Row) -> ClosedReview:
    """A row of reviews as a value."""
    return ClosedReview(
        row["review_id"], row["name"], row["creator_id"], row["text"], row["sha256"], row["content"],
        row["generation"], row["outcome"], row["next_time"], as_instant(row["closed_at"]),
    )  # fmt: skip
