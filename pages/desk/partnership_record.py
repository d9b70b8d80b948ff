"""How did our partnerships end, did a charter and goals set together go with completing them, and did forecasts hold?

Only what this store has seen: what practitioners report of theirs is no evidence for yours, so it stands nowhere here.
"""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from fit import charts, words
from fit.agreement import Agreement, AgreementError
from fit.closed import past
from fit.locale import _
from fit.partnership_record import Ending, endings, rates, verdict
from fit.track_record import Share, TrackRecord, track_record
from fit.tracker import Partnership
from pages.desk import paper_on_desk, papers, parts
from pages.desk.frame import Desk


def record(found: list[Partnership]) -> None:
    """How partnerships ended, and the completion rate with and without a charter, goals set together or not."""
    if not found:
        return
    ended = endings(found, _agreements(), {one.name: one.outcome for one in papers.reviews() if one.name})
    st.header(_("How partnerships ended"), anchor=False)
    st.markdown(words.literal(verdict(ended)), width=parts.READING_WIDTH)
    parts.table(_rates(ended), _("Completion rates with their intervals"))
    st.caption(
        _("Completed: reviewed after the campaign. Ended: reviewed or stopped; those under way do not count. A "
          "difference is no cause: who writes a charter may differ in more than that.")
    )  # fmt: skip
    parts.table(_table(ended), _("Every partnership with the stage that it reached and how it ended"))


def _agreements() -> dict[str, Agreement]:
    """What was agreed in each partnership: its kept charter, else its draft; those that cannot be read are left out."""
    texts = {draft.name: draft.text for draft in papers.drafts()}
    texts |= {charter.name: charter.agreement for charter in papers.charters()}
    found = {}
    for name, text in texts.items():
        try:
            found[name] = paper_on_desk.agreement_of(text)
        except AgreementError:
            continue
    return found


def _rates(ended: list[Ending]) -> pl.DataFrame:
    found = rates(ended)
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
        "partnership": lambda one: words.plain(one.name), "stage_reached": lambda one: one.stage,
        "outcome": lambda one: one.outcome, "charter": lambda one: _("yes") if one.has_charter else _("no"),
        "goals_set_together": lambda one: one.together_words,
    }  # fmt: skip
    return pl.DataFrame({name: [said(one) for one in ended] for name, said in names.items()})


def kept_word(desk: Desk) -> None:
    """Every closed forecast against what came."""
    found = track_record(past(papers.reviews()))
    st.header(_("Did we keep our word?"), anchor=False)
    st.markdown(words.literal(found.message), width=parts.READING_WIDTH)
    if not found.count_forecasts:
        parts.next_step(_("A forecast meets its result when a review is closed."), "campaign_review", _("Review"))
    if found.is_enough:
        _held(found, desk)


def _held(found: TrackRecord, desk: Desk) -> None:
    stages = [share for share in found.by_stage if share.count]
    labels = [words.metric(share.of).capitalize() for share in stages]
    title = _("By stage, the 80 % intervals held {range} of the results").format(range=_held_range(stages))
    parts.show(charts.held_intervals(stages, labels, title, dark=desk.dark), "held_by_stage")
    if len(found.over_time) > 1:
        quarters = [share.of for share in found.over_time]
        held = _held_range(found.over_time)
        title = _("By quarter of closing, the 80 % intervals held {range} of the results").format(range=held)
        parts.show(charts.held_intervals(found.over_time, quarters, title, dark=desk.dark), "held_over_time")
    pairs = [pair for pair in zip(found.by_decile, found.promised, strict=True) if pair[0].count]
    if pairs:
        shares, promised = zip(*pairs, strict=True)
        apart = max(abs(share.share - chance) for share, chance in pairs)
        title = _("Lines were hit as often as was said, give or take {points}").format(
            points=words.counted(round(100 * apart), "point", "points")
        )
        parts.show(charts.promised_and_hit(shares, promised, title, dark=desk.dark), "promised_and_hit")


def _held_range(shares: Sequence[Share]) -> str:
    parts_held = [share.share for share in shares]
    return words.percent_range(min(parts_held), max(parts_held))
