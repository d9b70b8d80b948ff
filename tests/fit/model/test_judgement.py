"""Does the judgement say what the evidence allows, and does it always answer?"""

from datetime import date
from math import exp, log
from statistics import NormalDist

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from fit.model.geography import click_factor, convert_factor, survey_variance
from fit.model.judgement import Judgement, judge_field, judge_part, learn_field, usual_effect
from fit.model.payoff import payoffs
from fit.model.role import role_in_market
from tests.invented import COUNTS, HOME, campaign, creator, tables


def judge(creators: list[dict], campaigns: list[dict], audience: dict[str, dict[str, int]]) -> Judgement:
    return judge_field(*tables(creators, campaigns, audience))[0]


def facts(judgement: Judgement) -> dict[str, float]:
    return dict(zip(judgement.field_facts["name"], judgement.field_facts["value"], strict=True))


def stage_of(judgement: Judgement, creator_id: str, stage: str) -> dict:
    return judgement.strengths.filter(pl.col("creator_id") == creator_id, pl.col("stage") == stage).row(0, named=True)


def payoffs_in(judgement: Judgement, creator_id: str, share: float) -> tuple[float, float]:
    """Awareness and conversion payoff of one creator in a market."""
    parts = judgement.payoff_parts.filter(pl.col("creator_id") == creator_id).row(0, named=True)
    known = facts(judgement)
    found = payoffs(
        np.array(parts["impressions_per_money"]),
        np.array(share),
        np.array(parts["awareness_factor"]),
        np.array(parts["conversion_factor"]),
        known["typical_in_market_share"],
        known["out_of_market_click"],
        known["out_of_market_conversion"],
    )
    return float(found[0]), float(found[1])


@pytest.fixture(scope="module")
def small_field() -> Judgement:
    """Four creators; "full" has the full funnel of the threads: 10,000 impressions, 500 clicks, 50 purchases."""
    names = ("full", "half", "plain", "thin")
    seen = {"impressions": 10_000, "engagements": 400, "reach": 8_000, "cost": 150.0, "currency": "EUR"}
    return judge(
        [creator(name) for name in names],
        [
            campaign("full", **seen | {"clicks": 500, "conversions": 50}),
            campaign("half", **seen | {"clicks": 200, "conversions": 5}),
            campaign("plain", **seen | {"clicks": 150, "conversions": 3}),
            campaign("thin", **seen | {"clicks": 100, "conversions": 2}),
        ],
        dict.fromkeys(names, HOME),
    )


def test_ten_percent_of_500_clicks_is_far_above_typical_and_says_how_sure(small_field):
    full = stage_of(small_field, "full", "convert")
    assert full["index"] > 150
    assert full["p_beats_benchmark"] > 0.85
    assert full["low"] < full["index"] < full["high"]
    assert full["measured"]
    assert full["count_campaigns"] == 1


def test_fifty_purchases_outrank_two_in_the_same_market(small_field):
    full, thin = (payoffs_in(small_field, name, 0.7)[1] for name in ("full", "thin"))
    assert full > 2 * thin


def test_one_campaign_never_counts_for_more_than_its_cap(small_field):
    caps = {stage: facts(small_field)[f"k_{stage}"] for stage in ("engage", "click", "convert")}
    evidence = small_field.stage_evidence.with_columns(
        cap=pl.col("stage").cast(pl.String).replace_strict(caps, return_dtype=pl.Float64)
    )
    assert (evidence["evidence"] <= evidence["cap"]).all()
    assert (evidence["evidence"] > 0).all()


def liked_abroad() -> Judgement:
    """Eight typical creators, and one that is liked most and sells nothing, with 88 % of its audience elsewhere."""
    names = [f"c{number}" for number in range(8)]
    rows = [
        campaign(
            name,
            impressions=20_000,
            engagements=700 + 20 * at,
            clicks=240 + 10 * at,
            conversions=5 + at % 3,
            date=date(2025, month, 1),
        )
        for at, name in enumerate(names)
        for month in (3, 6, 9)
    ]
    rows += [
        campaign(
            "liked",
            impressions=60_000,
            engagements=7_200,
            clicks=500,
            conversions=conversions,
            date=date(2025, month, 1),
        )
        for month, conversions in ((2, 1), (5, 2), (8, 0), (11, 1))
    ]
    audience = dict.fromkeys(names, HOME) | {"liked": {"DE": 120_000, "BR": 500_000, "IN": 380_000}}
    return judge([creator(name) for name in (*names, "liked")], rows, audience)


