"""Log who did what, when and to which ids (the audit trail): rows are only added, and each one's hash covers the one
before it, so that a row which was changed, taken out or put in shows.

Ids stand beside the chain, which covers a salted hash of them: an erasure puts "erased" in the place of an id and
drops the salt, and the chain still fits. A file beside the store remembers the last row, so that a log which was cut at
its end shows too.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, func, select

from data.decisions import schema
from data.decisions.rows import Row, add, next_id, rows
from data.decisions.schema import activities
from data.decisions.tables import Tables
from data.decisions.values import MAX_SAVED_NAME, as_instant, as_text, refuse_unfit
from data.store import replace_whole

ERASED = "erased"  # stands in the place of an id that was erased
ON_BEHALF_OF = "CREATOR_FIT_ON_BEHALF_OF"  # set where a page runs a command for somebody: an e-mail address, or ""
HEAD = "activity.json"  # of the store folder: number and chain of the last row
MOST_IDS = 100  # of one row
SALT_BYTES = 16


class Did(StrEnum):
    """What was done."""

    LOAD = "load"
    UNDO_LOAD = "undo load"
    CORRECT = "correct forecasts"
    SIGN = "sign"
    EXPORT = "export"
    SHARE = "share"
    END_SHARE = "end share"
    OPEN_SHARE = "open share"
    VERDICT = "verdict"
    ERASE = "erase"
    BACKUP = "backup"
    RESTORE = "restore"
    CHANGE_ROLE = "change role"
    SIGN_IN = "sign in"


class Through(StrEnum):
    """Which way it was done."""

    PAGE = "page"
    COMMAND_LINE = "command line"


@dataclass(frozen=True)
class Actor:
    """Who does something. who: an e-mail address, or on the command line the user of the system; None: not known."""

    who: str | None
    through: Through


@dataclass(frozen=True)
class Activity:
    """One row of the log. on_what: ids such as a data version, a partnership or creators; never texts."""

    activity_id: int
    actor: Actor
    what: Did
    on_what: tuple[str, ...]
    at: datetime


class ActivityLog(Tables):
    """The log of one database of decisions. head: the file that remembers its last row, None without one."""

    def __init__(self, engine: Engine, place: str, head: Path | None = None) -> None:
        super().__init__(engine, place)
        self._head = head

    def note(self, what: Did, on_what: Sequence[str], actor: Actor, now: datetime) -> Activity:
        """Add a row. Raises DecisionsError."""
        with self._write() as connection:
            row = add_activity(connection, what, on_what, actor, now)
        self.remember_head(row["activity_id"], row["chain"])
        return _as_activity(row)

    def remember_head(self, number: int, chain: str) -> None:
        """Note which row is the last; where that cannot be written, a cut would go unnoticed and nothing else."""
        if self._head is not None:
            with suppress(OSError):
                replace_whole(self._head, json.dumps({"activity_id": number, "chain": chain}))

    def newest(self, *, who: str | None = None, what: Did | None = None, most: int | None = None) -> list[Activity]:
        """The rows of a person and a kind, the newest first; each as it was written, but `check` reads the chain."""
        with self._read() as connection:
            found = rows(connection, activities, *_of(who, what), order=["activity_id"], last=most)
        return [_as_activity(row) for row in reversed(found)]

    def count(self, *, who: str | None = None, what: Did | None = None) -> int:
        """How many rows there are of a person and a kind."""
        with self._read() as connection:
            question = select(func.count()).select_from(activities).where(*_of(who, what))
            return int(connection.execute(question).scalar_one())

    def has(self, who: str, what: Did, since: datetime) -> bool:
        """Whether somebody did something at or after an instant."""
        is_it = (activities.c.who == who, activities.c.what == what.value, activities.c.noted_at >= as_text(since))
        with self._read() as connection:
            return connection.execute(select(activities.c.activity_id).where(*is_it).limit(1)).first() is not None

    def people(self) -> list[str]:
        """Everybody whom the log names, by name."""
        with self._read() as connection:
            return sorted(filter(None, connection.execute(select(activities.c.who).distinct()).scalars()))

    def cut_at_the_end(self) -> list[str]:
        """Say in words where the log lacks the row that was remembered as its last; nothing where it is there."""
        if self._head is None:
            return []
        try:
            said = json.loads(self._head.read_text(encoding="ascii"))
            number, chain = int(said["activity_id"]), str(said["chain"])
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError):
            return [f"{self._head} cannot be read, so nobody can tell whether the activity log was cut at its end."]
        with self._read() as connection:
            found = connection.execute(select(activities.c.chain).where(activities.c.activity_id == number)).scalar()
            last = next_id(connection, activities, "activity_id") - 1
        if found is None:
            return [f"The activity log ends at row {last}, but row {number} was written: it was cut at its end."]
        return [] if found == chain else [f"Row {number} of the activity log is another one than was written."]


def _of(who: str | None, what: Did | None) -> list[ColumnElement[bool]]:
    """The conditions of a person and a kind; None: any."""
    wanted = [activities.c.who == who] if who else []
    return wanted + ([activities.c.what == what.value] if what else [])


def add_activity(connection: Connection, what: Did, on_what: Sequence[str], actor: Actor, now: datetime) -> Row:
    """Add a row within a transaction that writes; return its values. An id that is too long is cut."""
    refuse_unfit("name of who did it", actor.who, MAX_SAVED_NAME)
    number = next_id(connection, activities, "activity_id")
    before = connection.execute(select(activities.c.chain).where(activities.c.activity_id == number - 1)).scalar()
    kept = [one.replace("\0", "").encode("utf-8", "replace").decode()[:MAX_SAVED_NAME] for one in on_what[:MOST_IDS]]
    ids, salt = json.dumps(kept, ensure_ascii=False), secrets.token_hex(SALT_BYTES)
    row = {
        "activity_id": number, "who": actor.who, "through": actor.through.value, "what": what.value, "on_what": ids,
        "salt": salt, "on_hash": _salted(salt, ids), "noted_at": as_text(now),
    }  # fmt: skip
    return add(connection, activities, {**row, "chain": _link(before or "", row)})


def erase_ids(row: RowMapping, is_erased: Callable[[str], bool]) -> dict[str, object]:
    """What changes in a row where some of its ids are erased; nothing where none is."""
    ids = json.loads(row["on_what"])
    left = [ERASED if is_erased(one) else one for one in ids]
    return {} if left == ids else {"on_what": json.dumps(left, ensure_ascii=False), "salt": None}


def chain_problems(records: Sequence[RowMapping]) -> list[str]:
    """Say in words where the chain of a whole log, in its order, is broken."""
    lines, before = [], ""
    last_erasure = max((row["activity_id"] for row in records if row["what"] == Did.ERASE), default=0)
    for row in records:
        number = row["activity_id"]
        if row["chain"] != _link(before, row):
            lines.append(
                f"The activity log is broken at row {number}: it or the row before it was changed, taken out or put in."
            )
        if row["salt"] is not None and _salted(row["salt"], row["on_what"]) != row["on_hash"]:
            lines.append(f"Row {number} of the activity log names other ids than it was written with.")
        if row["salt"] is None and not (_is_erased(row) and number < last_erasure):
            lines.append(f"Row {number} of the activity log lost its ids, and no erasure after it says why.")
        before = row["chain"]
    return lines


def _is_erased(row: RowMapping) -> bool:
    try:
        return ERASED in json.loads(row["on_what"])
    except ValueError:
        return False


def _salted(salt: str, ids: str) -> str:
    return schema.digest(f"{salt}{ids}")


def _link(before: str, row: Row) -> str:
    """The hash of a row and the one before it; ids count by their salted hash."""
    columns = [row[name] for name in ("activity_id", "who", "through", "what", "on_hash", "noted_at")]
    return hashlib.sha256(json.dumps([before, *columns], ensure_ascii=False).encode()).hexdigest()


def _as_activity(row: Row) -> Activity:
    actor = Actor(row["who"], Through(row["through"]))
    ids = tuple(json.loads(row["on_what"]))
    return Activity(row["activity_id"], actor, Did(row["what"]), ids, as_instant(row["noted_at"]))
