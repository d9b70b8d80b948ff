"""Edit an agreement on screen: single values, and lists with a line for each entry and one to add another.

Each control shows what the draft says and writes it back at once, so that no value stands twice and nothing has to be
saved.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from fit.agreement import LONGEST_TEXT, MOST_COUNT, PRESENT, Agreement, Party, Task
from fit.locale import _, phrase
from fit.text import literal, words
from pages.ui.blocks import bound
from pages.ui.partnership import open_draft, typed_lines
from pages.ui.partnership.clashes import boxes_of_entry, clash_boxes
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.view_link import show_as, unless_echo

ALWAYS_THERE = ("brand_goal", "partnership_goal")  # texts that are "" while nobody has written them; others are None
LATER_ROW = "later_row"  # how keys of rows begin whose labels only a phone shows (pages/ui/delivery.py)
BUTTON_WIDTH = 2  # parts of a line that its button needs
TEXT_HEIGHT = 96  # pixels of a text of several lines
LONGEST_ENTRY = 1_000  # characters: a sentence or two, not a letter
OWNERS: dict[str, str] = {
    Party.BRAND: phrase("Brand"), Party.CREATOR: phrase("Creator"), Party.NEUTRAL: phrase("Neutral party"),
}  # fmt: skip
T = TypeVar("T")
Refuses = Callable[[str], str]  # why a typed text is not saved; "" for one that is


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


def text_field(draft: OpenDraft, name: str, label: str, *, suggested: str | None = None, **others: Any) -> None:
    """A text of the agreement. suggested: what stands there until somebody writes something else."""

    def write(text: str) -> None:
        own = text.strip()
        open_draft.change_fields(**{name: own if name in ALWAYS_THERE or (own and own != suggested) else None})

    long_text(
        f"field_{name}", label, getattr(draft.agreement, name) or suggested or "", write, height=TEXT_HEIGHT, **others
    )
    clash_boxes(draft, name)


def long_text(
    key: str, label: str, value: str, write: Callable[[str], object], *, most: int = LONGEST_TEXT, **others: Any
) -> None:
    """A text of several lines that is saved once it is left. One that is too long stays in the field, unsaved, and the
    reason stands below it. most: characters."""
    refuses = partial(too_long, most=most)
    st.text_area(label, **others, **_held(key, value, write, refuses))
    _refusal(key, refuses, write)


def text_line(
    key: str,
    label: str,
    value: str,
    write: Callable[[str], object],
    *,
    most: int = LONGEST_ENTRY,
    refuses: Refuses = lambda text: "",
    **others: Any,
) -> None:
    """A text of one line; otherwise as long_text. refuses: why a text that is short enough is not saved either."""

    def refused(text: str) -> str:
        return too_long(text, most) or refuses(text)

    with st.container():
        st.text_input(label, **others, **_held(key, value, write, refused))
        _refusal(key, refused, write)


def line_field(draft: OpenDraft, name: str, label: str, **others: Any) -> None:
    """A text of the agreement in one line, None while it is open."""
    value = getattr(draft.agreement, name) or ""
    text_line(
        f"field_{name}", label, value, lambda text: open_draft.change_fields(**{name: text.strip() or None}), **others
    )


def _held(key: str, value: Any, write: Callable[[Any], object], refuses: Refuses) -> dict[str, Any]:
    """For a control of a text: what was refused stays in it."""

    def write_unless_refused(text: Any) -> None:
        held = st.session_state.setdefault(typed_lines.HELD, {})
        if isinstance(text, str) and refuses(text):
            held[key] = text
            return
        held.pop(key, None)
        write(text)

    return bound(key, st.session_state.get(typed_lines.HELD, {}).get(key, value), write_unless_refused)


def _refusal(key: str, refuses: Refuses, write: Callable[[Any], object] | None = None) -> None:
    """Below a field whose text is not saved: why, and where it only was not left yet, a way to save it."""
    text = st.session_state.get(typed_lines.HELD, {}).get(key)
    if text is None:
        return
    if refusal := refuses(text):
        st.warning(literal(refusal), icon=":material/error:")
    elif write:
        st.warning(_("Typed before this page was closed, and not saved yet."), icon=":material/history:")
        with st.container(horizontal=True):
            st.button(_("Save it"), key=f"{key}_save", on_click=_settle, args=(key, partial(write, text)))
            st.button(_("Discard it"), key=f"{key}_discard", type="tertiary", on_click=_settle, args=(key, None))


def too_long(text: str, most: int) -> str:
    """Why a text is not saved that has more characters than fit; "" for one that does."""
    sentence = _("Not saved: {count} characters, and at most {most} fit. Shorten it; it stays here until you do.")
    return sentence.format(count=words.count(len(text)), most=words.count(most)) if len(text) > most else ""


def _settle(key: str, write: Callable[[], object] | None) -> None:
    st.session_state[typed_lines.HELD].pop(key, None)
    typed_lines.forget(st.session_state["paper"], key)
    if write:
        write()


def bound_field(draft: OpenDraft, name: str) -> dict[str, Any]:
    """For a control of one value of the agreement, None while it is open."""
    value = getattr(draft.agreement, name)
    return bound(f"field_{name}", value, lambda changed: open_draft.change_fields(**{name: changed}))


def change_adjustment(name: str, value: Any) -> None:
    """Save another value of the adjustment protocol, of its field's type (callback)."""
    values: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value}
    open_draft.change(lambda agreement: replace(agreement, adjustment=replace(agreement.adjustment, **values)))


