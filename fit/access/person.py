"""Define the roles of a team and a person who is signed in."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to a team. Permissions.toml says what each role may do."""

    VIEWER = "viewer"
    MARKETER = "marketer"
    ADMIN = "admin"


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in and known to this server. email: in lower case; name: as the sign-in says it."""

    email: str
    name: str
    role: Role
