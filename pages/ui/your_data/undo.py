"""How does a load that was a mistake go away again? A question first, then the generation before counts again."""

import streamlit as st

from fit.locale import _
from fit.text import literal
from pages.ui import store_access


def undo() -> None:
    """The way back, where there is one, and what came of the last undo."""
    said = st.session_state.pop("undone", None)
    if said and said[0]:
        st.success(literal(said[1]), icon=":material/undo:")
    elif said:
        st.error(literal(said[1]), title=_("Nothing was undone"), icon=":material/error:")
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
    except store_access.StoreError as refused:
        st.session_state["undone"] = False, str(refused)
        return
    st.session_state["undone"] = (
        True,
        _("Generation {number} counts again. Load your files to go forward.").format(number=number),
    )
    st.session_state.pop("brought", None)
