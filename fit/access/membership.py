"""Read e-mail addresses of a sign-in and of the list of members, and say which role an address has."""

import unicodedata
from collections.abc import Mapping

from fit.access.person import Role
from fit.locale import _
from fit.text import shortened

LONGEST_ADDRESS = 200  # characters; the list of members keeps no longer one


class AddressRefused(ValueError):
    """What is no e-mail address, or may not have the role; the message says why."""


def read_address(text: object) -> str:
    """An e-mail address as it is compared: in lower case, after NFKC, without blanks around it.

    Raises AddressRefused for what is no text and for what is no address.
    """
    if not isinstance(text, str) or not text.strip():
        raise AddressRefused(_("No e-mail address was given."))
    address = unicodedata.normalize("NFKC", text).strip().lower()
    name, _at, domain = address.partition("@")
    is_clean = all(sign.isprintable() and not sign.isspace() for sign in address)
    if not (name and domain and "@" not in domain and is_clean and len(address) <= LONGEST_ADDRESS):
        raise AddressRefused(_("{text} is no e-mail address.").format(text=repr(shortened(text))))
    return address


def read_entry(text: str, role: Role | None) -> str:
    """An entry of the list of members: an address, or "@brand.example" for everybody of that domain.

    role: that it shall have; a domain can only be of viewers, for it lets people in whom nobody named. Raises
    AddressRefused.
    """
    entry = text.strip()
    if not unicodedata.normalize("NFKC", entry).startswith("@"):
        return read_address(entry)
    domain = read_address(f"anybody{entry}").removeprefix("anybody")
    if role not in (None, Role.VIEWER):
        raise AddressRefused(_("A whole domain can only be given the role of viewers. Add people one by one."))
    return domain


def domain_of(address: str) -> str:
    """The entry that would stand for everybody of the domain of an address.

    >>> domain_of("ada@brand.example")
    '@brand.example'
    """
    return "@" + address.rpartition("@")[2]


def read_admins(setting: str) -> frozenset[str]:
    """The addresses of a setting, separated by blanks. Raises AddressRefused with the one that cannot be read."""
    return frozenset(map(read_address, setting.split()))


def role_of(address: str, admins: frozenset[str], noted: Mapping[str, str | None]) -> Role | None:
    """Which role an address has; None for one that this server does not know.

    admins: of the setting; they are always admins. noted: roles on the list of members, by entry; None for one that was
    taken off, who then is out even if the domain is on the list.
    """
    if address in admins:
        return Role.ADMIN
    role = noted[address] if address in noted else noted.get(domain_of(address))
    return Role(role) if role else None
