"""Show the charter: what stands against it, what is missing, saving and signing it, the saved text with its signatures,
amendments."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

import streamlit as st

from fit.agreement import (
    ENOUGH_OVERLAP,
    MOST_DAYS,
    Agreement,
    Alignment,
    CharterPart,
    CheckedRedLine,
    CreatorContext,
    Party,
    RedLine,
    Side,
    Task,
    align,
    locked,
    rule_words,
)
from fit.charter import (
    Missing,
    changes_since,
    charter_document,
    compose,
    missing_parts,
    payment_hint,
    red_line_clashes,
    refusals,
    says_the_same,
    signed_before,
    signed_document,
    unwritten_parts,
    with_reason_left_out,
)
from fit.locale import ENGLISH, _, speaking
from fit.pace import MOST_BY_LUCK, p_talk_by_luck
from fit.text import literal, plain, words
from pages.ui import blocks, decisions_access, store_access
from pages.ui.decisions_access import SavedCharter
from pages.ui.partnership import open_draft, preview
from pages.ui.partnership.alignment import crossed_words
from pages.ui.partnership.clashes import boxes_of_entry, clash_boxes
from pages.ui.partnership.fields import (
    add_entry,
    change_adjustment,
    change_entry,
    task_form,
    text_field,
    text_line,
)
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.partnership.rule_fields import rule_fields
from pages.ui.partnership.signatures import signatures

SAVE = "keep_charter"  # the button, and the place of what it is refused for
ASKED = "charter_asked_for"  # key of the session: the partnership whose charter is to be saved
MOST_REFUSALS = 6  # shown one by one; the first ones are mended first
SIDES = (Side.BRAND, Side.CREATOR)  # in the order of the document
# Where each part of a charter is written; parts without a page are written below on this one.
WRITTEN_ON = {
    CharterPart.PARTIES: "brief", CharterPart.OWN_WORDS: "goal_conversation", CharterPart.DELIVERABLES: "brief",
    CharterPart.DATES: "brief", CharterPart.FEE: "brief", CharterPart.RED_LINES: "goal_alignment",
}  # fmt: skip


@dataclass(frozen=True)
class CharterStatus:
    """How the open draft compares with the charter that is saved under its name.

    despite: why both go on under the rule of practice, "" for no reason; refusals: what stands against saving the draft
    as it is; is_same: whether it says what is saved; locked_at: when both sides had signed that; alignment: with what
    the red lines say; missing: what both would want first.
    """

    saved: SavedCharter | None
    despite: str
    refusals: tuple[str, ...]
    is_same: bool
    locked_at: datetime | None
    alignment: Alignment
    missing: tuple[Missing, ...]


def title(draft: OpenDraft) -> CharterStatus:
    """Where the charter stands, in the page's first line."""
    saved = decisions_access.saved().charter(draft.name)
    despite = _despite(draft.agreement, saved)
    status = CharterStatus(
        saved=saved,
        despite=despite,
        refusals=tuple(refusals(draft.agreement, despite)),
        is_same=saved is not None and says_the_same(saved, draft.agreement, despite),
        locked_at=locked(saved) if saved else None,
        alignment=align(draft.agreement),
        missing=missing_parts(draft.agreement),
    )
    blocks.heading(_("Charter"), *_verdict(status))
    return status


def _verdict(status: CharterStatus) -> tuple[str, str]:
    saved = status.saved
    if status.is_same and status.locked_at:
        return (
            _("Signed by both sides on {day}: the targets are locked").format(day=words.day(status.locked_at.date())),
            _("A signed text cannot change. A change becomes an amendment, to be signed again."),
        )
    if status.is_same and saved:
        signed = {signature.side for signature in saved.sign_offs}
        names = {Side.BRAND: _("the brand"), Side.CREATOR: _("the creator")}
        missing = words.listing([names[side] for side in SIDES if side not in signed])
        frozen = _("The forecast is frozen with it; later data does not change it.")
        return (
            _("The charter is saved and waits for {sides} to sign").format(sides=missing),
            _missing_words(status) if status.missing else frozen,
        )
    if status.refusals:
        things = words.counted(len(status.refusals), "thing", "things")
        return (
            _("{things} to fix before this can be signed").format(things=things),
            _("Everything both sides wrote stays; nothing below is lost while you fix it."),
        )
    if saved:
        return (
            _("The partnership has changed since the charter was saved"),
            _("Save it as an amendment, and both sides sign the new text. The earlier text stays as it was signed."),
        )
    if status.missing and not any(missing.part for missing in status.missing):
        red_lines = words.counted(len(status.missing), "red line", "red lines")
        return (
            _("{red_lines} crossed without an answer").format(red_lines=red_lines),
            _("Talk about that before you sign: write down what holds, or change what crosses it."),
        )
    if status.missing:
        things = words.counted(len(status.missing), "thing", "things")
        return _("{things} missing before both would sign").format(things=things), _missing_words(status)
    if status.alignment.by_hand:
        by_hand = words.counted(len(status.alignment.by_hand), "red line", "red lines")
        return (
            _("Ready, except {red_lines} to check by hand").format(red_lines=by_hand),
            _("These have no rule to check against: read each beside the deliverables and commitments, then sign."),
        )
    return _("This charter is ready to sign"), _("Read it together, save it, and both sides sign.")


