"""Define the roles of a team and a person who is signed in."""

from dataclasses import dataclass
from enum import StrEnum

from fit.locale import _, phrase


class Role(StrEnum):
    """What somebody is to a team. Permissions.toml says what each role may do."""

    VIEWER = "viewer"
    MARKETER = "marketer"
    ADMIN = "admin"

    def in_words(self) -> str:
        """The role as pages name it."""
        return _(_ROLES[self])


_ROLES = {Role.VIEWER: phrase("Viewer"), Role.MARKETER: phrase("Marketer"), Role.ADMIN: phrase("Admin")}


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in and known to this server. email: in lower case; name: as the sign-in says it."""

    email: str
    name: str
    role: Role
