"""Open the decisions once for everybody on this server; who may read what of them is decided by those who ask here."""

from operator import methodcaller
from pathlib import Path

import streamlit as st

from data import decisions, store
from data.decisions import (
    MAX_REMARK,
    Actor,
    Decisions,
    DecisionsError,
    Did,
    PersonsDecisions,
    SavedMember,
    SavedShare,
    SavedVerdict,
    Through,
    Verdict,
    newest_verdicts,
)
from data.store import StoreError

# For the pages, which import no data:
__all__ = [
    "MAX_REMARK", "Actor", "Decisions", "DecisionsError", "Did", "PersonsDecisions", "SavedMember", "SavedShare",
    "SavedVerdict", "Through", "Verdict", "newest_verdicts",
]  # fmt: skip

MOST_OPENED = 2  # the database in use, and the one before it was exchanged


@st.cache_resource(max_entries=MOST_OPENED, show_spinner=False, on_release=methodcaller("close"))
def _opened(folder: str, identity: str) -> Decisions:  # the identity is a key: another file is another database
    return decisions.open_decisions(Path(folder))


def opened() -> Decisions:
    """All decisions, whoever asks; whatever they are asked, they answer as of now. Raises DecisionsError."""
    try:
        folder = store.store_folder()
    except StoreError as error:  # an object store that was never reached
        raise DecisionsError(str(error)) from error
    if decisions.identity(folder) is None:
        decisions.open_decisions(folder).close()  # made first, so that the cache knows which file it has opened
    return _opened(str(folder), str(decisions.identity(folder)))
