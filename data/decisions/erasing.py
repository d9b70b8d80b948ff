"""Take one creator out of all decisions: partnerships and reviews go, mentions in what others saved are blanked.

Rows are otherwise never changed; here their triggers are off within one transaction, and what remains is sealed anew.
"""

import contextlib
import sqlite3
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, RowMapping, Table, Text, select

from data.decisions import opening
from data.decisions.activity import Actor, Did, add_activity, erase_ids
from data.decisions.copying import without_triggers
from data.decisions.schema import (
    PRECIOUS,
    activities,
    charters,
    counts,
    drafts,
    ownerships,
    reviews,
    sealed,
    shares,
    sign_offs,
    stage_notes,
    verdicts,
)
from data.decisions.shares import without_creator
from data.decisions.values import OF_PARTNERSHIPS, DecisionsError

HASHES = ("sha256", "seal", "on_hash", "salt", "chain", "token_hash")  # columns that name nobody
BLANKED = {drafts: ("text", "saved_by"), stage_notes: ("reason",), verdicts: ("remark",)}  # no hash vouches for these
KEYS = {
    drafts: ("kind", "name", "version"), stage_notes: ("note_id",), reviews: ("review_id",), counts: ("count_id",),
    activities: ("activity_id",), ownerships: ("ownership_id",),
    shares: ("share_id",), verdicts: ("verdict_id",),
}  # fmt: skip


