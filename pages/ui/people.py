"""Tell who is signed in and what they may do, and refuse the rest.

Sign-in counts as set up once Streamlit's secrets hold an [auth] table. Nothing of it is remembered: each question reads
the role anew, so that somebody who is taken off the list is out on the next run, and in each callback before it.
"""

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from fit.access import (
    Action,
    AddressRefused,
    Person,
    Role,
    domain_of,
    may,
    read_address,
    read_admins,
    read_entry,
    role_of,
)
from fit.locale import _, phrase
from pages.ui.opened_decisions import Actor, DecisionsError, Did, SavedMember, Through, opened

__all__ = ["DecisionsError", "SavedMember"]  # for the pages, which import no data

ADMINS = "CREATOR_FIT_ADMINS"  # of the environment: addresses of those who are always admins, separated by blanks
LATEST = 2**37  # seconds since 1970: no claim of a time lies beyond it
NOT_YOURS = phrase("Your role does not allow this. An admin of this server can give you another role.")
P = ParamSpec("P")
T = TypeVar("T")


class NotAllowed(DecisionsError):
    """Somebody may not do something; the message says what to do about it. Pages show it as any refused save."""


class SignedOut(NotAllowed):
    """Nobody is signed in."""


class Unknown(NotAllowed):
    """Somebody is signed in whom this server does not know, or whose sign-in it cannot accept."""


class HalfSetUp(NotAllowed):
    """Sign-in is wanted, but its setting cannot be read: nobody gets in until that is mended."""


def sign_in_settings() -> Mapping[str, object] | None:
    """The [auth] table of the secrets; None where sign-in is not set up.

    Raises HalfSetUp where there are secrets that cannot be read, or admins without an [auth] table: a slip in a file
    must not open the server to everybody.
    """
    is_read = st.secrets.load_if_toml_exists()
    found = st.secrets.get("auth") if is_read else None
    if isinstance(found, Mapping):
        return found
    is_broken = not is_read and any(os.path.lexists(path) for path in st.get_option("secrets.files"))
    if found is not None or is_broken or admins():
        raise HalfSetUp(_("Sign-in is not set up completely, so nobody gets in. The log of the server says more."))
    return None


def admins() -> frozenset[str]:
    """Who is always an admin. Raises HalfSetUp for a setting that cannot be read."""
    try:
        return read_admins(os.environ.get(ADMINS, ""))
    except AddressRefused as error:
        raise HalfSetUp(f"{ADMINS}: {error}") from error


def person() -> Person | None:
    """Who is signed in; None where sign-in is not set up. Raises SignedOut, Unknown, HalfSetUp and DecisionsError."""
    if sign_in_settings() is None:
        return None
    claims = st.user.to_dict()
    if claims.get("is_logged_in") is not True:
        raise SignedOut(_("Sign in to see the creators of your team."))
    address = _address_in(claims)
    name = claims.get("name")
    return _known(address, name if isinstance(name, str) and name.strip() else address)


def _address_in(claims: Mapping[str, object]) -> str:
    """The address that the sign-in vouches for. Raises Unknown."""
    try:
        address = read_address(claims.get("email"))
    except AddressRefused as error:
        raise Unknown(_("Your sign-in does not say which e-mail address you have.")) from error
    if "email_verified" in claims and claims["email_verified"] not in (True, "true"):
        raise Unknown(_("You are signed in as {email}, but that address is not verified.").format(email=address))
    return address


def _known(address: str, name: str) -> Person:
    """The person of an address, with the role that counts now. Raises Unknown."""
    always = admins()
    noted = {} if address in always else opened().members().of([address, domain_of(address)])
    role = role_of(address, always, noted)
    if role is None:
        raise Unknown(_("You are signed in as {email}, whom this server does not know.").format(email=address))
    return Person(address, name, role)


def signed_in_at() -> datetime:
    """When the provider vouched for who is signed in; the start of today where it does not say."""
    said = st.user.to_dict().get("iat")
    if isinstance(said, int | float) and 0 < said < LATEST:
        return datetime.fromtimestamp(said, UTC)
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def email() -> str | None:
    """The address under which something is saved; None where sign-in is not set up. Raises as `person`."""
    who = person()
    return who.email if who else None


def allowed(action: Action) -> bool:
    """Whether this person may do something now; False for one who is not known."""
    try:
        return may(person(), action)
    except NotAllowed:
        return False


def refuse(action: Action) -> None:
    """Raise NotAllowed unless this person may do something now: the first line of whatever changes something."""
    if not may(person(), action):
        raise NotAllowed(_(NOT_YOURS))


def members() -> list[SavedMember]:
    """What counts of everybody who was ever on the list, by address. Raises NotAllowed and DecisionsError."""
    refuse(Action.CHANGE_ROLES)
    return opened().members().newest()


def change_role(entry: str, role: Role | None) -> SavedMember:
    """Give an address, or a domain of viewers, a role; None takes it off the list.

    Raises NotAllowed, AddressRefused, and DecisionsError.
    """
    refuse(Action.CHANGE_ROLES)
    read, own = read_entry(entry, role), email()
    if read in admins():
        raise AddressRefused(_("{email} is always an admin, by the settings of the server.").format(email=read))
    if read == own and role is not Role.ADMIN:
        raise AddressRefused(_("This is your own address. Ask another admin to change it."))
    noted = opened().members().note(read, role, by=own, now=datetime.now(UTC))
    opened().activity().note(Did.CHANGE_ROLE, [read], Actor(own, Through.PAGE), datetime.now(UTC))
    return noted


def if_still_allowed(action: Action, make: Callable[P, T]) -> Callable[P, T]:
    """The function, which refuses when it is called by a button long after the page was drawn.

    A download is made outside of the page's run, where nobody is signed in: the address is that of whoever drew it.
    """
    who = person()

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        if not may(who and _known(who.email, who.name), action):
            raise NotAllowed(_(NOT_YOURS))
        return make(*args, **kwargs)

    return made


def while_allowed(action: Action, draw: Callable[P, None]) -> Callable[P, None]:
    """The part of a page that is drawn again by itself, which draws the whole page anew once it is not allowed."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> None:
        if not allowed(action):
            st.rerun()
        draw(*args, **kwargs)

    return drawn
