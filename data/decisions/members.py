"""Save and read who has which role on this server: the allow-list of a team.

Rows are only ever added, and the newest of an address counts. Instants are arguments.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from data.decisions.rows import add, as_value, next_id, rows
from data.decisions.schema import members
from data.decisions.tables import Tables
from data.decisions.values import MAX_SAVED_NAME, ROLES, SavedMember, as_text, refuse_unfit, refuse_unknown


class Members(Tables):
    """The list of members in opened decisions."""

    def note(self, email: str, role: str | None, *, by: str | None, now: datetime) -> SavedMember:
        """Give an address (or "@brand.example") a role, one of ROLES; None takes it off the list.

        The role that it has already adds no row. by: the address of who says so; None for the command line.
        """
        refuse_unfit("address", email, MAX_SAVED_NAME)
        refuse_unfit("address of who changes it", by, MAX_SAVED_NAME)
        if role is not None:
            refuse_unknown("role", role, ROLES)
        with self._write() as connection:
            before = _newest(connection, members.c.email == email)
            if before and before[0].role == role:
                return before[0]
            row = {
                "member_id": next_id(connection, members, "member_id"), "email": email, "role": role,
                "noted_by": by, "noted_at": as_text(now),
            }  # fmt: skip
            return as_value(SavedMember, add(connection, members, row))

    def newest(self) -> list[SavedMember]:
        """What counts of every address that was ever on the list, by address; role is None of those taken off."""
        with self._read() as connection:
            return _newest(connection)

    def of(self, addresses: Collection[str]) -> dict[str, str | None]:
        """The role that counts of each of these addresses which was ever on the list; None for those taken off."""
        with self._read() as connection:
            return {one.email: one.role for one in _newest(connection, members.c.email.in_(addresses))}

    def history(self) -> list[SavedMember]:
        """Every change of the list, the first one first."""
        with self._read() as connection:
            return [as_value(SavedMember, row) for row in rows(connection, members, order=["member_id"])]


def _newest(connection: Connection, *where: ColumnElement) -> list[SavedMember]:
    last = select(func.max(members.c.member_id)).where(*where).group_by(members.c.email)
    records = rows(connection, members, members.c.member_id.in_(last), order=["email"])
    return [as_value(SavedMember, row) for row in records]
