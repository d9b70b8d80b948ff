"""Show how past forecasts held: the answer, ranges by metric and platform, and chances said against what happened."""

import polars as pl
import streamlit as st

from fit import charts
from fit.access import Action
from fit.backtest import Accuracy, Decile, Held, TooFewCampaigns
from fit.forecast import changes_in, correction_sentence
from fit.locale import _
from fit.review import Share, compute_track_record
from fit.review import past_forecasts as closed_forecasts
from fit.text import literal, words
from pages.ui import blocks, decisions_access, people, store_access
from pages.ui.learn import past_forecasts
from pages.ui.view_link import PageState

NOT_APPLIED = "correction_not_applied"  # of the session: why the last press changed nothing


def answer() -> Accuracy | None:
    """The page's first lines, after the walk through the past if nobody has made it yet; None where none can be."""
    if past_forecasts.is_too_much():
        count = words.count(store_access.answer_row("generation")["count_campaigns"])
        text = _(
            "{count} campaigns take too long for a page. Run `python -m fit backtest` on the machine of the store."
        )
        blocks.heading(_("Accuracy"), _("Past forecasts are checked outside of this page"), "")
        st.markdown(text.format(count=count), width=blocks.READING_WIDTH)
        return None
    place = st.empty()
    try:
        accuracy = past_forecasts.past_accuracy(_progress(place))
    except TooFewCampaigns as error:
        place.empty()
        blocks.heading(_("Accuracy"), _("Too few past campaigns to check forecasts"), str(error))
        sentence = _("Past campaigns with their dates and results are enough: a file, or a sheet kept by hand.")
        blocks.next_step(sentence, "your_data", _("Load past campaigns"))
        return None
    place.empty()
    verdict, *because = accuracy.sentences
    blocks.heading(_("Accuracy"), verdict.rstrip("."), " ".join([*because, _how(accuracy)]))
    return accuracy


def _progress(place: st.delta_generator.DeltaGenerator) -> past_forecasts.Progress:
    """A bar that is drawn at the first news, so that nothing flashes where the answer is there already."""
    drawn: list[st.delta_generator.DeltaGenerator] = []

    def show(part: float, quarter: str) -> None:
        text = _("Forecasting {quarter} with what was known before it").format(quarter=quarter)
        if not drawn:
            with place.container():
                blocks.heading(_("Accuracy"), _("Checking past forecasts"), "")
                drawn.append(st.progress(0.0))
        drawn[0].progress(min(1.0, part), text=text)

    return show


def _how(accuracy: Accuracy) -> str:
    text = _("From {first} to {last} each quarter was forecast with what was known before it.")
    return text.format(first=accuracy.walked.quarters[0], last=accuracy.walked.quarters[-1])


def held(accuracy: Accuracy, state: PageState) -> None:
    """How often the likely range held, a dot for every metric."""
    shares = [_share(figures.metric, figures.held) for figures in accuracy.metrics]
    labels = [words.capitalized(words.metric(figures.metric)) for figures in accuracy.metrics]
    parts = [figures.held.share for figures in accuracy.metrics]
    title = _("By metric, {range} of results fell inside the likely range").format(
        range=words.percent_range(min(parts), max(parts))
    )
    blocks.show(charts.held_intervals(shares, labels, title, dark=state.dark), "past_held")


def _share(of: str, held: Held) -> Share:
    """One metric of a campaign is one result."""
    return Share(of, held.count, held.share * held.count, held.count)


def chances(accuracy: Accuracy, state: PageState) -> None:
    """Chances of targets that would have been said, against how many were hit."""
    pairs = [(share, chance) for decile in accuracy.p_hit_by_decile for share, chance in _hit(decile, accuracy)]
    if not pairs:
        return
    shares, said = zip(*pairs, strict=True)
    apart = max(abs(share.hits / share.count - chance) for share, chance in pairs)
    title = _("Chances of hitting a target were off by {points} at most").format(
        points=words.counted(round(100 * apart), "point", "points")
    )
    blocks.show(charts.promised_and_hit(shares, said, title, dark=state.dark), "past_chances", width=640)
    st.caption(literal(_(
        "Ten targets were tried for every result, from easy to hard. What this cannot show: creators who were never "
        "booked, results that were never reported, and whether platforms change."
    )), width=blocks.READING_WIDTH)  # fmt: skip