def list_form(
    draft: OpenDraft,
    part: str,
    make: Callable[..., T],
    cells: Sequence[Cell],
    *,
    add: str,
    belongs: Callable[[T], bool] = lambda entry: True,
    below: Callable[[int], object] = lambda index: None,
    is_boxed: bool = False,
) -> None:
    """Every entry of a part of the agreement, and below them a new one. make: an entry from its cells by name; add:
    what the button says; belongs: which entries are shown here; below: draws what stands under the entry of an index;
    is_boxed: each in a frame, with the labels of its cells.
    """
    with st.container():  # one block, however many: a field that is typed into below never changes its place
        shown = [(index, entry) for index, entry in enumerate(getattr(draft.agreement, part)) if belongs(entry)]
        for place, (index, entry) in enumerate(shown):
            with st.container(border=is_boxed, key=f"{part}_{index}"):
                with st.container(key=f"{'row' if is_boxed or place == 0 else LATER_ROW}_{part}_{index}"):
                    _cells(part, index, entry, cells)
                below(index)
                boxes_of_entry(draft, part, index)
        clash_boxes(draft, part, of=lambda clash: belongs(clash.mine or clash.theirs))  # of an entry that is gone
    _new_entry(draft, part, make, cells, add)


def _cells(part: str, index: int, entry: object, cells: Sequence[Cell]) -> None:
    *columns, last = _columns(cells)
    for column, cell in zip(columns, cells, strict=True):
        value = entry if isinstance(entry, str) else getattr(entry, cell.name)
        write = partial(_change_cell, part, index, cell)
        key = f"{part}_{index}_{cell.name}"
        with column:
            control(cell, **_held(key, value, write, partial(too_long, most=LONGEST_ENTRY)))
    with last:
        remove_button(part, index, f"{part}_{index}_remove")
    for cell in cells:
        _refusal(f"{part}_{index}_{cell.name}", partial(too_long, most=LONGEST_ENTRY))
    open_draft.show_message(f"{part}_{index}")


def _columns(cells: Sequence[Cell]) -> list[DeltaGenerator]:
    return st.columns([*[cell.width for cell in cells], BUTTON_WIDTH], vertical_alignment="bottom", gap="small")


def remove_button(part: str, index: int, key: str) -> None:
    """A button that takes an entry out."""
    st.button(
        _("Remove"), key=key, icon=":material/close:", type="tertiary", on_click=_remove, args=(part, index),
        help=_("Removes this line; Undo brings it back"),
    )  # fmt: skip


def _remove(part: str, index: int) -> None:
    _change_part(part, lambda entries: entries.pop(index))


def _new_entry(draft: OpenDraft, part: str, make: Callable[..., object], cells: Sequence[Cell], add: str) -> None:
    """A line for a new entry, in a frame of its own; what its maker has fixed tells two such lines of one part apart.

    What stands in it waits there, also on the way to other pages and over a reload, until it is added. An entry of one
    text is added as soon as the field is left. What stands against adding it is said below it.
    """
    fixed = getattr(make, "keywords", {})
    prefix = "_".join(["new", part, *map(str, fixed.values())]).replace(" ", "_")
    args = (draft.name, part, make, tuple(cells), prefix)
    with st.container(key=prefix, border=len(cells) > 1):
        if len(cells) > 1:
            st.caption(_("New"))
        *columns, last = _columns(cells)
        for cell, column in zip(cells, columns, strict=True):
            key = f"{prefix}_{cell.name}"
            kept = {"on_change": typed_lines.keep, "args": (draft.name, key)} if cell.kind is CellKind.TEXT else {}
            when_left = {"on_change": _add, "args": args} if len(cells) == 1 else kept
            with column:
                control(cell, key, persist_state="session", **when_left)
        last.button(add, icon=":material/add:", key=f"{prefix}_add", on_click=_add, args=args)
        open_draft.show_message(prefix)


def control(cell: Cell, key: str, **options: Any) -> None:  # of any control of Streamlit
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
            st.text_input(cell.label, key=key, placeholder=cell.placeholder, **options)