def test_a_liked_creator_whose_audience_lives_elsewhere_is_never_conversion_there():
    judgement = liked_abroad()
    awareness, conversion = payoffs_in(judgement, "liked", 0.12)
    role = role_in_market(
        judgement.natural_roles.filter(pl.col("creator_id") == "liked").row(0, named=True),
        {stage: stage_of(judgement, "liked", stage) for stage in ("engage", "click", "convert")},
        payoff_awareness=awareness,
        payoff_conversion=conversion,
        in_market_share=0.12,
        market="Germany",
    )
    assert role.label in ("awareness", "not for this market")
    assert "12 % of the audience lives in Germany." in role.because


def test_flat_conversions_of_an_audience_elsewhere_are_not_held_against_the_creator():
    judgement = liked_abroad()
    raw_rate = 4 / 2000
    typical_rate = facts(judgement)["base_convert"]
    convert = stage_of(judgement, "liked", "convert")
    assert raw_rate < 0.2 * typical_rate
    assert convert["high"] > 50  # geography explains most of it


def test_blank_is_not_measured_and_zero_impressions_teach_nothing():
    judgement = judge(
        [creator("blank"), creator("zero")],
        [campaign("blank", impressions=1_000), campaign("zero", impressions=0, clicks=0, engagements=0)],
        {},
    )
    assert judgement.stage_evidence.height == 0
    assert judgement.strengths["measured"].to_list() == [False] * 6
    assert judgement.strengths["evidence"].to_list() == [0.0] * 6


def test_conversions_without_clicks_are_read_per_impression():
    judgement = judge([creator("a")], [campaign("a", impressions=50_000, conversions=12)], {"a": HOME})
    row = judgement.stage_evidence.row(0, named=True)
    assert (row["stage"], row["basis"], row["count_trials"], row["count_events"]) == (
        "convert",
        "impressions",
        50_000,
        12,
    )


def test_more_conversions_than_clicks_are_read_per_impression():
    judgement = judge([creator("a")], [campaign("a", impressions=50_000, clicks=10, conversions=12)], {"a": HOME})
    rows = judgement.stage_evidence.select("stage", "basis", "count_trials").rows()
    assert rows == [("click", "impressions", 50_000), ("convert", "impressions", 50_000)]


def test_the_order_of_the_rows_changes_nothing():
    creators = [creator(name) for name in ("a", "b", "c")]
    rows = [
        campaign(name, impressions=1_000 * size, engagements=40 * size, clicks=10 * size, conversions=size)
        for size, name in enumerate(("a", "b", "c", "a", "b"), start=1)
    ]
    audience = {"a": HOME, "b": HOME}
    forward = judge(creators, rows, audience)
    backward = judge(creators[::-1], rows, audience)
    for name, frame in vars(forward).items():
        assert frame.equals(getattr(backward, name)), name


def test_an_empty_field_has_empty_tables():
    judgement = judge([], [], {})
    assert {name: frame.height for name, frame in vars(judgement).items() if name != "field_facts"} == {
        "stage_evidence": 0,
        "strengths": 0,
        "natural_roles": 0,
        "payoff_parts": 0,
        "benchmark_levels": 0,
        "market_prices": 0,
        "benchmark_errors": 4,  # the bases of three rates and of views
    }


def test_a_creator_without_campaigns_is_typical_and_a_pilot():
    judgement = judge(
        [creator("new"), creator("old")],
        [campaign("old", impressions=9_000, engagements=300, clicks=90, conversions=2)],
        {"old": HOME},
    )
    new = stage_of(judgement, "new", "convert")
    assert (new["measured"], new["count_campaigns"], new["evidence"]) == (False, 0, 0.0)
    assert new["index"] == pytest.approx(100)
    assert judgement.natural_roles.filter(pl.col("creator_id") == "new")["label"].to_list() == ["pilot"]


