"""Read the partnership that is open, save each change of its agreement, and notice changes by somebody else.

The link names one partnership; everybody who opens it sees the same draft. A change on screen is saved at once; what
somebody else changed in between stays, and where both changed one field both texts stay until one is chosen. Callbacks
leave their messages in the session; the pages show them, at the top (toolbar.py) or beside what they are about.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import streamlit as st

from fit.agreement import (
    Agreement,
    AgreementError,
    BriefPrice,
    Clash,
    CreatorContext,
    TargetLine,
    TwoSided,
    differences,
    merge_changes,
    read_agreement,
    settle,
    targets_with_chance,
    two_sided,
    with_canonical_names,
    write_agreement,
)
from fit.charter import signed_by_both
from fit.conversation import place_words
from fit.locale import _
from fit.pace import PaceError
from fit.review import ActualsError
from fit.text import literal, words
from pages.ui import decisions_access, store_access
from pages.ui.decisions_access import AGREEMENT
from pages.ui.last_review import last_reviews
from pages.ui.view_link import PageState

# Keys of the session: what the next change rests on, what the screen was drawn from (_state_of), messages for the next
# run by their place, a change that could not be saved, and by name of a partnership what was typed there and not added
# yet, and what this window changed.
SHOWN, DRAWN, MESSAGES = "draft_shown", "draft_drawn", "draft_messages"
UNSAVED, WAITING, OWN = "draft_unsaved", "draft_waiting", "draft_own_changes"
TYPED_KEYS = ("new_", "signer_", "own_name", "own_definition")  # how keys of fields begin whose text waits to be added


@dataclass(frozen=True)
class OpenDraft:
    """An agreement as the screen shows it. version: that a change rests on, 0 before the first draft; clashes: fields
    with two texts, by number; whoever asks about one takes it out."""

    name: str
    agreement: Agreement
    text: str
    version: int
    saved_at: datetime
    clashes: dict[int, Clash] = field(default_factory=dict, compare=False)

    @cached_property
    def context(self) -> CreatorContext | None:
        """What the store knows of the creator; None where it knows nobody of that id."""
        return store_access.creator_context(self.agreement)

    @cached_property
    def brief(self) -> TwoSided | None:
        """The two-sided brief, open targets filled from the forecast."""
        review = last_reviews([self.agreement.creator]).get(self.agreement.creator)
        said = review.sentence if review else ""
        agreed = signed_by_both(decisions_access.saved().amendments(self.name))
        return two_sided(self.agreement, self.context, self.price, said, agreed) if self.context else None

    @cached_property
    def price(self) -> BriefPrice | None:
        """What the deliverables may cost together, for the brand's eyes; None where nobody knows the creator."""
        return store_access.price_in_brief(self.agreement) if self.context else None

    @cached_property
    def targets(self) -> tuple[TargetLine, ...]:
        """Every metric line with its chance, as far as a forecast knows it."""
        return targets_with_chance(self.agreement, self.context.frozen if self.context else None)

    @cached_property
    def title(self) -> str:
        """What the partnership is called; not yet safe for markup."""
        return decisions_access.title_of(self.name)

    @property
    def creator_name(self) -> str:
        """How the creator is called; not yet safe for markup."""
        known = self.context.creator_name if self.context else self.agreement.creator
        return self.agreement.creator_name or known


@dataclass(frozen=True)
class Unsaved:
    """A change that could not be saved. begun: what the screen showed before; why: a sentence."""

    begun: OpenDraft
    mine: Agreement
    why: str

    @property
    def text(self) -> str:
        """The whole agreement with the change, as its file."""
        return write_agreement(self.mine)


def agreement_of(text: str) -> Agreement:
    """The agreement of a text, metrics by their library names. Raises AgreementError."""
    agreement, _notes = read_agreement(text, frozenset(store_access.country_codes()))
    return with_canonical_names(agreement)


def agreement_if_readable(text: str) -> Agreement | None:
    """The same; None for a text that is none."""
    try:
        return agreement_of(text)
    except AgreementError:
        return None


