"""Ask about a field that two people gave different texts: show both, and let one be chosen. Nothing else waits."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from fit.agreement import LONGEST_TEXT, Clash, place_of
from fit.conversation import clash_words, place_words
from fit.locale import _
from fit.text import literal
from pages.ui.partnership import open_draft
from pages.ui.partnership.open_draft import OpenDraft


def clash_boxes(draft: OpenDraft, *parts: str, of: Callable[[Clash], bool] = lambda clash: True) -> None:
    """A box for each such field of these parts of the agreement, beside its control; without parts, for those that have
    none on this page. of: which clashes of them."""
    with st.container():  # one block, however many: a field that is typed into below never changes its place
        for number, clash in list(draft.clashes.items()):
            if (not parts or clash.part in parts) and of(clash):
                _box(draft, draft.clashes.pop(number), number)


def boxes_of_entry(draft: OpenDraft, part: str, index: int) -> None:
    """The same for one entry of a list."""
    clash_boxes(draft, part, of=lambda clash: place_of(draft.agreement, clash) == index)


def _box(draft: OpenDraft, clash: Clash, number: int) -> None:
    with st.container(border=True, key=f"clash_{number}"):
        sentence = _("Two people changed this at the same time: {place}. Both texts are kept until one is chosen.")
        place = literal(place_words(clash.part, clash.cell))
        st.warning(sentence.format(place=place), icon=":material/call_split:")
        second, first = clash_words(clash, draft.agreement.currency)
        ways = (
            (_("Saved first, shown now"), first, _("Keep this one"), clash.theirs, "first"),
            (_("Saved second"), second, _("Take this one"), clash.mine, "second"),
        )
        for column, (whose, text, label, chosen, key) in zip(st.columns(2), ways, strict=True):
            with column:
                st.caption(whose)
                st.markdown(literal(text) if text else _("(nothing)"))
                _choice(label, clash, chosen, f"clash_{number}_{key}")
        if (both := _both(clash)) is not None:
            _choice(_("Keep both texts"), clash, both, f"clash_{number}_both")


def _choice(label: str, clash: Clash, chosen: Any, key: str) -> None:
    st.button(label, key=key, on_click=open_draft.settle_clash, args=(clash, chosen))


def _both(clash: Clash) -> Any:
    """One text after the other; None where the field takes no two."""
    mine, theirs = clash.shown(clash.mine), clash.shown(clash.theirs)
    if type(mine) is not str or type(theirs) is not str or len(mine) + len(theirs) >= LONGEST_TEXT:
        return None
    text = f"{theirs}\n{mine}"
    return text if clash.cell is None else replace(clash.theirs, **{clash.cell: text})
