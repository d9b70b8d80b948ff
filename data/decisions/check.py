"""Check the store of decisions: every row is still there and still what was written."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection, RowMapping, Table, select, text

from data.decisions import schema
from data.decisions.activity import chain_problems
from data.decisions.schema import (
    activities,
    charters,
    counts,
    drafts,
    members,
    ownerships,
    reviews,
    share_notes,
    shares,
    sign_offs,
    stage_notes,
    verdicts,
)

KEYS = {
    drafts: ("kind", "name", "version"),
    charters: ("name", "amendment"),
    sign_offs: ("name", "amendment", "side"),
    stage_notes: ("note_id",),
    reviews: ("review_id",),
    counts: ("count_id",),
    activities: ("activity_id",),
    ownerships: ("ownership_id",),
    shares: ("share_id",),
    share_notes: ("share_note_id",),
    verdicts: ("verdict_id",),
    members: ("member_id",),
}
FIRST = {
    drafts: 1,
    charters: 0,
    stage_notes: 1,
    reviews: 1,
    counts: 1,
    activities: 1,
    ownerships: 1,
    shares: 1,
    share_notes: 1,
    verdicts: 1,
    members: 1,
}  # number of the first row of each; then without a gap
TRIGGERS = {
    "sqlite": "select name from sqlite_master where type = 'trigger'",
    "postgresql": "select tgname from pg_trigger join pg_class on pg_class.oid = tgrelid "
    "where relnamespace = current_schema()::regnamespace and tgenabled <> 'D'",
}
DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")  # Postgres settings that lose saves when off


def problems(connection: Connection) -> list[str]:
    """Read every row; return in words what is wrong, in the order of the tables."""
    database = connection.engine.dialect.name
    lines = _of_sqlite(connection) if database == "sqlite" else _of_postgres(connection)
    triggers = set(connection.execute(text(TRIGGERS[database])).scalars())
    gone = sorted(schema.TRIGGERS - triggers)
    lines += [f"The trigger {trigger} is missing: rows could be changed." for trigger in gone]
    rows_of = {table: _rows(connection, table) for table in schema.PRECIOUS}
    for table, rows in rows_of.items():
        lines += [f"{_which(table, row)} is not what was written." for row in rows if not schema.is_sound(table, row)]
    for table in FIRST:
        lines += _gaps(table, rows_of[table])
    for table in (charters, reviews):
        differ = [row for row in rows_of[table] if schema.digest(str(row["text"])) != row["sha256"]]
        lines += [f"{_which(table, row)} does not match its SHA-256." for row in differ]
    return lines + chain_problems(rows_of[activities])


def _rows(connection: Connection, table: Table) -> Sequence[RowMapping]:
    return connection.execute(select(table).order_by(*(table.c[name] for name in KEYS[table]))).mappings().all()


def _which(table: Table, row: RowMapping) -> str:
    return f"The row of {table.name} with " + ", ".join(f"{name} {row[name]!r}" for name in KEYS[table])


def _gaps(table: Table, rows: Sequence[RowMapping]) -> list[str]:
    """Say which numbers are missing: rows are never deleted, so each series is whole."""
    *group, number = KEYS[table]
    lines = []
    for key, series in groupby(rows, key=lambda row: [row[name] for name in group]):
        numbers = {row[number] for row in series}
        missing = sorted(set(range(FIRST[table], max(numbers))) - numbers)
        of = f" of {' '.join(map(repr, key))}" if key else ""
        lines += [f"{table.name}: {number} {gone}{of} is missing." for gone in missing]
    return lines


def _of_sqlite(connection: Connection) -> list[str]:
    integrity = connection.exec_driver_sql("pragma integrity_check").scalars().all()
    orphans = connection.exec_driver_sql("pragma foreign_key_check").all()
    lines = [] if integrity == ["ok"] else [f"The file is damaged: {line}." for line in integrity]
    return lines + [f"A row of {row[0]} belongs to no row of {row[2]}." for row in orphans]


def _of_postgres(connection: Connection) -> list[str]:
    shown = {name: connection.exec_driver_sql(f"show {name}").scalar() for name in DURABILITY}
    return [
        f"Postgres runs with {name} = off: a save could be lost when its machine fails. Switch it on."
        for name, value in shown.items()
        if value == "off"
    ]
