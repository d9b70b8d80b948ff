"""Draw the recommended role with its reasons, what one pilot would tell, and the role before any market is named."""

import polars as pl
import streamlit as st

from fit import charts, locale
from fit.brief import Goal
from fit.forecast import RequestedLine
from fit.locale import _, phrase
from fit.model import (
    BALANCED_SD,
    CLEAR,
    FEWEST_CAMPAIGNS,
    FEWEST_EVIDENCE,
    FEWEST_THERE,
    LEANING,
    TOO_LITTLE,
    Confidence,
    Pilot,
    pilot_effect,
    worth_tracking,
)
from fit.shortlist import (
    Candidate,
    Group,
    at_its_price,
    below_price,
    expected_line,
    natural_words,
    outcome_range,
    price_sentence,
    price_words,
    reasons_not_to,
)
from fit.text import literal, plain, words
from pages.ui import blocks, provenance, store_access
from pages.ui.creator.index_evidence import EVENTS
from pages.ui.view_link import PageState

TRACKED = {"engage": phrase("engagement"), "click": phrase("clicks"), "convert": phrase("purchases")}
FORECAST_METRIC = {"engage": "engagements", "click": "clicks", "convert": "conversions"}


def role(creator: Candidate, state: PageState) -> None:
    """What to do, what it brings, the reasons for and against, and what would change the answer."""
    with st.container(horizontal=True):
        blocks.group_badge(creator)
        blocks.role_badge(creator)
    outcome(creator, state)
    reasons_for, against = st.columns(2, border=True)
    with reasons_for:
        _reasons(
            _("Reasons to book"), (), creator.role.reasons_to_book, _("Nothing is clearly above similar creators.")
        )
    with against:
        serious, others = reasons_not_to(creator, state.brief)
        loss = _loss(creator, state)
        _reasons(
            _("Reasons not to"),
            serious,
            (*([loss] if loss else []), *others),
            _("Nothing is clearly below similar creators."),
        )
    st.subheader(_("What would change this"), anchor=False)
    change = creator.role.change
    st.markdown(literal(words.capitalized(change)), width=blocks.READING_WIDTH)
    if creator.role.confidence != Confidence.CLEAR:
        _pilot(creator, state)


def _loss(creator: Candidate, state: PageState) -> str:
    """That the standard deliverable is not expected to earn its price back; empty where it is, or nobody knows."""
    if creator.group == Group.PASS or creator.expected.mean is None:
        return ""
    line = at_its_price(store_access.creator_line(RequestedLine(), state.brief, creator), RequestedLine(), creator)
    return below_price(expected_line(creator, line, store_access.forecast_of(line, ())), state.brief)


def outcome(creator: Candidate, state: PageState) -> None:
    """Expected outcome of the standard deliverable with its range, price, what one costs, and the chance of none."""
    expected = creator.expected
    if expected.mean is None:
        return
    is_sale = state.brief.goal == Goal.CONVERSION
    mean = words.capitalized(words.expected(expected.metric, expected.mean))
    kind = plain(creator.deliverable)
    meaning = _("Average for one {deliverable}, people in {market} only")
    figures = [
        (
            _("Expected purchases") if is_sale else _("People reached"),
            mean,
            meaning.format(deliverable=kind, market=state.brief.words),
        ),
        (_("Price"), words.price(creator.cost, creator.currency), words.capitalized(price_words(creator))),
        (
            _("Per purchase") if is_sale else _("Per 1,000 people"),
            words.unit_cost(expected.cost_per_outcome, creator.currency),
            _("Price over expected purchases") if is_sale else _("Price over 1,000 people reached in the market"),
        ),
    ]
    if is_sale:
        meaning = _("Chance of no purchase in {market}").format(market=state.brief.words)
        figures.append((_("No purchase at all"), words.bounded(expected.p_zero or 0.0), meaning))
    else:
        meaning = _("Chance of being in the top 3 for the money")
        figures.append((_("In the top 3"), words.bounded(creator.p_top_3), meaning))
    blocks.figures(figures)
    futures = _("{range}, 8 times in 10.").format(range=words.capitalized(outcome_range(expected)))
    price = price_sentence(creator, store_access.profile(creator.creator_id))
    st.caption(literal(f"{futures} {price}"))


