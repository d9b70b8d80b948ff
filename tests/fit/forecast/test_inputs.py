"""Does a brief's forecast start from what is stored of its creator, its audience and campaigns like it?"""

from datetime import date
from math import log, sqrt

import numpy as np
import polars as pl
import pytest

from fit.forecast.benchmark_fits import VIEWS, read_fits
from fit.forecast.inputs import ForecastInputs, inputs_of, known_of, log_impressions
from fit.forecast.stored_basis import StoredBasis
from tests.worked_example import stored


@pytest.fixture(scope="module")
def field() -> StoredBasis:
    return stored()


def briefs(*rows: dict) -> pl.DataFrame:
    plain = {"creator_id": "ada", "market": "DE", "deliverable": "post", "cost": 100.0, "currency": "EUR"}
    plain |= dict.fromkeys(("platform", "vertical", "count_deliverables", "date"))
    return pl.DataFrame(
        [plain | row for row in rows], schema_overrides={"count_deliverables": pl.Int64, "date": pl.Date}
    )


def of(field: StoredBasis, **row: object) -> ForecastInputs:
    return inputs_of(briefs(row), field)


def test_the_inputs_of_a_brief_are_those_of_the_worked_example(field):
    """Ada, a post for Germany: every number follows from the tables of tests/worked_example.py."""
    inputs = of(field)
    assert len(inputs) == 1
    # 10,000 followers, level 0, twice on Instagram, .1 of her own; spread .3 of her and .2 of one campaign.
    assert inputs.impressions[0].tolist() == pytest.approx([log(10_000 * 2) + 0.1, sqrt(0.3**2 + 0.2**2)])
    assert inputs.frequency[0].tolist() == pytest.approx([log(1.5) + 0.05, 0.1])
    assert inputs.share[0].tolist() == pytest.approx([0.99 * 0.6 + 0.01 * 0.425, 0.6, 0.6])
    assert inputs.rates[0].tolist() == pytest.approx([0.04 * 1.5, 0.01 * 0.8, 0.02 * 1.1 * 0.9])
    assert inputs.mean[0].tolist() == [0.0, 0.1, 0.2]
    expected = [[0.04, 0.01, -0.02], [0.01, 0.16, 0.03], [-0.02, 0.03, 0.09]]
    np.testing.assert_allclose(inputs.covariance[0], expected, rtol=1e-12)
    assert inputs.order_value[0].tolist() == pytest.approx([log(40.0), 0.25])
    assert inputs.cost.tolist() == [100.0]
    assert inputs.caps.tolist() == [8.0, 4.0, 5.0]
    assert (inputs.out_click, inputs.out_convert, inputs.view_campaign_sd) == (0.5, 0.1, 0.2)


@pytest.mark.parametrize(
    ("day", "quarters"),
    [
        (date(2025, 1, 1), 0),
        (date(2025, 12, 31), 0),
        (date(2026, 3, 31), 0),
        (date(2026, 4, 1), 1),
        (date(2027, 1, 1), 4),
        (date(2031, 3, 31), 20),
        (date(9999, 12, 31), 20),
        (None, 0),
    ],
)
def test_a_brief_after_the_next_quarter_drifts_on(field, day, quarters):
    """The newest campaign is of the fourth quarter of 2025, so a judgement holds for the first of 2026."""
    added = of(field, date=day).covariance[0] - of(field).covariance[0]
    np.testing.assert_allclose(added, 0.02 * quarters * np.eye(3), atol=1e-12)


def test_pieces_multiply_the_impressions_and_a_story_has_half_of_them(field):
    usual = of(field).impressions[0, 0]
    assert of(field, count_deliverables=3).impressions[0, 0] == pytest.approx(usual + log(3))
    assert of(field, count_deliverables=0).impressions[0, 0] == pytest.approx(usual)
    assert of(field, deliverable="story").impressions[0, 0] == pytest.approx(usual - log(2))
    assert of(field, deliverable="unheard-of").impressions[0, 0] == pytest.approx(usual)
    assert np.isnan(of(field, creator_id="dev").impressions[0, 0])
    nobody = StoredBasis(**vars(field) | {"creators": field.creators.with_columns(followers=pl.lit(0))})
    assert np.isnan(of(nobody).impressions[0, 0])


# Ada's audience there, two of 200 people taken from what is usual: 60 % and 42.5 %, 20 % and 16.25 %.
ADA_DE, ADA_AT = 0.99 * 0.6 + 0.01 * 0.425, 0.99 * 0.2 + 0.01 * 0.1625