def _hit(decile: Decile, accuracy: Accuracy) -> list[tuple[Share, float]]:
    """A tenth of the chances with what was said in the mean; none where no target was tried."""
    if decile.stated is None or decile.happened is None:
        return []
    hits = decile.happened * decile.count
    return [(Share("", decile.count, hits, min(decile.count, accuracy.count_campaigns)), decile.stated)]


def by_platform(accuracy: Accuracy) -> None:
    """The numbers by metric and platform, and whether a plain guess would have done as well."""
    st.header(_("By metric and platform"), anchor=False)
    text = _(
        "How many results fell inside the likely range (should be 80 %). Score: how far forecasts and ranges were "
        "off, compared with a plain guess; below 1 is better. The guess is the creator's own past rate, or what is "
        "usual on the platform."
    )
    st.caption(literal(text), width=blocks.READING_WIDTH)
    platforms = sorted({name for figures in accuracy.metrics for name in figures.platforms})
    scores = {"against_own": _("Score against own rate"), "against_platform": _("Score against platform")}
    kinds = dict.fromkeys(("metric", "all", *platforms), pl.String) | dict.fromkeys(scores, pl.Float64)
    rows = [
        (
            words.capitalized(words.metric(figures.metric)), _held_words(figures.held),
            *(_held_words(figures.platforms[name]) if name in figures.platforms else None for name in platforms),
            figures.wis_against_raw, figures.wis_against_field,
        )
        for figures in accuracy.metrics
    ]  # fmt: skip
    labels = {"metric": _("Metric"), "all": _("All")} | {name: words.platform(name) for name in platforms} | scores
    alt = _("Share of results inside the likely range, by metric and platform")
    blocks.table(pl.DataFrame(rows, schema=kinds, orient="row"), alt, labels)


def corrections(accuracy: Accuracy, state: PageState) -> None:
    """What a shift or a width of each metric, fitted on earlier quarters, brought on later ones; and its button."""
    if not accuracy.recalibrations:
        return
    st.header(_("Would a correction help?"), anchor=False)
    st.markdown(
        blocks.points(recalibration.sentence for recalibration in accuracy.recalibrations), width=blocks.READING_WIDTH
    )
    text = _("Fitted on the earlier quarters, tried on the later ones, for metrics with 50 results or more.")
    st.caption(literal(text), width=blocks.READING_WIDTH)
    if failed := st.session_state.pop(NOT_APPLIED, ""):
        st.error(literal(failed), icon=":material/error:")
    applied = correction_sentence(changes_in(store_access.field_facts()))
    if applied:
        text = _("In every forecast of these data: {said} To take it back, undo it on Your data.").format(said=applied)
        st.success(literal(text), icon=":material/check_circle:", width=blocks.READING_WIDTH)
    elif accuracy.earned and not state.is_demo and people.allowed(Action.LOAD):
        text = _(
            "It changes every forecast from now on and is said beside each. Signed charters keep theirs. You can undo "
            "it on Your data, and the next load starts without it."
        )
        st.markdown(literal(text), width=blocks.READING_WIDTH)
        st.button(
            _("Apply this correction"),
            key="apply_correction",
            icon=":material/tune:",
            on_click=_apply,
            args=(accuracy,),
        )


def _apply(accuracy: Accuracy) -> None:
    """Correct the forecasts; what stands in the way is said by the next run of the page (callback)."""
    try:
        past_forecasts.apply(accuracy)
    except store_access.StoreError as error:
        st.session_state[NOT_APPLIED] = str(error)


def _held_words(held: Held) -> str:
    return _("{share} of {count}").format(share=words.percent(round(held.share, 2)), count=words.count(held.count))


def frozen_in_charters() -> None:
    """What closed reviews add: their forecasts were said before the campaign, so nothing was drawn again."""
    record = compute_track_record(closed_forecasts(decisions_access.saved().reviews()))
    st.header(_("Forecasts frozen in charters"), anchor=False)
    st.markdown(literal(record.message), width=blocks.READING_WIDTH)
    text = _("A closed review that was added to your data counts among the past campaigns above, too.")
    st.caption(text, width=blocks.READING_WIDTH)
    blocks.onward("partnerships", _("By stage and over time, on Partnerships"))
