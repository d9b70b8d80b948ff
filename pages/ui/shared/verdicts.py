"""Accept, reject or comment on the creators of a shared presentation, and show what everybody said."""

import streamlit as st

from fit.access import Action
from fit.locale import _, phrase
from fit.story import Story
from fit.text import literal, plain, words
from pages.ui import people
from pages.ui.opened_decisions import (
    MAX_REMARK,
    DecisionsError,
    SavedShare,
    SavedVerdict,
    Verdict,
    newest_verdicts,
)
from pages.ui.shared import shares

CHOICES = {
    Verdict.ACCEPTED: phrase("Accept"), Verdict.REJECTED: phrase("Reject"), Verdict.COMMENT: phrase("Only comment"),
}  # fmt: skip
SAID = {
    Verdict.ACCEPTED: phrase("accepted"), Verdict.REJECTED: phrase("rejected"), Verdict.COMMENT: phrase("commented"),
}  # fmt: skip
MESSAGE = "verdict_message"  # key of the session: what became of the last verdict, by creator


def approvals(share: SavedShare, story: Story) -> None:
    """A form for each creator, and below it what was said."""
    verdicts = shares.verdicts(share)
    st.header(_("Your verdict"), anchor=False)
    st.caption(_("Whoever shared this sees your name, what you say and when. You can change your mind."))
    for creator in story.creators:
        creator_id = creator.candidate.creator_id
        of_creator = [verdict for verdict in verdicts if verdict.creator_id == creator_id]
        with st.container(border=True, key=f"verdict_of_{creator_id}"):
            st.markdown(f"**{literal(creator.name)}** · {counts(of_creator)}")
            said_of(of_creator)
            if people.allowed(Action.COMMENT):
                _form(share.share_id, creator_id)


def _form(share_id: int, creator_id: str) -> None:
    keys = f"verdict_{share_id}_{creator_id}", f"remark_{share_id}_{creator_id}"
    offered = list(Verdict) if people.allowed(Action.GIVE_VERDICT) else [Verdict.COMMENT]
    with st.form(f"form_{share_id}_{creator_id}", border=False):
        st.radio(
            _("Your verdict"), offered, key=keys[0], horizontal=True, label_visibility="collapsed",
            format_func=lambda verdict: _(CHOICES[verdict]),
        )  # fmt: skip
        st.text_area(
            _("Reason or comment"), key=keys[1], max_chars=MAX_REMARK, height=80,
            help=_("Needed where you reject. At most {most} characters.").format(most=words.count(MAX_REMARK)),
        )  # fmt: skip
        st.form_submit_button(
            _("Save"), on_click=_give, args=(share_id, creator_id, *keys), icon=":material/how_to_vote:"
        )
    if message := st.session_state.get(MESSAGE, {}).pop((share_id, creator_id), None):
        st.warning(literal(message), icon=":material/info:")


def _give(share_id: int, creator_id: str, verdict: str, remark: str) -> None:
    try:
        shares.give_verdict(share_id, creator_id, st.session_state[verdict], st.session_state[remark])
        st.session_state[remark] = ""
    except DecisionsError as error:
        st.session_state.setdefault(MESSAGE, {})[share_id, creator_id] = str(error)


def counts(verdicts: list[SavedVerdict]) -> str:
    """ "2 accepted, 1 rejected": the newest verdict of each person."""
    newest = [verdict.verdict for verdict in newest_verdicts(verdicts).values()]
    if not newest:
        return _("no verdict yet")
    numbers = {verdict: words.count(newest.count(verdict)) for verdict in (Verdict.ACCEPTED, Verdict.REJECTED)}
    return _("{accepted} accepted, {rejected} rejected").format(
        accepted=numbers[Verdict.ACCEPTED], rejected=numbers[Verdict.REJECTED]
    )


def said_of(verdicts: list[SavedVerdict]) -> None:
    """Who said what and when, letter by letter, the first one first; a verdict that was changed later says so."""
    counting = set(map(id, newest_verdicts(verdicts).values()))
    for verdict in verdicts:
        line = _("{who} {said}, {when} UTC").format(
            who=literal(verdict.who), said=_(SAID[verdict.verdict]), when=f"{verdict.at:%Y-%m-%d %H:%M}"
        )
        if verdict.verdict is not Verdict.COMMENT and id(verdict) not in counting:
            line = _("{line} (changed since)").format(line=line)
        st.caption(line)
        if verdict.remark:
            st.text(plain(verdict.remark) if "\n" not in verdict.remark else verdict.remark)
