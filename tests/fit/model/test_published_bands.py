"""Are the published ranges those that the judgement starts from, and do own data stand beside them?"""

import polars as pl
import pytest

from fit.model import benchmark
from fit.model.deliverables import CLICK_RATE_TO_POST
from fit.model.published_bands import BANDS, OWN, OwnFigure, own_figures

BY_NAME = {band.name: band for band in BANDS}
LEVELS = pl.DataFrame(
    [
        ("convert", "quarter", "8100", 1.0, 3, 5, 40),
        ("click", "quarter", "8100", 1.0, 3, 5, 400),
        ("click", "quarter", "8101", 1.1, 3, 5, 200),
        ("click", "deliverable", "story", 1.5, 2, 2, 60),
    ],
    schema=["stage", "factor", "level", "effect", "count_creators", "count_campaigns", "count_events"],
    orient="row",
)
FACTS = {"base_convert": 0.02, "base_click": 0.01, "base_engage": 0.04}


@pytest.mark.parametrize(
    ("name", "constant"),
    [
        ("clicks_of_story", pytest.approx(benchmark.CLICKS_OF_REST * CLICK_RATE_TO_POST["story"])),
        ("clicks_of_youtube", benchmark.CLICKS_OF_YOUTUBE),
        ("clicks_of_rest", benchmark.CLICKS_OF_REST),
        ("orders_of_clicks", benchmark.ORDERS_OF_CLICKS),
    ],
)
def test_the_judgement_starts_from_the_bands_that_are_shown(name, constant):
    assert BY_NAME[name].rate == constant


def test_every_band_has_a_source_and_a_grade_and_only_rates_have_a_prior():
    assert all(band.source and band.published for band in BANDS)
    assert {band.grade[0] for band in BANDS} == {"A", "B", "C"}
    assert [band.name for band in BANDS if band.prior] == list(OWN)[:4]
    assert set(OWN) <= set(BY_NAME)


def test_own_data_stand_beside_the_bands_and_outweigh_them_above_their_weight():
    assert own_figures(FACTS, LEVELS) == {
        "orders_of_clicks": OwnFigure(0.02, 40, 5),
        "clicks_of_story": OwnFigure(0.015, 60, 2),
        "clicks_of_rest": OwnFigure(0.01, 600, 10),
        "clicks_of_youtube": OwnFigure(None, 0, 0),
        "engagements_of_impressions": OwnFigure(None, 0, 0),
    }
    assert [OwnFigure(0.1, 9, n).outweighs for n in (0, 2, 3)] == [False, False, True]


def test_an_empty_field_says_not_measured():
    assert {figure.rate for figure in own_figures(FACTS, LEVELS.clear()).values()} == {None}