def _missing_words(status: CharterStatus) -> str:
    sentence = _("Write down each of the {count} things below, or say why it is left out.")
    one = _("Write it down, or say why it is left out.")
    count = len(status.missing)
    return one if count == 1 else sentence.format(count=words.count(count))


def mend(draft: OpenDraft, status: CharterStatus) -> None:
    """What stands against saving the charter, each with the page where it is fixed; what is missing; the red lines."""
    alignment = status.alignment
    of_goals = {*alignment.missing, *alignment.problems}
    for index, sentence in enumerate(status.refusals[:MOST_REFUSALS]):
        with st.container(border=True, key=f"refusal_{index}"):
            st.markdown(f":material/block: {literal(sentence)}")
            page, label = ("goal_alignment", _("Alignment")) if sentence in of_goals else ("brief", _("Brief"))
            st.page_link(f"pages/{page}.py", label=_("Fix it on {page}").format(page=label), icon=":material/build:")
    more = len(status.refusals) - MOST_REFUSALS
    if more > 0:
        st.caption(_("and {count} more").format(count=words.count(more)))
    if alignment.under_the_rule:
        label = _("Why go on below {enough}? (shown in the charter)").format(enough=words.about(ENOUGH_OVERLAP))
        text_field(draft, "despite", label, suggested=status.despite)
    _missing_parts(draft)
    if not (status.is_same and status.locked_at):
        _payment(draft)
    _red_lines(draft, alignment)


def _missing_parts(draft: OpenDraft) -> None:
    """What both would want in the charter before they sign: each with its place, or with the reason to leave it out."""
    found = unwritten_parts(draft.agreement)
    if not found:
        return
    st.subheader(_("What a charter needs, or why it is left out"), anchor=False)
    for part, sentence in found.items():
        with st.container(key=f"missing_{part}".replace(" ", "_"), border=True):
            what, why = st.columns([3, 2], vertical_alignment="center")
            with what:
                st.markdown(literal(sentence))
                _place_of(part)
            reason = draft.agreement.reason_left_out(part) or ""
            with why:
                text_line(
                    f"left_out_{part}", _("Left out because"), reason, partial(_leave_out, part),
                    placeholder=_("only where you leave it out"),
                )  # fmt: skip
    clash_boxes(draft, "left_out")


def _payment(draft: OpenDraft) -> None:
    """That nothing says when the fee is paid, and a press that adds the last day. It stands against nothing."""
    hint = payment_hint(draft.agreement)
    if not hint:
        return
    by = draft.agreement.end or date.today()
    with st.container(key="payment_hint", border=True):
        what, add = st.columns([3, 2], vertical_alignment="center")
        what.markdown(f":material/lightbulb: {literal(hint)}")
        add.button(
            _("Add: pay the fee by {day}").format(day=words.day(by)), key="add_payment", icon=":material/add:",
            on_click=_add_payment, args=(by,), help=_("Adds it to the commitments below, where the day can be changed"),
        )  # fmt: skip


def _add_payment(by: date) -> None:
    add_entry("commitments", Task(Party.BRAND, _("Pay the fee"), by))


def _place_of(part: CharterPart) -> None:
    page = WRITTEN_ON.get(part)
    if page is None:
        st.caption(_("Written below on this page"))
        return
    labels = {"brief": _("Brief"), "goal_conversation": _("Goals"), "goal_alignment": _("Alignment")}
    st.page_link(f"pages/{page}.py", label=_("Write it on {page}").format(page=labels[page]), icon=":material/edit:")


def _leave_out(part: CharterPart, reason: str) -> None:
    open_draft.change(lambda agreement: with_reason_left_out(agreement, part, reason))