def _trimmed(value: Any) -> Any:  # of whatever type its control holds
    return value.strip() if isinstance(value, str) else value


def _change_cell(part: str, index: int, cell: Cell, held: Any) -> None:
    value = _trimmed(held)
    if cell.is_needed and value in ("", None):
        sentence = _("{what} cannot be empty, so the old text stays. Press Remove to delete the line.")
        open_draft.leave_message(sentence.format(what=cell.label), f"{part}_{index}")
        return
    change_entry(part, index, cell.name, value)


def change_entry(part: str, index: int, name: str, value: Any) -> None:
    """Write another value into one entry of a part (callback); an entry that is a text has no value but itself.

    Nothing is written where the entry is gone: the browser only says again what stood in it.
    """

    def edit(entries: list[Any]) -> None:
        if index >= len(entries):
            return
        entry = entries[index]
        entries[index] = value if isinstance(entry, str) else replace(entry, **{name: value})

    _change_part(part, edit)


def add_entry(part: str, entry: object, beside: str = "") -> bool:
    """Write one more entry at the end of a part (callback); return whether it counts now. beside: where a refusal is
    told."""
    return _change_part(part, lambda entries: entries.append(entry), beside)


def _change_part(part: str, edit: Callable[[list[Any]], object], beside: str = "") -> bool:
    def changed(agreement: Agreement) -> Agreement:
        entries = list(getattr(agreement, part))
        edit(entries)
        values: dict[str, Any] = {part: tuple(entries)}
        return replace(agreement, **values)

    return open_draft.change(changed, beside=beside)


def _add(name: str, part: str, make: Callable[..., object], cells: tuple[Cell, ...], prefix: str) -> None:
    values = {cell.name: _trimmed(st.session_state[f"{prefix}_{cell.name}"]) for cell in cells}
    typed = [cell for cell in cells if cell.kind in TYPED and values[cell.name] not in ("", None)]
    if len(cells) == 1 and not typed:
        return  # the field was left and added already, then the button was pressed
    for cell in cells:
        if cell.is_needed and values[cell.name] in ("", None):
            sentence = _("{what} is empty. Fill it in, then add the line.")
            open_draft.leave_message(sentence.format(what=cell.label), prefix)
            return
        if isinstance(values[cell.name], str) and len(values[cell.name]) > LONGEST_ENTRY:
            sentence = _("{what} has {count} characters; at most {most} fit in a line. Shorten it, then add the line.")
            counts = {"count": words.count(len(values[cell.name])), "most": words.count(LONGEST_ENTRY)}
            open_draft.leave_message(sentence.format(what=cell.label, **counts), prefix)
            return
    if add_entry(part, make(**values), prefix):
        for cell in typed:
            st.session_state[f"{prefix}_{cell.name}"] = None if cell.kind is CellKind.DAY else ""
            typed_lines.forget(name, f"{prefix}_{cell.name}")


def owner_words(owner: str | None) -> str:
    """A party as a label."""
    return _(OWNERS[owner]) if owner in OWNERS else _("not said")


def task_form(draft: OpenDraft, part: str, label: str, add: str) -> None:
    """Tasks with an owner and a day: decisions or commitments."""
    list_form(
        draft, part, Task,
        [
            Cell("owner", _("Who"), CellKind.CHOICE, PRESENT, owner_words, width=2, is_needed=True),
            Cell("text", label, width=4, is_needed=True),
            Cell("due", _("Until"), CellKind.DAY, width=2),
        ],
        add=add, below=partial(_past_day, draft, part),
    )  # fmt: skip


def _past_day(draft: OpenDraft, part: str, index: int) -> None:
    """Below a task of a campaign that has not begun: that its day is over."""
    due, start, today = getattr(draft.agreement, part)[index].due, draft.agreement.start, date.today()
    if due and due < today and not (start and start <= today):
        st.caption(":material/history: " + _("This day is in the past."))


def one_of(label: str, options: Iterable[T], in_words: Callable[[Any], str] = str, **others: Any) -> T:
    """Options side by side of which one is chosen. Radio buttons: the text of a chosen pill is too faint at night."""
    return st.radio(label, list(options), format_func=in_words, horizontal=True, **others)


def ticks(
    labels: Mapping[str, str], chosen: Sequence[str], key: str, write: Callable[[tuple[str, ...]], object]
) -> None:
    """Boxes side by side of which any may be ticked. labels: by value; write: takes the ticked values, in order."""

    def write_ticked() -> None:
        write(tuple(value for value in labels if st.session_state[f"{key}_{value}"]))

    with st.container(horizontal=True, gap="medium"):
        for value, label in labels.items():
            st.checkbox(
                label,
                key=show_as(f"{key}_{value}", value in chosen),
                on_change=unless_echo(f"{key}_{value}", write_ticked),
            )
