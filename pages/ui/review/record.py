"""Show how partnerships ended, with a charter and without, and how often forecasts held against results.

Only what this store has seen: what practitioners report of theirs is no evidence for yours, so it stands nowhere here.
"""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from fit import charts
from fit.agreement import Agreement, Partnership
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
from pages.ui.decisions_access import AGREEMENT
from pages.ui.partnership import open_draft
from pages.ui.view_link import PageState


def record(partnerships: list[Partnership]) -> None:
    """How partnerships ended, and the completion rate with and without a charter, goals set together or not."""
    if not partnerships:
        return
    outcomes = {review.name: review.outcome for review in decisions_access.saved().reviews() if review.name}
    ended = endings(partnerships, _agreements(), outcomes)
    st.header(_("How partnerships ended"), anchor=False)
    st.markdown(literal(completion_verdict(ended)), width=blocks.READING_WIDTH)
    blocks.table(_rates(ended), _("Completion rates with their intervals"))
    st.caption(
        _("Completed: reviewed after the campaign. Ended: reviewed or stopped. A difference does not prove "
          "a cause: partnerships with a charter may differ in other ways too.")
    )  # fmt: skip
    with blocks.numbers_as_table(_("Every partnership")):
        blocks.table(_table(ended), _("Every partnership with the stage that it reached and how it ended"))


def _agreements() -> dict[str, Agreement]:
    """What was agreed in each partnership: its kept charter, else its draft; those that cannot be read are left out."""
    texts = {draft.name: draft.text for draft in decisions_access.saved().drafts(AGREEMENT)}
    texts |= {charter.name: charter.agreement for charter in decisions_access.saved().charters()}
    read = {name: open_draft.agreement_if_readable(text) for name, text in texts.items()}
    return {name: agreement for name, agreement in read.items() if agreement}


def _rates(ended: list[Ending]) -> pl.DataFrame:
    columns = ["partnerships", "count_completed", "count_ended", "completion", "80 % interval"]
    rates = completion_rates(ended)
    rows = [(rate.label, rate.completed, rate.count, rate.share, rate.interval) for rate in rates]
    return pl.DataFrame(rows, schema=columns, orient="row")


def _table(ended: list[Ending]) -> pl.DataFrame:
    columns = ["partnership", "stage_reached", "outcome", "charter", "goals_set_together"]
    titles = decisions_access.titles()
    rows = [
        (
            plain(titles.get(one.name, one.name)),
            str(one.stage),
            one.outcome,
            _("yes") if one.has_charter else _("no"),
            one.together_words,
        )
        for one in ended
    ]
    return pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)


def forecast_accuracy(state: PageState) -> None:
    """Every closed forecast against its results."""
    record = compute_track_record(past_forecasts(decisions_access.saved().reviews()))
    st.header(_("Did our forecasts hold?"), anchor=False)
    st.markdown(literal(record.message), width=blocks.READING_WIDTH)
    if not record.count_forecasts:
        blocks.next_step(_("Closing a review compares the forecast with the result."), "campaign_review", _("Review"))
    if record.is_enough:
        _held(record, state)


def _held(record: TrackRecord, state: PageState) -> None:
    stages = [share for share in record.by_stage if share.count]
    labels = [words.capitalized(words.metric(share.of)) for share in stages]
    title = _("By stage, {range} of results fell inside the likely range").format(range=_held_range(stages))
    blocks.show(charts.held_intervals(stages, labels, title, dark=state.dark), "held_by_stage")
    if len(record.over_time) > 1:
        quarters = [share.of for share in record.over_time]
        held = _held_range(record.over_time)
        title = _("By quarter of closing, {range} of results fell inside the likely range").format(range=held)
        blocks.show(charts.held_intervals(record.over_time, quarters, title, dark=state.dark), "held_over_time")
    deciles = zip(record.by_decile, record.promised, strict=True)
    pairs = [(share, chance) for share, chance in deciles if share.count and chance is not None]
    if pairs:
        shares, promised = zip(*pairs, strict=True)
        apart = max(abs(share.hits / share.count - chance) for share, chance in pairs)
        points = words.counted(round(100 * apart), "point", "points")
        title = _("Chances of hitting a target were off by {points} at most").format(points=points)
        blocks.show(charts.promised_and_hit(shares, promised, title, dark=state.dark), "promised_and_hit")


def _held_range(shares: Sequence[Share]) -> str:
    parts_held = [share.hits / share.count for share in shares]
    return words.percent_range(min(parts_held), max(parts_held))