def test_two_countries_have_the_mean_of_their_effects_by_where_the_audience_lives(field):
    """Germany .8 and Austria 1.5; nobody of Ada's lives in France, so there Germany alone counts."""
    clicks = [of(field, market=market).rates[0, 1] for market in ("DE+AT", "DE+FR", "FR", "AT")]
    both = (0.8 * ADA_DE + 1.5 * ADA_AT) / (ADA_DE + ADA_AT)
    assert clicks == pytest.approx([0.01 * both, 0.008, 0.01, 0.015])


def test_purchases_in_the_market_are_the_exact_mean_of_all_that_is_multiplied(field):
    """Impressions, clicks and purchases are log-normal, so means add half their variances; then who lives there."""
    seen = 20_000 * np.exp(0.1 + (0.3**2 + 0.2**2) / 2)
    path = 0.01 * 0.8 * 0.02 * 1.1 * 0.9 * np.exp(0.1 + 0.2 + (0.16 + 0.09 + 2 * 0.03) / 2)
    assert of(field).expected_purchases[0] == pytest.approx(seen * path * ADA_DE, rel=1e-9)
    each = [of(field, market=market).expected_purchases[0] for market in ("DE", "AT")]
    assert of(field, market="DE+AT").expected_purchases[0] == pytest.approx(sum(each), rel=1e-9)


def test_people_reached_there_are_the_exact_mean_for_one_deliverable_and_unknown_for_several(field):
    """Frequency e^.455 give or take .1, never below 1: at four and a half sds that makes no difference."""
    seen = 20_000 * np.exp(0.1 + (0.3**2 + 0.2**2) / 2)
    once = np.exp(-(log(1.5) + 0.05) + 0.1**2 / 2)
    assert of(field).expected_reach[0] == pytest.approx(seen * once * ADA_DE, rel=1e-4)
    assert np.isnan(of(field, count_deliverables=2).expected_reach[0])


def unsure(field: StoredBasis, past: list[dict]) -> StoredBasis:
    """The field with errors of .3 in the base of clicks and .4 in Instagram's, and Ada's index half her own."""
    wrong = {("click", "base", ""): [0.3, 0.0], ("click", "platform", "instagram"): [0.0, 0.4]}
    keys = [*(key for key in field.benchmark_errors.select("stage", "factor", "level").rows()), *list(wrong)[1:]]
    errors = pl.DataFrame(
        [(*key, wrong.get(key, [0.0, 0.0])) for key in keys], ["stage", "factor", "level", "errors"], orient="row"
    )
    level = pl.DataFrame([("click", "platform", "instagram", 1.0)], field.benchmark_levels.columns, orient="row")
    plain = {"stage": "click", "creator_id": "ada", "platform": "instagram", "deliverable": "post", "market": "ZZ"}
    rows = [{"campaign_key": 1, "paid": False, "date": date(2025, 1, 9)} | plain | row for row in past]
    return StoredBasis(
        **vars(field)
        | {
            "benchmark_errors": errors,
            "benchmark_levels": pl.concat([field.benchmark_levels, level]),
            "strengths": field.strengths.with_columns(reliability=pl.lit(0.5)),
            "measured_levels": pl.DataFrame(rows, field.measured_levels.schema),
        }
    )


def test_a_brief_is_as_unsure_as_its_benchmark_less_what_the_creators_past_shares(field):
    """(x_new - r x_past): without a past all of .3 and .4, with a past on the same levels the half of both."""
    fresh, known = (of(unsure(field, past)) for past in ([], [{}]))
    assert fresh.shared_errors[0, 1].tolist() == pytest.approx([0.3, 0.4])
    assert known.shared_errors[0, 1].tolist() == pytest.approx([0.15, 0.2])
    elsewhere = of(unsure(field, [{"platform": "tiktok"}]))
    assert elsewhere.shared_errors[0, 1].tolist() == pytest.approx([0.15, 0.4])
    # What the errors make of the index of past campaigns is no part of the creator's own strength: .5^2 (.3^2 + .4^2).
    assert fresh.covariance[0, 1, 1] - known.covariance[0, 1, 1] == pytest.approx(0.25 * 0.25)


