"""Show what became of the files of the last upload, or would: in sentences, with one next step, and details folded."""

from collections.abc import Sequence

import streamlit as st

from fit.locale import _
from fit.text import visible_literal
from pages.ui import blocks, store_access
from pages.ui.your_data import outcome
from pages.ui.your_data.creator_names import FIRST_NAMES
from pages.ui.your_data.report import changes, in_words, verdict
from pages.ui.your_data.upload_process import Batch, FileEntry


def summary(batch: Batch) -> None:
    """What is in now, by name; what needs a look, the cell at fault first; what was left out on purpose, folded."""
    document = batch.document
    st.header(_("What these files would change") if batch.is_preview else _("Your files"), anchor=False)
    if "failed" in document:
        failure = in_words([document["failed"]], is_preview=batch.is_preview)
        st.error(visible_literal(failure), title=_("Nothing was loaded"), icon=":material/error:")
        return
    files = document["files"]
    st.markdown(f"**{visible_literal(first_line(batch))}**", width=blocks.READING_WIDTH)
    for sentence in outcome.needs_a_look(files, is_preview=batch.is_preview):
        st.markdown(f":material/flag: {visible_literal(sentence)}", width=blocks.READING_WIDTH)
    if _has_example(files) and not batch.is_preview:
        st.warning(_("The example row of a template is in too. Undo this load, delete row 2, and load the file again."))
    for warning in document.get("warnings", ()):
        st.warning(visible_literal(warning), icon=":material/compare_arrows:")
    if batch.is_preview and batch.has_news:
        changes(document)


def first_line(batch: Batch) -> str:
    """What is in now, by name; of a preview, and where nothing came in, what became of the files."""
    files = batch.document["files"]
    if batch.is_preview or not batch.has_news:
        return verdict(batch)
    first = [who for file in files for who in file["creators"][:FIRST_NAMES]]
    return outcome.brought_in(files, store_access.names_of(first))


def left_out(batch: Batch) -> None:
    """Behind a fold: columns, totals and codes that were left out on purpose, and what else there is to know."""
    notes = outcome.left_out(batch.document.get("files", ()), is_preview=batch.is_preview)
    if notes:
        with st.expander(_("Left out on purpose, and notes"), icon=":material/playlist_remove:"):
            st.markdown("\n".join(f"- {visible_literal(note)}" for note in notes))


def _has_example(files: Sequence[FileEntry]) -> bool:
    creators = outcome.creators_of(files)
    named = store_access.names_of(creators).values() if len(creators) <= FIRST_NAMES else ()
    return bool(store_access.EXAMPLES & {*creators, *named})