def pilots(creator: Candidate, state: PageState) -> list[Pilot]:
    """What one usual campaign of this creator would narrow, stage by stage; the one worth tracking first."""
    facts = store_access.field_facts()
    metrics = store_access.forecast_of(store_access.creator_line(RequestedLine(), state.brief, creator), ()).metrics
    strengths = store_access.answer("strengths", creators=[creator.creator_id])
    rows = {row["stage"]: row for row in strengths.iter_rows(named=True)}
    first = worth_tracking(rows)
    by_stage = []
    for stage in sorted(creator.stages, key=lambda stage: stage != first):
        mean, sd, events = rows[stage]["log_mean"], rows[stage]["log_sd"], metrics[FORECAST_METRIC[stage]]["mean"]
        by_stage.append(pilot_effect(stage, mean, sd, facts[f"k_{stage}"], events))
    return by_stage


def _events(count: float | None) -> str:
    """Expected events: two digits, and whole from ten on, for nobody expects a tenth of a click."""
    return words.about(count, digits=2) if count is None or count < 10 else words.rounded(count)


def _about(count: float | None) -> str:
    """ "about 12", or "hardly any" below half of one."""
    if count is not None and count < words.LEAST_COUNTED:
        return _("hardly any")
    return _("about {count}").format(count=_events(count))


def _evidence(pilot: Pilot) -> str:
    text = "{evidence}" if pilot.events is not None else _("at most {evidence}")
    return text.format(evidence=words.about(pilot.evidence))


def pilot_words(creator: Candidate, pilot: Pilot) -> str:
    """What to track, and how much one such campaign would narrow the interval."""
    now, after = (f"{words.index(low)}-{words.index(high)}" for low, high in (pilot.now, pilot.after))
    if pilot.events is None:
        sentence = _(
            "One {deliverable} that tracks {tracked} would narrow the range for {stage} from {now} to "
            "{after} at best (the number of followers is missing); the index may go up or down."
        )
    else:
        sentence = _(
            "One {deliverable} that tracks {tracked} brings {count} {events}. The range for {stage} would "
            "narrow from {now} to about {after}; the index may go up or down."
        )
    return sentence.format(
        deliverable=plain(creator.deliverable),
        tracked=_(TRACKED[pilot.stage]),
        count=_about(pilot.events),
        events=_(EVENTS[pilot.stage]),
        stage=words.stage(pilot.stage),
        now=now,
        after=after,
    )


def _pilot(creator: Candidate, state: PageState) -> None:
    """A pilot as risk control: what to track, what it would tell, what it does not do."""
    by_stage = pilots(creator, state)
    with st.container(border=True):
        st.markdown(_("**What a small test would tell**"))
        st.markdown(literal(pilot_words(creator, by_stage[0])), width=blocks.READING_WIDTH)
        st.caption(_("A small test limits the cost of being wrong."))
        with st.expander(_("Every stage, before and after one test"), icon=":material/table:"):
            columns, alt = locale.labels(PILOT_COLUMNS), _("Likely ranges after a test")
            st.dataframe(pilot_table(by_stage).to_arrow(), hide_index=True, column_config=columns, alt=alt)


PILOT_COLUMNS = {
    "stage": phrase("Stage"),
    "index": phrase("Index"),
    "now": phrase("Likely range now"),
    "after": phrase("After one test, about"),
    "events": phrase("Events"),
    "evidence": phrase("Evidence added"),
}


def pilot_table(by_stage: list[Pilot]) -> pl.DataFrame:
    """One row per stage, as text."""
    rows = [
        {
            "stage": words.capitalized(words.stage(pilot.stage)),
            "index": words.index(pilot.index),
            "now": words.between(words.index(pilot.now[0]), words.index(pilot.now[1])),
            "after": words.between(words.index(pilot.after[0]), words.index(pilot.after[1])),
            "events": _events(pilot.events),
            "evidence": _evidence(pilot),
        }
        for pilot in by_stage
    ]
    return pl.DataFrame(rows)


