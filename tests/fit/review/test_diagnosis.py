"""Is the cause of a miss the one that the numbers name, at each limit on both sides?"""

from dataclasses import replace

import numpy as np
import pytest

from fit.agreement.agreement import Agreement, MetricLine
from fit.agreement.frozen_forecast import Audience, FrozenForecast
from fit.agreement.targets import TargetLine
from fit.metrics.library import METRICS
from fit.review.case import Case, Verdict
from fit.review.diagnosis import Diagnosis, diagnose
from fit.review.origin import origins
from fit.review.reasons import line_words, stage_words
from fit.review.significance import StageResult
from tests.frozen_forecasts import frozen, inputs

ABROAD = Audience(0.3, 0.1, (("BR", 0.5), ("PT", 0.1)))
AGREED = Agreement("c001", (("DE", 1.0),), currency="EUR")


def forecast(*, in_market: float = 0.3, unknown: float = 0.1, share: float = 0.3) -> FrozenForecast:
    """A forecast where purchases fall exactly as the share does: s0 = .5, nobody abroad buys."""
    of = replace(inputs(), share=np.array([[share, 0.001, 1.0]]), out_click=0.5, out_convert=0.0)
    return replace(frozen(of, replace(ABROAD, in_market=in_market, unknown=unknown)), typical_share=0.5)


def promise(
    name: str = "conversions", side: str = "brand", *, p_hit: float | None = 0.1, **known: object
) -> TargetLine:
    plain = {"is_filled": False, "p10": 1.0, "p50": 5.0, "p90": 9.0} | known
    return TargetLine(
        MetricLine(name, side, known.pop("target", 10.0)),
        METRICS.get(name),
        p_hit=p_hit,
        **{k: v for k, v in plain.items() if k != "target"},
    )


def stage(
    name: str, actual: float | None, chance: float | None, *, place: float = 0.2, given: str | None = None
) -> StageResult:
    return StageResult(name, given, 5.0, 2.0, 5.0, 9.0, actual, None if actual is None else place, chance)


WITHIN = (
    stage("impressions", 5.0, 0.8),
    stage("clicks", 5.0, 0.6, given="impressions"),
    stage("conversions", 4.0, 0.4),
)


def diagnosed(
    missed: TargetLine | None = None,
    *,
    verdict: Verdict = Verdict.BRAND_MISSED,
    of: FrozenForecast | None = None,
    stages: tuple[StageResult, ...] = WITHIN,
    came: dict[str, float] | None = None,
    agreement: Agreement = AGREED,
    role: str | None = "balanced",
    **known: object,
) -> Diagnosis:
    """A brand's line missed with 4 where 10 were wanted; the verdict says who hit what."""
    creator_hit = verdict in (Verdict.BRAND_MISSED, Verdict.BOTH_HIT)
    lines = [
        (promise("reach", "creator", p_hit=0.6), 12.0 if creator_hit else 3.0, creator_hit),
        (missed or promise(), 4.0, verdict in (Verdict.BOTH_HIT, Verdict.CREATOR_MISSED)),
    ]
    where = origins(came or {}, ["DE"])
    known = {"by_lines": stages, "origins": where, "role": role} | known
    return diagnose(Case(verdict, agreement, lines, stages, frozen=of or forecast(), **known))


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({}, "audience country"),
        ({"in_market": 0.4, "unknown": 0.1}, "target"),  # exactly half lives elsewhere: not most of it
        ({"in_market": 0.39, "unknown": 0.1}, "audience country"),
        ({"share": 0.375}, "target"),  # exactly three quarters of what a typical audience buys
        ({"share": 0.374}, "audience country"),
    ],
)
def test_the_country_is_the_cause_when_most_live_elsewhere_and_that_costs_purchases(changed, cause):
    assert diagnosed(of=forecast(**changed)).cause == cause


