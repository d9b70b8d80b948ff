"""Edit a list of an agreement on screen: one line an entry, changed in place, and one line to add another.

Each control shows what the draft says and writes it back at once, so that no value stands twice and nothing has to be
saved.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal, TypedDict, TypeVar, Unpack

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from fit.agreement import MOST_COUNT, Agreement
from fit.locale import _
from pages.ui.brief_sidebar import show_as
from pages.ui.partnership import open_draft
from pages.ui.partnership.open_draft import OpenDraft

BUTTON_WIDTH = 2  # parts of a line that its button needs
LONGEST_ENTRY = 1_000  # characters: a sentence or two, not a letter
T = TypeVar("T")


class CellKind(StrEnum):
    """What a cell holds, and so by which control it is edited."""

    TEXT = "text"
    CHOICE = "choice"
    COUNT = "count"
    DAY = "day"


TYPED = (CellKind.TEXT, CellKind.DAY)  # emptied once their entry is added; a choice stays chosen


@dataclass(frozen=True)
class Cell:
    """One control of an entry. name: of the field; options: of a choice, shown by in_words; width: its part of the
    line; is_needed: an entry without it is none; takes_new: a choice takes what is typed, too."""

    name: str
    label: str
    kind: CellKind = CellKind.TEXT
    options: tuple[str, ...] = ()
    in_words: Callable[[str], str] = str
    width: int = 1
    is_needed: bool = False
    placeholder: str = ""
    takes_new: bool = False


class ControlOptions(TypedDict, total=False):
    """What is handed on to a control of Streamlit."""

    on_change: Callable[..., None]
    args: tuple[object, ...]
    label_visibility: Literal["visible", "collapsed"]
    persist_state: Literal["session"]


def list_form(
    draft: OpenDraft,
    part: str,
    make: Callable[..., T],
    cells: Sequence[Cell],
    *,
    add: str,
    belongs: Callable[[T], bool] = lambda entry: True,
    below: Callable[[int], object] | None = None,
) -> None:
    """Every entry of a part of the agreement, and below them a new one. make: an entry from its cells by name; add:
    what the button says; belongs: which entries are shown here; below: draws what stands under the entry of an index.
    """
    for index, entry in enumerate(getattr(draft.agreement, part)):
        if belongs(entry):
            _entry(part, index, entry, cells, below)
    new_entry(part, make, cells, add)


def _entry(part: str, index: int, entry: object, cells: Sequence[Cell], below: Callable[[int], object] | None) -> None:
    with st.container(border=False, key=f"{part}_{index}"):
        *columns, last = _columns(cells)
        for column, cell in zip(columns, cells, strict=True):
            with column:
                key = show_as(f"{part}_{index}_{cell.name}", getattr(entry, cell.name))
                labels: Literal["visible", "collapsed"] = "visible" if index == 0 else "collapsed"
                control(cell, key, on_change=change_cell, args=(part, index, cell, key), label_visibility=labels)
        with last:
            remove_button(part, index, help=_("Takes this line out; Undo brings it back"))
        if below:
            below(index)


def _columns(cells: Sequence[Cell]) -> list[DeltaGenerator]:
    return st.columns([*[cell.width for cell in cells], BUTTON_WIDTH], vertical_alignment="bottom", gap="small")


def remove_button(part: str, index: int, *, key: str | None = None, help: str | None = None) -> None:
    """A button that takes an entry out."""
    st.button(
        _("Remove"), key=f"{key or f'{part}_{index}'}_remove", icon=":material/close:", type="tertiary", help=help,
        on_click=remove, args=(part, index),
    )  # fmt: skip


def new_entry(part: str, make: Callable[..., object], cells: Sequence[Cell], add: str) -> None:
    """A line for a new entry; what its maker has fixed tells two such lines of one part apart.

    What stands in it waits there, also on the way to other pages, until it is added. An entry of one text is added as
    soon as the field is left.
    """
    fixed = getattr(make, "keywords", {})
    prefix = "_".join(["new", part, *map(str, fixed.values())]).replace(" ", "_")
    args = (part, make, tuple(cells), prefix)
    options = ControlOptions(persist_state="session")
    if len(cells) == 1:
        options |= {"on_change": _add, "args": args}
    with st.container(key=prefix):
        *columns, last = _columns(cells)
        for cell, column in zip(cells, columns, strict=True):
            with column:
                control(cell, f"{prefix}_{cell.name}", **options)
        last.button(add, icon=":material/add:", key=f"{prefix}_add", on_click=_add, args=args)


def control(cell: Cell, key: str, **options: Unpack[ControlOptions]) -> None:
    """Draw the control of one cell."""
    match cell.kind:
        case CellKind.CHOICE:
            first = 0 if cell.is_needed or st.session_state.get(key) is not None else None
            st.selectbox(
                cell.label, list(cell.options), key=key, format_func=cell.in_words, index=first,
                placeholder=cell.placeholder or _("not said"), accept_new_options=cell.takes_new, **options,
            )  # fmt: skip
        case CellKind.COUNT:
            st.number_input(cell.label, 1, MOST_COUNT, value=1 if cell.is_needed else None, key=key, step=1, **options)
        case CellKind.DAY:
            st.date_input(cell.label, value=None, key=key, format="YYYY-MM-DD", **options)
        case CellKind.TEXT:
            st.text_input(cell.label, key=key, max_chars=LONGEST_ENTRY, placeholder=cell.placeholder, **options)


def _value_of(key: str) -> Any:  # of whatever type its control holds
    """What a control holds, as the agreement has it."""
    value = st.session_state[key]
    return value.strip() if isinstance(value, str) else value


def change_cell(part: str, index: int, cell: Cell, key: str) -> None:
    """Write one cell of an entry into the draft (callback)."""
    value = _value_of(key)
    if cell.is_needed and value in ("", None):
        sentence = _("{what} may not be empty, so the old text is kept. Press Remove to take the line out.")
        open_draft.leave_message(sentence.format(what=cell.label))
        return
    change_entry(part, index, **{cell.name: value})


def change_entry(part: str, index: int, **cells: Any) -> None:
    """Write other values into one entry of a part (callback)."""
    _change_part(part, lambda entries: entries.__setitem__(index, replace(entries[index], **cells)))


def replace_entry(part: str, index: int, entry: object) -> None:
    """Write another entry in the place of one (callback)."""
    _change_part(part, lambda entries: entries.__setitem__(index, entry))


def add_entry(part: str, entry: object) -> bool:
    """Write one more entry at the end of a part (callback); return whether it counts now."""
    return _change_part(part, lambda entries: entries.append(entry))


def remove(part: str, index: int) -> None:
    """Take an entry out (callback)."""
    _change_part(part, lambda entries: entries.pop(index))


def _change_part(part: str, edit: Callable[[list[Any]], object]) -> bool:
    def changed(agreement: Agreement) -> Agreement:
        entries = list(getattr(agreement, part))
        edit(entries)
        values: dict[str, Any] = {part: tuple(entries)}
        return replace(agreement, **values)

    return open_draft.change(changed)


def _add(part: str, make: Callable[..., object], cells: tuple[Cell, ...], prefix: str) -> None:
    values = {cell.name: _value_of(f"{prefix}_{cell.name}") for cell in cells}
    typed = [cell for cell in cells if cell.kind in TYPED and values[cell.name] not in ("", None)]
    if len(cells) == 1 and not typed:
        return  # the field was left and added already, then the button was pressed
    for cell in cells:
        if cell.is_needed and values[cell.name] in ("", None):
            sentence = _("{what} is empty. Fill it in, then add the line.")
            open_draft.leave_message(sentence.format(what=cell.label))
            return
    if add_entry(part, make(**values)):
        for cell in typed:
            st.session_state[f"{prefix}_{cell.name}"] = None if cell.kind is CellKind.DAY else ""


def one_of(
    label: str,
    options: Iterable[T],
    key: str,
    in_words: Callable[[Any], str] = str,  # of an option
    *,
    on_change: Callable[..., None] | None = None,
    args: tuple[object, ...] = (),
    help: str | None = None,
) -> T:
    """Options side by side of which one is chosen. Radio buttons: the text of a chosen pill is too faint at night."""
    return st.radio(
        label, list(options), key=key, format_func=in_words, horizontal=True, on_change=on_change, args=args, help=help
    )


def ticks(
    labels: Mapping[str, str], chosen: Sequence[str], key: str, write: Callable[[tuple[str, ...]], object]
) -> None:
    """Boxes side by side of which any may be ticked. labels: by value; write: takes the ticked values, in order."""
    with st.container(horizontal=True, gap="medium"):
        for value, label in labels.items():
            own_key = show_as(f"{key}_{value}", value in chosen)
            st.checkbox(label, key=own_key, on_change=_write_ticks, args=(tuple(labels), key, write))


def _write_ticks(values: tuple[str, ...], key: str, write: Callable[[tuple[str, ...]], object]) -> None:
    write(tuple(value for value in values if st.session_state[f"{key}_{value}"]))
