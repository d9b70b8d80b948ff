"""Read the partnership that is open, save each change of its agreement, and notice changes by somebody else.

The link names one partnership; everybody who opens it sees the same draft. A change on screen is saved at once, on top
of the version that the screen showed, so that a change by somebody else in between is noticed: then both texts stay
until one is chosen. Callbacks leave their messages in the session; the pages show them (toolbar.py in this folder).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import streamlit as st

from fit.agreement import (
    Agreement,
    AgreementError,
    BriefPrice,
    Comparison,
    CreatorContext,
    TargetLine,
    TwoSided,
    merge_changes,
    read_agreement,
    targets_with_chance,
    two_sided,
    with_canonical_names,
    write_agreement,
)
from fit.locale import _
from fit.review import ActualsError
from fit.text import literal, words
from pages.ui import decisions_access, store_access
from pages.ui.decisions_access import AGREEMENT
from pages.ui.last_review import last_reviews
from pages.ui.view_link import PageState

# Keys of the session: what the screen shows, two texts to choose from, a message for the next run, a text that is being
# merged by hand, one that could not be saved, and by name of a partnership what was typed there and not added yet.
SHOWN, CONFLICT, MESSAGE, MERGED = "draft_shown", "draft_conflict", "draft_message", "draft_merged"
UNSAVED, WAITING = "draft_unsaved", "draft_waiting"
TYPED_KEYS = ("new_", "signer_", "own_name", "own_definition")  # how keys of fields begin whose text waits to be added


@dataclass(frozen=True)
class OpenDraft:
    """An agreement as the screen shows it. version: that a change rests on, 0 before the first draft."""

    name: str
    agreement: Agreement
    text: str
    version: int
    saved_at: datetime

    @cached_property
    def context(self) -> CreatorContext | None:
        """What the store knows of the creator; None where it knows nobody of that id."""
        return store_access.creator_context(self.agreement)

    @cached_property
    def brief(self) -> TwoSided | None:
        """The two-sided brief, open targets filled from the forecast."""
        review = last_reviews().get(self.agreement.creator)
        said = review.sentence if review else ""
        return two_sided(self.agreement, self.context, self.price, said) if self.context else None

    @cached_property
    def price(self) -> BriefPrice | None:
        """What the deliverables may cost together, for the brand's eyes; None where nobody knows the creator."""
        return store_access.price_in_brief(self.agreement) if self.context else None

    @cached_property
    def targets(self) -> tuple[TargetLine, ...]:
        """Every metric line with its chance, as far as a forecast knows it."""
        return targets_with_chance(self.agreement, self.context.frozen if self.context else None)

    @property
    def creator_name(self) -> str:
        """How the creator is called; not yet safe for markup."""
        known = self.context.creator_name if self.context else self.agreement.creator
        return self.agreement.creator_name or known


@dataclass(frozen=True)
class EditConflict:
    """My text that could not be saved, what it began with, and what somebody else saved meanwhile."""

    name: str
    base: str
    mine: str
    theirs: str
    version: int
    is_removed: bool

    def comparison(self) -> Comparison:
        """What differs, and the text with both changes."""
        return merge_changes(agreement_of(self.base), agreement_of(self.mine), agreement_of(self.theirs))


@dataclass(frozen=True)
class Unsaved:
    """A text that could not be saved, and why."""

    name: str
    text: str
    version: int
    why: str


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
        st.session_state[SHOWN] = shown
    return shown


def _read(name: str) -> OpenDraft | None:
    """The newest draft; without one what a charter of this name was composed of (version 0)."""
    if draft := decisions_access.saved().draft(AGREEMENT, name):
        return OpenDraft(name, agreement_of(draft.text), draft.text, draft.version, draft.saved_at)
    if charter := decisions_access.saved().charter(name):
        return OpenDraft(name, agreement_of(charter.agreement), charter.agreement, 0, charter.saved_at)
    return None


def change(patch: Callable[[Agreement], Agreement]) -> bool:
    """Save a change of the draft on screen (callback); return whether it counts now."""
    shown = _shown()
    try:
        text = write_agreement(patch(shown.agreement))
        agreement_of(text)
    except AgreementError as error:
        leave_message(f"{error} It was not saved.")
        return False
    return _save(shown, text, shown.version)


