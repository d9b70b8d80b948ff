"""Whose export is each of these files, where none of them says? One field a file, for many exports dropped at once."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from fit.locale import _
from fit.text import visible_literal
from pages.ui import blocks
from pages.ui.store_access import Code
from pages.ui.your_data.upload_state import Batch

NOT_SAID = (Code.CREATOR_NEEDED, Code.CREATOR_COLUMN_NEEDED, Code.CODES_OF_NOBODY)  # whose the file is


def without_owner(batch: Batch) -> list[int]:
    """The places of the files that were refused because they do not say whose they are."""
    files = batch.document.get("files", ())
    asked = {file["upload"] for file in files if any(part["code"] in NOT_SAID for part in file["message_parts"])}
    named = {look["upload"] for look in batch.looks}
    return sorted(place for place in asked - named if place is not None)


def name_owners(batch: Batch) -> Batch | None:
    """Ask for the creator of each such file; returns the batch with the answers when the button was pressed."""
    places = without_owner(batch)
    if not places:
        return None
    with st.container(border=True):
        st.subheader(_("Whose exports are these?"), anchor=False)
        st.markdown(
            _(
                "A platform's export never names its account. Write each creator's id, as your other tables have it; "
                "a new id makes a new creator."
            ),
            width=blocks.READING_WIDTH,
        )
        with st.form("owners", border=False):
            said = {}
            with st.grid(2, min_column_width=260) as grid:
                for place in places:
                    with grid.cell():
                        name = batch.uploads[place].name
                        said[place] = st.text_input(
                            _("Creator of {file}").format(file=visible_literal(name)), key=f"owner_{place}_{name}"
                        ).strip()
            is_pressed = st.form_submit_button(
                _("Preview with these creators"), type="primary", icon=":material/preview:"
            )
    if not is_pressed:
        return None
    if not any(said.values()):
        st.warning(_("No creator id was written. Write at least one, then press Preview with these creators."))
        return None
    return owned(batch, said)


def owned(batch: Batch, said: Mapping[int, str]) -> Batch:
    """The batch with a creator for each file that one was written for."""
    own = {place: {"creator": creator} for place, creator in said.items() if creator}
    return replace(batch, named=dict(batch.named) | own)
