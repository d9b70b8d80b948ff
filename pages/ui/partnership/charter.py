"""What do both sides sign, what stands against it, who has signed which text, and what changed after that?"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import streamlit as st

from fit.agreement import (
    ENOUGH_OVERLAP,
    Alignment,
    Charter,
    CheckedRedLine,
    align,
    charter_document,
    compose,
    locked,
    refusals,
    rule_words,
    says_the_same,
    signed_document,
)
from fit.locale import ENGLISH, _, speaking
from fit.text import Document, literal, plain, words
from pages.ui import blocks, decisions_access, store_access
from pages.ui.partnership import open_draft, preview, stages
from pages.ui.partnership.alignment import crossed_words
from pages.ui.partnership.conversation import task_form
from pages.ui.partnership.fields import adjustment_field, adjustment_rule
from pages.ui.partnership.open_draft import OpenDraft

MOST_REFUSALS = 6  # shown one by one; the first ones are mended first
SIDES = ("brand", "creator")  # as they stand on the paper


@dataclass(frozen=True)
class Standing:
    """How the paper on the desk stands to the charter that is kept under its name.

    despite: why both go on under the rule of practice, "" for no reason; refused: what stands against keeping the paper
    as it is; is_same: whether it says what is kept; locked_at: when both sides had signed that; alignment: with what
    the red lines say.
    """

    kept: decisions_access.SavedCharter | None
    despite: str
    refused: tuple[str, ...]
    is_same: bool
    locked_at: datetime | None
    alignment: Alignment


def _standing(paper: OpenDraft) -> Standing:
    kept = decisions_access.charter(paper.name)
    despite = st.session_state.get(_despite_of(paper.name), kept.despite if kept else None) or ""
    return Standing(
        kept=kept,
        despite=despite,
        refused=tuple(refusals(paper.agreement, despite)),
        is_same=kept is not None and says_the_same(kept, paper.agreement, despite),
        locked_at=locked(kept) if kept else None,
        alignment=align(paper.agreement),
    )


def _despite_of(name: str) -> str:
    """Key of the session under which a reason waits until the charter is kept."""
    return f"despite of {name}"


def title(paper: OpenDraft) -> Standing:
    """Where the charter stands, in the page's first line."""
    found = _standing(paper)
    blocks.heading(_("Partnership charter"), *_verdict(found))
    return found


def _verdict(found: Standing) -> tuple[str, str]:
    kept = found.kept
    if found.is_same and found.locked_at:
        return (
            _("Signed by both sides on {day}: the KPIs are locked").format(day=words.day(found.locked_at.date())),
            _("What is signed cannot change. A change on the paper becomes an amendment, to be signed again."),
        )
    if found.is_same:
        missing = [side for side in SIDES if side not in {each.side for each in kept.sign_offs}]
        return (
            _("The charter is kept and waits for {sides} to sign").format(
                sides=words.listing([{"brand": _("the brand"), "creator": _("the creator")}[side] for side in missing])
            ),
            _("Its forecast was frozen with it; later data do not change what is signed."),
        )
    if found.refused:
        things = words.counted(len(found.refused), "thing", "things")
        return (
            _("{things} to mend before this can be signed").format(things=things),
            _("Everything that both sides wrote is kept; nothing below is lost while you mend it."),
        )
    if kept:
        return (
            _("The paper has changed since the charter was kept"),
            _("Keep it as an amendment, and both sides sign the new text; the text before stays as it was signed."),
        )
    if found.alignment.crossings:
        return (
            _("{red_lines} crossed by what was agreed").format(red_lines=_red_lines(len(found.alignment.crossings))),
            _("Talk about that before you sign: change what crosses it, or the red line."),
        )
    if found.alignment.by_hand:
        return (
            _("Ready but for {red_lines} to check by hand").format(red_lines=_red_lines(len(found.alignment.by_hand))),
            _("No rule says what is checked: read each beside the deliverables and the commitments, then sign."),
        )
    return _("Nothing stands against this charter"), _("Read it together, keep it, and let both sides sign.")


def _red_lines(count: int) -> str:
    return words.counted(count, "red line", "red lines")