count = st.one_of(st.none(), st.just(0), st.integers(0, 2_000), st.integers(0, 10**15 - 1))
a_creator = st.fixed_dictionaries(
    {
        "platform": st.sampled_from([None, "instagram", "youtube"]),
        "vertical": st.sampled_from([None, "food"]),
        "home_country": st.sampled_from([None, "DE", "FR"]),
        "followers": st.one_of(st.none(), st.just(0), st.integers(1, 10**15)),
        "tier": st.sampled_from([None, "nano", "mega"]),
        "asking_price": st.one_of(st.none(), st.just(0.0), st.floats(0.01, 1e9)),
        "currency": st.sampled_from([None, "EUR", "USD"]),
        "has_profile": st.booleans(),
    }
)
a_campaign = st.fixed_dictionaries(
    {
        "creator_id": st.sampled_from(["a", "b", "c"]),
        "market": st.sampled_from(["DE", "DE+AT", "ZZ", "XK"]),
        "date": st.dates(date(2015, 1, 1), date(2026, 1, 1)),
        "platform": st.sampled_from([None, "tiktok", "youtube"]),
        "vertical": st.just(None),
        "deliverable": st.sampled_from([None, "post", "story"]),
        "count_deliverables": st.one_of(st.none(), st.integers(1, 10**15)),
        **dict.fromkeys(COUNTS, count),
        "cost": st.one_of(st.none(), st.just(0.0), st.floats(0.01, 1e13)),
        "revenue": st.one_of(st.none(), st.just(0.0), st.floats(0.01, 1e13)),
        "currency": st.sampled_from([None, "EUR"]),
        "paid": st.booleans(),
        "count_rows": st.just(1),
        "source_id": st.just(1),
    }
)
ppm = st.one_of(st.just(0), st.just(1_000_000), st.integers(0, 500_000))
an_audience = st.dictionaries(st.sampled_from(["DE", "AT", "US"]), ppm, max_size=2)


@pytest.mark.thorough
@settings(max_examples=30)
@given(
    creators=st.lists(a_creator, min_size=1, max_size=3),
    campaigns=st.lists(a_campaign, max_size=6),
    audiences=st.dictionaries(st.sampled_from(["a", "b", "c"]), an_audience, max_size=3),
)
def test_every_field_has_a_defined_answer(creators, campaigns, audiences):
    named = [{"creator_id": name} | row for name, row in zip("abc", creators, strict=False)]
    known = {row["creator_id"] for row in named}
    judgement = judge(
        named,
        [row for row in campaigns if row["creator_id"] in known],
        {who: listed for who, listed in audiences.items() if who in known and listed},
    )
    for frame in vars(judgement).values():
        for column in frame.select(pl.col(pl.Float64)):
            assert column.drop_nulls().is_finite().all(), column.name
    strengths, parts = judgement.strengths, judgement.payoff_parts
    assert (strengths["log_sd"] > 0).all()
    assert (strengths["index"] > 0).all()
    assert strengths["p_beats_benchmark"].is_between(0, 1).all()
    assert (parts.select("impressions_per_money", "awareness_factor", "conversion_factor").min_horizontal() > 0).all()
    assert (judgement.stage_evidence["expected_events"] > 0).all()
    assert (judgement.natural_roles["gap_sd"] > 0).all()


def test_indices_intervals_and_chances_follow_from_log_mean_and_log_sd(small_field):
    """100 exp(mean), 80 % within 1.2816 sd in logs, and Phi(mean / sd) above the benchmark."""
    for row in small_field.strengths.iter_rows(named=True):
        mean, sd = row["log_mean"], row["log_sd"]
        assert row["index"] == pytest.approx(100 * exp(mean), rel=1e-12)
        own = NormalDist(mean, sd)
        assert (own.cdf(log(row["low"] / 100)), own.cdf(log(row["high"] / 100))) == pytest.approx((0.1, 0.9), abs=1e-9)
        assert row["p_beats_benchmark"] == pytest.approx(1 - own.cdf(0.0), abs=1e-12)


def test_rows_stand_by_creator_and_stage_and_count_their_campaigns_and_evidence(small_field):
    names = [(name, stage) for name in ("full", "half", "plain", "thin") for stage in ("engage", "click", "convert")]
    assert small_field.strengths.select("creator_id", "stage").rows() == names
    added = small_field.stage_evidence.group_by("creator_id", "stage").agg(pl.col("evidence").sum(), count=pl.len())
    for creator_id, stage, evidence, count in added.iter_rows():
        row = stage_of(small_field, creator_id, stage)
        assert (row["evidence"], row["count_campaigns"]) == (pytest.approx(evidence), count)