@pytest.mark.parametrize(
    ("missed", "cause"),
    [
        (promise(p_hit=0.9), "audience country"),  # whatever the target
        (promise(p_hit=None), "audience country"),
        (promise(p_hit=0.1, is_filled=True), "audience country"),
        (promise("clicks", p_hit=0.1), "audience country"),
        (promise("cost_per_click", p_hit=0.1), "audience country"),
        (promise("return_on_ad_spend", p_hit=0.1), "audience country"),
        (promise("in_market_cpm", p_hit=0.1), "audience country"),
        (promise("impressions", p_hit=0.1), "target"),
        (promise("reach", p_hit=0.1), "target"),
        (promise("engagement_rate", p_hit=0.1), "target"),
    ],
)
def test_the_country_explains_only_lines_that_hang_on_it_whatever_the_target(missed, cause):
    assert diagnosed(missed).cause == cause


HERE = forecast(in_market=0.8, unknown=0.1, share=0.8)


@pytest.mark.parametrize(
    ("missed", "cause"),
    [
        (promise(p_hit=0.3), "luck"),
        (promise(p_hit=0.29), "target"),
        (promise(p_hit=None, target=9.0), "luck"),  # exactly what 9 of 10 such campaigns bring at most
        (promise(p_hit=None, target=9.1), "target"),
        (promise("joy", p_hit=None, target=99.0), "unknown"),  # nobody forecasts joy
    ],
)
def test_a_target_is_the_cause_under_30_percent_or_beyond_nine_of_ten_campaigns(missed, cause):
    assert diagnosed(missed, of=HERE).cause == cause


def test_the_first_stage_that_fell_short_by_more_than_luck_is_the_cause():
    stages = (
        stage("impressions", 9.0, 0.05, place=0.9),  # more than luck, but above
        stage("clicks", 1.0, 0.09, given="impressions"),
        stage("conversions", 1.0, 0.01),
    )
    found = diagnosed(promise(p_hit=0.9), of=HERE, stages=stages)
    assert found.cause == "clicks"
    assert diagnosed(promise(p_hit=0.9), of=HERE, stages=stages[:1]).cause == "luck"


def test_without_a_judged_stage_nobody_knows():
    assert diagnosed(promise(p_hit=0.9), of=HERE, stages=(stage("clicks", None, None),)).cause == "unknown"


@pytest.mark.parametrize(
    ("verdict", "cause"),
    [
        (Verdict.BOTH_HIT, "none"),
        (Verdict.NOT_MEASURED, "unknown"),
        (Verdict.CREATOR_MISSED, "luck"),  # of reach, which hangs on no country
        (Verdict.BOTH_MISSED, "audience country"),
    ],
)
def test_the_verdict_comes_before_any_cause(verdict, cause):
    assert diagnosed(verdict=verdict).cause == cause


def test_what_next_follows_from_verdict_and_cause():
    """Whom to book again, for what, and on what terms: one line beside the creator each."""
    below = (stage("clicks", 1.0, 0.01),)
    lines = {
        "hit": diagnosed(verdict=Verdict.BOTH_HIT),
        "creator": diagnosed(verdict=Verdict.CREATOR_MISSED),
        "country": diagnosed(),
        "luck": diagnosed(promise(p_hit=0.5), of=HERE),
        "target": diagnosed(of=HERE),
        "stage": diagnosed(promise(p_hit=0.5), of=HERE, stages=below),
        "both": diagnosed(promise(p_hit=0.5), of=HERE, stages=below, verdict=Verdict.BOTH_MISSED),
        "awareness": diagnosed(of=HERE, agreement=replace(AGREED, goal="awareness")),
    }
    assert {name: found.next_time for name, found in lines.items()} == {
        "hit": "Book again for conversion in Germany: both sides hit.",
        "creator": "Book again for conversion in Germany, with another metric instead of reach.",
        "country": "Not for conversion in Germany (30\u00a0% of the audience lives there): consider for awareness.",
        "luck": "Undecided for conversion in Germany: the miss may be bad luck, one more campaign would tell.",
        "target": "For conversion in Germany set targets at the middle of the forecast, or consider for awareness.",
        "stage": "Not again for conversion in Germany; consider for awareness.",
        "both": "Change terms or content before booking again for conversion in Germany.",
        "awareness": "For awareness in Germany set targets at the middle of the forecast, or consider for conversion.",
    }
    assert lines["stage"].next_step.startswith("No one is to blame: the creator delivered. It points to")
    assert lines["both"].next_step.startswith("No one is to blame. First look at message fit")


