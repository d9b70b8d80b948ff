"""How do people say what came of a campaign, what was kept, what was talked about, and that the review is done?"""

from dataclasses import replace
from functools import partial

import streamlit as st

from fit.agreement import Agreement
from fit.locale import ENGLISH, _, phrase, speaking, voice
from fit.metrics import METRICS
from fit.review import COST, LONGEST, REVIEWED_STAGES, ActualsError, ReviewDraft, impossible, of_campaigns
from fit.text import literal, plain, words
from pages.ui import blocks, decisions_access, store_access
from pages.ui.layout import PageState
from pages.ui.partnership import open_draft
from pages.ui.partnership.list_editor import one_of, show_as
from pages.ui.review.open_review import SHOWN, Subject, change

WITHOUT = ""  # the choice of no partnership, as the link has it
LONGEST_VALUE = 40  # characters of a typed number
LONGEST_LINE = 300  # of the next-time line: it stands in a table
KEPT, NOT_KEPT, UNSAID = phrase("kept"), phrase("not kept"), phrase("nobody has said")
CAMPAIGNS_KEY, UPLOAD_KEY = "review_campaigns", "review_upload"


def choose(subject: Subject, state: PageState) -> None:
    """Which partnership is reviewed, and whose numbers those are."""
    kept = [each.name for each in decisions_access.charters()]
    drafts = [each.name for each in decisions_access.drafts() if each.name not in kept]
    st.session_state["review_paper"] = subject.name or WITHOUT
    st.selectbox(
        _("Partnership"), [WITHOUT, *kept, *drafts], key="review_paper", on_change=_choose, width=480,
        format_func=lambda name: _said(name, kept),
    )  # fmt: skip
    if subject.name is None:
        blocks.creator_chooser(state, blocks.chosen_creator(state))
    st.caption(literal(_whose(subject)))
    sentence = open_draft.said()
    if sentence:
        st.warning(literal(sentence), icon=":material/info:")


def _said(name: str, kept: list[str]) -> str:
    if name == WITHOUT:
        return _("None: the creator and the brief of the sidebar")
    return _("{name} (charter)").format(name=plain(name)) if name in kept else plain(name)


def _whose(subject: Subject) -> str:
    said = _("{creator}, {goal} in {markets}").format(
        creator=subject.creator_name, goal=_(subject.agreement.goal), markets=subject.agreement.brief.words
    )
    if subject.amendment is None:
        return said
    return _("{said}; the charter as kept, amendment {number}").format(said=said, number=subject.amendment)


def _choose() -> None:
    open_draft.open_partnership(st.session_state["review_paper"])


def actuals(subject: Subject) -> None:
    """What came: typed field by field, taken from loaded campaigns, or loaded as a table."""
    st.header(_("What came of it"), anchor=False)
    st.caption(_("An empty field was not measured. Write rates as 8 % and counts as whole numbers."))
    labels = _labels(subject)
    with st.grid(4, min_column_width=170):
        for name, label in labels.items():
            _field(subject, name, label)
    _by_country(subject)
    _from_campaigns(subject)
    with st.expander(_("Load a table of metric and value"), icon=":material/upload:"):
        # A new key after each load empties the uploader.
        key = f"{UPLOAD_KEY}_{st.session_state.get(UPLOAD_KEY, 0)}"
        st.file_uploader(
            _("Table with metric and value"), type=["csv", "tsv", "txt", "xlsx"], key=key, on_change=_load, args=(key,)
        )


def _labels(subject: Subject) -> dict[str, str]:
    """Fields in the order of the funnel: what the lines and the stages need, and the cost."""
    own = {line.name: plain(line.name) for line in subject.agreement.metrics if line.name not in METRICS}
    wanted = ["reach", *REVIEWED_STAGES, *(line.name for line in subject.agreement.metrics if line.name in METRICS)]
    return {name: words.metric(name) for name in dict.fromkeys(wanted)} | own | {COST: _("cost")}


def _field(subject: Subject, name: str, label: str) -> None:
    value = subject.draft.actuals.get(name)
    key = show_as(f"actual_{name}", "" if value is None else as_typed(name, value))
    agreed = subject.agreement.cost
    usual = _("not measured") if name != COST or agreed is None else as_typed(name, agreed)
    st.text_input(
        f"{label[:1].upper()}{label[1:]}", key=key, max_chars=LONGEST_VALUE, placeholder=usual, on_change=_take,
        args=(name, label, key),
    )  # fmt: skip


def as_typed(name: str, value: float) -> str:
    """A value as somebody would type it, so that it is read back as the same."""
    is_rate = name in METRICS and METRICS[name].unit == "rate"
    text = f"{100 * value:.10g} %" if is_rate else f"{value:.15g}"
    return text.replace(".", voice().decimal)


def _take(name: str, label: str, key: str) -> None:
    text, shown = st.session_state[key].strip(), st.session_state[SHOWN]
    try:
        value = store_access.typed_result(name, text, label, shown.agreement.currency) if text else None
    except ActualsError as error:
        open_draft.say(str(error))
        return
    change(partial(_with_actual, name=name, value=value))


def _with_actual(draft: ReviewDraft, name: str, value: float | None) -> ReviewDraft:
    found = {known: kept for known, kept in draft.actuals.items() if known != name}
    return replace(draft, actuals=found if value is None else found | {name: value})


def _by_country(subject: Subject) -> None:
    """Clicks or purchases by country, which come with a table only."""
    known = {name: value for name, value in subject.draft.actuals.items() if ":" in name}
    if known:
        told = [
            f"{words.metric(name.partition(':')[0])}, {words.country(name.partition(':')[2])}: {words.count(value)}"
            for name, value in known.items()
        ]
        st.caption(literal(_("By country: {counts}").format(counts="; ".join(told))))


