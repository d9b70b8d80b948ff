"""Draw the recommended role with its reasons, what one pilot would tell, and the role before any market is named."""

import polars as pl
import streamlit as st

from fit import charts, locale
from fit.forecast import RequestedLine
from fit.locale import _, phrase
from fit.model import (
    BALANCED_SD,
    CLEAR,
    FEWEST_EVIDENCE,
    LEANING,
    TOO_LITTLE,
    Confidence,
    Pilot,
    pilot_effect,
    worth_tracking,
)
from fit.shortlist import Candidate, natural_words, price_sentence
from fit.text import literal, plain, words
from pages.ui import blocks, provenance, store_access
from pages.ui.brief_sidebar import PageState
from pages.ui.creator.index_evidence import EVENTS

TRACKED = {"engage": phrase("engagement"), "click": phrase("clicks"), "convert": phrase("purchases")}
FORECAST_METRIC = {"engage": "engagements", "click": "clicks", "convert": "conversions"}


def role(creator: Candidate, state: PageState) -> None:
    """The role in the brief's market, what speaks for and against, and what would change it."""
    blocks.role_badge(creator)
    speaks_for, against = st.columns(2, border=True)
    with speaks_for:
        _reasons(_("Speaks for booking"), creator.role.speaks_for, _("Nothing is clearly above typical."))
    with against:
        _reasons(_("Speaks against"), creator.role.speaks_against, _("Nothing is clearly below typical."))
    st.subheader(_("What would change this"), anchor=False)
    change = creator.role.change
    st.markdown(literal(words.capitalized(change)), width=blocks.READING_WIDTH)
    if creator.role.confidence != Confidence.CLEAR:
        _pilot(creator, state)
    _thresholds()


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
    """Expected events: whole from ten on, for nobody expects a tenth of a click."""
    return words.about(count if count is None or count < 10 else round(count))


def _evidence(pilot: Pilot) -> str:
    text = "{evidence}" if pilot.events is not None else _("at most {evidence}")
    return text.format(evidence=words.about(pilot.evidence))


def pilot_words(creator: Candidate, pilot: Pilot) -> str:
    """What to track, and how much one such campaign would narrow the interval."""
    now, after = (f"{words.index(low)}-{words.index(high)}" for low, high in (pilot.now, pilot.after))
    if pilot.events is None:
        sentence = _(
            "One {deliverable} that tracks {tracked} would narrow {stage} from {now} to {after} at best (without "
            "followers nobody knows what it brings); the index itself may move either way."
        )
    else:
        sentence = _(
            "One {deliverable} that tracks {tracked} brings about {count} {events} and would narrow {stage} from {now} "
            "to about {after}; the index itself may move either way."
        )
    return sentence.format(
        deliverable=plain(creator.deliverable),
        tracked=_(TRACKED[pilot.stage]),
        count=_events(pilot.events),
        events=_(EVENTS[pilot.stage]),
        stage=words.stage(pilot.stage),
        now=now,
        after=after,
    )


def _pilot(creator: Candidate, state: PageState) -> None:
    """A pilot as risk control: what to track, what it would tell, what it does not do."""
    by_stage = pilots(creator, state)
    with st.container(border=True):
        st.markdown(_("**What one pilot would tell**"))
        st.markdown(literal(pilot_words(creator, by_stage[0])), width=blocks.READING_WIDTH)
        st.caption(
            _("A pilot is risk control: on average it neither earns nor costs money; it keeps one wrong guess small.")
        )
        with st.expander(_("Every stage, before and after one pilot"), icon=":material/table:"):
            columns, alt = locale.labels(PILOT_COLUMNS), _("Intervals after a pilot")
            st.dataframe(pilot_table(by_stage), hide_index=True, column_config=columns, alt=alt)


PILOT_COLUMNS = {
    "stage": phrase("Stage"),
    "index": phrase("Index"),
    "now": phrase("80 % interval now"),
    "after": phrase("After one pilot, about"),
    "events": phrase("Events it brings"),
    "evidence": phrase("Evidence it adds"),
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


def _thresholds() -> None:
    """When which word is used; the numbers are the judgement's own constants."""
    with st.expander(_("When do we say which role?"), icon=":material/rule:"):
        st.markdown("\n".join(f"- **{label}**: {literal(meaning)}" for label, meaning in threshold_words()))


def threshold_words() -> list[tuple[str, str]]:
    """Each verdict and when it is given."""
    clear, leaning, little = (words.percent(value) for value in (CLEAR, LEANING, TOO_LITTLE))
    return [
        (
            _("Clear"),
            _("one side is at least {clear} likely; in trials such a label was right 9 times in 10.").format(
                clear=clear
            ),
        ),
        (_("Leaning"), _("between {leaning} and {clear}; right 7 times in 10.").format(leaning=leaning, clear=clear)),
        (
            _("Balanced"),
            _(
                "neither side reaches {leaning}, and the difference of the log indices is known to within "
                "{balanced_sd}: the creator is truly between the two."
            ).format(leaning=leaning, balanced_sd=words.about(BALANCED_SD)),
        ),
        (
            _("Pilot"),
            _(
                "neither side reaches {leaning} and the difference is not known that well; or conversion would rest "
                "on less than {fewest_evidence:g} event of clicks and purchases together."
            ).format(leaning=leaning, fewest_evidence=FEWEST_EVIDENCE),
        ),
        (
            _("Not for this market"),
            _(
                "awareness and conversion both buy less than {little} of what the same money buys at market price."
            ).format(little=little),
        ),
    ]


def _reasons(title: str, reasons: tuple[str, ...], otherwise: str) -> None:
    st.subheader(title, anchor=False)
    st.markdown(blocks.points(map(words.capitalized, reasons)) or otherwise)


def natural_role(creator: Candidate, state: PageState) -> None:
    """The role before any market is named, as percent, frequency and dots."""
    natural = store_access.answer_row("natural_roles", creators=[creator.creator_id])
    st.header(_("Before any market is named"), anchor=False)
    sentence = _("{role}. It follows from the campaigns alone.").format(role=natural_words(natural))
    st.markdown(literal(sentence))
    blocks.show(charts.role_dots(natural["p_conversion"], dark=state.dark), "role", width=440)
    blocks.figures(
        [
            (
                _("{goal} payoff").format(goal=words.capitalized(_(goal))),
                _("not known") if value is None else words.times(value),
                _("In this market; 1 = what the same money buys at market price"),
            )
            for goal, value in creator.payoff.items()
        ]
    )
    st.caption(literal(price_sentence(creator, store_access.profile(creator.creator_id))))
    share, stages, role_figure, payoff = origins_of(creator, state)
    blocks.where_from([*stages, *role_figure, *share, *payoff])


def origins_of(creator: Candidate, state: PageState) -> tuple[list[provenance.Origin], ...]:
    """All figures of one creator: its share, its stages, its role, its payoff."""
    evidence = store_access.answer("evidence_of_creator", creator_id=creator.creator_id)
    campaigns = store_access.answer("campaigns_of_creator", creator_id=creator.creator_id)
    sources = store_access.answer("audience_sources", creator_id=creator.creator_id)
    stages = provenance.stage_origins(creator, evidence, campaigns)
    share, payoff = (
        provenance.share_origins(creator, state.brief, sources),
        provenance.payoff_origins(creator, state.brief),
    )
    return share, stages, [provenance.role_origin(creator, stages)], payoff