def test_who_hit_what_is_told_for_every_verdict():
    hit, missed = "reach 12, target 10", "purchases 4, target 10"
    said = {
        verdict: diagnosed(verdict=verdict).because
        for verdict in (Verdict.BOTH_HIT, Verdict.BRAND_MISSED, Verdict.CREATOR_MISSED, Verdict.BOTH_MISSED)
    }
    assert said[Verdict.BOTH_HIT].startswith(f"Both sides met every measured target (creator: {hit}; brand: {missed}).")
    assert said[Verdict.BRAND_MISSED].startswith(
        f"The creator delivered what was agreed ({hit}); the brand's numbers missed ({missed})."
    )
    assert said[Verdict.CREATOR_MISSED].startswith(
        f"The brand got what it wanted ({missed}), although the creator's lines missed (reach 3, target 10)."
    )
    assert said[Verdict.BOTH_MISSED].startswith(f"Both sides missed (creator: reach 3, target 10; brand: {missed}).")


@pytest.mark.parametrize(("unknown", "told"), [(0.005, True), (0.004, False)])
def test_half_a_percent_of_unknown_audience_is_told(unknown, told):
    assert ("unknown" in diagnosed(of=forecast(unknown=unknown)).because) is told


@pytest.mark.parametrize(
    ("came", "cause"),
    [
        ({"clicks": 2_600.0, "clicks:DE": 140.0}, "audience country"),  # 5 %, though the audience is at home
        ({"clicks": 2_600.0, "clicks:DE": 1_300.0}, "luck"),
        ({"clicks": 9.0, "clicks:DE": 1.0}, "luck"),  # too few to be a fact
        ({"clicks:DE": 140.0}, "luck"),  # of how many?
        ({"clicks:DE": 14.0, "clicks:BR": 140.0}, "audience country"),
        ({"conversions": 40.0, "conversions:DE": 4.0}, "audience country"),
        ({"conversions": 40.0, "conversions:DE": 20.0}, "luck"),
    ],
)
def test_results_that_came_from_elsewhere_name_the_country_though_the_audience_is_listed_at_home(came, cause):
    assert diagnosed(promise(p_hit=0.5), of=HERE, came=came).cause == cause


@pytest.mark.parametrize(
    ("known", "cause"),
    [
        ({"came": {"clicks": 100.0, "clicks:DE": 90.0}}, "target"),  # 82 % of those reached: people abroad click less
        ({"came": {"clicks": 100.0, "clicks:DE": 40.0}}, "audience country"),
        ({"reached_there": 0.9}, "target"),
        ({"reached_there": 0.2}, "audience country"),
    ],
)
def test_who_was_reached_counts_before_where_the_audience_is_listed(known, cause):
    assert diagnosed(**known).cause == cause


def test_where_most_of_those_reached_live_elsewhere_that_is_said_instead_of_the_list():
    found = diagnosed(promise(p_hit=0.5), of=HERE, role="conversion", came={"clicks": 2_600.0, "clicks:DE": 140.0})
    assert (
        "The likely reason is the country: most of those who were reached live outside Germany. 140 of 2,600 clicks "
        "came from Germany (5.4\u00a0%)." in found.because
    )
    assert found.next_time == "Not for conversion in Germany (most of those who were reached live elsewhere)."
    assert found.next_step == (
        "No one is to blame: the creator delivered. Do not book this creator again for conversion in Germany."
    )