def read_open_draft(state: PageState) -> OpenDraft | None:
    """The draft that the link names, read anew on each run; None for no name or a name that nobody has used.

    Raises DecisionsError and, for a text that is no agreement, AgreementError.
    """
    shown = _read(state.partnership) if state.partnership else None
    if shown:
        _version, clashes, _signed = st.session_state[DRAWN] = _state_of(shown.name, shown.version)
        shown = st.session_state[SHOWN] = replace(shown, clashes=dict(enumerate(clashes)))
    return shown


def _read(name: str) -> OpenDraft | None:
    """The newest draft; without one what a charter of this name was composed of (version 0)."""
    if draft := decisions_access.saved().draft(AGREEMENT, name):
        return OpenDraft(name, agreement_of(draft.text), draft.text, draft.version, draft.saved_at)
    if charter := decisions_access.saved().charter(name):
        return OpenDraft(name, agreement_of(charter.agreement), charter.agreement, 0, charter.saved_at)
    return None


def change(patch: Callable[[Agreement], Agreement], *, beside: str = "") -> bool:
    """Save a change of the draft on screen (callback); return whether it counts now.

    What somebody else changed meanwhile stays: both changes are brought together, and only a field that both changed
    is asked about. beside: where a refusal is told, "" for the top of the page.
    """
    shown = _shown()
    try:
        mine = patch(shown.agreement)
        agreement_of(write_agreement(mine))
    except AgreementError as error:
        leave_message(f"{error} It was not saved.", beside)
        return False
    return _save(shown, mine)


def change_fields(**values: Any) -> None:
    """Save other values of fields of the agreement, each of its field's type (callback)."""
    change(lambda agreement: replace(agreement, **values))


def _shown() -> OpenDraft:
    return st.session_state[SHOWN]


def is_behind(name: str) -> bool:
    """Whether somebody saved or signed this partnership, or settled two texts of it, since the screen was drawn.

    A change of this window counts too: one that the browser reports while only a part of the page runs draws nothing.
    """
    shown = st.session_state.get(SHOWN)
    if shown is None or shown.name != name:
        return False
    newest = decisions_access.saved().draft(AGREEMENT, name)
    if newest is None and shown.version:  # removed, or kept to themselves by now
        return True
    return _state_of(name, newest.version if newest else shown.version) != st.session_state.get(DRAWN)


def _save(begun: OpenDraft, mine: Agreement, *, is_undo: bool = False) -> bool:
    try:
        saved = decisions_access.save_agreement(begun.name, begun.agreement, mine, begun.version, agreement_of)
    except (decisions_access.DecisionsError, AgreementError) as error:
        st.session_state[UNSAVED] = Unsaved(begun, mine, str(error))
        return False
    st.session_state.pop(UNSAVED, None)
    if mine != begun.agreement and not is_undo:
        own_changes(begun.name).append((begun.agreement, mine))
    # Several fields may report in one run: each rests on what the one before it saved.
    st.session_state[SHOWN] = OpenDraft(saved.name, agreement_of(saved.text), saved.text, saved.version, saved.saved_at)
    return True


def _state_of(name: str, version: int) -> tuple[int, tuple[Clash, ...], object]:
    """What a screen of a partnership is drawn from: the version of its agreement; fields that two people gave different
    texts, until somebody chooses; what of its charter is saved and signed."""
    charter = decisions_access.saved().charter(name)
    return version, decisions_access.call_state(name).clashes, charter and (charter.amendment, charter.sign_offs)


def settle_clash(clash: Clash, chosen: Any) -> None:
    """Let what was chosen of two texts count, and ask no more (callback)."""
    if change(lambda agreement: settle(agreement, clash, chosen)):
        with failures_told():
            decisions_access.change_call_state(_shown().name, lambda state: state.without_clash(clash))


def unsaved_on(name: str) -> Unsaved | None:
    """A change of this partnership that could not be saved."""
    unsaved: Unsaved | None = st.session_state.get(UNSAVED)
    return unsaved if unsaved and unsaved.begun.name == name else None


def save_again(unsaved: Unsaved) -> None:
    """Try once more (callback)."""
    _save(unsaved.begun, unsaved.mine)


