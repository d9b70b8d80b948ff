"""Is a typical creator's result found, whatever a loud level or a huge campaign says?"""

from math import exp, log

import numpy as np
import polars as pl
import pytest

from fit.model.benchmark import (
    CLICKS_OF_REST,
    CLICKS_OF_STORY,
    CLICKS_OF_YOUTUBE,
    ENGAGEMENTS_OF_IMPRESSIONS,
    ORDERS_OF_CLICKS,
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


def by_the_book(rows: list[dict], names: tuple[str, ...], band: float, band_events: float) -> tuple[float, dict]:
    """The benchmark in plain Python, a campaign at a time: 25 passes of base, every factor, and the creator.

    rows: exposure, events, and a tuple of levels by factor (a market of two countries has two). Returns the base and
    the effects, before "now" is made 1.
    """
    names = (*names, "creator")
    effects = {name: {level: 1.0 for row in rows for level in row[name]} for name in names}

    def of(row: dict, name: str) -> float:
        logs = [log(effects[name][level]) for level in row[name]]
        return exp(sum(logs) / len(logs)) if logs else 1.0

    def due(row: dict) -> tuple[float, float]:
        expected = row["exposure"] * base
        for name in names:
            expected *= of(row, name)
        return expected, 1 / (1 + expected / 3)

    base = band
    for _ in range(25):
        seen = owed = 0.0
        for row in rows:
            expected, weight = due(row)
            seen, owed = seen + weight * row["events"], owed + weight * expected
        base = (seen + band_events) / (owed / base + band_events / band)
        for name in names:
            prior = 3.0 if name == "creator" else 5.0
            new = {}
            for level in effects[name]:
                above = below = 0.0
                for row in rows:
                    expected, weight = due(row)
                    part = row[name].count(level) / max(len(row[name]), 1)
                    above, below = above + part * weight * row["events"], below + part * weight * expected
                new[level] = (above + prior) / (below / effects[name][level] + prior)
            effects[name] = new
    return base, effects


def test_base_and_effects_are_those_of_the_method_in_plain_python():
    """Ten campaigns of three creators on two platforms, in two quarters, one of them in two countries at once."""
    platform = [
        "instagram",
        "instagram",
        "tiktok",
        "tiktok",
        "tiktok",
        "instagram",
        "youtube",
        None,
        "tiktok",
        "youtube",
    ]
    market = ["DE", "AT", "DE+AT", "DE", "AT", "DE", "ZZ", "DE", "AT", "DE"]
    quarter = [8100, 8101, 8101, 8100, 8101, 8101, 8100, 8101, 8099, 8101]
    table = campaigns(platform=platform, market=market, quarter=quarter)
    exposure = [1_000.0, 400.0, 3_000.0, 90_000.0, 50.0, 700.0, 1_200.0, 800.0, 10.0, 2_500.0]
    events = [25.0, 3.0, 80.0, 900.0, 4.0, 9.0, 60.0, 0.0, 1.0, 20.0]
    creator = [0, 0, 0, 1, 1, 2, 2, 2, 1, 0]
    rows = [
        {
            "exposure": exposure[at], "events": events[at], "creator": (creator[at],),
            "platform": (platform[at],) if platform[at] else (), "deliverable": ("post",), "vertical": ("food",),
            "market": () if market[at] == "ZZ" else tuple(market[at].split("+")),
            "quarter": (str(quarter[at]),), "tier": ("micro",),
        }
        for at in range(10)
    ]  # fmt: skip
    factors = ("platform", "deliverable", "vertical", "market", "quarter", "tier")
    base, effects = by_the_book(rows, factors, 0.02, 50.0)
    found = fit_benchmark(np.array(exposure), np.array(events), factors_of(table), np.array(creator), 0.02, 50.0)
    now = (effects["quarter"]["8101"] * effects["quarter"]["8100"]) ** 0.5
    assert found.base == pytest.approx(base * now, rel=1e-9)
    effects["quarter"] = {level: value / now for level, value in effects["quarter"].items()}
    for name in factors:
        assert effect(found, table, name) == pytest.approx(effects[name], rel=1e-9), name
        assert found.log_effects[name][-1] == 0.0


def test_the_quarter_before_the_newest_counts_as_no_difference_where_nobody_had_a_campaign():
    table = campaigns(quarter=[8100] * 50 + [8103] * 50)
    found = fit(table, [1000] * 100, [10] * 50 + [40] * 50)
    rows = [
        {
            "exposure": 1000.0,
            "events": 10.0 if at < 50 else 40.0,
            "creator": (at,),
            "quarter": (str(table["quarter"][at]),),
        }
        | {
            "platform": ("instagram",),
            "deliverable": ("post",),
            "vertical": ("food",),
            "market": ("DE",),
            "tier": ("micro",),
        }
        for at in range(100)
    ]
    names = ("platform", "deliverable", "vertical", "market", "quarter", "tier")
    base, effects = by_the_book(rows[::25], names, 0.02, 50.0)
    few = fit(table[::25], [1000] * 4, [10] * 2 + [40] * 2)
    assert few.base == pytest.approx(base * effects["quarter"]["8103"] ** 0.5, rel=1e-9)
    assert effect(found, table, "quarter")["8103"] > 1 > effect(found, table, "quarter")["8100"]


def test_a_rate_is_base_times_effects_and_no_more_than_everything():
    table = campaigns(platform=["instagram", "tiktok", "youtube"])
    of = factors_of(table)
    none = {factor.name: np.zeros(len(factor.levels) + 1) for factor in of}
    given = Benchmark(0.25, none | {"platform": np.log([2.0, 4.0, 4.1, 1.0])})
    assert given.rate(of).tolist() == pytest.approx([0.5, 1.0, 1.0], rel=1e-12)


def test_the_published_bands_are_the_means_of_their_priors():
    """Beta(a, b) has the mean a / (a + b); GLOSSARY.md and docs/method.md name a and b."""
    assert pytest.approx(2.8 / 100.8, rel=1e-12) == CLICKS_OF_STORY
    assert pytest.approx(3.7 / 315.7, rel=1e-12) == CLICKS_OF_YOUTUBE
    assert pytest.approx(5.7 / 295.7, rel=1e-12) == CLICKS_OF_REST
    assert pytest.approx(4.8 / 256.8, rel=1e-12) == ORDERS_OF_CLICKS
    assert ENGAGEMENTS_OF_IMPRESSIONS == 0.04


def test_a_mix_of_campaigns_has_the_mean_of_their_bands():
    platform = pl.Series(["youtube", "instagram", "youtube", None, "tiktok"])
    deliverable = pl.Series(["story", "story", "video", "post", None])
    expected = (2 * 2.8 / 100.8 + 3.7 / 315.7 + 2 * 5.7 / 295.7) / 5
    assert click_band(platform, deliverable) == pytest.approx(expected, rel=1e-12)
    assert click_band(platform.clear(), deliverable.clear()) == pytest.approx(5.7 / 295.7, rel=1e-12)


def test_the_benchmarks_variance_is_that_of_the_method():
    """tau^2 / creators of all, and per factor (tau^2/(creators + 5) + 1/(events + 5)) (1 - 1/levels)."""
    table = campaigns(platform=["instagram", "instagram", "instagram", "tiktok"], market=["DE", "DE+AT", "ZZ", "AT"])
    creator, events = np.array([0, 0, 1, 2]), np.array([10.0, 20.0, 30.0, 40.0])
    found = log_variance(factors_of(table), creator, events, 0.6)
    base = 0.36 / 3
    instagram, tiktok = (0.36 / 7 + 1 / 65) / 2, (0.36 / 6 + 1 / 45) / 2
    # Of two countries a campaign counts half in each: 10 + 20 / 2 events in DE, 20 / 2 + 40 in AT.
    germany, austria = (0.36 / 6 + 1 / 25) / 2, (0.36 / 7 + 1 / 55) / 2
    expected = [
        base + instagram + germany,
        base + instagram + (germany + austria) / 2,
        base + instagram,
        base + tiktok + austria,
    ]
    assert found.tolist() == pytest.approx(expected, rel=1e-9)
    assert log_variance(factors_of(table.clear()), creator[:0], events[:0], 0.6).tolist() == []


def test_the_level_table_holds_effects_and_whole_counts():
    table = campaigns(platform=["instagram", None, "tiktok"])
    of = factors_of(table)
    given = Benchmark(0.1, {f.name: np.log(np.arange(2.0, len(f.levels) + 3)) for f in of})
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
    assert by_name["market"].sums(np.array([1.0, 2.0, 4.0, 8.0])).tolist() == [8.5, 4.0, 0.5]
    assert by_name["market"].log_effect(np.array([0.2, 0.4, 0.6, 0.0])).tolist() == pytest.approx([0.4, 0.0, 0.4, 0.2])