def _red_lines(draft: OpenDraft, alignment: Alignment) -> None:
    """Red lines that something crosses, each with what both agreed about it; then those that people check."""
    clashes = red_line_clashes(draft.agreement)
    for number, checked in enumerate(alignment.crossings):
        _crossed(draft, crossed_words(checked), checked.red_line, f"crossed_{number}")
    for number, clash in enumerate(clashes):
        text_shown = clash.pair if clash.answer else clash.sentence
        _crossed(draft, text_shown, clash.holder, f"clash_{number}")
    if alignment.by_hand:
        title = _("Check these red lines by hand")
        st.info(blocks.points(map(_by_hand_words, alignment.by_hand)), title=title, icon=":material/touch_app:")
    if alignment.crossings or alignment.by_hand or clashes:
        st.page_link("pages/goal_alignment.py", label=_("Red lines on Alignment"), icon=":material/arrow_forward:")


def _crossed(draft: OpenDraft, sentence: str, line: RedLine, key: str) -> None:
    """What crosses a red line, and below it the field for what both agreed about it."""
    icon = ":material/check_circle:" if line.answer else ":material/report:"
    (st.info if line.answer else st.warning)(literal(sentence), icon=icon)
    index = draft.agreement.red_lines.index(line)
    write = partial(change_entry, "red_lines", index, "answer")
    text_line(
        f"answer_to_{key}", _("What both agreed about it (shown in the charter)"), line.answer,
        lambda text: write(text.strip()), placeholder=_("what holds, or what is changed"),
    )  # fmt: skip
    boxes_of_entry(draft, "red_lines", index)


def _by_hand_words(checked: CheckedRedLine) -> str:
    side = _("Brand") if checked.red_line.side == Side.BRAND else _("Creator")
    return _("{side}: {line}").format(side=side, line=plain(checked.red_line.text))


def terms(draft: OpenDraft) -> None:
    """What both commit to, and how they talk when something must change."""
    st.header(_("Commitments"), anchor=False)
    st.caption(_("Does the brand promote this itself? What does each side do, until when?"))
    task_form(draft, "commitments", _("What is done"), _("Add a commitment"))
    st.header(_("When something must change"), anchor=False)
    st.caption(_("A missed number is something to talk about, not a failure: who speaks to whom, and when?"))
    threshold, contact, days = st.columns([4, 3, 2])
    adjustment, write_rule = draft.agreement.adjustment, partial(change_adjustment, "rule")
    with threshold:
        text_line(
            "adjustment_threshold", _("We talk when"), adjustment.threshold, partial(change_adjustment, "threshold"),
            placeholder=_("clicks are under half of the target after 7 days"),
        )  # fmt: skip
    with contact:
        text_line(
            "adjustment_contact", _("Who is asked"), adjustment.contact, partial(change_adjustment, "contact"),
            placeholder=_("account lead"),
        )  # fmt: skip
    write_days = partial(change_adjustment, "within_days")
    days.number_input(
        _("Within days"), 0, MOST_DAYS, value=None,
        **blocks.bound("adjustment_within_days", adjustment.within_days, write_days),
    )  # fmt: skip
    rule_fields(draft, "adjustment_rule", adjustment.rule, write_rule, label=_("What is checked"))
    clash_boxes(draft, "adjustment")
    if adjustment.rule:
        rule = rule_words(adjustment.rule, draft.agreement.currency)
        st.caption(literal(_("The review checks: {rule}. Where it does not hold, you talk.").format(rule=rule)))
        _by_luck(draft)
    elif adjustment.threshold:
        st.caption(_("Without a rule, you check it by hand at the review."))


def _by_luck(draft: OpenDraft) -> None:
    """How often the agreed rule would call for a talk though all goes as forecast."""
    chance = p_talk_by_luck(draft.agreement, draft.context.frozen) if draft.context and draft.context.frozen else None
    if chance is None:
        return
    sentence = _("Though all goes as forecast, this rule calls for a talk in {chance} of campaigns.")
    sentence = sentence.format(chance=words.bounded(chance))
    if chance <= MOST_BY_LUCK:
        st.caption(literal(sentence))
        return
    advice = _("Choose a later day or a lower limit, so that a talk means more than luck.")
    st.caption(f":material/casino: {literal(sentence)} {literal(advice)}")


def charter(draft: OpenDraft, status: CharterStatus) -> None:
    """The charter as it would be saved now, and the button that saves it; or the saved one, and below its text the
    places to sign it."""
    st.header(_("The charter"), anchor=False)
    if draft.context is None:
        st.warning(_("Your data has no creator with this id, so there is no charter yet."))
        blocks.next_step(_("Load the creator's data first."), "your_data", _("Load data"))
        return
    if not status.is_same:
        if status.saved:
            _changes(status.saved, draft.agreement)
        st.button(
            _("Save as an amendment") if status.saved else _("Save this charter"), key=SAVE,
            type="secondary" if status.missing else "primary", icon=":material/lock:",
            disabled=bool(status.refusals), on_click=_ask_to_save, args=(draft.name,),
            help=_("Freezes the text and its forecast. A saved charter cannot be changed, only amended."),
        )  # fmt: skip
        if status.refusals:
            st.caption(_("It can be saved once the points at the top of this page are fixed."))
        open_draft.show_message(SAVE)
        _preview(draft, draft.context, status.despite)
    if status.saved:
        _saved(status.saved)
        signatures(status.saved, is_same=status.is_same)
        _earlier(draft.name, status.saved.amendment)