def undo() -> None:
    """Take this window's own last change back (callback); pressed again it goes further back. What others changed since
    stays; a field that they changed too is asked about."""
    name = _shown().name
    newest = _read(name)
    if newest is None or not own_changes(name):
        return
    before, after = own_changes(name)[-1]
    undone = merge_changes(after, before, newest.agreement)
    with failures_told():
        if undone.clashes:
            decisions_access.change_call_state(name, lambda state: state.with_clashes(undone.clashes))
        if not _save(newest, undone.together, is_undo=True):
            return
        own_changes(name).pop()
        if others := _fields_changed(after, newest.agreement):
            sentence = _(
                "Someone else changed this since, and it stays: {others}. You took back your change of: {own}."
            )
            leave_message(sentence.format(others=others, own=_fields_changed(before, after)))


def own_changes(name: str) -> list[tuple[Agreement, Agreement]]:
    """What this window changed of a partnership and has not taken back, each as it was before and after."""
    changes: list[tuple[Agreement, Agreement]] = st.session_state.setdefault(OWN, {}).setdefault(name, [])
    return changes


def _fields_changed(before: Agreement, now: Agreement) -> str:
    return words.listing(list(dict.fromkeys(place_words(one.what) for one in differences(before, now))))


def take_version(text: str) -> None:
    """Let an earlier version count again (callback)."""
    _save(_shown(), agreement_of(text))


def start(name: str, agreement: Agreement) -> None:
    """Save the first draft of a partnership under a name and open it (callback); it is shortlisted from now on."""
    taken = f"There is a partnership called {name!r} already. Open it, or choose another name for the new one."
    if name in decisions_access.taken_names():
        leave_message(taken)
        return
    with failures_told(taken):
        open_partnership(decisions_access.begin_partnership(name, agreement).name)


def open_partnership(name: str) -> None:
    """Work on this partnership from now on, in the address too (callback).

    What was typed for new lines of the one before stays with that one.
    """
    before = st.session_state.get("paper") or ""
    if name != before:
        waiting = st.session_state.setdefault(WAITING, {})
        typed = [key for key in st.session_state if str(key).startswith(TYPED_KEYS) and not str(key).endswith("_add")]
        waiting[before] = {key: st.session_state.pop(key) for key in typed}
        for key, value in waiting.pop(name, {}).items():
            st.session_state[key] = value
    st.session_state["paper"] = name


def leave_message(sentence: str, beside: str = "") -> None:
    """Leave a message for the page that is drawn next (callback). beside: the place that shows it, "" for the top."""
    st.session_state.setdefault(MESSAGES, {})[beside] = sentence


@contextmanager
def failures_told(of_conflict: str = "", *, beside: str = "") -> Iterator[None]:
    """Leave the message of what is refused within (in callbacks); of_conflict: another one where somebody saved the
    same meanwhile; beside: the place that shows it."""
    try:
        yield
    except decisions_access.Conflict as error:
        leave_message(of_conflict or str(error), beside)
    except (decisions_access.DecisionsError, decisions_access.CharterRefused, ActualsError, PaceError) as error:
        leave_message(str(error), beside)


def show_message(beside: str = "") -> bool:
    """Show the message that the last change left for this place, once; return whether there was one."""
    sentence = st.session_state.get(MESSAGES, {}).pop(beside, None)
    if sentence:
        st.warning(literal(sentence), icon=":material/info:")
    return bool(sentence)


def has_message(beside: str) -> bool:
    """Whether a message waits to be shown in this place."""
    return beside in st.session_state.get(MESSAGES, {})


def note_button(draft: OpenDraft, stage: str, label: str) -> None:
    """A button that notes a stage, or the day on which it was noted."""
    notes = [note for note in decisions_access.saved().stages(draft.name) if note.stage == stage]
    if notes:
        st.caption(f"{label}: {words.day(notes[0].at.date())}")
        return
    st.button(
        label, key=f"stage_{stage}", icon=":material/flag:",
        on_click=lambda: note_stage(draft.name, draft.agreement.creator, stage),
        help=_("Saved with today's date; Partnerships shows the progress of all"),
    )  # fmt: skip


def note_stage(name: str, creator: str, stage: str, reason: str | None = None) -> None:
    """Note a stage (callback)."""
    with failures_told():
        decisions_access.note_stage(name, creator, stage, reason)
