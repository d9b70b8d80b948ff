"""Enter a campaign's results, which commitments were fulfilled, and notes of the talk; close its review."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from fit.agreement import Agreement
from fit.locale import ENGLISH, _, phrase, speaking, voice
from fit.metrics import COST, METRICS, Unit
from fit.pace import counts_as_results
from fit.review import (
    LONGEST_NOTE,
    REVIEWED_STAGES,
    ActualsError,
    Clash,
    Review,
    commitment_keys,
    impossible,
    of_campaigns,
)
from fit.text import literal, plain, words
from pages.ui import blocks, decisions_access, store_access
from pages.ui.decisions_access import AGREEMENT
from pages.ui.partnership import open_draft
from pages.ui.partnership.fields import long_text, one_of, text_line
from pages.ui.partnership.toolbar import sample_mark
from pages.ui.review import typed_figures
from pages.ui.review.open_review import JOINED, TEXT_LABELS, Subject, change, clash_on, settle, shown_subject
from pages.ui.view_link import PageState

WITHOUT = ""  # the choice of no partnership, as the link has it
LONGEST_VALUE = 40  # characters of a typed number
LONGEST_LINE = 300  # of the next-time line: it stands in a table
FULFILLED, NOT_FULFILLED, UNKNOWN = phrase("kept"), phrase("not kept"), phrase("not answered")
CLOSE = "close_review"  # the button, and the place of what it is refused for
T = TypeVar("T")
CAMPAIGNS_KEY, UPLOAD_KEY = "review_campaigns", "review_upload"


def choose(subject: Subject, state: PageState) -> None:
    """Which partnership is reviewed, and whose numbers those are."""
    saved, labels = decisions_access.saved(), {WITHOUT: _("None: the creator and brief of the shortlist")}
    titles = decisions_access.titles()
    charters, drafts = ([one.name for one in some] for some in (saved.charters(), saved.drafts(AGREEMENT)))
    called = {name: plain(titles.get(name, name)) for name in (*charters, *drafts)}
    labels |= called | {name: _("{name} (charter)").format(name=called[name]) for name in charters}
    st.selectbox(
        _("Partnership"), list(labels), width=480, format_func=labels.__getitem__,
        **blocks.bound("review_partnership", subject.name or WITHOUT, open_draft.open_partnership),
    )  # fmt: skip
    if subject.name and saved.is_sample(subject.name):
        sample_mark()
    if subject.name is None:
        blocks.creator_chooser(state, blocks.chosen_creator(state))
    st.caption(literal(_subject_words(subject)))
    open_draft.show_message()


def _subject_words(subject: Subject) -> str:
    goal, markets = _(subject.agreement.goal), subject.agreement.brief.words
    sentence = _("{creator}, {goal} in {markets}").format(creator=subject.creator_name, goal=goal, markets=markets)
    if subject.amendment is None:
        return sentence
    saved = _("{said}; the saved charter")
    if subject.amendment:
        saved = _("{said}; the charter as saved, amendment {number}")
    return saved.format(said=sentence, number=subject.amendment)


def actuals(subject: Subject) -> None:
    """The results: typed field by field, taken from loaded campaigns, or loaded as a table."""
    st.header(_("Results"), anchor=False)
    st.caption(_("An empty field was not measured. Write rates as 8 % and counts as whole numbers."))
    with st.grid(4, min_column_width=170):
        for name, label in _labels(subject).items():
            _field(subject, name, label)
    _by_country(subject)
    _from_counts(subject)
    _from_campaigns(subject)
    with st.expander(_("Load a table of metric and value"), icon=":material/upload:"):
        # A new key after each load empties the uploader.
        key = f"{UPLOAD_KEY}_{st.session_state.get(UPLOAD_KEY, 0)}"
        st.file_uploader(
            _("Table with metric and value"), type=["csv", "tsv", "txt", "xlsx"], key=key, on_change=_load, args=(key,)
        )


def _labels(subject: Subject) -> dict[str, str]:
    own_names = {line.name: plain(line.name) for line in subject.agreement.metrics if line.name not in METRICS}
    wanted = ["reach", *REVIEWED_STAGES, *(line.name for line in subject.agreement.metrics if line.name in METRICS)]
    return {name: words.metric(name) for name in dict.fromkeys(wanted)} | own_names | {COST: words.metric(COST)}


def _field(subject: Subject, name: str, label: str) -> None:
    value, agreed = subject.draft.actuals.get(name), subject.agreement.cost
    usual = _("not measured") if name != COST or agreed is None else as_typed(name, agreed)
    shown = "" if value is None else as_typed(name, value)
    text_line(
        f"actual_{name}", words.capitalized(label), shown, partial(_take, name, label), most=LONGEST_VALUE,
        refuses=lambda text: _refused(name, label, text), placeholder=usual,
    )  # fmt: skip
    if clash := clash_on(subject, "actuals", name):
        _choose_one(clash, _("removed") if clash.mine is None else as_typed(name, clash.mine))


def _choose_one(clash: Clash, mine: str) -> None:
    """Beside a field that somebody else changed at the same time: theirs stands in it, mine is offered."""
    key = f"{clash.part}_{clash.key}"
    with st.container(border=True, key=f"clash_{key}"):
        st.caption(literal(_("Someone else changed this too. You typed: {mine}").format(mine=mine)))
        with st.container(horizontal=True):
            st.button(_("Use mine"), key=f"use_mine_{key}", on_click=partial(settle, clash, mine=True))
            st.button(_("Keep theirs"), key=f"keep_theirs_{key}", on_click=partial(settle, clash, mine=False))


def as_typed(name: str, value: float) -> str:
    """A value as somebody would type it, so that it is read back as the same."""
    is_rate = name in METRICS and METRICS[name].unit is Unit.RATE
    text = f"{100 * value:.10g} %" if is_rate else f"{value:.15g}"
    return text.replace(".", voice().decimal)


def _refused(name: str, label: str, typed: str) -> str:
    """Why a typed result is not saved; it stays in its field until it can be."""
    try:
        _read(name, label, typed)
    except ActualsError as error:
        return str(error)
    return ""


def _read(name: str, label: str, typed: str) -> float | None:
    text, currency = typed.strip(), shown_subject().agreement.currency
    return typed_figures.typed_result(name, text, words.capitalized(label), currency) if text else None


def _take(name: str, label: str, typed: str) -> None:
    with open_draft.failures_told():
        value = _read(name, label, typed)
        change(lambda draft: replace(draft, actuals=_with(draft.actuals, name, value)))


def _with(known: Mapping[str, T], name: str, value: T | None) -> dict[str, T]:
    """These values with another one under this name, or with none under it."""
    others = {other: value for other, value in known.items() if other != name}
    return others if value is None else others | {name: value}


def _by_country(subject: Subject) -> None:
    """Clicks or purchases by country, which come with a table only."""
    known = {name: value for name, value in subject.draft.actuals.items() if ":" in name}
    if known:
        counts = []
        for name, value in known.items():
            metric, country = name.split(":", 1)
            counts.append(f"{words.metric(metric)}, {words.country(country)}: {words.count(value)}")
        st.caption(literal(_("By country: {counts}").format(counts="; ".join(counts))))


def _from_counts(subject: Subject) -> None:
    """Take the newest counts of the running campaign as its results; once it is over they are there already."""
    counts = decisions_access.counts_of(subject.name) if subject.name else ()
    if not counts:
        return
    day = words.day(max(count.day for count in counts))
    if subject.draft.actuals == counts_as_results(counts):
        st.caption(_("These are the counts of {day}. Change what was measured since.").format(day=day))
        return
    label = _("Use the counts of {day}").format(day=day)
    st.button(label, key="take_counts", icon=":material/add_chart:", on_click=_take_counts)


def _take_counts() -> None:
    name = shown_subject().name
    if name:
        counted = counts_as_results(decisions_access.counts_of(name))
        change(lambda draft: replace(draft, actuals={**draft.actuals, **counted}))


def _from_campaigns(subject: Subject) -> None:
    loaded = store_access.answer("campaigns_of_creator", creator_id=subject.agreement.creator)
    if loaded.is_empty():
        return
    with st.expander(_("Take it from loaded campaigns"), icon=":material/database:"):
        rows = {row["campaign_key"]: row for row in loaded.iter_rows(named=True)}
        st.multiselect(
            _("Campaigns"), list(rows), default=_agreed_campaigns(subject.agreement, rows), key=CAMPAIGNS_KEY,
            format_func=lambda key: _campaign_words(rows[key]),
        )  # fmt: skip
        st.button(_("Use their totals"), key="take_campaigns", icon=":material/add_chart:", on_click=_take_campaigns)


def _agreed_campaigns(agreement: Agreement, rows: dict[int, store_access.Row]) -> list[int]:
    if agreement.start is None or agreement.end is None:
        return []
    markets = dict(agreement.markets).keys()
    in_time = {key: row for key, row in rows.items() if agreement.start <= row["date"] <= agreement.end}
    return [key for key, row in in_time.items() if set(row["market"].split("+")) <= markets]


def _campaign_words(row: store_access.Row) -> str:
    parts = (row["campaign_id"], words.day(row["date"]), words.market(row["market"]), row["deliverable"] or "")
    return plain(" · ".join(parts))


def _take_campaigns() -> None:
    loaded = store_access.answer("campaigns_of_creator", creator_id=shown_subject().agreement.creator)
    chosen = loaded.filter(loaded["campaign_key"].is_in(st.session_state[CAMPAIGNS_KEY]))
    if chosen.is_empty():
        open_draft.leave_message(_("No campaign is chosen. Choose one or more, then press Use their totals."))
        return
    sums, notes = of_campaigns(chosen)
    if change(lambda draft: replace(draft, actuals=sums)) and notes:
        open_draft.leave_message(" ".join(notes))


def _load(key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    agreement = shown_subject().agreement
    own_names = {line.name for line in agreement.metrics if line.name not in METRICS}
    try:
        results, note = typed_figures.results_of_upload(file.getvalue(), own_names, agreement.currency)
    except ActualsError as error:
        open_draft.leave_message(str(error))
        return
    st.session_state[UPLOAD_KEY] = st.session_state.get(UPLOAD_KEY, 0) + 1
    if problems := impossible(results):
        open_draft.leave_message(" ".join(problems))
        return
    if change(lambda draft: replace(draft, actuals=results)) and note:
        open_draft.leave_message(f"{words.capitalized(note)}.")


def talk(subject: Subject, review: Review) -> None:
    """What both promised to do, what was said, and the line for the next time."""
    if subject.agreement.commitments:
        st.header(_("Which commitments were kept?"), anchor=False)
        keys = commitment_keys(subject.agreement.commitments)
        for index, task in enumerate(subject.agreement.commitments):
            was_fulfilled = review.talk.commitments[index].was_kept
            chosen = UNKNOWN if was_fulfilled is None else FULFILLED if was_fulfilled else NOT_FULFILLED
            due = _(", until {day}").format(day=words.day(task.due)) if task.due else ""
            shown = blocks.bound(f"kept_{index}", chosen, partial(_write_commitment, index))
            who = words.capitalized(_(task.owner))
            one_of(literal(f"{who}: {task.text}{due}"), [UNKNOWN, FULFILLED, NOT_FULFILLED], _, **shown)
            if clash := clash_on(subject, "kept", keys[index]):
                _choose_one(clash, _(UNKNOWN if clash.mine is None else FULFILLED if clash.mine else NOT_FULFILLED))
    st.header(_("Notes"), anchor=False)
    joined = st.session_state.pop(JOINED, ())
    for name, height in (("notes", 96), ("outcome", 68)):
        value, write = getattr(subject.draft, name), partial(_write_text, name)
        long_text(f"review_{name}", _(TEXT_LABELS[name]), value, write, most=LONGEST_NOTE, height=height)
        _choose_text(subject, name)
        if name in joined:
            both = _("Someone else wrote here too. Both texts are kept, theirs first.")
            st.caption(f":material/group: {both}")
    text_line(
        "review_next_time", _("Note for next time, shown with the creator"), subject.draft.next_time,
        partial(_write_text, "next_time"), most=LONGEST_LINE, placeholder=review.diagnosis.next_time,
    )  # fmt: skip
    _choose_text(subject, "next_time")


def _choose_text(subject: Subject, name: str) -> None:
    if clash := clash_on(subject, name):
        _choose_one(clash, clash.mine or _("removed"))


def _write_commitment(place: int, chosen: str) -> None:
    was_kept, commitments = None if chosen == UNKNOWN else chosen == FULFILLED, shown_subject().agreement.commitments
    change(lambda draft: draft.with_kept(commitments, place, was_kept))


def _write_text(name: str, text: str) -> None:
    values: dict[str, Any] = {name: text.strip()}
    change(lambda draft: replace(draft, **values))


def close(subject: Subject) -> None:
    """Freeze the review as it stands."""
    problems = impossible(subject.draft.actuals)
    st.button(
        _("Close this review"), key=CLOSE, type="primary", icon=":material/lock:", disabled=bool(problems),
        on_click=_close,
        help=_("Freezes numbers and text; later loads change nothing, and the review counts in the track record."),
    )  # fmt: skip
    for problem in problems:
        st.warning(literal(problem), icon=":material/block:")
    open_draft.show_message(CLOSE)


def _close() -> None:
    subject = shown_subject()
    with open_draft.failures_told(beside=CLOSE):
        with speaking(ENGLISH):  # the one text for every reader
            closed_review = decisions_access.close_review(subject.judged(), subject.creator_name)
        st.toast(_("Closed as review {number}").format(number=closed_review.review_id), icon=":material/lock:")