def _changes(saved: SavedCharter, agreement: Agreement) -> None:
    """What an amendment would change of the saved text, old beside new."""
    changed = changes_since(saved, agreement)
    if not changed:
        return
    st.subheader(_("What the amendment changes"), anchor=False)
    head = (_("What"), _("Saved charter"), _("From now on"))
    blocks.text_table(head, [(one.what, one.before, one.now) for one in changed], _("What the amendment changes"))


def _ask_to_save(name: str) -> None:
    st.session_state[ASKED] = name


def save_if_asked(draft: OpenDraft) -> None:
    """Save the charter where the button was pressed: once the page is drawn with all that was typed before the press,
    for the button itself knows only the text of the run that drew it."""
    if st.session_state.pop(ASKED, None) != draft.name:
        return
    with open_draft.failures_told(beside=SAVE):
        context = store_access.creator_context_to_freeze(draft.agreement)
        despite = _despite(draft.agreement, decisions_access.saved().charter(draft.name))
        saved = decisions_access.save_charter(draft.name, draft.agreement, context, despite or None)
        text_shown = (
            _("Saved as amendment {number}").format(number=saved.amendment) if saved.amendment else _("Charter saved")
        )
        st.toast(text_shown, icon=":material/lock:")


def _despite(agreement: Agreement, saved: SavedCharter | None) -> str:
    return agreement.despite or (saved.despite if saved else None) or ""


def _preview(draft: OpenDraft, context: CreatorContext, despite: str) -> None:
    with speaking(ENGLISH):  # as it would be saved: the one text for every reader
        before = signed_before(decisions_access.saved().amendments(draft.name))
        text = charter_document(compose(draft.agreement, context, despite, before))
        document = replace(text, kind="Partnership charter: a draft, not saved yet")
    with st.container(horizontal=True):
        stem = preview.file_name("draft-charter", draft.title)
        preview.document_buttons(_("Draft"), lambda: document, stem, "draft", language=ENGLISH)
    preview.show_document(document, "shown_draft")


def _saved(saved: SavedCharter) -> None:
    st.subheader(
        _("Saved charter: amendment {number}").format(number=saved.amendment)
        if saved.amendment
        else _("Saved charter"),
        anchor=False,
    )
    make, stem = (
        partial(signed_document, saved.text, saved),
        preview.file_name("charter", decisions_access.title_of(saved.name)),
    )
    with st.container(horizontal=True):
        preview.document_buttons(_("Charter"), make, stem, "charter", language=ENGLISH)
        meaning = _("A signature confirms exactly this text (fingerprint {sha256})").format(sha256=saved.sha256)
        text_name = f"{preview.file_name('charter-text', decisions_access.title_of(saved.name))}.md"
        blocks.download(_("The signed text"), saved.text, text_name, "charter_text", "tag", meaning)
    preview.show_document(make())


def _earlier(name: str, amendment: int) -> None:
    """Texts that were signed before: they stay as they were, and a later text has taken their place."""
    earlier = [saved for saved in decisions_access.saved().amendments(name) if saved.amendment != amendment]
    if not earlier:
        return
    st.subheader(_("Texts before this one"), anchor=False)
    for saved in earlier[::-1]:
        by = _("{name} for the {side}")
        signed = words.listing([by.format(name=one.signer, side=one.side) for one in saved.sign_offs])
        sentence = _("Amendment {number}, saved on {day}. {signed}. Replaced by a later text.").format(
            number=saved.amendment, day=words.day(saved.saved_at.date()),
            signed=_("Signed by {names}").format(names=signed) if signed else _("Not signed yet"),
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(literal(sentence), width=blocks.READING_WIDTH)
            pdf = preview.pdf_of(partial(signed_document, saved.text, saved), ENGLISH)
            stem = preview.file_name("charter", decisions_access.title_of(name), str(saved.amendment))
            blocks.download("PDF", pdf, f"{stem}.pdf", f"earlier_{saved.amendment}")


def after(draft: OpenDraft, status: CharterStatus) -> None:
    """What comes once both have signed."""
    if status.locked_at:
        open_draft.note_button(draft, "live", _("The campaign is live"))