def test_evidence_is_the_cap_and_the_expected_events_in_series_a_quarter_ahead(small_field):
    """One campaign each, of the newest quarter: e = 1 / (1/k + open + 1/(mu lambda)), then 1 / (1 + e d2).

    The whole audience is listed and 70 % live in the market; one campaign reaches as uneven a part as 60 people.
    """
    known, share = facts(small_field), 0.7
    spread = (share * (1 - share) / 61) ** 0.5
    click, path = known["out_of_market_click"], known["out_of_market_click"] * known["out_of_market_conversion"]

    def factor(stage: str, s: float) -> float:
        clicks = s + (1 - s) * click
        return {"engage": 1.0, "click": clicks, "convert": (s + (1 - s) * path) / clicks}[stage]

    for row in small_field.stage_evidence.iter_rows(named=True):
        stage = row["stage"]
        rate = exp(stage_of(small_field, row["creator_id"], stage)["log_mean"])
        # The level m0 is part of the expected events already, so lambda is relative to the typical creator.
        unsure = (log(factor(stage, share + spread) / factor(stage, share - spread)) / 2) ** 2
        proof = 1 / (1 / known[f"k_{stage}"] + unsure + 1 / (row["expected_events"] * rate))
        assert row["evidence"] == pytest.approx(proof / (1 + proof * known["drift_per_quarter"]), rel=1e-9)
        assert row["geography_factor"] == pytest.approx(factor(stage, share), rel=1e-9)
        assert (row["in_market_share"], row["age_quarters"]) == (pytest.approx(share), 0.0)


def test_expected_events_are_trials_times_the_base_rate_times_geography(small_field):
    """All four campaigns are alike in every level, so no effect moves them apart."""
    known = facts(small_field)
    levels = small_field.benchmark_levels.filter(pl.col("stage") != "views")
    for row in small_field.stage_evidence.iter_rows(named=True):
        effects = levels.filter(pl.col("stage") == row["stage"])["effect"]
        rate = known[f"base_{row['stage']}"] * float(np.prod(effects.to_numpy()))
        assert row["expected_events"] == pytest.approx(row["count_trials"] * rate * row["geography_factor"], rel=1e-9)


def test_the_facts_describe_the_field(small_field):
    known = facts(small_field)
    assert known["typical_in_market_share"] == pytest.approx(0.7)
    out = known["out_of_market_click"] * known["out_of_market_conversion"]
    assert known["typical_geography_factor"] == pytest.approx(0.7 + 0.3 * out, rel=1e-12)
    assert known["newest_quarter"] == 2026 * 4
    assert set(known) == {
        "out_of_market_click", "out_of_market_conversion", "typical_in_market_share", "typical_geography_factor",
        "drift_per_quarter", "view_level", "view_creator_sd", "view_campaign_sd", "frequency_campaign_sd",
        "frequency_overlap", "frequency_overlap_sd", "reach_limit", "price_level", "price_slope", "price_middle",
        "price_creator_sd", "price_campaign_sd", "newest_quarter",
        *(f"spread_{stage}_{factor}" for stage in ("engage", "click", "convert")
          for factor in ("platform", "deliverable", "vertical", "market", "quarter", "tier")),
        "spread_views_platform", "spread_views_deliverable",
        *(f"{name}_{stage}" for name in ("base", "tau", "k", "m0") for stage in ("engage", "click", "convert")),
    }  # fmt: skip


def test_a_gap_of_the_natural_role_is_that_of_the_three_log_indices(small_field):
    for row in small_field.natural_roles.iter_rows(named=True):
        engage, click, convert = (stage_of(small_field, row["creator_id"], s) for s in ("engage", "click", "convert"))
        gap = click["log_mean"] + convert["log_mean"] - engage["log_mean"]
        variance = sum(one["log_sd"] ** 2 for one in (engage, click, convert)) + 2 * (
            row["covariance_click_convert"] - row["covariance_engage_click"] - row["covariance_engage_convert"]
        )
        assert (row["gap_mean"], row["gap_sd"]) == (
            pytest.approx(gap, abs=1e-12),
            pytest.approx(variance**0.5, rel=1e-9),
        )


def test_an_unmeasured_creator_has_the_spread_of_the_field_and_no_error_of_the_benchmark():
    """Without campaigns the log sd is tau of the field; nothing of the benchmark's error carries through."""
    rows = [campaign("old", impressions=9_000, engagements=300, clicks=90, conversions=2) for _ in range(3)]
    judgement = judge([creator("new"), creator("old")], rows, {"old": HOME})
    for stage in ("engage", "click", "convert"):
        assert stage_of(judgement, "new", stage)["log_sd"] == pytest.approx(facts(judgement)[f"tau_{stage}"], rel=1e-9)
        assert stage_of(judgement, "new", stage)["log_mean"] == pytest.approx(0.0, abs=1e-12)


