"""Ask for the creator of each file that does not name one, where many exports are dropped at once."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from fit.locale import _
from fit.text import visible_literal
from pages.ui import blocks
from pages.ui.store_access import Code
from pages.ui.your_data.upload_process import FileOptions
from pages.ui.your_data.upload_state import Batch

CREATOR_IS_UNKNOWN = (Code.CREATOR_NEEDED, Code.CREATOR_COLUMN_NEEDED, Code.CODES_OF_NOBODY)


def files_without_creator(batch: Batch) -> list[int]:
    """The indices of the files that were refused because they do not say whose they are."""
    files = batch.document.get("files", ())
    refused = [file for file in files if any(part["code"] in CREATOR_IS_UNKNOWN for part in file["message_parts"])]
    named = {listing["upload"] for listing in batch.listings}
    return sorted({index for file in refused if (index := file["upload"]) is not None} - named)


def name_creators(batch: Batch) -> Batch | None:
    """Ask for the creator of each such file; returns the batch with the answers when the button was pressed."""
    indices = files_without_creator(batch)
    if not indices:
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
            creators = {}
            with st.grid(2, min_column_width=260) as grid:
                for index in indices:
                    with grid.cell():
                        name = batch.uploads[index].name
                        creators[index] = st.text_input(
                            _("Creator of {file}").format(file=visible_literal(name)), key=f"owner_{index}_{name}"
                        ).strip()
            is_pressed = st.form_submit_button(
                _("Preview with these creators"), type="primary", icon=":material/preview:"
            )
    if not is_pressed:
        return None
    if not any(creators.values()):
        st.warning(_("No creator id was written. Write at least one, then press Preview with these creators."))
        return None
    return with_creators(batch, creators)


def with_creators(batch: Batch, creators: Mapping[int, str]) -> Batch:
    """The batch with a creator for each file that one was written for."""
    options = {index: FileOptions(creator=creator) for index, creator in creators.items() if creator}
    return replace(batch, named=dict(batch.named) | options)
