"""Read and change drafts, charters and reviews: the one place where pages and the store of decisions meet.

`saved()` is asked; what changes it goes through the functions here, which say when.

Nothing that people wrote is cached: a cache is shared by everybody on this server. Whoever may not read or do what is
asked for is refused here, whatever a page shows. Each call may raise NotAllowed and DecisionsError; saving raises
Conflict (with both texts) when somebody else saved meanwhile, but save_agreement brings both together; signing raises
Outdated when the text has changed.
"""

import logging
import secrets
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from data import decisions, store
from data.decisions import (
    ON_BEHALF_OF,
    TITLE,
    Activity,
    Actor,
    ClosedReview,
    Conflict,
    Decisions,
    DecisionsError,
    Did,
    Outdated,
    Ownership,
    PersonsDecisions,
    SavedCharter,
    SavedDraft,
    SignOff,
    StageNote,
    Through,
    titles_of,
)
from fit import charter
from fit.access import Action
from fit.agreement import Agreement, Clash, CreatorContext, PartnershipStage, merge_changes, write_agreement
from fit.charter import CharterRefused, ReturnedSignature, compose_and_save, sign_charter, signer_words
from fit.conversation import CallState, read_call_state, write_call_state
from fit.locale import spoken
from fit.pace import Count, Running, counts_of_charter, running, signed_text, weakest_first
from fit.pace import save_counts as add_counts
from fit.review import LastReview, freeze_review, last_reviews
from fit.review import Review as Reviewed
from pages.ui import people
from pages.ui.opened_decisions import opened

# For the pages, which import no data:
__all__ = [
    "Activity", "CharterRefused", "ClosedReview", "Conflict", "DecisionsError", "Did", "Outdated", "Ownership",
    "SavedCharter", "SavedDraft",
]  # fmt: skip
log = logging.getLogger("creator_fit")

AGREEMENT, SHORTLIST, REVIEW, CALL = "agreement", "shortlist", "review", "call"  # kinds of drafts, beside TITLE
JUDGED = "running_judged"  # key of the session: how running campaigns stand, and what that rests on
NOTED_SIGN_IN = "noted_sign_in"  # key of the session: whose sign-in the activity log has
BYTES_OF_NAME = 12  # of chance, in the name of a partnership that is saved with sign-in
MOST_TRIES = 100  # of a save that others overtake: each try means that one of theirs was saved


def saved() -> Decisions:
    """What was saved, as far as this person may see it; whatever it is asked, it answers as of now.

    Raises NotAllowed for those who may read no drafts.
    """
    people.refuse(Action.READ_DRAFTS)
    email = people.email()
    return PersonsDecisions(opened(), email) if email else opened()


def _changing(action: Action) -> Decisions:
    """What was saved, to be changed. Raises NotAllowed for those who may not do that."""
    people.refuse(action)
    return saved()


def _now() -> datetime:
    return datetime.now(UTC)


def actor() -> Actor:
    """Who acts on this run, for the activity log."""
    return Actor(people.email(), Through.PAGE)


def on_behalf() -> dict[str, str]:
    """What the environment of a command says that a page runs for somebody."""
    return {ON_BEHALF_OF: actor().who or ""}


def note_activity(what: Did, on_what: Sequence[str], by: Actor | None = None) -> None:
    """Add what was done to the activity log; where that fails the server's log says so, for it is done.

    by: who did it, where it is noted outside of a page's run.
    """
    try:
        opened().activity().note(what, on_what, by or actor(), _now())
    except DecisionsError:
        log.exception("%s is not in the activity log", what)


def note_sign_in(email: str) -> None:
    """Add to the activity log that somebody signed in, once for each sign-in; a cookie keeps one for many windows."""
    if st.session_state.get(NOTED_SIGN_IN) == email:
        return
    st.session_state[NOTED_SIGN_IN] = email
    with suppress(DecisionsError):
        if not opened().activity().has(email, Did.SIGN_IN, people.signed_in_at()):
            note_activity(Did.SIGN_IN, [])


def activities(who: str | None, what: Did | None, most: int) -> tuple[list[Activity], int]:
    """The newest rows of what a person did of a kind, and how many there are; None: everybody, everything.

    Raises NotAllowed.
    """
    people.refuse(Action.SEE_ACTIVITY)
    log = opened().activity()
    return log.newest(who=who, what=what, most=most), log.count(who=who, what=what)


