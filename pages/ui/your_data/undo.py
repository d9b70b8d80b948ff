"""Undo the last load, after a question: the generation before it counts again."""

import streamlit as st

from fit.locale import _
from fit.text import literal
from pages.ui import store_access


def undo() -> None:
    """The way back, where there is one, and the outcome of the last undo."""
    is_undone, sentence = st.session_state.pop("undone", (False, ""))
    if is_undone:
        st.success(literal(sentence), icon=":material/undo:")
    elif sentence:
        st.error(literal(sentence), title=_("Nothing was undone"), icon=":material/error:")
    before = store_access.generation_before()
    if before is not None and st.button(_("Undo the last load"), icon=":material/undo:", type="tertiary"):
        st.dialog(_("Undo the last load?"))(_confirm)(before)


def _confirm(before: int) -> None:
    if "undone" in st.session_state:
        st.rerun()  # the whole page: everything on it changes
    st.markdown(
        _(
            "Generation {number} will count again, for everybody who uses this store. The files of the last load "
            "will no longer count; load them again to go forward."
        ).format(number=before)
    )
    with st.container(horizontal=True):
        st.button(_("Undo the load"), type="primary", icon=":material/undo:", on_click=_undo, key="undo_confirmed")
        if st.button(_("Keep it"), key="undo_dropped"):
            st.rerun()


def _undo() -> None:
    """Go back one generation (callback)."""
    try:
        number = store_access.undo()
    except store_access.StoreError as error:
        st.session_state["undone"] = False, str(error)
        return
    sentence = _("Generation {number} counts again. Load your files to go forward.").format(number=number)
    st.session_state["undone"] = True, sentence
    st.session_state.pop("brought", None)