def mend(paper: OpenDraft, found: Standing) -> None:
    """What stands against keeping the charter, each with the page where it is mended; then the red lines."""
    of_alignment = found.alignment
    there = {*of_alignment.missing, *of_alignment.problems}
    for at, sentence in enumerate(found.refused[:MOST_REFUSALS]):
        with st.container(border=True, key=f"refusal_{at}"):
            st.markdown(f":material/block: {literal(sentence)}")
            page, label = ("goal_alignment", _("Goal alignment")) if sentence in there else ("brief", _("Brief"))
            st.page_link(f"pages/{page}.py", label=_("Mend it on {page}").format(page=label), icon=":material/build:")
    more = len(found.refused) - MOST_REFUSALS
    if more > 0:
        st.caption(_("and {count} more of the kind").format(count=words.count(more)))
    if of_alignment.under_the_rule:
        st.session_state["form_despite"] = found.despite
        st.text_area(
            _("Go on under {enough}, and why (it stands in the charter)").format(enough=words.about(ENOUGH_OVERLAP)),
            key="form_despite", max_chars=1_000, on_change=_write_despite, args=(paper.name,),
        )  # fmt: skip
    _checked_red_lines(of_alignment)


def _checked_red_lines(found: Alignment) -> None:
    """Red lines that are crossed, and those that people have to check."""
    for each in found.crossings:
        st.warning(literal(crossed_words(each)), icon=":material/report:")
    if found.by_hand:
        lines = "\n".join(f"- {literal(_by_hand_words(each))}" for each in found.by_hand)
        st.info(lines, title=_("Check these red lines by hand"), icon=":material/touch_app:")
    if found.crossings or found.by_hand:
        st.page_link("pages/goal_alignment.py", label=_("Red lines on Goal alignment"), icon=":material/arrow_forward:")


def _by_hand_words(checked: CheckedRedLine) -> str:
    side = _("Brand") if checked.red_line.side == "brand" else _("Creator")
    return _("{side}: {line}").format(side=side, line=plain(checked.red_line.text))


def _write_despite(name: str) -> None:
    st.session_state[_despite_of(name)] = st.session_state["form_despite"].strip()


def terms(paper: OpenDraft) -> None:
    """What both commit to, and how they talk when something must change."""
    st.header(_("Commitments"), anchor=False)
    st.caption(_("Does the brand promote this itself? What does each side do, until when?"))
    task_form(paper, "commitments", _("What is done"), _("Add a commitment"))
    st.header(_("When something must change"), anchor=False)
    st.caption(_("A missed number is something to talk about, not a failure: who speaks to whom, and when?"))
    threshold, contact, days = st.columns([4, 3, 2])
    with threshold:
        adjustment_field(
            paper, "threshold", _("We talk when"), placeholder=_("clicks are under half of the target after 7 days")
        )
    with contact:
        adjustment_field(paper, "contact", _("Who is asked"), placeholder=_("account lead"))
    with days:
        adjustment_field(paper, "within_days", _("Within days"), is_days=True)
    adjustment_rule(paper)
    adjustment = paper.agreement.adjustment
    if adjustment.rule:
        rule = rule_words(adjustment.rule, paper.agreement.currency)
        st.caption(literal(_("The review checks: {rule}. Where it does not hold, you talk.").format(rule=rule)))
    elif adjustment.threshold:
        st.caption(_("Words alone are checked by hand in the review."))


def charter(paper: OpenDraft, found: Standing) -> None:
    """The charter as it would be kept now, and the button that keeps it; or the kept one with its signatures."""
    st.header(_("The charter"), anchor=False)
    if paper.grounds is None:
        st.warning(_("The store knows nobody with this creator's id, so no charter can be composed."))
        blocks.next_step(_("Load the creator's data first."), "your_data", _("Load data"))
        return
    if not found.is_same:
        _keep(paper, found)
        _draft(paper, found)
    if found.kept:
        _sign(found)
        _kept(found)
        _earlier(paper.name, found.kept.amendment)


def _keep(paper: OpenDraft, found: Standing) -> None:
    label = _("Keep as an amendment") if found.kept else _("Keep this charter")
    st.button(
        label, key="keep_charter", type="primary", icon=":material/lock:", disabled=bool(found.refused),
        on_click=_write_charter, args=(paper, found.despite),
        help=_("Freezes the text and its forecast. What is kept cannot be changed, only amended."),
    )  # fmt: skip


def _write_charter(paper: OpenDraft, despite: str) -> None:
    try:
        kept = decisions_access.save_charter(
            paper.name, paper.agreement, store_access.creator_context_to_freeze(paper.agreement), despite or None
        )
    except (decisions_access.CharterRefused, decisions_access.DecisionsError) as error:
        open_draft.say(str(error))
        return
    st.session_state.pop(_despite_of(paper.name), None)
    st.toast(_("Kept as amendment {number}").format(number=kept.amendment), icon=":material/lock:")


