"""Who may do what on a server with sign-in: roles, people, and the table of permissions (permissions.toml)."""

from fit.access.permissions import Action, may, may_open
from fit.access.person import Person, Role