class SignedCharters(DecisionsError):
    """Signed charters with the creator stand against erasing; names says which."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(
            f"Signed charters with this creator: {', '.join(names)}. Export or print what you must keep, then erase "
            "with --with-charters: only number, dates and hash of each stay. Nothing was changed."
        )


@dataclass(frozen=True)
class ErasedDecisions:
    """What went. charters: number, dates and hash of every signed text. mentions: what still names the creator."""

    partnerships: int
    reviews: int
    changed: int
    charters: tuple[dict[str, object], ...]
    mentions: tuple[str, ...]


def creators_of(folder: Path, url: str | None = None) -> set[str]:
    """Ids of all creators that decisions are about."""
    engine = opening.open_engine(folder, opening.url_of(url))
    try:
        with engine.connect() as connection:
            found = {
                creator for table in (charters, stage_notes, reviews)
                for creator in connection.execute(select(table.c.creator_id).distinct()).scalars()
            }  # fmt: skip
            texts = connection.execute(select(drafts.c.text).where(drafts.c.kind == "agreement")).scalars()
            return found | {creator for text in texts if (creator := _creator_of(text))}
    finally:
        engine.dispose()


def signed_charters(folder: Path, creator_id: str, url: str | None = None) -> list[str]:
    """Names of the signed charters with a creator."""
    engine = opening.open_engine(folder, opening.url_of(url))
    try:
        with engine.connect() as connection:
            return _signed(connection, creator_id)
    finally:
        engine.dispose()


def _signed(connection: Connection, creator_id: str) -> list[str]:
    is_signed = charters.c.name.in_(select(sign_offs.c.name)) & (charters.c.creator_id == creator_id)
    return sorted(connection.execute(select(charters.c.name).where(is_signed).distinct()).scalars())


def _creator_of(text: str) -> str | None:
    try:
        return str(tomllib.loads(text).get("creator") or "") or None
    except tomllib.TOMLDecodeError:
        return None


def erase_decisions(
    folder: Path, creator_id: str, blank: Callable[[str], str], *, with_charters: bool, url: str | None = None,
    noted: tuple[Actor, datetime] | None = None,
) -> ErasedDecisions:  # fmt: skip
    """Take a creator out. blank: takes id, names and handles out of a text. noted: by whom and when the activity log
    says that it was done; None where the file is no log of its own.

    Raises SignedCharters when there are some and with_charters is not set, DecisionsError when the database fails.
    """
    url = opening.url_of(url)
    engine, home = opening.open_engine(folder, url), opening.home_of(folder, url)
    try:
        with opening.in_words(opening.place_of(folder, url)):
            with engine.connect() as connection:
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql("pragma secure_delete = on")
                connection.commit()
                with connection.execution_options(is_writer=True).begin():
                    if (names := _signed(connection, creator_id)) and not with_charters:
                        raise SignedCharters(names)
                    with without_triggers(connection):
                        found = _take_out(connection, creator_id, blank)
                    if noted:
                        add_activity(connection, Did.ERASE, (), *noted)
            if not isinstance(home, Path):
                _rewrite_tables(engine)
    finally:
        engine.dispose()
    if isinstance(home, Path):
        rewrite_file(home)
    return found


def _take_out(connection: Connection, creator_id: str, blank: Callable[[str], str]) -> ErasedDecisions:
    names = _partnerships(connection, creator_id)
    stones = _stones(connection, creator_id)
    of_names = drafts.c.kind.in_(OF_PARTNERSHIPS) & drafts.c.name.in_(names)
    connection.execute(drafts.delete().where(of_names))
    connection.execute(sign_offs.delete().where(sign_offs.c.name.in_(names)))
    connection.execute(charters.delete().where(charters.c.name.in_(names)))
    connection.execute(counts.delete().where(counts.c.name.in_(names)))
    connection.execute(ownerships.delete().where(ownerships.c.name.in_(names)))
    about = [table.c.name.in_(names) | (table.c.creator_id == creator_id) for table in (stage_notes, reviews)]
    connection.execute(stage_notes.delete().where(about[0]))
    count_reviews = connection.execute(reviews.delete().where(about[1])).rowcount
    changed = sum(_blank(connection, table, blank) for table in BLANKED)
    changed += _rename(connection, blank)
    _take_out_of_shares(connection, creator_id, blank)
    _blank_log(connection, lambda one: one == creator_id or one in names or blank(one) != one)
    _number_anew(connection, stage_notes, "note_id")
    _number_anew(connection, reviews, "review_id")
    _number_anew(connection, counts, "count_id")
    _number_anew(connection, ownerships, "ownership_id")
    return ErasedDecisions(len(names), count_reviews, changed, stones, _mentions(connection, blank))


def _partnerships(connection: Connection, creator_id: str) -> list[str]:
    """Names of everything that is with this creator."""
    found: set[str] = set()
    for table in (charters, stage_notes, reviews):
        of_creator = select(table.c.name).where(table.c.creator_id == creator_id).distinct()
        found |= set(filter(None, connection.execute(of_creator).scalars()))
    agreements = select(drafts.c.name, drafts.c.text).where(drafts.c.kind == "agreement").order_by(drafts.c.version)
    newest = {row.name: row.text for row in connection.execute(agreements)}
    return sorted(found | {name for name, text in newest.items() if _creator_of(text) == creator_id})


def _stones(connection: Connection, creator_id: str) -> tuple[dict[str, object], ...]:
    """Number, dates and hash of each signed text."""
    question = select(charters).where(charters.c.creator_id == creator_id).order_by("name", "amendment")
    stones = []
    for row in connection.execute(question).mappings().all():
        is_its = (sign_offs.c.name == row["name"]) & (sign_offs.c.amendment == row["amendment"])
        signed = connection.execute(select(sign_offs.c.side, sign_offs.c.signed_at).where(is_its)).all()
        if signed:
            dates = {row.side: row.signed_at for row in sorted(signed)}
            stones.append({"saved_at": row["kept_at"], "signed_at": dates, "sha256": row["sha256"]})
    return tuple(stones)


def _write(connection: Connection, table: Table, row: RowMapping, changed: dict[str, object]) -> None:
    values = {name: cell for name, cell in {**row, **changed}.items() if name != "seal"}
    is_it = [table.c[name] == row[name] for name in KEYS[table]]
    connection.execute(table.update().where(*is_it).values(**sealed(table, values)))


def _blank(connection: Connection, table: Table, blank: Callable[[str], str]) -> int:
    count = 0
    for row in connection.execute(select(table)).mappings().all():
        new = {name: blank(row[name]) for name in BLANKED[table] if row[name]}
        if any(row[name] != text for name, text in new.items()):
            _write(connection, table, row, {**new})
            count += 1
    return count


def _take_out_of_shares(connection: Connection, creator_id: str, blank: Callable[[str], str]) -> None:
    """Take a creator, and verdicts on it, out of shared presentations."""
    connection.execute(verdicts.delete().where(verdicts.c.creator_id == creator_id))
    for row in connection.execute(select(shares)).mappings().all():
        left = {"content": without_creator(row["content"], creator_id), "title": blank(row["title"])}
        if any(row[name] != text for name, text in left.items()):
            _write(connection, shares, row, {**left})
    _number_anew(connection, verdicts, "verdict_id")


def _blank_log(connection: Connection, is_erased: Callable[[str], bool]) -> None:
    """Put "erased" in the place of ids in the activity log, whose chain covers their salted hash and still fits."""
    for row in connection.execute(select(activities)).mappings().all():
        if changed := erase_ids(row, is_erased):
            _write(connection, activities, row, changed)


def _rename(connection: Connection, blank: Callable[[str], str]) -> int:
    """Give saved shortlists and views that are called by the creator another name."""
    own = select(drafts.c.kind, drafts.c.name).where(drafts.c.kind.not_in(OF_PARTNERSHIPS)).distinct()
    names = {tuple(row) for row in connection.execute(own)}
    count = 0
    for kind, name in sorted(names):
        fresh = wanted = blank(name)
        if fresh == name:
            continue
        number = 1
        while (kind, fresh) in names:
            number += 1
            fresh = f"{wanted} {number}"
        names.add((kind, fresh))
        versions = select(drafts).where(drafts.c.kind == kind, drafts.c.name == name)
        for row in connection.execute(versions).mappings().all():
            _write(connection, drafts, row, {"name": fresh})
        count += 1
    return count


def _number_anew(connection: Connection, table: Table, number: str) -> None:
    """Close the gaps in a series of numbers, which `check` would take for lost rows."""
    records = connection.execute(select(table).order_by(table.c[number])).mappings().all()
    for place, row in enumerate(records, 1):
        if row[number] != place:
            _write(connection, table, row, {number: place})


def _mentions(connection: Connection, blank: Callable[[str], str]) -> tuple[str, ...]:
    """What still names the creator: texts of others that a hash vouches for, and names of others' partnerships."""
    found = set()
    for table in PRECIOUS:
        texts = [column.name for column in table.columns if isinstance(column.type, Text)]
        for row in connection.execute(select(table)).mappings():
            if any(row[name] and blank(row[name]) != row[name] for name in texts if name not in HASHES):
                found.add(f"{table.name}: {row.get('name') or row[table.columns.keys()[0]]}")
    return tuple(sorted(found))


def rewrite_file(path: Path) -> None:
    """Write a SQLite file anew, so that no deleted byte stays in it or in its log. Raises DecisionsError when busy."""
    with opening.in_words(str(path)), contextlib.closing(sqlite3.connect(path, timeout=opening.PATIENCE)) as raw:
        raw.execute("pragma secure_delete = on")
        raw.execute("vacuum")
        (is_busy, *_) = raw.execute("pragma wal_checkpoint(truncate)").fetchone()
    if is_busy:
        raise DecisionsError(f"{path} is busy: others are reading. The erasure is not finished. Run it again.")


def _rewrite_tables(engine: Engine) -> None:
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for table in PRECIOUS:
            connection.exec_driver_sql(f"vacuum full {table.name}")
