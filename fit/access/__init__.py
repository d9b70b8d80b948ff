"""Who may do what on a server with sign-in: roles, people, and the table of permissions (permissions.toml)."""

from fit.access.membership import AddressRefused, domain_of, read_address, read_admins, read_entry, role_of
from fit.access.permissions import Action, may, may_open
from fit.access.person import Person, Role
