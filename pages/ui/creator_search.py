"""Choose creators by a part of their name, handle or id.

A store of some thousand creators is handed to the browser, which finds them as one types. Of a larger one a field
offers a few; what is typed there is looked up in the store, and never becomes an id of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import streamlit as st

from fit.ask import Ask
from fit.locale import _
from fit.text import literal, visible_text, words
from pages.ui import store_access
from pages.ui.view_link import show_as

MOST_OFFERED = 2_000  # creators of one field: about 100 kB, sent once
WIDTH = 520  # pixels: a name of 20 letters beside its handle and id
MOST_FOUND = 20  # creators that a typed part offers


def one_creator(
    label: str, key: str, chosen: str | None, write: Callable[[str], object], first: Iterable[str] = ()
) -> None:
    """A field for one creator. write: gets the id that somebody chooses; first: ids that a large store offers."""
    names, is_whole = _offered(key, [*filter(None, [chosen]), *first])
    st.selectbox(
        label, list(names), key=show_as(key, chosen), format_func=partial(_shown, names), filter_mode="contains",
        accept_new_options=not is_whole, width=WIDTH, on_change=_one_chosen, args=(key, tuple(names), chosen, write),
        index=None, placeholder=_("Name, handle or id"), help=None if is_whole else _search_help(),
    )  # fmt: skip
    _say(key)


def several_creators(
    label: str,
    key: str,
    chosen: Sequence[str],
    write: Callable[[tuple[str, ...]], object],
    *,
    first: Iterable[str] = (),
    most: int | None = None,
    meaning: str = "",
    placeholder: str = "",
) -> None:
    """A field for several creators, in their order. write: gets the ids after a change; most: creators at once."""
    names, is_whole = _offered(key, [*chosen, *first])
    names |= _names_alone(chosen)
    st.multiselect(
        label, list(names), key=show_as(key, list(chosen)), format_func=partial(_shown, names), filter_mode="contains",
        accept_new_options=not is_whole, max_selections=most, select_all=False, on_change=_several_chosen,
        args=(key, tuple(names), write), placeholder=placeholder or _("Name, handle or id"),
        help=" ".join(filter(None, [meaning, "" if is_whole else _search_help()])) or None,
    )  # fmt: skip
    _say(key)


def _search_help() -> str:
    return _("Type a part of the name, the handle or the id and press Enter.")


def _offered(key: str, first: Sequence[str]) -> tuple[dict[str, str], bool]:
    """What a field offers, id to label, and whether these are all creators. first: stand above the others."""
    is_whole = store_access.answer_row("generation")["count_creators"] <= MOST_OFFERED
    everybody = _everybody() if is_whole else {}
    looked_up = () if is_whole else st.session_state.get(f"{key}_found", ())
    wanted = dict.fromkeys((*looked_up, *first))
    names = {creator_id: everybody.get(creator_id) or _label_of(creator_id) for creator_id in wanted}
    return names | everybody, is_whole


@store_access.per_generation(1)
def _everybody(ask: Ask) -> dict[str, str]:
    """The label of every creator of a store that is small enough for one field, by name."""
    rows = ask("find_creators", words="", top=MOST_OFFERED).select("creator_id", "creator_name", "handle")
    return {creator_id: _label(creator_id, name, handle) for creator_id, name, handle in rows.iter_rows()}


def _label(creator_id: str, name: str | None, handle: str | None) -> str:
    """Everything that finds a creator, the name first: "Plant Pauline · @plants · c12", "José · c7 · Jose"."""
    parts = dict.fromkeys(filter(None, [name, handle, creator_id, *store_access.other_spellings(name or "")]))
    return visible_text(" · ".join(parts))


def _names_alone(chosen: Sequence[str]) -> dict[str, str]:
    """Those who are chosen already need not be found: their names will do, where no two are alike."""
    names = {creator_id: store_access.profile(creator_id)["creator_name"] or creator_id for creator_id in chosen}
    return {creator_id: visible_text(name) for creator_id, name in names.items() if [*names.values()].count(name) == 1}


def _label_of(creator_id: str) -> str:
    known = store_access.answer("creator", creator_id=creator_id)
    return _label(
        creator_id, *(known.row(0, named=True)[part] if known.height else None for part in ("creator_name", "handle"))
    )


def _shown(names: Mapping[str, str], creator_id: str) -> str:
    return names.get(creator_id, creator_id)


def _one_chosen(key: str, offered: tuple[str, ...], before: str | None, write: Callable[[str], object]) -> None:
    wanted = st.session_state[key]
    if wanted is None:
        return
    creator_id = _id_of(key, wanted, offered)
    st.session_state[key] = creator_id or before
    if creator_id:
        write(creator_id)


def _several_chosen(key: str, offered: tuple[str, ...], write: Callable[[tuple[str, ...]], object]) -> None:
    found = [_id_of(key, wanted, offered) for wanted in st.session_state[key]]
    ids = tuple(dict.fromkeys(filter(None, found)))
    st.session_state[key] = list(ids)
    write(ids)


def _id_of(key: str, wanted: str, offered: tuple[str, ...]) -> str | None:
    """The creator that is meant: one that was offered, has this very id, or alone has these letters.

    Of several with these letters the field offers all, and says so.
    """
    if wanted in offered or store_access.is_known(wanted):
        st.session_state.pop(f"{key}_said", None)
        return wanted
    found = [row[0] for row in store_access.found_creators(wanted, MOST_FOUND)]
    st.session_state[f"{key}_found"] = tuple(found)
    st.session_state[f"{key}_said"] = ""
    if len(found) == 1:
        return found[0]
    sentence = _("No creator has {letters} in name, handle or id.")
    if len(found) == MOST_FOUND:
        sentence = _("The first {creators} with {letters}: choose one, or type more letters.")
    elif found:
        sentence = _("{creators} with {letters}: choose one from the list.")
    number = words.counted(len(found), "creator", "creators")
    st.session_state[f"{key}_said"] = sentence.format(letters=f"“{wanted}”", creators=number)
    return None


def _say(key: str) -> None:
    if sentence := st.session_state.get(f"{key}_said"):
        st.caption(literal(sentence))
