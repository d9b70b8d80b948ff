"""Is a typical creator's result found, whatever a loud level or a huge campaign says?"""

import numpy as np
import polars as pl
import pytest

from fit.model.benchmark import (
    CLICK_BAND,
    CLICKS_OF_REST,
    CLICKS_OF_YOUTUBE,
    CONVERT_BAND,
    ENGAGE_BAND,
    ENGAGEMENTS_OF_IMPRESSIONS,
    ORDERS_OF_CLICKS,
    SPREADS,
    Band,
    Benchmark,
    factors_of,
    fit_benchmark,
    level_table,
    past_errors,
)


def campaigns(**columns: object) -> pl.DataFrame:
    """Campaigns of one platform, vertical, market, quarter and tier unless said otherwise."""
    count = max(len(values) for values in columns.values())
    plain = {
        "platform": ["instagram"] * count,
        "deliverable": ["post"] * count,
        "vertical": ["food"] * count,
        "market": ["DE"] * count,
        "quarter": [8100] * count,
        "tier": ["micro"] * count,
        "paid": [False] * count,
    }
    return pl.DataFrame(plain | columns)


def fit(table: pl.DataFrame, trials: list[float], events: list[float], band: float = 0.02) -> Benchmark:
    numbers = np.array(trials, float), np.array(events, float)
    return fit_benchmark(*numbers, factors_of(table), np.arange(len(trials)), Band(band, 0.7, {}))[0]


def effect(benchmark: Benchmark, table: pl.DataFrame, factor: str) -> dict[str, float]:
    levels = next(found.levels for found in factors_of(table) if found.name == factor)
    return dict(zip(levels, np.exp(benchmark.log_effects[factor][:-1]).tolist(), strict=True))


def test_a_field_that_agrees_with_the_band_keeps_it():
    table = campaigns(platform=["instagram"] * 40)
    benchmark = fit(table, [1000] * 40, [20] * 40)
    assert benchmark.rate(factors_of(table)) == pytest.approx(np.full(40, 0.02))


def test_much_evidence_overrules_the_band():
    table = campaigns(platform=["instagram"] * 2000)
    rate = fit(table, [1000] * 2000, [60] * 2000).rate(factors_of(table))
    assert rate[0] == pytest.approx(0.06, rel=0.05)


def test_a_level_with_little_evidence_stays_near_no_difference():
    table = campaigns(platform=["instagram"] * 200 + ["tiktok"])
    benchmark = fit(table, [1000] * 201, [20] * 200 + [200])
    assert 1 < effect(benchmark, table, "platform")["tiktok"] < 2


def test_a_level_with_much_evidence_shows_its_difference():
    table = campaigns(platform=["instagram"] * 200 + ["tiktok"] * 200)
    found = effect(fit(table, [1000] * 400, [20] * 200 + [40] * 200), table, "platform")
    assert found["tiktok"] / found["instagram"] == pytest.approx(2, rel=0.05)


def test_one_huge_campaign_does_not_set_the_benchmark():
    table = campaigns(platform=["instagram"] * 51)
    rate = fit(table, [1000] * 50 + [1e9], [20] * 50 + [2e8]).rate(factors_of(table))
    assert rate[0] < 0.03


