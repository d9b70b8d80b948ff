"""How is a list of an agreement written on screen? One line an entry, changed in place, and one line to add another.

Each control shows what the paper says and writes it back at once, so that there is one truth and nothing to forget.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from fit.agreement import Agreement
from fit.locale import _
from pages.ui.partnership import open_draft
from pages.ui.partnership.open_draft import OpenDraft

TYPED = ("text", "day")  # kinds of cells that are emptied once their entry is added; a choice stays chosen
ROOM = 2  # parts of a line that its button needs
LONGEST = 1_000  # characters of one entry: a sentence or two, not a letter


@dataclass(frozen=True)
class Cell:
    """One control of an entry. name: of the field; kind: text, area, choice, whole or day; options: of a choice, shown
    by said; width: its part of the line; least, most: of a whole number; is_needed: an entry without it is none."""

    name: str
    label: str
    kind: str = "text"
    options: tuple = ()
    said: Callable[[object], str] = str
    width: int = 1
    least: int = 1
    most: int = 1_000
    is_needed: bool = False
    placeholder: str = ""


def show_as(key: str, value: object) -> str:
    """Let a control show what the paper says; return its key."""
    st.session_state[key] = value
    return key


def list_form(
    paper: OpenDraft,
    part: str,
    make: Callable[..., object],
    cells: Sequence[Cell],
    *,
    add: str,
    belongs: Callable[[object], bool] = lambda entry: True,
    below: Callable[[int], object] | None = None,
) -> None:
    """Every entry of a part of the agreement, and below them a new one. make: an entry from its cells by name; add:
    what the button says; belongs: which entries are shown here; below: draws what stands under the entry of a place."""
    for at, entry in enumerate(getattr(paper.agreement, part)):
        if belongs(entry):
            _entry(part, at, entry, cells, below)
    new_entry(part, make, cells, add)


def _entry(part: str, at: int, entry: object, cells: Sequence[Cell], below: Callable[[int], object] | None) -> None:
    labels = "visible" if at == 0 else "collapsed"
    with st.container(border=False, key=f"{part}_{at}"):
        *columns, last = st.columns([*[cell.width for cell in cells], ROOM], vertical_alignment="bottom", gap="small")
        for column, cell in zip(columns, cells, strict=True):
            with column:
                key = show_as(f"{part}_{at}_{cell.name}", getattr(entry, cell.name))
                control(cell, key, on_change=change_cell, args=(part, at, cell, key), label_visibility=labels)
        last.button(
            _("Remove"), key=f"{part}_{at}_remove", icon=":material/close:", type="tertiary", on_click=remove,
            args=(part, at), help=_("Takes this line out; Undo brings it back"),
        )  # fmt: skip
        if below:
            below(at)


def new_entry(part: str, make: Callable[..., object], cells: Sequence[Cell], add: str) -> None:
    """A line for a new entry; what its maker has fixed tells two such lines of one part apart.

    What stands in it waits there, also on the way to other pages, until it is added. An entry of one text is added as
    soon as the field is left.
    """
    fixed = getattr(make, "keywords", {})
    named = "_".join(["new", part, *map(str, fixed.values())]).replace(" ", "_")
    given = (part, make, tuple(cells), named)
    at_once = {"on_change": _add, "args": given} if len(cells) == 1 else {}
    with st.container(key=named):
        *columns, last = st.columns([*[c.width for c in cells], ROOM], vertical_alignment="bottom", gap="small")
        for cell, column in zip(cells, columns, strict=True):
            with column:
                control(cell, f"{named}_{cell.name}", persist_state="session", **at_once)
        last.button(add, icon=":material/add:", key=f"{named}_add", on_click=_add, args=given)


def control(cell: Cell, key: str, **given: object) -> object:
    """Draw one control; return what it holds."""
    if cell.kind == "choice":
        options = list(cell.options)
        is_open = st.session_state.get(key) is None
        return st.selectbox(
            cell.label, options, key=key, format_func=cell.said, index=None if is_open and not cell.is_needed else 0,
            placeholder=cell.placeholder or _("not said"), **given,
        )  # fmt: skip
    if cell.kind == "whole":
        return st.number_input(
            cell.label,
            cell.least,
            cell.most,
            value=None if not cell.is_needed else cell.least,
            key=key,
            step=1,
            **given,
        )
    if cell.kind == "day":
        return st.date_input(cell.label, value=None, key=key, format="YYYY-MM-DD", **given)
    return st.text_input(cell.label, key=key, max_chars=LONGEST, placeholder=cell.placeholder, **given)


def value_of(cell: Cell, key: str) -> object:
    """What a control holds, as the agreement keeps it."""
    value = st.session_state[key]
    return value.strip() if isinstance(value, str) else value


def change_cell(part: str, at: int, cell: Cell, key: str) -> None:
    """Write one cell of an entry into the paper (callback)."""
    value = value_of(cell, key)
    if cell.is_needed and value in ("", None):
        open_draft.say(
            _("{what} may not be empty, so the old text is kept. Press Remove to take the line out.").format(
                what=cell.label
            )
        )
        return
    open_draft.change(partial(changed, part=part, at=at, cells={cell.name: value}))


def changed(agreement: Agreement, part: str, at: int, cells: dict[str, object]) -> Agreement:
    """The agreement with other values in one entry of a part."""
    entries = list(getattr(agreement, part))
    entries[at] = replace(entries[at], **cells)
    return replace(agreement, **{part: tuple(entries)})


def remove(part: str, at: int) -> None:
    """Take an entry out (callback)."""
    open_draft.change(partial(_without, part=part, at=at))


def _without(agreement: Agreement, part: str, at: int) -> Agreement:
    entries = list(getattr(agreement, part))
    del entries[at]
    return replace(agreement, **{part: tuple(entries)})


def _add(part: str, make: Callable[..., object], cells: tuple[Cell, ...], named: str) -> None:
    values = {cell.name: value_of(cell, f"{named}_{cell.name}") for cell in cells}
    typed = [cell for cell in cells if cell.kind in TYPED and values[cell.name] not in ("", None)]
    if len(cells) == 1 and not typed:
        return  # the field was left and added already, then the button was pressed
    for cell in cells:
        if cell.is_needed and values[cell.name] in ("", None):
            open_draft.say(_("{what} is empty. Fill it in, then add the line.").format(what=cell.label))
            return
    if open_draft.change(partial(added, part=part, entry=make(**values))):
        for cell in typed:
            st.session_state[f"{named}_{cell.name}"] = None if cell.kind == "day" else ""


def added(agreement: Agreement, part: str, entry: object) -> Agreement:
    """The agreement with one more entry at the end of a part."""
    return replace(agreement, **{part: (*getattr(agreement, part), entry)})


def one_of(label: str, options: Sequence, key: str, said: Callable[[object], str] = str, **given: object) -> object:
    """Options side by side of which one is chosen. Radio buttons: the text of a chosen pill is too faint at night."""
    return st.radio(label, list(options), key=key, format_func=said, horizontal=True, **given)


def ticks(
    labels: Mapping[str, str], chosen: Sequence[str], key: str, write: Callable[[tuple[str, ...]], object]
) -> None:
    """Boxes side by side of which any may be ticked. labels: by value; write: takes the ticked values, in order."""
    with st.container(horizontal=True, gap="medium"):
        for value, label in labels.items():
            own = show_as(f"{key}_{value}", value in chosen)
            st.checkbox(label, key=own, on_change=_ticked, args=(tuple(labels), key, write))


def _ticked(values: tuple[str, ...], key: str, write: Callable[[tuple[str, ...]], object]) -> None:
    write(tuple(value for value in values if st.session_state[f"{key}_{value}"]))