def test_an_audience_without_a_country_elsewhere_still_has_a_next_step():
    nowhere = replace(forecast(in_market=0.0, unknown=0.0), audience=Audience(0.0, 0.0, ()))
    found = diagnosed(of=nowhere, role=None)
    assert found.cause == "audience country"
    assert found.next_step.endswith("Do not book this creator again for conversion in Germany.")


def test_a_broken_promise_of_the_brand_is_told_first_and_the_country_after_it():
    found = diagnosed(broken=["posts it too", "sends\nsamples"])
    assert found.cause == "brand commitment"
    assert found.because.startswith(
        "The brand promised \u201cposts it too\u201d and \u201csends samples\u201d and did not do them: look there "
        "first. The creator delivered"
    )
    assert "The likely reason is the audience's country" in found.because
    assert found.next_time == (
        "Undecided for conversion in Germany: the brand did not keep its own promise. 30\u00a0% of the audience lives "
        "in Germany."
    )
    assert "Luck alone could explain the miss too: purchases 4" in found.because


def test_what_no_missed_line_rests_on_decides_nothing():
    """Reach missed by luck; that few bought is another matter."""
    low = (stage("impressions", 4.0, 0.4), stage("conversions", 1.0, 0.01), stage("revenue", 1.0, 0.01))
    found = diagnosed(promise("impressions", p_hit=0.5), of=HERE, stages=low)
    assert found.cause == "luck"
    assert "Also unusual, but not part of the verdict: purchases 1" in found.because
    sales = diagnosed(promise(p_hit=0.5), of=HERE, stages=low)
    assert (sales.cause, "not part of the verdict: revenue 1" in sales.because) == ("conversions", True)


def test_a_stage_that_only_further_figures_show_to_be_low_is_a_hint_and_no_blame():
    """Clicks were no line: that they are few is said, and the verdict stays what the agreed lines say."""
    low = (stage("clicks", 1.0, 0.01), stage("conversions", 4.0, 0.4, given="clicks"))
    found = diagnosed(promise(p_hit=0.5), of=HERE, stages=low, by_lines=WITHIN)
    assert found.cause == "luck"
    assert "not part of the verdict: clicks 1, expected 5" in found.because


def test_a_stage_is_told_with_what_was_expected_of_the_one_above():
    assert stage_words(stage("clicks", 1.0, 0.09, given="impressions"), "EUR") == (
        "clicks 1, expected 5 from these impressions (likely 2 to 9; this far off by luck in 9.0\N{NO-BREAK SPACE}% "
        "of cases)"
    )
    assert stage_words(stage("clicks", 1.0, 0.09), "EUR").startswith(
        "clicks 1, expected 5 (likely 2 to 9; this far off by luck in 9.0"
    )
    assert (
        line_words(promise("cost_per_click", target=2.5), None, "EUR")
        == "cost per click without a value, target 2.50 EUR"
    )


def test_the_stages_before_the_first_departure_are_told_as_expected():
    stages = (stage("impressions", 5.0, 0.8), stage("engagements", 5.0, 0.5), stage("clicks", 1.0, 0.01))
    because = diagnosed(promise(p_hit=0.5), of=HERE, stages=stages).because
    assert "More than luck: clicks 1, expected 5" in because
    assert "Engagements came as expected." in because
    alone = diagnosed(promise(p_hit=0.5), of=HERE, stages=stages[2:]).because
    assert "More than luck: clicks 1, expected 5" in alone


def test_without_a_departure_the_stage_of_the_miss_is_told_or_else_the_least_likely_one():
    cost = diagnosed(promise("cost_per_click", p_hit=0.5), of=HERE)
    assert "Luck can explain the miss: clicks 5, expected" in cost.because
    hit = diagnosed(verdict=Verdict.BOTH_HIT, of=HERE)
    assert "Luck can explain every stage; the furthest off: purchases 4, expected" in hit.because
    assert "The result was to be expected: purchases 4, expected" in diagnosed(of=HERE).because
    assert "The forecast already allowed for that, and luck explains the rest: purchases 4" in diagnosed().because


