"""Sign a saved charter: by name, or without an account by a page that is sent out and a file that comes back."""

from functools import partial

import streamlit as st

from fit.agreement import Side
from fit.charter import CharterRefused, ReturnedSignature, read_signature
from fit.documents import page_to_sign
from fit.locale import ENGLISH, _
from fit.text import literal, plain, words
from pages.ui import blocks, decisions_access
from pages.ui.decisions_access import SavedCharter
from pages.ui.partnership import open_draft, preview

SIDES = (Side.BRAND, Side.CREATOR)  # in the order of the document


def signatures(saved: SavedCharter, *, is_same: bool) -> None:
    """A place to sign for each side: the text that is shown, and no other."""
    st.subheader(_("Signatures"), anchor=False)
    if not is_same:
        st.warning(_("These signatures belong to the earlier text. The draft above needs new ones once it is saved."))
    signed = {signature.side: signature for signature in saved.sign_offs}
    for column, side in zip(st.columns(2, border=True), SIDES, strict=True):
        with column:
            st.caption(_("For the brand") if side == Side.BRAND else _("For the creator"))
            if side in signed:
                signature = signed[side]
                st.markdown(f":material/check_circle: **{literal(signature.signer)}**")
                when = f"{words.day(signature.signed_at.date())}, {signature.signed_at:%H:%M} UTC"
                said = _("{when} · fingerprint of the text: {start}…")
                st.caption(said.format(when=when, start=signature.sha256[:12]))
            else:
                if signed:
                    st.text_input(
                        _("Why one person signs for both sides"), key=f"both_{side}",
                        placeholder=_("only where it is so; shown in the charter"),
                    )  # fmt: skip
                _signature_form(saved, side)
                _by_file(saved, side)


def _signature_form(saved: SavedCharter, side: Side) -> None:
    with st.form(f"sign_{side}", border=False):
        st.text_input(_("Signer's name"), key=f"signer_{side}")
        st.form_submit_button(
            _("Sign for the brand") if side == Side.BRAND else _("Sign for the creator"), icon=":material/draw:",
            on_click=_write_signature, args=(saved, side),
        )  # fmt: skip
    open_draft.show_message(f"sign_{side}")


def _write_signature(saved: SavedCharter, side: Side) -> None:
    signer = plain(st.session_state[f"signer_{side}"])
    with open_draft.failures_told(beside=f"sign_{side}"):
        decisions_access.sign(
            saved.name, side=side, signer=signer, why_both=st.session_state.get(f"both_{side}", ""),
            sha256=saved.sha256, generation=saved.generation,
        )  # fmt: skip


def _by_file(saved: SavedCharter, side: Side) -> None:
    """The page to sign, and the file that it gave back; what that says is shown before it counts."""
    with st.expander(_("Sign without an account"), icon=":material/outgoing_mail:"):
        st.caption(_("Send this page. It opens on a phone, without a network, and gives back a file to load here."))
        make = blocks.in_language(partial(page_to_sign, saved, side), ENGLISH)
        stem = preview.file_name("sign", side, decisions_access.title_of(saved.name))
        blocks.download(_("Page to sign"), make, f"{stem}.html", f"page_to_sign_{side}", "draw")
        loaded = st.file_uploader(_("Load the file that came back"), type=["txt", "md"], key=f"signed_{side}_upload")
        if loaded:
            _came_back(saved, side, loaded.getvalue())


def _came_back(saved: SavedCharter, side: Side, content: bytes) -> None:
    try:
        returned = read_signature(content)
    except CharterRefused as error:
        st.error(literal(error), icon=":material/error:")
        return
    st.markdown(f":material/draw: **{literal(returned.signer)}**")
    if returned.signed_at:
        st.caption(words.day(returned.signed_at.date()))
    st.button(
        _("Use this signature"), key=f"take_signed_{side}", type="primary", on_click=_take_returned,
        args=(saved.name, side, returned),
    )  # fmt: skip


def _take_returned(name: str, side: Side, returned: ReturnedSignature) -> None:
    with open_draft.failures_told(beside=f"sign_{side}"):
        decisions_access.sign_as_returned(name, side, returned, st.session_state.get(f"both_{side}", ""))
