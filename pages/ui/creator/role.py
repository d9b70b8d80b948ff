"""Which role, why, and what would one pilot tell? The blocks of the page about the role."""

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
from pages.ui.creator.index_evidence import EVENTS
from pages.ui.layout import PageState

TRACKED = {"engage": phrase("engagement"), "click": phrase("clicks"), "convert": phrase("purchases")}
FORECAST_OF = {"engage": "engagements", "click": "clicks", "convert": "conversions"}


def role(one: Candidate, state: PageState) -> None:
    """The role in the brief's market, what speaks for and against, and what would change it."""
    blocks.role_badge(one)
    speaks_for, against = st.columns(2, border=True)
    with speaks_for:
        _reasons(_("Speaks for booking"), one.role.speaks_for, _("Nothing is clearly above typical."))
    with against:
        _reasons(_("Speaks against"), one.role.speaks_against, _("Nothing is clearly below typical."))
    st.subheader(_("What would change this"), anchor=False)
    change = one.role.change
    st.markdown(literal(change[:1].upper() + change[1:]), width=blocks.READING_WIDTH)
    if one.role.confidence != Confidence.CLEAR:
        _pilot(one, state)
    _thresholds()


def pilots(one: Candidate, state: PageState) -> list[Pilot]:
    """What one usual campaign of this creator would narrow, stage by stage; the one worth tracking first."""
    facts = store_access.field_facts()
    usual = store_access.forecast_of(store_access.asked_of_creator(RequestedLine(), state.brief, one), ())
    rows = {
        row["stage"]: row for row in store_access.answer("strengths", creator_id=one.creator_id).iter_rows(named=True)
    }
    first = worth_tracking(rows)
    return [
        pilot_effect(
            stage,
            rows[stage]["log_mean"],
            rows[stage]["log_sd"],
            facts[f"k_{stage}"],
            usual.metrics[FORECAST_OF[stage]]["mean"],
        )
        for stage in sorted(one.stages, key=lambda stage: stage != first)
    ]


def _events(number: float | None) -> str:
    """Expected events: whole from ten on, for nobody expects a tenth of a click."""
    return words.about(number if number is None or number < 10 else round(number))


def _evidence(one: Pilot) -> str:
    said = "{evidence}" if one.events is not None else _("at most {evidence}")
    return said.format(evidence=words.about(one.evidence))


def pilot_words(one: Candidate, found: Pilot) -> str:
    """What to track, and how much one such campaign would narrow the interval."""
    now, after = (f"{words.index(low)}-{words.index(high)}" for low, high in (found.now, found.after))
    if found.events is None:
        said = _(
            "One {deliverable} that tracks {tracked} would narrow {stage} from {now} to {after} at best (without "
            "followers nobody knows what it brings); the index itself may move either way."
        )
    else:
        said = _(
            "One {deliverable} that tracks {tracked} brings about {count} {events} and would narrow {stage} from {now} "
            "to about {after}; the index itself may move either way."
        )
    return said.format(
        deliverable=plain(one.deliverable),
        tracked=_(TRACKED[found.stage]),
        count=_events(found.events),
        events=_(EVENTS[found.stage]),
        stage=words.stage(found.stage),
        now=now,
        after=after,
    )


def _pilot(one: Candidate, state: PageState) -> None:
    """A pilot as risk control: what to track, what it would tell, what it does not do."""
    found = pilots(one, state)
    with st.container(border=True):
        st.markdown(_("**What one pilot would tell**"))
        st.markdown(literal(pilot_words(one, found[0])), width=blocks.READING_WIDTH)
        st.caption(
            _("A pilot is risk control: on average it neither earns nor costs money; it keeps one wrong guess small.")
        )
        with st.expander(_("Every stage, before and after one pilot"), icon=":material/table:"):
            st.dataframe(
                pilot_table(found),
                hide_index=True,
                column_config=locale.labels(PILOT_COLUMNS),
                alt=_("Intervals after a pilot"),
            )


PILOT_COLUMNS = {
    "stage": phrase("Stage"),
    "index": phrase("Index"),
    "now": phrase("80 % interval now"),
    "after": phrase("After one pilot, about"),
    "events": phrase("Events it brings"),
    "evidence": phrase("Evidence it adds"),
}


def pilot_table(found: list[Pilot]) -> pl.DataFrame:
    """One row per stage, as text."""
    rows = [
        {
            "stage": words.capitalized(words.stage(one.stage)),
            "index": words.index(one.index),
            "now": words.between(words.index(one.now[0]), words.index(one.now[1])),
            "after": words.between(words.index(one.after[0]), words.index(one.after[1])),
            "events": _events(one.events),
            "evidence": _evidence(one),
        }
        for one in found
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
    said = [f"- {literal(reason[:1].upper() + reason[1:])}" for reason in reasons]
    st.markdown("\n".join(said or [otherwise]))


def natural_role(one: Candidate, state: PageState) -> None:
    """The role before any market is named, as percent, frequency and dots."""
    natural = store_access.natural_role(state.brief, one.creator_id)
    st.header(_("Before any market is named"), anchor=False)
    said = _("{role}. It follows from the campaigns alone.").format(role=natural_words(natural))
    st.markdown(literal(said))
    blocks.show(charts.role_dots(natural["p_conversion"], dark=state.dark), "role", width=440)
    blocks.figures(
        [
            (
                _("{goal} payoff").format(goal=words.capitalized(_(goal))),
                _("not known") if value is None else words.times(value),
                _("In this market; 1 = what the same money buys at market price"),
            )
            for goal, value in one.payoff.items()
        ]
    )
    st.caption(literal(price_sentence(one, store_access.profile(one.creator_id))))
    evidence = store_access.answer("evidence_of_creator", creator_id=one.creator_id)
    stages = provenance.stage_origins(
        one, evidence, store_access.answer("campaigns_of_creator", creator_id=one.creator_id)
    )
    sources = store_access.answer("audience_sources", creator_id=one.creator_id)
    blocks.where_from(
        [
            *stages,
            provenance.role_origin(one, stages),
            *provenance.share_origins(one, state.brief, sources),
            *provenance.payoff_origins(one, state.brief),
        ]
    )