def test_one_busy_creator_does_not_set_the_benchmark():
    """Forty campaigns of one strong creator against four creators that agree on 2 %."""
    table = campaigns(platform=["instagram"] * 80)
    trials, events = np.full(80, 1000.0), np.array([60.0] * 40 + [20.0] * 40)
    creator = np.array([0] * 40 + [1 + at // 10 for at in range(40)])
    rate = fit_benchmark(trials, events, factors_of(table), creator, Band(0.02, 0.7, {}))[0].rate(factors_of(table))
    assert rate[0] < 0.032  # 3.9 % without the creator as a factor; the five creators' mean is 2.8 %


def test_several_countries_get_the_mean_of_the_log_effects():
    table = campaigns(market=["DE"] * 100 + ["AT"] * 100 + ["DE+AT", "ZZ"])
    benchmark = fit(table, [1000] * 202, [20] * 100 + [40] * 100 + [28, 28])
    rates, market = benchmark.rate(factors_of(table)), effect(benchmark, table, "market")
    assert rates[200] == pytest.approx((rates[0] * rates[100]) ** 0.5)
    assert rates[201] * (market["DE"] * market["AT"]) ** 0.5 == pytest.approx(rates[200])  # not stated: no effect


def test_paid_rows_are_a_platform_of_their_own():
    table = campaigns(paid=[False, True])
    assert next(f.levels for f in factors_of(table) if f.name == "platform") == ("instagram", "instagram (paid)")


def test_a_factor_that_nobody_states_is_no_level_of_any_campaign():
    table = campaigns(vertical=pl.Series([None, None], dtype=pl.String))
    vertical = next(found for found in factors_of(table) if found.name == "vertical")
    assert (vertical.levels, vertical.codes.tolist()) == ((), [[-1], [-1]])


def test_now_is_the_mean_of_the_last_two_quarters():
    table = campaigns(quarter=[8100] * 100 + [8101] * 100 + [8102] * 100)
    found = effect(fit(table, [1000] * 300, [10] * 100 + [20] * 100 + [40] * 100), table, "quarter")
    assert found["8101"] * found["8102"] == pytest.approx(1)


def test_a_rate_never_exceeds_everything():
    table = campaigns(platform=["instagram", "tiktok"])
    assert fit(table, [10, 10], [10, 10], band=0.9).rate(factors_of(table)).max() <= 1


def test_stories_and_youtube_begin_at_their_own_published_click_rates():
    usual = CLICK_BAND.usual
    assert CLICK_BAND.rate == CLICKS_OF_REST
    assert CLICK_BAND.rate * np.exp(usual["deliverable"]["story"]) == pytest.approx(2.8 / 100.8, rel=1e-12)
    assert CLICK_BAND.rate * np.exp(usual["platform"]["youtube"]) == pytest.approx(CLICKS_OF_YOUTUBE, rel=1e-12)
    assert (CONVERT_BAND.rate, CONVERT_BAND.sd, ENGAGE_BAND.rate) == (ORDERS_OF_CLICKS, 0.7, 0.04)


def test_a_benchmark_of_few_creators_is_less_sure():
    few, many = campaigns(platform=["instagram"] * 4), campaigns(platform=["instagram"] * 400)
    unsure, sure = (
        past_errors(fit(table, [1000] * table.height, [20] * table.height).errors, factors_of(table), who, len(who))
        for table, who in ((few, np.arange(4)), (many, np.arange(400)))
    )
    # 20 events weigh 20/(1 + 20/3) = 2.6; with creators that differ by .55 a campaign is worth 1/(1/2.6 + .3) of a log.
    one = 1 / 2.609 + 0.55**2
    assert (unsure[0] ** 2).sum() == pytest.approx(one / 4, rel=0.25)
    assert (sure[0] ** 2).sum() == pytest.approx(one / 400, rel=0.1)


def test_the_table_counts_each_level_once():
    table = campaigns(market=["DE", "DE+AT", "DE"])
    factors = factors_of(table)
    events = np.array([1, 2, 3])
    levels = level_table("click", fit(table, [100] * 3, [1, 2, 3]), factors, np.array([0, 0, 1]), events)
    markets = levels.filter(pl.col("factor") == "market")
    assert markets.select("level", "count_creators", "count_campaigns", "count_events").rows() == [
        ("AT", 1, 1, 2),
        ("DE", 2, 3, 6),
    ]


def test_the_quarter_before_the_newest_counts_as_no_difference_where_nobody_had_a_campaign():
    table = campaigns(quarter=[8100] * 200 + [8103] * 200)
    found = fit(table, [1000] * 400, [10] * 200 + [40] * 200)
    of = effect(found, table, "quarter")
    # "Now" is the mean of 8103 and a quarter without an effect: base x sqrt(e) where e is what 8103 had.
    late, early = found.rate(factors_of(table))[[-1, 0]]
    assert late == pytest.approx(found.base * of["8103"], rel=0.01)
    assert late / early == pytest.approx(4, rel=0.35)
    assert of["8103"] > 1 > of["8100"]


def test_now_moves_the_errors_with_the_base():
    table = campaigns(quarter=[8100, 8101, 8101, 8102])
    found = fit(table, [1000] * 4, [10, 20, 30, 40])
    moved = found.errors["quarter"][1] + found.errors["quarter"][2]
    assert moved.tolist() == pytest.approx([0.0] * len(moved), abs=1e-12)
    assert found.errors["quarter"][-1].tolist() == [0.0] * len(moved)


def test_the_errors_of_a_creators_past_are_the_mean_over_its_campaigns():
    table = campaigns(platform=["instagram", "tiktok", "tiktok"])
    of = factors_of(table)
    errors = {factor.name: np.zeros((len(factor.levels) + 1, 2)) for factor in of} | {"base": np.array([[1.0, 0.0]])}
    errors["platform"] = np.array([[0.0, 3.0], [0.0, 5.0], [0.0, 0.0]])
    found = past_errors(errors, of, np.array([0, 0, 2]), 4)
    assert found.tolist() == [[1.0, 4.0], [0.0, 0.0], [1.0, 5.0], [0.0, 0.0]]


def test_a_rate_is_base_times_effects_and_no_more_than_everything():
    table = campaigns(platform=["instagram", "tiktok", "youtube"])
    of = factors_of(table)
    none = {factor.name: np.zeros(len(factor.levels) + 1) for factor in of}
    given = Benchmark(0.25, none | {"platform": np.log([2.0, 4.0, 4.1, 1.0])}, {})
    assert given.rate(of).tolist() == pytest.approx([0.5, 1.0, 1.0], rel=1e-12)


def test_the_published_bands_are_the_means_of_their_priors():
    """Beta(a, b) has the mean a / (a + b); docs/method.md names a and b."""
    assert pytest.approx(3.7 / 315.7, rel=1e-12) == CLICKS_OF_YOUTUBE
    assert pytest.approx(5.7 / 295.7, rel=1e-12) == CLICKS_OF_REST
    assert pytest.approx(4.8 / 256.8, rel=1e-12) == ORDERS_OF_CLICKS
    assert ENGAGEMENTS_OF_IMPRESSIONS == 0.04


def test_the_level_table_holds_effects_and_whole_counts():
    table = campaigns(platform=["instagram", None, "tiktok"])
    of = factors_of(table)
    given = Benchmark(0.1, {f.name: np.log(np.arange(2.0, len(f.levels) + 3)) for f in of}, {})
    levels = level_table("engage", given, of, np.array([4, 4, 7]), np.array([10, 20, 5]))
    assert levels.filter(pl.col("factor") == "platform").rows() == [
        ("engage", "platform", "instagram", pytest.approx(2.0), 1, 1, 10),
        ("engage", "platform", "tiktok", pytest.approx(3.0), 1, 1, 5),
    ]
    assert levels.filter(pl.col("factor") == "tier").rows() == [
        ("engage", "tier", "micro", pytest.approx(2.0), 2, 3, 35)
    ]
    some = level_table("engage", given, tuple(f.take(np.array([0])) for f in of), np.array([4]), np.array([10]))
    assert some.filter(pl.col("factor") == "platform")["level"].to_list() == ["instagram"]
    huge = level_table("engage", given, of, np.array([4, 4, 7]), np.array([9e18, 9e18, 1.0]))
    assert huge.filter(pl.col("factor") == "tier")["count_events"].to_list() == [9_000_000_000_000_000_000]


def test_levels_are_coded_in_the_order_of_their_names_and_paid_rows_are_their_own():
    table = campaigns(
        platform=["tiktok", "instagram", "instagram", None], paid=[False, True, False, True],
        market=["DE+AT", "ZZ", "CH", "AT"],
    )  # fmt: skip
    by_name = {factor.name: factor for factor in factors_of(table)}
    assert by_name["platform"].levels == ("instagram", "instagram (paid)", "tiktok")
    assert by_name["platform"].codes.tolist() == [[2], [1], [0], [-1]]
    assert by_name["market"].levels == ("AT", "CH", "DE")
    assert by_name["market"].codes.tolist() == [[2, 0], [-1, -1], [1, -1], [0, -1]]
    assert by_name["quarter"].levels == ("8100",)
    assert (by_name["market"].matrix().T @ np.array([1.0, 2.0, 4.0, 8.0])).tolist() == [8.5, 4.0, 0.5]
    assert by_name["market"].log_effect(np.array([0.2, 0.4, 0.6, 0.0])).tolist() == pytest.approx([0.4, 0.0, 0.4, 0.2])


def test_the_spreads_before_any_campaign_are_those_of_the_method():
    assert SPREADS == {
        "platform": 0.4, "deliverable": 0.4, "vertical": 0.3, "market": 0.2, "quarter": 0.1, "tier": 0.15,
    }  # fmt: skip
    assert (ENGAGE_BAND.sd, CLICK_BAND.sd, CONVERT_BAND.sd) == (1.5, 0.7, 0.7)


def test_a_campaign_of_no_quarter_is_no_level_after_now_was_moved_too():
    table = campaigns(quarter=[8100] * 30 + [8099] * 30)
    benchmark = fit(table, [1000] * 60, [30] * 30 + [10] * 30)
    assert benchmark.log_effects["quarter"][-1] == 0.0
    assert not benchmark.errors["quarter"][-1].any()


def test_a_campaign_that_nobody_could_see_changes_nothing():
    """An exposure of 0 has no logarithm; its expected events are none, so it weighs nothing."""
    table = campaigns(quarter=[8100] * 21)
    found = fit(table, [1000] * 20 + [0], [20] * 20 + [0])
    assert found.rate(factors_of(table))[0] == pytest.approx(0.02, rel=1e-6)