def _from_campaigns(subject: Subject) -> None:
    loaded = store_access.answer("campaigns_of_creator", creator_id=subject.agreement.creator)
    if loaded.is_empty():
        return
    with st.expander(_("Take it from loaded campaigns"), icon=":material/database:"):
        rows = {row["campaign_key"]: row for row in loaded.iter_rows(named=True)}
        st.multiselect(
            _("Campaigns"), list(rows), default=_likely(subject.agreement, rows), key=CAMPAIGNS_KEY,
            format_func=lambda key: _campaign_words(rows[key]),
        )  # fmt: skip
        st.button(
            _("Take their sums over"), key="take_campaigns", icon=":material/add_chart:", on_click=_take_campaigns
        )


def _likely(agreement: Agreement, rows: dict[int, dict]) -> list[int]:
    """Campaigns in the agreement's days and markets."""
    if agreement.start is None or agreement.end is None:
        return []
    markets = {code for code, weight in agreement.markets}
    return [
        key
        for key, row in rows.items()
        if agreement.start <= row["date"] <= agreement.end and set(row["market"].split("+")) <= markets
    ]


def _campaign_words(row: dict) -> str:
    return plain(
        f"{row['campaign_id']} · {words.day(row['date'])} · {words.market(row['market'])} · {row['deliverable'] or ''}"
    )


def _take_campaigns() -> None:
    shown: Subject = st.session_state[SHOWN]
    loaded = store_access.answer("campaigns_of_creator", creator_id=shown.agreement.creator)
    chosen = loaded.filter(loaded["campaign_key"].is_in(st.session_state[CAMPAIGNS_KEY]))
    if chosen.is_empty():
        open_draft.say(_("No campaign is chosen. Choose one or more, then take their sums over."))
        return
    found, told = of_campaigns(chosen)
    if change(lambda draft: replace(draft, actuals=found)) and told:
        open_draft.say(" ".join(told))


def _load(key: str) -> None:
    file, shown = st.session_state[key], st.session_state[SHOWN]
    if file is None:
        return
    own = {line.name for line in shown.agreement.metrics if line.name not in METRICS}
    try:
        found, note = store_access.results_of_upload(file.getvalue(), own, shown.agreement.currency)
    except ActualsError as error:
        open_draft.say(str(error))
        return
    st.session_state[UPLOAD_KEY] = st.session_state.get(UPLOAD_KEY, 0) + 1
    if said := impossible(found):
        open_draft.say(" ".join(said))
        return
    if change(lambda draft: replace(draft, actuals=found)) and note:
        open_draft.say(f"{note[:1].upper()}{note[1:]}.")


def talk(subject: Subject) -> None:
    """What both promised to do, what was said, and the line for the next time."""
    if subject.agreement.commitments:
        st.header(_("What was promised, and was it kept?"), anchor=False)
        for at, task in enumerate(subject.agreement.commitments):
            said = {True: KEPT, False: NOT_KEPT}.get(subject.draft.kept.get(task.text), UNSAID)
            key = show_as(f"kept_{at}", said)
            due = _(", until {day}").format(day=words.day(task.due)) if task.due else ""
            label = literal(f"{task.owner}: {task.text}{due}")
            one_of(label, [UNSAID, KEPT, NOT_KEPT], key, _, on_change=_keep, args=(task.text, key))
    st.header(_("The talk"), anchor=False)
    _text(subject, "notes", _("Notes of the talk"), 96)
    _text(subject, "outcome", _("Outcome, in your own words"), 68)
    key = show_as("review_next_time", subject.draft.next_time)
    st.text_input(
        _("Next-time line, shown beside the creator"), key=key, max_chars=LONGEST_LINE, on_change=_write,
        args=("next_time", key), placeholder=subject.review.diagnosis.next_time,
    )  # fmt: skip


def _keep(text: str, key: str) -> None:
    chosen = st.session_state[key]

    def kept(draft: ReviewDraft) -> ReviewDraft:
        others = {known: was for known, was in draft.kept.items() if known != text}
        return replace(draft, kept=others if chosen == UNSAID else others | {text: chosen == KEPT})

    change(kept)


def _text(subject: Subject, name: str, label: str, height: int) -> None:
    key = show_as(f"review_{name}", getattr(subject.draft, name))
    st.text_area(label, key=key, height=height, max_chars=LONGEST, on_change=_write, args=(name, key))


def _write(name: str, key: str) -> None:
    text = st.session_state[key].strip()
    change(lambda draft: replace(draft, **{name: text}))


def close(subject: Subject) -> None:
    """Freeze the review as it stands."""
    problems = impossible(subject.draft.actuals)
    st.button(
        _("Close this review"), key="close_review", type="primary", icon=":material/lock:", disabled=bool(problems),
        on_click=_close,
        help=_("Freezes numbers, generation and text; later loads change nothing, and it counts in the track record."),
    )  # fmt: skip
    for problem in problems:
        st.warning(literal(problem), icon=":material/block:")


def _close() -> None:
    shown: Subject = st.session_state[SHOWN]
    try:
        with speaking(ENGLISH):  # the one text for every reader
            kept = decisions_access.close_review(shown.judged(), shown.creator_name)
    except decisions_access.DecisionsError as error:
        open_draft.say(str(error))
        return
    st.toast(_("Closed as review {number}").format(number=kept.review_id), icon=":material/lock:")