def test_amounts_are_in_the_currency_agreed_or_else_in_that_of_the_forecast():
    dear = promise("cost_per_click", p_hit=0.5, target=2.0)
    pounds = diagnosed(dear, of=HERE, agreement=replace(AGREED, currency="GBP")).because
    assert "the brand's numbers missed (cost per click 4 GBP, target 2 GBP)." in pounds
    euros = diagnosed(dear, of=HERE, agreement=replace(AGREED, currency=None)).because
    assert "the brand's numbers missed (cost per click 4 EUR, target 2 EUR)." in euros
    nobody = diagnose(Case(Verdict.BRAND_MISSED, replace(AGREED, currency=None), [(dear, 4.0, False)], (), (), None))
    assert "the brand's numbers missed (cost per click 4, target 2)." in nobody.because


def test_without_a_forecast_no_country_is_the_cause():
    asked = (promise(p_hit=0.35), 4.0, False)
    assert diagnose(Case(Verdict.BRAND_MISSED, AGREED, [asked], WITHIN, WITHIN, None)).cause == "luck"
    unplaced = replace(forecast(), audience=None)
    assert diagnose(Case(Verdict.BRAND_MISSED, AGREED, [asked], WITHIN, WITHIN, unplaced)).cause == "luck"


def test_a_side_that_cannot_be_judged_is_named_with_its_lines_and_the_other_is_not():
    reach, sales = promise("reach", "creator", p_hit=0.5), promise(p_hit=0.5)
    no_line = "no metric of that side was agreed."
    unmeasured = "no metric with a target was measured"

    def said(*lines: tuple[TargetLine, float | None, bool | None]) -> str:
        return diagnose(Case(Verdict.NOT_MEASURED, AGREED, lines, (), (), None)).because

    luck = "We cannot tell whether this was luck: there is no forecast for what was measured."
    assert (
        said((reach, 12.0, True), (sales, None, None)) == f"No verdict for the brand: {unmeasured} (purchases). {luck}"
    )
    assert (
        said((reach, 3.0, False), (sales, None, None)) == f"No verdict for the brand: {unmeasured} (purchases). {luck}"
    )
    assert said((reach, None, None), (sales, 4.0, False)) == f"No verdict for the creator: {unmeasured} (reach). {luck}"
    assert said((sales, 12.0, True)) == f"No verdict for the creator: {no_line} {luck}"
    assert said() == f"No verdict for the creator: {no_line} No verdict for the brand: {no_line} {luck}"


def test_what_fell_short_is_the_verdict_and_what_rose_is_told_beside_it():
    """A chance of 0 is told as under 3 %."""
    stages = (stage("clicks", 9.0, 0.05, place=0.9), stage("conversions", 1.0, 0.0))
    told = diagnosed(promise(p_hit=0.5), of=HERE, stages=stages)
    tail = "expected 5 (likely 2 to 9; this far off by luck in"
    assert told.because == (
        "The creator delivered what was agreed (reach 12, target 10); the brand's numbers missed (purchases 4, target "
        f"10). More than luck: purchases 1, {tail} under 3\u00a0% of cases). Also unusual, but not part of the "
        f"verdict: clicks 9, {tail} 5.0\u00a0% of cases)."
    )
    assert told.next_step == (
        "No one is to blame: the creator delivered. It points to audience quality or message fit. First look at "
        "landing page and offer. Do not book this creator again for this campaign; consider the awareness stage."
    )


def test_a_daring_line_is_told_at_the_end_with_its_chance():
    assert diagnosed(of=HERE).because.endswith("From the start, purchases of 10 or more had a chance of 10\u00a0%.")


def test_the_largest_country_elsewhere_is_where_a_campaign_may_go():
    found = diagnosed()
    assert "or a campaign in Brazil, where 50\u00a0% of the audience lives." in found.next_step
    assert (
        "30\u00a0% of it lives in Germany (Brazil 50\u00a0%, Portugal 10\u00a0%, 10\u00a0% unknown), and"
        in found.because
    )
