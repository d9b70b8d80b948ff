"""Draw what stands before the pages for whoever is not signed in or not known, and who is signed in below the menu."""

import logging
from collections.abc import Mapping

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError

from fit.access import Person
from fit.locale import _
from fit.text import literal
from pages.ui import people

DEFAULT = ""  # the provider whose settings stand in [auth] itself
WIDTH = 420  # pixels
log = logging.getLogger("creator_fit")


def sign_in_screen(reason: people.NotAllowed) -> None:
    """Instead of a page: one sentence and the button that helps. Nothing of the data."""
    with st.container(horizontal_alignment="center"), st.container(width=WIDTH, gap="medium", key="sign_in"):
        st.title("Creator Fit", anchor=False)
        st.markdown(literal(str(reason)))
        match reason:
            case people.SignedOut():
                _sign_in_buttons()
            case people.Unknown():
                ask = _("Ask whoever invited you, or an admin of this server, to put your address on the list.")
                st.markdown(ask)
                sign_out_button()
            case _:
                log.error("sign-in: %s", reason)


def _sign_in_buttons() -> None:
    for provider in providers(people.sign_in_settings() or {}):
        label = _("Sign in with {provider}").format(provider=literal(provider)) if provider else _("Sign in")
        if st.button(label, key=f"sign_in_{provider}", type="primary", icon=":material/login:", width="stretch"):
            try:
                st.login(provider or None)
            except (StreamlitAuthError, StreamlitMissingAuthlibError) as error:
                log.error("sign-in: %s", error)
                st.error(_("Sign-in is not set up completely. The log of the server says what is missing."))


def providers(settings: Mapping[str, object]) -> list[str]:
    """Those who can vouch for somebody, by their names in the [auth] table; DEFAULT for the one that has none."""
    named = [name for name, value in settings.items() if isinstance(value, Mapping) and name != "client_kwargs"]
    return [DEFAULT, *named] if "client_id" in settings or not named else named


def sign_out_button() -> None:
    """Sign out here, and with the provider where it offers that."""
    st.button(_("Sign out"), key="sign_out", icon=":material/logout:", on_click=st.logout)


def signed_in_as(who: Person) -> None:
    """Who is signed in, at the bottom of the menu."""
    with st.sidebar.container(gap="xsmall", key="signed_in"):
        st.caption(
            _("{name}, {role}").format(name=literal(who.name), role=who.role.in_words()), help=literal(who.email)
        )
        sign_out_button()