def threshold_words() -> list[tuple[str, str]]:
    """Each verdict and when it is given."""
    clear, leaning = (words.percent(value) for value in (CLEAR, LEANING))
    return [
        (
            _("Clear"),
            _(
                "one side is at least {clear} likely, from {fewest} or more campaigns. In our tests this was "
                "right 9 times in 10."
            ).format(clear=clear, fewest=FEWEST_CAMPAIGNS),
        ),
        (
            _("Leaning"),
            _("between {leaning} and {clear} likely; right 7 times in 10.").format(leaning=leaning, clear=clear),
        ),
        (
            _("Balanced"),
            _(
                "neither side reaches {leaning}, and the evidence is good enough (log difference within "
                "{balanced_sd}) to say the creator is between the two."
            ).format(leaning=leaning, balanced_sd=words.about(BALANCED_SD)),
        ),
        (
            _("Test first"),
            _(
                "not enough evidence yet: neither side reaches {leaning}, or there is less than "
                "{fewest_evidence:g} click or purchase to go by."
            ).format(leaning=leaning, fewest_evidence=FEWEST_EVIDENCE),
        ),
        (
            _("Not for this market"),
            _(
                "fewer than {there} of the audience live there, even counting the unknown part (a rule of "
                "thumb); or, at the usual price, the creator brings less than {little} of what that money "
                "usually brings."
            ).format(there=words.frequency(FEWEST_THERE), little=words.percent(TOO_LITTLE)),
        ),
        (
            _("Too expensive"),
            _("the market fits, but the asking price is more than twice what the creator is worth at usual prices."),
        ),
    ]


def _reasons(title: str, serious: tuple[str, ...], others: tuple[str, ...], otherwise: str) -> None:
    """Reasons as points; the serious ones first and in red."""
    st.subheader(title, anchor=False)
    red = [f"- {blocks.in_red(reason)}" for reason in serious]
    st.markdown("\n".join([*red, *filter(None, [blocks.points(map(words.capitalized, others))])]) or otherwise)


def evidence(creator: Candidate, state: PageState) -> None:
    """What the role rests on: its ranges, the role in any market as dots to count, the rules, every figure's origin."""
    st.markdown(literal(creator.role.because), width=blocks.READING_WIDTH)
    natural = store_access.answer_row("natural_roles", creators=[creator.creator_id])
    st.header(_("Overall, in any market"), anchor=False)
    measured = max(stage.count_campaigns for stage in creator.stages.values())
    sentence = _("{role}. Based on past campaigns only.").format(role=natural_words(natural, measured))
    st.markdown(literal(sentence))
    blocks.show(charts.role_dots(natural["p_conversion"], dark=state.dark), "role", width=440)
    with st.expander(_("What each role means"), icon=":material/rule:"):
        st.markdown("\n".join(f"- **{label}**: {literal(meaning)}" for label, meaning in threshold_words()))
    share, stages, role_figure, outcomes = origins_of(creator, state)
    blocks.where_from([*outcomes, *share, *stages, *role_figure])


def origins_of(creator: Candidate, state: PageState) -> tuple[list[provenance.Origin], ...]:
    """All figures of one creator: its share, its stages, its role, what it brings."""
    evidence = store_access.answer("evidence_of_creator", creator_id=creator.creator_id)
    campaigns = store_access.answer("campaigns_of_creator", creator_id=creator.creator_id)
    sources = store_access.answer("audience_sources", creator_id=creator.creator_id)
    stages = provenance.stage_origins(creator, evidence, campaigns)
    share = provenance.share_origins(creator, state.brief, sources)
    usual = store_access.forecast_of(store_access.creator_line(RequestedLine(), state.brief, creator), ())
    outcomes = provenance.outcome_origins(creator, state.brief, usual)
    return share, stages, [provenance.role_origin(creator, stages)], outcomes
