"""Is a stage judged from its own campaigns, and are the constants of geography learned between guess and evidence?"""

from datetime import date
from functools import partial
from math import exp, log

import numpy as np
import pytest

from fit.model import strength
from fit.model.benchmark import Benchmark, fit_benchmark
from fit.model.geography import click_factor, log_variance
from fit.model.observations import Arranged, arrange, measured_click, measured_convert, measured_engage
from fit.model.stage_model import (
    StageModel,
    everywhere,
    expected_click_rate,
    judge_stage,
    learn_drift,
    learn_out_click,
    learn_out_convert,
)
from fit.model.strength import Spread, StrengthRecord
from tests.invented import campaign, creator, tables

CLICKS = partial(click_factor, out_click=0.5)


def field(count: int = 12, abroad: float = 1.0) -> Arranged:
    """Creators with 95 % of their audience at home, half of them in Germany and half in the US.

    Each has two campaigns at home and two abroad, where clicks and purchases of a click are `abroad` times as many.
    """
    g = np.random.default_rng(3)
    rows, audience = [], {}
    for who in range(count):
        home, other = ("DE", "US") if who % 2 else ("US", "DE")
        audience[f"c{who:02d}"] = {home: 950_000, other: 50_000}
        for quarter in range(4):
            market = home if (quarter + who // 2) % 2 else other
            factor = 1.0 if market == home else abroad
            clicks = int(g.poisson(400 * factor))
            rows.append(
                campaign(
                    f"c{who:02d}", market=market, date=date(2025, 1 + 3 * quarter, 1), impressions=20_000,
                    engagements=int(g.poisson(800)), clicks=clicks, conversions=int(g.binomial(clicks, 0.05 * factor)),
                )
            )  # fmt: skip
    creators = [
        creator(name, home_country="DE" if max(of, key=of.get) == "DE" else "US") for name, of in audience.items()
    ]
    return arrange(*tables(creators, rows, audience))


def without_campaigns() -> Arranged:
    return arrange(*tables([creator("a")], [], {}))


def average(values: tuple[float, ...], offset: float, middle: float, sd: float) -> float:
    """The mean of the values tried, each weighed by the guess alone."""
    weights = [exp(-0.5 * ((log(value + offset) - middle) / sd) ** 2) for value in values]
    return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)


def test_without_campaigns_the_constants_of_geography_are_the_guesses():
    """log kC ~ N(log .6, .3^2) over five values; log(kV + .02) ~ N(log .07, 1.2^2) over eight."""
    nothing = without_campaigns()
    click = average((0.3, 0.45, 0.6, 0.8, 1.0), 0.0, log(0.6), 0.3)
    convert = average((0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 1.0), 0.02, log(0.07), 1.2)
    assert learn_out_click(measured_click(nothing)) == pytest.approx(click, rel=1e-9)
    converts = measured_convert(nothing, np.zeros(0), np.zeros(0))
    assert learn_out_convert(converts, 0.6) == pytest.approx(convert, rel=1e-9)


@pytest.mark.parametrize(
    ("part", "clicks", "buys"), [(0.1, 0.3, 0.02), (0.35, 0.3, 0.2), (0.6, 0.6, 0.6), (1.0, 1.0, 1.0)]
)
def test_many_campaigns_abroad_overrule_the_guesses(part, clicks, buys):
    """People abroad click, and buy after a click, `part` as often: the nearest of the values tried is found."""
    assert learn_out_click(measured_click(field(abroad=part))) == pytest.approx(clicks, abs=0.02)
    of = field(abroad=part)
    nobody_guessed = np.zeros(of.table.height)
    assert learn_out_convert(measured_convert(of, nobody_guessed, nobody_guessed), 0.6) == pytest.approx(buys, abs=0.1)


def judged(spread: Spread, drift: float = 0.02) -> StageModel:
    """Two creators of the field with known numbers: 10 and 6 campaigns' events, 8 and 7 expected."""
    measured = measured_click(field(2))
    record = StrengthRecord(
        measured.creator, np.full(8, 10.0), np.full(8, 8.0), np.full(8, 0.05), np.tile([3.0, 2.0, 1.0, 0.0], 2)
    )
    return StageModel(measured, Benchmark(0.02, {}, {}), {}, spread, drift, CLICKS, record)


def test_the_evidence_of_a_campaign_is_what_it_proves_times_what_is_left_of_it():
    """Proof 1 / (1/4 + .05 + 1/(8 e^.1)) on its day, then the Kalman filter from the oldest to the next one."""
    stage = judged(Spread(0.0, 0.5, 4.0))
    proof = 1 / (1 / 4 + 0.05 + 1 / (8 * exp(0.1)))
    known, factors = 0.0, []
    for _ in range(4):
        factors.append(1 / (1 + (known + proof) * 0.02 * 1))
        known = (known + proof) * factors[-1]
    left = [np.prod(factors[at:]) for at in range(4)]
    expected = [proof * part for part in left] * 2
    assert stage.evidence(np.full(8, 0.1)).tolist() == pytest.approx(expected, rel=1e-9)
    assert stage.creators.tolist() == [0, 1]


def test_a_stage_alone_is_judged_under_the_fields_level_and_spread():
    stage = judged(Spread(0.2, 0.4, 4.0), drift=0.0)
    caps = np.full(8, 1 / (1 / 4 + 0.05))
    prior = np.full(2, 0.2), np.full(2, 0.16)
    expected = strength.posterior(stage.record, caps, np.ones(8), *prior)
    found = stage.posterior()
    assert found[0].tolist() == pytest.approx(expected[0].tolist(), rel=1e-12)
    assert found[1].tolist() == pytest.approx(expected[1].tolist(), rel=1e-12)