def change_fields(**values: Any) -> None:
    """Save other values of fields of the agreement, each of its field's type (callback)."""
    change(lambda agreement: replace(agreement, **values))


def _shown() -> OpenDraft:
    return st.session_state[SHOWN]


def _save(shown: OpenDraft, text: str, version: int) -> bool:
    try:
        saved = decisions_access.save_draft(shown.name, text, version)
    except decisions_access.Conflict as conflict:
        theirs = conflict.theirs
        texts = (shown.text, text, theirs.text)
        st.session_state[CONFLICT] = EditConflict(shown.name, *texts, theirs.version, theirs.is_removed)
        return False
    except decisions_access.DecisionsError as error:
        st.session_state[UNSAVED] = Unsaved(shown.name, text, version, str(error))
        return False
    st.session_state.pop(UNSAVED, None)
    # Several fields may report in one run: each rests on what the one before it saved.
    st.session_state[SHOWN] = OpenDraft(saved.name, agreement_of(saved.text), saved.text, saved.version, saved.saved_at)
    return True


def settle(text: str) -> None:
    """Save what was chosen of two texts on top of theirs, and end the conflict (callback)."""
    conflict: EditConflict = st.session_state[CONFLICT]
    try:
        agreement_of(text)
    except AgreementError as error:
        leave_message(f"{error} Nothing was saved; both texts are still here.")
        return
    del st.session_state[CONFLICT]
    st.session_state.pop(MERGED, None)
    if text != conflict.theirs or conflict.is_removed:
        theirs = replace(_shown(), text=conflict.theirs, version=conflict.version)
        _save(theirs, text, 0 if conflict.is_removed else conflict.version)


def unsaved_on(name: str) -> Unsaved | None:
    """A text of this partnership that could not be saved."""
    unsaved: Unsaved | None = st.session_state.get(UNSAVED)
    return unsaved if unsaved and unsaved.name == name else None


def save_again(unsaved: Unsaved) -> None:
    """Try once more (callback)."""
    _save(_shown(), unsaved.text, unsaved.version)


def conflict_on(name: str) -> EditConflict | None:
    """Two texts of this partnership that somebody has to choose from."""
    conflict: EditConflict | None = st.session_state.get(CONFLICT)
    return conflict if conflict and conflict.name == name else None


def undo() -> None:
    """Let the version before the shown one count again (callback); pressed again it goes further back."""
    versions = decisions_access.saved().history(AGREEMENT, _shown().name)
    before = text_before([version.text for version in versions if not version.is_removed])
    if before is not None:
        take_version(before)


def take_version(text: str) -> None:
    """Let an earlier version count again (callback)."""
    _save(_shown(), text, _shown().version)


def text_before(texts: list[str]) -> str | None:
    """The text to go back to, of all versions in their order; a version that went back takes its forerunner away."""
    stack: list[str] = []
    for text in texts:
        if len(stack) > 1 and stack[-2] == text:
            stack.pop()
        else:
            stack.append(text)
    return stack[-2] if len(stack) > 1 else None


def start(name: str, agreement: Agreement) -> None:
    """Save the first draft of a partnership under a name and open it (callback); it is shortlisted from now on."""
    taken = f"There is a partnership called {name!r} already. Open it, or choose another name for the new one."
    with failures_told(taken):
        decisions_access.save_draft(name, write_agreement(agreement), 0)
        decisions_access.note_stage(name, agreement.creator, "shortlisted")
        open_partnership(name)


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


def leave_message(sentence: str) -> None:
    """Leave a message for the page that is drawn next (callback)."""
    st.session_state[MESSAGE] = sentence


@contextmanager
def failures_told(of_conflict: str = "") -> Iterator[None]:
    """Leave the message of what is refused within (in callbacks); of_conflict: another one where somebody saved the
    same meanwhile."""
    try:
        yield
    except decisions_access.Conflict as error:
        leave_message(of_conflict or str(error))
    except (decisions_access.DecisionsError, decisions_access.CharterRefused, ActualsError) as error:
        leave_message(str(error))


def show_message() -> None:
    """Show the message that the last change left, once."""
    sentence = st.session_state.pop(MESSAGE, None)
    if sentence:
        st.warning(literal(sentence), icon=":material/info:")


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
