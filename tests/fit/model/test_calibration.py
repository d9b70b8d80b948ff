"""Does the judgement still know how sure it is? A small version of the calibration benchmark, with wide limits."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.calibration import judged, pooled, run, table
from benchmarks.decision import best_set, book
from benchmarks.decision import run as run_decision
from benchmarks.promises import REPLAYS, Said, decile_gap, expected_counts, gap_figures, made_typical
from benchmarks.reviews import run as run_reviews
from benchmarks.worlds import SCENARIOS, invent
from fit.forecast.inputs import inputs_of
from fit.model.judgement import judge_field

pytestmark = pytest.mark.thorough

SEEDS = (11, 12)


@pytest.fixture(scope="module")
def base() -> dict[str, dict[str, float]]:
    return run(["base"], SEEDS, 200)["base"]


@pytest.mark.parametrize(("stage", "limit"), [("engage", 0.33), ("click", 0.43), ("convert", 0.48)])
def test_the_error_is_small_and_smaller_than_of_raw_rates(base, stage, limit):
    ours, raw = (base[method][f"rmse_{stage}"] for method in ("creator fit", "raw rates"))
    assert ours < limit
    assert ours < 0.8 * raw


@pytest.mark.parametrize("stage", ["engage", "click", "convert"])
def test_an_80_percent_interval_holds_about_80_percent(base, stage):
    assert base["creator fit"][f"coverage_{stage}"] == pytest.approx(0.8, abs=0.09)
    assert base["beta-binomial"][f"coverage_{stage}"] < 0.6


def test_said_probabilities_come_true(base):
    assert base["creator fit"]["beats_gap"] < 0.15
    assert base["beta-binomial"]["beats_gap"] > 0.2


@pytest.mark.parametrize("metric", ["impressions", "clicks", "conversions", "return_on_ad_spend"])
def test_forecasts_of_the_next_campaign_hold(base, metric):
    assert base["creator fit"][f"forecast_{metric}"] == pytest.approx(0.8, abs=0.08)


def test_the_first_three_are_worth_more_than_those_of_other_methods(base):
    ours = base["creator fit"]["value_top_3"]
    assert ours > 0.8
    others = [figures["value_top_3"] for method, figures in base.items() if method != "creator fit"]
    assert max(others) < ours - 0.15


def test_the_natural_role_is_mostly_right(base):
    assert base["creator fit"]["role_right"] > 0.68
    assert base["creator fit"]["role_right"] > base["raw rates"]["role_right"]


@pytest.mark.parametrize("scenario", ["thin", "heavy tails", "campaigns abroad", "fast drift"])
def test_intervals_hold_in_other_worlds(scenario):
    figures = run([scenario], SEEDS[:1], 200)[scenario]["creator fit"]
    for stage in ("engage", "click", "convert"):
        assert 0.66 <= figures[f"coverage_{stage}"] <= 0.93, stage


def test_a_border_that_matters_is_told_from_one_that_does_not():
    found = []
    for name in ("base", "no border"):
        facts = judge_field(*invent(replace(SCENARIOS[name], count_creators=200), seed=4).tables)[0].field_facts
        found.append(dict(zip(facts["name"], facts["value"], strict=True))["out_of_market_conversion"])
    assert found[0] < 0.15
    assert found[1] > 0.25


def test_the_gap_is_zero_where_every_tenth_comes_true():
    said = np.repeat([0.0, 1.0], 50)
    assert decile_gap(np.stack([said, said])) == 0.0
    assert decile_gap(np.stack([said, 1 - said])) == 1.0


def test_the_gap_of_a_judge_who_is_right_is_that_of_its_own_futures():
    """Two fields of ten cases said to be even: all came true in one, none in the other, and in replays as by a coin."""
    said, came = np.full(10, 0.5), np.tile([0.0, 1.0], 5)
    was = (np.stack([said, np.zeros(10)]), np.stack([said, np.ones(10)]))
    replays = np.stack([np.broadcast_to(said, (REPLAYS, 10)), np.broadcast_to(came, (REPLAYS, 10))], axis=1)
    found = gap_figures("hit", [Said(one, replays) for one in was])
    assert found["hit_gap"] == 0.5
    assert found["hit_gap_if_right"] == 0.0  # a tenth holds an even and an odd case
    assert 0 <= found["hit_gap +-"] <= 0.5


def test_a_judge_who_is_right_keeps_its_word_on_targets_that_it_knows_and_not_on_hidden_ones():
    """Of futures that the judgement drew itself, in fields of 12: what is hidden moves the targets with the truth."""
    figures = run(["small 12"], range(1, 5))["small 12"]["creator fit"]
    assert figures["hidden_gap_if_right"] > figures["hit_gap_if_right"]


def test_a_typical_creator_has_nothing_of_its_own_and_its_counts_are_multiplied_out():
    world = invent(SCENARIOS["small 12"], seed=3)
    typical = inputs_of(world.briefs, made_typical(judged(world)))
    assert typical.mean.tolist() == np.zeros((12, 3)).tolist()
    share, at = typical.share[0, 0], expected_counts(typical)
    clicks = np.exp(typical.impressions[0, 0] + typical.view_campaign_sd**2 / 2) * typical.rates[0, 1]
    clicks *= share + (1 - share) * typical.out_click
    bought = (share + (1 - share) * typical.out_click * typical.out_convert) / (share + (1 - share) * typical.out_click)
    assert at["clicks"][0] == pytest.approx(clicks)
    assert at["conversions"][0] == pytest.approx(clicks * typical.rates[0, 2] * bought)


def test_figures_are_pooled_over_fields_with_an_error():
    value, error = pooled(np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 0.0]]))
    assert value == pytest.approx(4 / 6)
    assert error == pytest.approx(np.sqrt(3 / 2 * 2 * (1 / 3) ** 2) / 6)
    assert np.isnan(pooled(np.array([[1.0, 2.0]]))[1])
    assert np.isnan(pooled(np.zeros((2, 2)))[0])


def test_small_fields_say_what_a_missing_currency_changes():
    figures = run(["small 12"], SEEDS)["small 12"]["creator fit"]
    for name in (
        "order_same_no_currency",
        "value_top_3_no_currency",
        "clear_wrong",
        "clicks_below",
        "hit_gap",
        "hidden_gap",
    ):
        assert 0 <= figures[name] <= 1, name
        assert figures[f"{name} +-"] >= 0


def test_what_is_truly_expected_is_what_comes_on_average():
    world = invent(replace(SCENARIOS["base"], count_creators=4_000), seed=5)
    for name in world.expected.columns:
        expected = world.expected[name].to_numpy()
        is_large = expected > 20
        ratio = world.outcomes[name].to_numpy()[is_large] / expected[is_large]
        assert ratio.mean() == pytest.approx(1, abs=4 * ratio.std() / np.sqrt(len(ratio))), name


def test_a_budget_is_spent_from_the_top_or_exactly():
    cost, order = np.array([5.0, 4.0, 3.0, 2.0]), np.array([0, 1, 2, 3])
    assert book(order, cost, 8.0, fills_up=False).tolist() == [True, False, False, False]
    assert book(order, cost, 8.0, fills_up=True).tolist() == [True, False, True, False]
    assert best_set(np.array([5.0, 4.0, 3.0, 2.5]), cost, 9.0).tolist() == [False, True, True, True]
    assert best_set(np.array([1.0, 1.0]), np.array([3.0, 3.0]), 2.0).tolist() == [False, False]


def test_the_exact_set_is_nearly_the_best_one_and_its_range_holds():
    figures = run_decision(["base"], SEEDS, 200)["base"]
    assert figures["conversion: spent, exact set on expected outcomes"][0] > 0.88
    assert figures["awareness: spent, exact set on expected outcomes"][0] > 0.9
    assert figures["conversion: spent, in any order, filling up"][0] < 0.75
    assert figures["safe fee, no loss"][0] == pytest.approx(figures["safe fee, no loss said"][0], abs=0.12)


def test_the_table_has_one_line_per_method_and_one_of_errors(base):
    lines = table("base", base)
    assert [line[:20].strip() for line in lines[1:]] == [next(iter(base)), "+-", *list(base)[1:]]


def test_a_campaign_that_goes_as_it_will_is_seldom_called_more_than_luck_and_a_fall_often():
    """The promise is 12 %, which docs/reviews.md measures on many worlds; 150 campaigns may be 3 points off."""
    found = run_reviews("base", SEEDS[:1], 150)
    called = {name: part for name, part in found.items() if not name.endswith("fell")}
    assert {name: part for name, part in called.items() if part > 0.15} == {}
    assert found["conversions fell"] > 0.6
    assert found["clicks fell"] > 0.6