def test_centring_moves_the_level_into_the_base():
    moved = judged(Spread()).centred(log(2))
    assert moved.benchmark.base == pytest.approx(0.04)
    assert moved.record.expected.tolist() == pytest.approx([16.0] * 8)
    assert moved.record.events.tolist() == [10.0] * 8


def test_a_judged_stage_expects_trials_times_benchmark_times_geography():
    measured = measured_click(field())
    stage = judge_stage(measured, CLICKS, 0.02)
    rate = stage.benchmark.rate(measured.factors)
    expected = measured.trials * rate * (measured.share + (1 - measured.share) * 0.5)
    assert stage.record.expected.tolist() == pytest.approx(expected.tolist(), rel=1e-12)
    assert stage.record.events.tolist() == measured.count_events.tolist()
    audience = log_variance(CLICKS, measured.share, measured.low, measured.high)
    assert stage.record.open_variance.tolist() == pytest.approx((measured.open_variance + audience).tolist(), rel=1e-12)
    assert stage.record.age.tolist() == measured.age.tolist()
    assert stage.drift == 0.02


def test_the_spread_is_learned_with_a_third_of_the_drift_of_each_campaigns_age():
    """Two campaigns aged a and b drifted |a - b| apart: on average a third of a + b."""
    measured = measured_click(field())
    stage = judge_stage(measured, CLICKS, 0.12)
    aged = StrengthRecord(
        stage.record.creator, stage.record.events, stage.record.expected,
        stage.record.open_variance + 0.12 * stage.record.age / 3, stage.record.age,
    )  # fmt: skip
    spread, _ = strength.fit_spread(aged, strength.GUESSES["click"])
    assert (stage.spread.level, stage.spread.tau, stage.spread.cap) == pytest.approx(
        (spread.level, spread.tau, spread.cap), rel=1e-12
    )


def test_engagement_is_expected_alike_wherever_people_live():
    assert everywhere(np.array([0.1, 0.9])).tolist() == [1.0, 1.0]


def test_drift_is_learned_from_engagements_and_clicks_against_their_benchmarks():
    of = field()
    engage, click = judge_stage(measured_engage(of), everywhere, 0.0), judge_stage(measured_click(of), CLICKS, 0.0)
    expected = strength.drift_per_quarter([engage.record, click.record])
    assert learn_drift(measured_engage(of), measured_click(of), CLICKS) == pytest.approx(expected, rel=1e-12)
    nothing = without_campaigns()
    assert learn_drift(measured_engage(nothing), measured_click(nothing), CLICKS) == 0.01


def test_clicks_to_expect_are_benchmark_audience_and_the_creators_strength():
    """Where clicks were measured, the creator's own log rate; its variance and the luck of one campaign stay open."""
    of = field(4)
    stage = judge_stage(measured_click(of), CLICKS, 0.02)
    mean, variance = stage.posterior()
    rate, unsure = expected_click_rate(stage, of)
    creator_of = of.counts("creator")
    share = of.floats("share")
    expected = stage.benchmark.rate(of.factors) * (share + (1 - share) * 0.5) * np.exp(mean + variance / 2)[creator_of]
    assert rate.tolist() == pytest.approx(expected.tolist(), rel=1e-9)
    assert unsure.tolist() == pytest.approx((variance[creator_of] + 1 / stage.spread.cap).tolist(), rel=1e-9)


def test_a_creator_whose_clicks_nobody_measured_is_expected_as_the_field_is():
    rows = [campaign("a", impressions=9_000, clicks=90 + at) for at in range(3)] + [campaign("b", impressions=9_000)]
    of = arrange(*tables([creator("a"), creator("b")], rows, {"a": {"DE": 1_000_000}, "b": {"DE": 1_000_000}}))
    stage = judge_stage(measured_click(of), CLICKS, 0.02)
    rate, unsure = expected_click_rate(stage, of)
    typical = stage.benchmark.rate(of.factors)[3] * CLICKS(of.floats("share"))[3]
    assert rate[3] == pytest.approx(typical * exp(stage.spread.level + stage.spread.tau**2 / 2), rel=1e-9)
    assert unsure[3] == pytest.approx(stage.spread.tau**2 + 1 / stage.spread.cap, rel=1e-9)


def test_the_benchmark_is_fitted_to_trials_times_geography():
    """Clicks of the trials that an audience wholly in the market would have been: n (s + (1 - s) / 2)."""
    measured = measured_click(field())
    exposure = measured.trials * (measured.share + (1 - measured.share) * 0.5)
    events = measured.count_events.astype(float)
    expected, _ = fit_benchmark(exposure, events, measured.factors, measured.creator, measured.band)
    found = judge_stage(measured, CLICKS, 0.02).benchmark
    assert found.base == pytest.approx(expected.base, rel=1e-12)
    for name, effects in expected.log_effects.items():
        np.testing.assert_allclose(found.log_effects[name], effects, rtol=1e-12)


def test_without_campaigns_no_clicks_are_to_be_expected():
    nothing = without_campaigns()
    rate, unsure = expected_click_rate(judge_stage(measured_click(nothing), CLICKS, 0.02), nothing)
    assert (rate.tolist(), unsure.tolist()) == ([], [])