def all_activities(who: str | None, what: Did | None) -> Callable[[], list[Activity]]:
    """What reads all rows, for a file that is made long after the page was drawn."""
    return people.if_still_allowed(Action.SEE_ACTIVITY, lambda: opened().activity().newest(who=who, what=what))


def people_in_the_log() -> list[str]:
    """Everybody whom the activity log names. Raises NotAllowed."""
    people.refuse(Action.SEE_ACTIVITY)
    return opened().activity().people()


def save_draft(name: str, text: str, version: int, kind: str = AGREEMENT) -> SavedDraft:
    """Save a draft on top of the version that was read, 0 for a new one. Raises Conflict."""
    return _changing(Action.EDIT_DRAFT).save(kind, name, text, version=version, by=people.email(), now=_now())


def begin_partnership(title: str, agreement: Agreement) -> SavedDraft:
    """Save the first draft of a partnership, which is shortlisted from now on. Raises Conflict.

    With sign-in it is saved under a name that nobody can guess, and only called by its title: a name that is taken
    would tell of a partnership that somebody else keeps to themselves.
    """
    name = title
    if people.email():
        name = secrets.token_urlsafe(BYTES_OF_NAME)
        save_draft(name, title, 0, TITLE)
    begun = save_draft(name, write_agreement(agreement), 0)
    note_stage(name, agreement.creator, PartnershipStage.SHORTLISTED)
    return begun


def ownership(name: str) -> Ownership | None:
    """Whose a partnership is; None where it is the team's."""
    return saved().owners().of(name)


def show_to_team(name: str, is_team: bool) -> Ownership:
    """Let the team see a partnership of this person, or this person alone. Raises DecisionsError."""
    return _changing(Action.EDIT_DRAFT).owners().show_to_team(name, people.email() or "", is_team, _now())


def save_agreement(
    name: str, begun: Agreement, mine: Agreement, version: int, read: Callable[[str], Agreement]
) -> SavedDraft:
    """Save a change of an agreement; where somebody else saved meanwhile, what both changed is brought together.

    begun: what the change rests on, of this version; read: an agreement out of its saved text. In a field that both
    changed theirs stands, and mine is kept as a clash (call_state), written before the agreement is.
    """
    together = mine
    noted: tuple[Clash, ...] = ()
    for _try in range(MOST_TRIES):
        try:
            return save_draft(name, write_agreement(together), version)
        except Conflict as conflict:
            theirs = conflict.theirs
        merged = merge_changes(begun, mine, read(theirs.text))
        if merged.clashes != noted:
            change_call_state(name, partial(CallState.with_clashes, new=merged.clashes, instead_of=noted))
        together, noted = merged.together, merged.clashes
        version = 0 if theirs.is_removed else theirs.version
    raise DecisionsError(f"Others keep saving {name!r}. Nothing of yours was saved; try again in a moment.")


def call_state(name: str) -> CallState:
    """What the screens of a partnership share beside its agreement."""
    draft = saved().draft(CALL, name)
    return read_call_state(draft.text) if draft else CallState()


def change_call_state(name: str, change: Callable[[CallState], CallState]) -> CallState:
    """Change what the screens of a partnership share, on top of whatever others changed meanwhile."""
    for _try in range(MOST_TRIES):
        draft = saved().draft(CALL, name)
        before = read_call_state(draft.text) if draft else CallState()
        state = change(before)
        if state == before:
            return state
        with suppress(Conflict):
            save_draft(name, write_call_state(state), draft.version if draft else 0, CALL)
            return state
    raise DecisionsError(f"Others keep changing the call of {name!r}. Try again in a moment.")


def titles() -> dict[str, str]:
    """What renamed partnerships are called, by the name that they began with and that everything is saved under."""
    return titles_of(saved())


def title_of(name: str) -> str:
    """What a partnership is called."""
    draft = saved().draft(TITLE, name)
    return draft.text if draft else name


def taken_names() -> frozenset[str]:
    """Every name under which a partnership is or was known."""
    begun = {draft.name for draft in saved().drafts(AGREEMENT)} | {charter.name for charter in saved().charters()}
    return frozenset(begun | set(titles().values()))


def rename(name: str, title: str) -> SavedDraft:
    """Call a partnership otherwise from now on. Raises DecisionsError where another one is or was called so."""
    before = saved().draft(TITLE, name)
    if title in taken_names() - {name, before.text if before else name}:
        raise DecisionsError(f"There is a partnership called {title!r} already. Choose another name.")
    return save_draft(name, title, before.version if before else 0, TITLE)