def test_the_forecasts_basis_holds_views_frequencies_orders_and_where_audiences_live():
    rows = [
        campaign("a", impressions=10_000, reach=8_000, conversions=2, revenue=80.0, currency="EUR", cost=50.0),
        campaign("b", impressions=9_000),
    ]
    judgement, basis = judge_field(*tables([creator("b"), creator("a")], rows, {"a": HOME}))
    assert basis.view_rates["creator_id"].to_list() == ["a", "b"]
    assert basis.order_values.rows() == [("EUR", pytest.approx(log(40)), pytest.approx((0.2 / 6) ** 0.5), 1)]
    assert basis.frequencies.rows() == [("instagram", "post", pytest.approx(log(1.25)), 1)]
    assert basis.audience_mix.filter(pl.col("home") == "DE").select("country", "ppm").rows() == [
        ("AT", 100_000), ("DE", 700_000), ("US", 200_000),
    ]  # fmt: skip
    assert judgement.market_prices.select("currency", "count_campaigns").rows() == [("EUR", 1)]


def test_errors_that_a_creators_campaigns_share_widen_its_interval_as_far_as_it_is_known_by_them(small_field):
    """log sd^2 = what its campaigns leave of tau^2, and reliability^2 x (the benchmark's error and the survey's).

    One campaign each, alike in every level: the benchmark's error is base and one level of every factor together; the
    reported 70 % is an estimate from about 200 people.
    """
    known, share = facts(small_field), np.array([0.7])
    click, convert = known["out_of_market_click"], known["out_of_market_conversion"]
    factors = {
        "engage": np.ones_like,
        "click": lambda s: click_factor(s, click),
        "convert": lambda s: convert_factor(s, click, convert),
    }
    for stage, factor in factors.items():
        errors = small_field.benchmark_errors.filter(pl.col("stage") == stage)["errors"].to_list()
        shared = (np.sum(errors, axis=0) ** 2).sum() + survey_variance(factor, share)[0]
        for name in ("full", "half", "plain", "thin"):
            row = stage_of(small_field, name, stage)
            assert 0 < row["reliability"] < 1
            of_campaigns = known[f"tau_{stage}"] ** 2 * (1 - row["reliability"])
            assert row["log_sd"] ** 2 == pytest.approx(of_campaigns + row["reliability"] ** 2 * shared, rel=1e-9)


def test_the_survey_is_asked_once_however_many_campaigns_a_creator_has():
    """Two creators alike but for the number of campaigns: the error of the reported share is the mean of theirs."""
    rows = [campaign("many", impressions=9_000, engagements=300, clicks=90, conversions=2) for _ in range(4)]
    rows.append(campaign("one", impressions=9_000, engagements=300, clicks=90, conversions=2))
    judgement = judge([creator("many"), creator("one")], rows, {"many": HOME, "one": HOME})
    known = facts(judgement)
    errors = judgement.benchmark_errors.filter(pl.col("stage") == "click")["errors"].to_list()
    survey = survey_variance(lambda s: click_factor(s, known["out_of_market_click"]), np.array([0.7]))[0]
    for name in ("many", "one"):
        row = stage_of(judgement, name, "click")
        of_campaigns = known["tau_click"] ** 2 * (1 - row["reliability"])
        shared = (np.sum(errors, axis=0) ** 2).sum() + survey
        assert row["log_sd"] ** 2 == pytest.approx(of_campaigns + row["reliability"] ** 2 * shared, rel=1e-9)


def test_what_is_usual_of_a_level_is_known_by_stage_and_zero_where_nothing_is():
    assert usual_effect("views", "deliverable", "story") == pytest.approx(log(1 / 3))
    assert usual_effect("click", "deliverable", "short") == pytest.approx(log(0.5))
    assert usual_effect("engage", "deliverable", "story") == 0.0
    assert usual_effect("views", "deliverable", "unboxing") == 0.0
    assert usual_effect("convert", "tier", "nano") == 0.0


def test_creators_judged_in_parts_by_what_their_field_has_taught_are_judged_as_together():
    people = [creator(name, followers=1000 * (n + 1)) for n, name in enumerate("abcdef")]
    rows = [campaign(one["creator_id"], clicks=20 + 7 * n, conversions=n) for n, one in enumerate(people[:5])]
    field = tables(people, rows, {one["creator_id"]: HOME for one in people})
    whole, basis = judge_field(*field)
    learned, of_field = learn_field(*field)
    assert of_field.benchmark_errors.equals(whole.benchmark_errors)
    assert of_field.frequencies.equals(basis.frequencies)
    parts = [
        judge_part(learned, *(frame.filter(pl.col("creator_id").is_in(list(some))) for frame in field))
        for some in ("fda", "bce")
    ]
    for name, frame in vars(parts[0]).items():
        together = pl.concat([frame, getattr(parts[1], name)]).sort("creator_id", maintain_order=True)
        expected = (vars(whole) | vars(basis))[name].sort("creator_id", maintain_order=True)
        assert_frame_equal(together, expected, rel_tol=1e-12)
