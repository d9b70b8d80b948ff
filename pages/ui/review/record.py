"""How did our partnerships end, did a charter and goals set together go with completing them, and did forecasts hold?

Only what this store has seen: what practitioners report of theirs is no evidence for yours, so it stands nowhere here.
"""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from fit import charts
from fit.agreement import Agreement, AgreementError, Partnership
from fit.locale import _
from fit.review import (
    Ending,
    Share,
    TrackRecord,
    completion_rates,
    completion_verdict,
    compute_track_record,
    endings,
    past_forecasts,
)
from fit.text import literal, plain, words
from pages.ui import blocks, decisions_access
from pages.ui.layout import PageState
from pages.ui.partnership import open_draft


def record(found: list[Partnership]) -> None:
    """How partnerships ended, and the completion rate with and without a charter, goals set together or not."""
    if not found:
        return
    ended = endings(found, _agreements(), {one.name: one.outcome for one in decisions_access.reviews() if one.name})
    st.header(_("How partnerships ended"), anchor=False)
    st.markdown(literal(completion_verdict(ended)), width=blocks.READING_WIDTH)
    blocks.table(_rates(ended), _("Completion rates with their intervals"))
    st.caption(
        _("Completed: reviewed after the campaign. Ended: reviewed or stopped; those under way do not count. A "
          "difference is no cause: who writes a charter may differ in more than that.")
    )  # fmt: skip
    blocks.table(_table(ended), _("Every partnership with the stage that it reached and how it ended"))


def _agreements() -> dict[str, Agreement]:
    """What was agreed in each partnership: its kept charter, else its draft; those that cannot be read are left out."""
    texts = {draft.name: draft.text for draft in decisions_access.drafts()}
    texts |= {charter.name: charter.agreement for charter in decisions_access.charters()}
    found = {}
    for name, text in texts.items():
        try:
            found[name] = open_draft.agreement_of(text)
        except AgreementError:
            continue
    return found


def _rates(ended: list[Ending]) -> pl.DataFrame:
    found = completion_rates(ended)
    return pl.DataFrame(
        {
            "partnerships": [rate.label for rate in found],
            "count_completed": [rate.completed for rate in found],
            "count_ended": [rate.count for rate in found],
            "completion": [rate.share for rate in found],
            "80 % interval": [rate.interval for rate in found],
        }
    )


def _table(ended: list[Ending]) -> pl.DataFrame:
    names = {
        "partnership": lambda one: plain(one.name), "stage_reached": lambda one: one.stage,
        "outcome": lambda one: one.outcome, "charter": lambda one: _("yes") if one.has_charter else _("no"),
        "goals_set_together": lambda one: one.together_words,
    }  # fmt: skip
    return pl.DataFrame({name: [said(one) for one in ended] for name, said in names.items()})


def kept_word(state: PageState) -> None:
    """Every closed forecast against what came."""
    found = compute_track_record(past_forecasts(decisions_access.reviews()))
    st.header(_("Did we keep our word?"), anchor=False)
    st.markdown(literal(found.message), width=blocks.READING_WIDTH)
    if not found.count_forecasts:
        blocks.next_step(_("A forecast meets its result when a review is closed."), "campaign_review", _("Review"))
    if found.is_enough:
        _held(found, state)


def _held(found: TrackRecord, state: PageState) -> None:
    stages = [share for share in found.by_stage if share.count]
    labels = [words.capitalized(words.metric(share.of)) for share in stages]
    title = _("By stage, the 80 % intervals held {range} of the results").format(range=_held_range(stages))
    blocks.show(charts.held_intervals(stages, labels, title, dark=state.dark), "held_by_stage")
    if len(found.over_time) > 1:
        quarters = [share.of for share in found.over_time]
        held = _held_range(found.over_time)
        title = _("By quarter of closing, the 80 % intervals held {range} of the results").format(range=held)
        blocks.show(charts.held_intervals(found.over_time, quarters, title, dark=state.dark), "held_over_time")
    pairs = [pair for pair in zip(found.by_decile, found.promised, strict=True) if pair[0].count]
    if pairs:
        shares, promised = zip(*pairs, strict=True)
        apart = max(abs(share.share - chance) for share, chance in pairs)
        title = _("Lines were hit as often as was said, give or take {points}").format(
            points=words.counted(round(100 * apart), "point", "points")
        )
        blocks.show(charts.promised_and_hit(shares, promised, title, dark=state.dark), "promised_and_hit")


def _held_range(shares: Sequence[Share]) -> str:
    parts_held = [share.share for share in shares]
    return words.percent_range(min(parts_held), max(parts_held))