def remove(draft: SavedDraft) -> SavedDraft:
    """Take a draft or a shortlist off its list; what comes back undoes it: restore(removed). Raises Conflict."""
    return _changing(Action.EDIT_DRAFT).remove(draft.kind, draft.name, draft.version, _now(), people.email())


def restore(removed: SavedDraft) -> SavedDraft:
    """Undo a removal. Raises Conflict when the name was used again meanwhile."""
    return _changing(Action.EDIT_DRAFT).restore(removed.kind, removed.name, removed.version, _now(), people.email())


def save_charter(name: str, agreement: Agreement, context: CreatorContext, despite: str | None) -> SavedCharter:
    """Compose the charter of an agreement, save it and freeze its forecast. Raises CharterRefused."""
    return compose_and_save(_changing(Action.SIGN), name, agreement, context, despite, _now())


def sign(name: str, *, side: str, signer: str, sha256: str, generation: int | None, why_both: str = "") -> SignOff:
    """Sign the text of this SHA-256 for the brand or the creator. why_both: why one person signs for both sides. Raises
    Outdated when another text counts by now, and CharterRefused for an empty signature and for one without that reason.
    """
    words = signer_words(saved().charter(name), side, signer, why_both)
    signed = sign_charter(_changing(Action.SIGN), name, side, words, sha256, generation, _now())
    note_activity(Did.SIGN, [name])
    return signed


def sign_as_returned(name: str, side: str, returned: ReturnedSignature, why_both: str) -> SignOff:
    """Sign with a signature that came back as a file. Raises CharterRefused for one under another text, too."""
    words = signer_words(saved().charter(name), side, returned.signer, why_both)
    signed = charter.sign_as_returned(_changing(Action.SIGN), name, side, replace(returned, signer=words), _now())
    note_activity(Did.SIGN, [name])
    return signed


def note_stage(name: str, creator_id: str, stage: str, reason: str | None = None) -> StageNote:
    """Note that a partnership reached a stage."""
    return _changing(Action.EDIT_DRAFT).note_stage(name, creator_id, stage, reason, _now())


def running_campaign(name: str, read: Callable[[str], Agreement | None]) -> Running | None:
    """How a campaign stands by the newest text that both sides signed; None where it does not run today, was stopped
    or is reviewed already.

    read: an agreement out of its saved text, None where it is none.
    """
    stages = [note.stage for note in saved().stages(name)]
    if PartnershipStage.REVIEWED in stages or stages[-1:] == [PartnershipStage.STOPPED]:
        return None
    charter = signed_text(saved().amendments(name))
    agreement = read(charter.agreement) if charter else None
    if charter is None or agreement is None:
        return None
    # Judging takes a third of a second, so a window keeps what it judged of its own, until something else is counted.
    judged = st.session_state.setdefault(JUDGED, {})
    rests_on = (charter.sha256, counts_of(name), date.today(), spoken())
    if judged.get(name, ((), None))[0] != rests_on:
        judged[name] = rests_on, running(charter, agreement, counts_of(name), date.today())
    found: Running | None = judged[name][1]
    return found


def running_campaigns(names: Sequence[str], read: Callable[[str], Agreement | None]) -> list[Running]:
    """Those of these partnerships whose campaigns run today, the one that needs somebody most first."""
    return weakest_first(filter(None, (running_campaign(name, read) for name in names)))


def counts_of(name: str) -> tuple[Count, ...]:
    """The counts of a charter that stand."""
    return counts_of_charter(saved(), name)


def save_counts(name: str, counts: Sequence[Count], taken_back: Sequence[Count] = ()) -> None:
    """Add counts so far to a charter, or none of them. Raises PaceError where they would not fit each other."""
    add_counts(_changing(Action.ADD_COUNTS), name, counts, _now(), taken_back)


def reviews_of_creators(creators: Collection[str]) -> dict[str, LastReview]:
    """The last closed review of each of these creators that has one; a store without any decisions is left as it is."""
    return last_reviews(saved().reviews(creators)) if decisions.has_decisions(store.store_folder()) else {}


def close_review(review: Reviewed, creator_name: str) -> ClosedReview:
    """Freeze a review; it counts in the track record from now on, and its partnership is noted as reviewed."""
    called = title_of(review.charter) if review.charter else None
    return freeze_review(_changing(Action.CLOSE_REVIEW), review, creator_name, _now(), called)
