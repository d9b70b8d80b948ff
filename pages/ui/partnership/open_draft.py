"""Which partnership is worked on, what does its paper say, and what becomes of a change?

The link names one paper; everybody who opens it sees the same. A change on screen is saved at once, on top of the
version that the screen showed, so that a change by somebody else in between is noticed: then both are kept until one is
chosen.
Callbacks leave what they have to say in the session; the pages show it (pages/ui/partnership/toolbar.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import streamlit as st

from fit.agreement import (
    Agreement,
    AgreementError,
    Comparison,
    CreatorContext,
    TargetLine,
    TwoSided,
    compare_changes,
    read_agreement,
    targets_with_chance,
    two_sided,
    with_canonical_names,
    write_agreement,
)
from pages.ui import decisions_access, store_access
from pages.ui.brief_sidebar import PageState

# Keys of the session: what the screen shows, two texts to choose from, a sentence for the next run, and a text that is
# being merged by hand, and one that could not be saved.
READ, CLASH, SAID, MERGED, UNSAVED = "paper_read", "paper_clash", "paper_said", "paper_merged", "paper_unsaved"

WAITING = "paper_waiting"  # by name of a paper, what was typed there and not added yet
TYPED = ("new_", "signer_", "own_name", "own_definition")  # how keys of fields begin whose text waits to be added


@dataclass(frozen=True)
class OpenDraft:
    """The paper as the screen shows it. version: that a change rests on, 0 before the first draft."""

    name: str
    agreement: Agreement
    text: str
    version: int
    saved_at: datetime

    @cached_property
    def grounds(self) -> CreatorContext | None:
        """What the store knows of the creator; None where it knows nobody of that id."""
        return store_access.creator_context(self.agreement)

    @cached_property
    def brief(self) -> TwoSided | None:
        """The two-sided brief, open targets filled from the forecast."""
        return two_sided(self.agreement, self.grounds) if self.grounds else None

    @cached_property
    def promises(self) -> tuple[TargetLine, ...]:
        """Every metric line with its chance, as far as a forecast knows it."""
        return targets_with_chance(self.agreement, self.grounds.frozen if self.grounds else None)

    @property
    def who(self) -> str:
        """How the creator is called; not yet safe for markup."""
        return self.grounds.creator_name if self.grounds else self.agreement.creator


@dataclass(frozen=True)
class EditConflict:
    """My text that could not be saved, what it began with, and what somebody else saved meanwhile."""

    name: str
    begun: str
    mine: str
    theirs: str
    version: int
    is_removed: bool

    def comparison(self) -> Comparison:
        """What differs, and the text with both changes."""
        return compare_changes(*(agreement_of(text) for text in (self.begun, self.mine, self.theirs)))


@dataclass(frozen=True)
class Unsaved:
    """A text that could not be saved, and why."""

    name: str
    text: str
    version: int
    why: str


def agreement_of(text: str) -> Agreement:
    """The agreement of a text, metrics by their library names. Raises AgreementError."""
    found, _ = read_agreement(text, frozenset(store_access.country_codes()))
    return with_canonical_names(found)


def read_open_draft(state: PageState) -> OpenDraft | None:
    """The paper that the link names, read anew on each run; None for no name or a name that nobody has used.

    Raises DecisionsError and, for a text that is no agreement, AgreementError.
    """
    shown = _read(state.partnership) if state.partnership else None
    if shown:
        st.session_state[READ] = shown
    return shown


def _read(name: str) -> OpenDraft | None:
    """The newest draft; without one what a charter of this name was kept from (version 0)."""
    draft = decisions_access.draft(name)
    if draft:
        return OpenDraft(name, agreement_of(draft.text), draft.text, draft.version, draft.saved_at)
    charter = decisions_access.charter(name)
    if charter is None:
        return None
    return OpenDraft(name, agreement_of(charter.agreement), charter.agreement, 0, charter.kept_at)


def change(patched: Callable[[Agreement], Agreement]) -> bool:
    """Save a change of the paper on screen (callback); return whether it counts now."""
    shown: OpenDraft = st.session_state[READ]
    try:
        text = write_agreement(patched(shown.agreement))
        agreement_of(text)
    except AgreementError as error:
        say(f"{error} It was not saved.")
        return False
    return _save(shown, text, shown.version)


def _save(shown: OpenDraft, text: str, version: int) -> bool:
    try:
        kept = decisions_access.save_draft(shown.name, text, version)
    except decisions_access.Conflict as conflict:
        theirs = conflict.theirs
        st.session_state[CLASH] = EditConflict(
            shown.name, shown.text, text, theirs.text, theirs.version, theirs.is_removed
        )
        return False
    except decisions_access.DecisionsError as error:
        st.session_state[UNSAVED] = Unsaved(shown.name, text, version, str(error))
        return False
    st.session_state.pop(UNSAVED, None)
    # Several fields may report in one run: each rests on what the one before it saved.
    st.session_state[READ] = OpenDraft(kept.name, agreement_of(kept.text), kept.text, kept.version, kept.saved_at)
    return True


def settle(text: str) -> bool:
    """Save what was chosen of two texts on top of theirs, and end the clash (callback). Returns whether it ended."""
    clash: EditConflict = st.session_state[CLASH]
    try:
        agreement_of(text)
    except AgreementError as error:
        say(f"{error} Nothing was saved; both texts are still here.")
        return False
    shown: OpenDraft = st.session_state[READ]
    del st.session_state[CLASH]
    st.session_state.pop(MERGED, None)
    if text != clash.theirs or clash.is_removed:
        rests_on = OpenDraft(shown.name, shown.agreement, clash.theirs, clash.version, shown.saved_at)
        return _save(rests_on, text, 0 if clash.is_removed else clash.version)
    return True


def unsaved_on(name: str) -> Unsaved | None:
    """A text of this paper that could not be saved."""
    unsaved: Unsaved | None = st.session_state.get(UNSAVED)
    return unsaved if unsaved and unsaved.name == name else None


def save_again(unsaved: Unsaved) -> None:
    """Try once more (callback)."""
    _save(st.session_state[READ], unsaved.text, unsaved.version)


def conflict_on(name: str) -> EditConflict | None:
    """Two texts of this paper that somebody has to choose from."""
    clash: EditConflict | None = st.session_state.get(CLASH)
    return clash if clash and clash.name == name else None


def undo() -> None:
    """Let the version before the shown one count again (callback); pressed again it goes further back."""
    shown: OpenDraft = st.session_state[READ]
    before = text_before([version.text for version in decisions_access.history(shown.name) if not version.is_removed])
    if before is not None:
        _save(shown, before, shown.version)


def take_version(text: str) -> None:
    """Let an earlier version count again (callback)."""
    shown: OpenDraft = st.session_state[READ]
    _save(shown, text, shown.version)


def text_before(texts: list[str]) -> str | None:
    """The text to go back to, of all versions in their order; a version that went back takes its forerunner away."""
    stack: list[str] = []
    for text in texts:
        if len(stack) > 1 and stack[-2] == text:
            stack.pop()
        else:
            stack.append(text)
    return stack[-2] if len(stack) > 1 else None


def start(name: str, agreement: Agreement) -> bool:
    """Begin a paper under a name and lay it on the desk (callback); its partnership is shortlisted from now on."""
    try:
        decisions_access.save_draft(name, write_agreement(agreement), 0)
        decisions_access.note_stage(name, agreement.creator, "shortlisted")
    except decisions_access.Conflict:
        say(f"There is a partnership called {name!r} already. Open it, or choose another name for the new one.")
        return False
    except decisions_access.DecisionsError as error:
        say(str(error))
        return False
    open_partnership(name)
    return True


def open_partnership(name: str) -> None:
    """Work on this paper from now on, in the address too (callback).

    What was typed for new lines of the paper before stays with that paper.
    """
    before = st.session_state.get("paper") or ""
    if name != before:
        waiting = st.session_state.setdefault(WAITING, {})
        typed = [key for key in st.session_state if str(key).startswith(TYPED) and not str(key).endswith("_add")]
        waiting[before] = {key: st.session_state.pop(key) for key in typed}
        for key, value in waiting.pop(name, {}).items():
            st.session_state[key] = value
    st.session_state["paper"] = name


def say(sentence: str) -> None:
    """Leave a sentence for the page that is drawn next (callback)."""
    st.session_state[SAID] = sentence


def said() -> str | None:
    """What a callback left to be said, once."""
    return st.session_state.pop(SAID, None)
