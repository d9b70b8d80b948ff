"""Say whose a partnership is, and whether the team sees it: rows are only added, and the newest of a name counts.

A name without a row is the team's, as everything is that was begun without sign-in.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from data.decisions.rows import Row, add, next_id, rows
from data.decisions.schema import charters, counts, drafts, ownerships, reviews, stage_notes
from data.decisions.tables import Tables
from data.decisions.values import MAX_SAVED_NAME, OF_PARTNERSHIPS, DecisionsError, as_text, refuse_unfit


@dataclass(frozen=True)
class Ownership:
    """Whose a partnership is. owner: an e-mail address. is_team: whether the whole team sees it, or the owner alone."""

    name: str
    owner: str
    is_team: bool

    def is_hidden_from(self, person: str) -> bool:
        """Whether somebody must not learn of it."""
        return not self.is_team and self.owner != person


class Owners(Tables):
    """Who owns which partnership in one database of decisions."""

    def of(self, name: str) -> Ownership | None:
        """Whose a partnership is; None where it is the team's."""
        with self._read() as connection:
            return next(iter(_newest(connection, ownerships.c.name == name)), None)

    def hidden_from(self, person: str) -> frozenset[str]:
        """Names of all partnerships that a person must not learn of."""
        with self._read() as connection:
            return frozenset(one.name for one in _newest(connection) if one.is_hidden_from(person))

    def begin(self, name: str, owner: str, now: datetime) -> Ownership | None:
        """Let a name that nobody has used belong to somebody, and be theirs alone; else say whose it is."""
        refuse_unfit("name", name, MAX_SAVED_NAME)
        with self._write() as connection:
            if found := _newest(connection, ownerships.c.name == name):
                return found[0]
            return None if _is_used(connection, name) else _note(connection, name, owner, False, now)

    def show_to_team(self, name: str, owner: str, is_team: bool, now: datetime) -> Ownership:
        """Let the team see a partnership, or its owner alone. Raises DecisionsError unless it is this person's."""
        with self._write() as connection:
            found = _newest(connection, ownerships.c.name == name)
            if not found or found[0].owner != owner:
                raise DecisionsError("This partnership is not yours, so nothing was changed.")
            return found[0] if found[0].is_team == is_team else _note(connection, name, owner, is_team, now)


def _is_used(connection: Connection, name: str) -> bool:
    draft = select(drafts.c.name).where(drafts.c.kind.in_(OF_PARTNERSHIPS), drafts.c.name == name)
    others = [select(table.c.name).where(table.c.name == name) for table in (charters, stage_notes, counts, reviews)]
    return any(connection.execute(question.limit(1)).first() for question in (draft, *others))


def _newest(connection: Connection, *where: ColumnElement) -> list[Ownership]:
    last = select(func.max(ownerships.c.ownership_id)).where(*where).group_by(ownerships.c.name)
    found = rows(connection, ownerships, ownerships.c.ownership_id.in_(last), order=["name"])
    return [_as_ownership(row) for row in found]


def _note(connection: Connection, name: str, owner: str, is_team: bool, now: datetime) -> Ownership:
    refuse_unfit("owner", owner, MAX_SAVED_NAME)
    row = {
        "ownership_id": next_id(connection, ownerships, "ownership_id"), "name": name, "owner": owner,
        "is_team": int(is_team), "noted_at": as_text(now),
    }  # fmt: skip
    return _as_ownership(add(connection, ownerships, row))


def _as_ownership(row: Row) -> Ownership:
    return Ownership(row["name"], row["owner"], bool(row["is_team"]))