def _draft(paper: OpenDraft, found: Standing) -> None:
    drawn = _as_draft(compose(paper.agreement, paper.grounds, found.despite))
    with st.container(horizontal=True):
        named = preview.file_name("draft-charter", paper.name)
        preview.take_paper(_("Draft"), lambda: drawn, named, "draft", voice=ENGLISH)
    preview.show_paper(drawn)


def _as_draft(draft: Charter) -> Document:
    """As it would be kept: in English, the one text for every reader."""
    with speaking(ENGLISH):
        return replace(charter_document(draft), kind="Partnership charter, a draft that nobody has kept")


def _sign(found: Standing) -> None:
    """A place to sign for each side: the text that is shown, and no other."""
    st.subheader(_("Signatures"), anchor=False)
    kept = found.kept
    if not found.is_same:
        st.warning(
            _("These signatures are under the text kept before; the draft above needs new ones once it is kept.")
        )
    signed = {each.side: each for each in kept.sign_offs}
    for column, side in zip(st.columns(2, border=True), SIDES, strict=True):
        with column:
            st.caption(_("For the brand") if side == "brand" else _("For the creator"))
            if side in signed:
                by = signed[side]
                st.markdown(f":material/check_circle: **{literal(by.signer)}**")
                day = words.day(by.signed_at.date())
                st.caption(f"{day}, {by.signed_at:%H:%M} UTC · SHA-256 {by.sha256[:12]}…")
            else:
                _signature_form(kept, side)


def _signature_form(kept: decisions_access.SavedCharter, side: str) -> None:
    with st.form(f"sign_{side}", border=False):
        st.text_input(_("Name of who signs"), key=f"signer_{side}", max_chars=200)
        st.form_submit_button(
            _("Sign for the brand") if side == "brand" else _("Sign for the creator"), icon=":material/draw:",
            on_click=_write_signature, args=(kept, side),
        )  # fmt: skip


def _write_signature(kept: decisions_access.SavedCharter, side: str) -> None:
    signer = plain(st.session_state[f"signer_{side}"])
    try:
        decisions_access.sign(kept.name, side=side, signer=signer, sha256=kept.sha256, generation=kept.generation)
    except (decisions_access.CharterRefused, decisions_access.DecisionsError) as error:
        open_draft.say(str(error))


def _kept(found: Standing) -> None:
    """The kept text with its signatures and its hash, to read and to take along."""
    kept = found.kept
    st.subheader(
        _("What is kept: amendment {number}").format(number=kept.amendment) if kept.amendment else _("What is kept"),
        anchor=False,
    )
    with st.container(horizontal=True):
        make = partial(signed_document, kept.text, kept)
        preview.take_paper(_("Charter"), make, preview.file_name("charter", kept.name), "charter", voice=ENGLISH)
        st.download_button(
            _("The signed text alone"), kept.text, f"{preview.file_name('charter-text', kept.name)}.md",
            "text/markdown", key="charter_text", on_click="ignore", icon=":material/tag:",
            help=_("Its SHA-256 is what a signature stands for: {sha256}").format(sha256=kept.sha256),
        )  # fmt: skip
    preview.show_paper(make())


def _earlier(name: str, amendment: int) -> None:
    """Texts that were signed before: they stay as they were, and a later text has taken their place."""
    before = [each for each in decisions_access.amendments(name) if each.amendment != amendment]
    if not before:
        return
    st.subheader(_("Texts before this one"), anchor=False)
    for each in before[::-1]:
        signed = words.listing(
            [_("{name} for the {side}").format(name=by.signer, side=by.side) for by in each.sign_offs]
        )
        said = _("Amendment {number}, kept on {day}. {signed}. Outdated: a later text was kept.").format(
            number=each.amendment, day=words.day(each.kept_at.date()),
            signed=_("Signed by {names}").format(names=signed) if signed else _("Nobody signed it"),
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(literal(said), width=blocks.READING_WIDTH)
            named = preview.file_name("charter", name, str(each.amendment))
            st.download_button(
                "PDF", preview.pdf_of(partial(signed_document, each.text, each), ENGLISH), f"{named}.pdf",
                "application/pdf", key=f"earlier_{each.amendment}", on_click="ignore", icon=":material/download:",
            )  # fmt: skip


def after(paper: OpenDraft, found: Standing) -> None:
    """What comes once both have signed."""
    if found.locked_at:
        stages.note_button(paper, "live", _("The campaign is live"))
