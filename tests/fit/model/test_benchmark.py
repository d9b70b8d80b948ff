"""Is a typical creator's result found, whatever a loud level or a huge campaign says?"""

import numpy as np
import polars as pl
import pytest

from fit.model.benchmark import (
    CLICKS_OF_REST,
    CLICKS_OF_STORY,
    CLICKS_OF_YOUTUBE,
    Benchmark,
    click_band,
    factors_of,
    fit_benchmark,
    level_table,
    log_variance,
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
    return fit_benchmark(*numbers, factors_of(table), np.arange(len(trials)), band, 50.0)


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
    rate = fit_benchmark(trials, events, factors_of(table), creator, 0.02, 50.0).rate(factors_of(table))
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


def test_now_is_the_mean_of_the_last_two_quarters():
    table = campaigns(quarter=[8100] * 100 + [8101] * 100 + [8102] * 100)
    found = effect(fit(table, [1000] * 300, [10] * 100 + [20] * 100 + [40] * 100), table, "quarter")
    assert found["8101"] * found["8102"] == pytest.approx(1)


def test_a_rate_never_exceeds_everything():
    table = campaigns(platform=["instagram", "tiktok"])
    assert fit(table, [10, 10], [10, 10], band=0.9).rate(factors_of(table)).max() <= 1


@pytest.mark.parametrize(
    ("platform", "deliverable", "band"),
    [
        ("instagram", "story", CLICKS_OF_STORY),
        ("youtube", "video", CLICKS_OF_YOUTUBE),
        ("youtube", None, CLICKS_OF_YOUTUBE),
        (None, None, CLICKS_OF_REST),
    ],
)
def test_bands_go_by_platform_and_deliverable(platform, deliverable, band):
    given = (pl.Series([value], dtype=pl.String) for value in (platform, deliverable))
    assert click_band(*given) == pytest.approx(band)


def test_a_benchmark_of_few_creators_is_less_sure():
    few, many = campaigns(platform=["instagram"] * 4), campaigns(platform=["instagram"] * 400)
    unsure, sure = (
        log_variance(factors_of(table), np.arange(table.height), np.ones(table.height), 0.5)[0] for table in (few, many)
    )
    assert unsure == pytest.approx(0.25 / 4)
    assert sure == pytest.approx(0.25 / 400)


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
