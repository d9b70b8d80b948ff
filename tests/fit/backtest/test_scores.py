"""Do scores say what their formulas say?"""

import numpy as np
import pytest

from fit.backtest.scores import LEVELS, randomised_pit, tried_targets, weighted_interval_score

FUTURES = np.arange(1.0, 101.0)[None]


def test_a_result_falls_above_the_futures_below_it_and_somewhere_among_its_equals() -> None:
    futures = np.array([[0.0, 0.0, 1.0, 4.0]] * 3)
    place = np.array([0.0, 0.5, 0.5])
    assert randomised_pit(np.array([0.0, 0.0, 2.0]), futures, place).tolist() == [0.0, 0.25, 0.75]


def test_right_forecasts_of_whole_numbers_have_an_even_pit() -> None:
    g = np.random.default_rng(1)
    futures = np.sort(g.poisson(1.5, (4_000, 200)), axis=1).astype(float)
    pit = randomised_pit(g.poisson(1.5, 4_000).astype(float), futures, g.random(4_000))
    assert np.histogram(pit, 10, (0, 1))[0] / 4_000 == pytest.approx(0.1, abs=0.02)


def test_the_score_of_a_point_is_its_distance_and_of_a_range_its_width_and_miss() -> None:
    said = np.log1p(np.array([3.0]))
    assert weighted_interval_score(np.array([0.0]), np.full((1, 7), 3.0)) == pytest.approx(said)
    logs = np.array([[-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0]]) + 5
    widths = (0.5 / 2 * 2 + 0.2 / 2 * 4 + 0.05 / 2 * 6) / 3.5
    assert weighted_interval_score(np.expm1([5.0]), np.expm1(logs)) == pytest.approx([widths])
    assert weighted_interval_score(np.expm1([7.5]), np.expm1(logs)) == pytest.approx(
        [widths + (2.5 / 2 + 1.5 + 0.5) / 3.5]
    )


def test_a_right_forecast_beats_one_that_is_too_narrow_too_wide_or_too_high() -> None:
    g = np.random.default_rng(2)
    actual = np.exp(5 + g.standard_normal(4_000))
    z = np.quantile(g.standard_normal(100_000), LEVELS)
    right, *wrong = (
        weighted_interval_score(actual, np.tile(np.exp(5 + shift + sd * z), (4_000, 1))).mean()
        for shift, sd in ((0, 1), (0, 0.5), (0, 2), (0.7, 1))
    )
    assert right < 0.95 * min(wrong)


def test_targets_fill_every_tenth_of_chances() -> None:
    said, hit = tried_targets(np.array([50.0]), FUTURES)
    assert said[0].tolist() == [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95]
    assert hit[0].tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]


def test_none_is_no_target_and_whole_numbers_say_the_chance_that_they_have() -> None:
    futures = np.repeat([0.0, 1.0], [30, 70])[None]
    said, hit = tried_targets(np.array([0.0]), futures)
    assert said[0, :7].tolist() == [0.7] * 7
    assert np.isnan(said[0, 7:]).all()
    assert hit[0, :7].tolist() == [0.0] * 7
    assert np.isnan(hit[0, 7:]).all()
