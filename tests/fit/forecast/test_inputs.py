"""Does a brief's forecast start from what is stored of its creator, its audience and campaigns like it?"""

from datetime import date
from math import log, sqrt

import numpy as np
import polars as pl
import pytest

from fit.forecast.inputs import ForecastInputs, StoredBasis, inputs_of, known_of, log_effects, log_impressions
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


def test_the_terms_of_a_brief_are_those_of_the_worked_example(field):
    """Ada, a post for Germany: every number follows from the tables of tests/worked_example.py."""
    terms = of(field)
    assert len(terms) == 1
    # 10,000 followers, level 0, twice on Instagram, .1 of her own; spread .3 of her and .2 of one campaign.
    assert terms.impressions[0].tolist() == pytest.approx([log(10_000 * 2) + 0.1, sqrt(0.3**2 + 0.2**2)])
    assert terms.frequency[0].tolist() == pytest.approx([log(1.5) + 0.05, 0.1])
    assert terms.share[0].tolist() == pytest.approx([0.99 * 0.6 + 0.01 * 0.425, 0.6, 0.6])
    assert terms.rates[0].tolist() == pytest.approx([0.04 * 1.5, 0.01 * 0.8, 0.02 * 1.1 * 0.9])
    assert terms.mean[0].tolist() == [0.0, 0.1, 0.2]
    expected = [[0.04, 0.01, -0.02], [0.01, 0.16, 0.03], [-0.02, 0.03, 0.09]]
    np.testing.assert_allclose(terms.covariance[0], expected, rtol=1e-12)
    assert terms.order_value[0].tolist() == pytest.approx([log(40.0), 0.25])
    assert terms.cost.tolist() == [100.0]
    assert terms.caps.tolist() == [8.0, 4.0, 5.0]
    assert (terms.out_click, terms.out_convert, terms.view_campaign_sd) == (0.5, 0.1, 0.2)


@pytest.mark.parametrize(
    ("day", "quarters"),
    [
        (date(2025, 1, 1), 0),
        (date(2025, 12, 31), 0),
        (date(2026, 3, 31), 0),
        (date(2026, 4, 1), 1),
        (date(2027, 1, 1), 4),
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


def test_two_countries_have_the_mean_of_the_log_effects_of_those_that_are_known(field):
    """Germany .8 and Austria 1.5, together the root of their product; of Germany and France only Germany was seen."""
    clicks = [of(field, market=market).rates[0, 1] for market in ("DE+AT", "DE+FR", "FR", "AT")]
    assert clicks == pytest.approx([0.01 * sqrt(0.8 * 1.5), 0.008, 0.01, 0.015])


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
    terms = inputs_of(briefs({"creator_id": "ben"}, {}, {"creator_id": "eva", "cost": 7.0}), field)
    assert terms.mean[:, 0].tolist() == [0.3, 0.0, 0.9]
    some = terms.take(slice(1, 3))
    assert len(some) == 2
    assert some.cost.tolist() == [100.0, 7.0]
    assert some.caps.tolist() == terms.caps.tolist()


def test_effects_and_impressions_of_known_briefs_add_up(field):
    known = known_of(briefs({}, {"deliverable": "story"}), field)
    assert log_effects(known, field.benchmark_levels, "views").tolist() == pytest.approx([log(2), log(1)])
    assert log_effects(known, field.benchmark_levels, "nothing").tolist() == [0.0, 0.0]
    assert np.exp(log_impressions(known, field)).tolist() == pytest.approx([20_000.0, 10_000.0])


def test_an_unknown_level_is_no_difference_and_the_fields_level_is_added(field):
    unknown = known_of(briefs({"deliverable": None}), field)
    assert log_effects(unknown, field.benchmark_levels, "views").tolist() == pytest.approx([log(2)])
    facts = field.field_facts.with_columns(
        value=pl.when(pl.col("name") == "view_level").then(-0.5).otherwise(pl.col("value"))
    )
    low = StoredBasis(**vars(field) | {"field_facts": facts})
    assert log_impressions(unknown, low).tolist() == pytest.approx([log(20_000) - 0.5])