def test_a_kind_that_nobody_has_measured_has_the_spread_of_kinds_as_its_own_error(field):
    facts = field.field_facts.with_columns(
        value=pl.when(pl.col("name") == "spread_views_deliverable").then(0.4).otherwise("value")
    )
    told = StoredBasis(**vars(field) | {"field_facts": facts})
    assert of(told, deliverable="story").own_errors[0].tolist() == [0.0, 0.0, 0.0, 0.0]
    assert of(told, deliverable="live").own_errors[0].tolist() == [0.0, 0.0, 0.0, 0.4]


def test_a_rate_is_at_most_everything(field):
    facts = field.field_facts.with_columns(value=pl.when(pl.col("name") == "base_click").then(3.0).otherwise("value"))
    loud = StoredBasis(**vars(field) | {"field_facts": facts})
    assert of(loud).rates[0, 1] == 1.0


def test_what_a_brief_leaves_open_comes_from_the_creator_and_the_commonest_currency(field):
    known = known_of(briefs({"currency": None, "cost": None, "deliverable": None}), field).row(0, named=True)
    assert (known["platform"], known["vertical"], known["tier"], known["currency"]) == (
        "instagram",
        "food",
        "micro",
        "EUR",
    )
    assert known["pair_frequency"] == pytest.approx(log(1.25))  # no deliverable, so nobody measured how often
    assert known["cost"] is None
    own = known_of(briefs({"platform": "tiktok", "vertical": "travel", "currency": "USD"}), field).row(0, named=True)
    assert (own["platform"], own["vertical"], own["currency"]) == ("tiktok", "travel", "USD")
    assert own["order_log_mean"] == pytest.approx(log(90.0))
    bare = known_of(pl.DataFrame({"creator_id": ["ada"], "market": ["DE"]}), field).row(0, named=True)
    assert (bare["platform"], bare["count_deliverables"], bare["currency"]) == ("instagram", None, "EUR")


def test_without_revenue_the_commonest_currency_is_that_of_costs_and_of_equals_the_first_by_name(field):
    nothing = StoredBasis(**vars(field) | {"order_values": field.order_values.clear()})
    assert known_of(briefs({"currency": None}), nothing)["currency"].to_list() == ["EUR"]
    neither = StoredBasis(**vars(nothing) | {"market_prices": field.market_prices.clear()})
    assert known_of(briefs({"currency": None}), neither)["currency"].to_list() == [None]
    assert np.isnan(of(neither, currency=None).order_value).all()
    equal = StoredBasis(
        **vars(field) | {"order_values": field.order_values.reverse().with_columns(count_campaigns=pl.lit(3))}
    )
    assert known_of(briefs({"currency": None}), equal)["currency"].to_list() == ["EUR"]


def test_a_field_without_campaigns_has_no_newest_quarter_and_no_later_drift(field):
    facts = field.field_facts.filter(pl.col("name") != "newest_quarter")
    young = StoredBasis(**vars(field) | {"field_facts": facts})
    assert of(young, date=date(2031, 1, 1)).covariance[0, 0, 0] == pytest.approx(0.04)


def test_several_briefs_keep_their_order_and_can_be_taken_apart(field):
    inputs = inputs_of(briefs({"creator_id": "ben"}, {}, {"creator_id": "eva", "cost": 7.0}), field)
    assert inputs.mean[:, 0].tolist() == [0.3, 0.0, 0.9]
    some = inputs.take(slice(1, 3))
    assert len(some) == 2
    assert some.cost.tolist() == [100.0, 7.0]
    assert some.caps.tolist() == inputs.caps.tolist()


def test_effects_and_impressions_of_known_briefs_add_up(field):
    known = known_of(briefs({}, {"deliverable": "story"}), field)
    views = read_fits(field)[VIEWS]
    assert views.log_effects(known).tolist() == pytest.approx([log(2), log(1)])
    assert np.exp(log_impressions(known, views)).tolist() == pytest.approx([20_000.0, 10_000.0])


def test_an_unknown_level_is_no_difference_and_the_fields_level_is_added(field):
    unknown = known_of(briefs({"deliverable": None}), field)
    assert read_fits(field)[VIEWS].log_effects(unknown).tolist() == pytest.approx([log(2)])
    facts = field.field_facts.with_columns(
        value=pl.when(pl.col("name") == "view_level").then(-0.5).otherwise(pl.col("value"))
    )
    low = StoredBasis(**vars(field) | {"field_facts": facts})
    assert log_impressions(unknown, read_fits(low)[VIEWS]).tolist() == pytest.approx([log(20_000) - 0.5])
