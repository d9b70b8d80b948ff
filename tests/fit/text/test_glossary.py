"""Are terms explained where they stand, each in a sentence, and metrics as their library has them?"""

import pytest

from fit.metrics.library import METRICS
from fit.text.glossary import TERMS, explained
from tests.pages.driver import opened, troubles


def test_a_term_a_metric_and_a_plain_word():
    assert explained("coverage") == TERMS["coverage"]
    assert explained("followers") == METRICS["followers"].definition
    assert explained("click_rate") == (
        "Part of the displays that led to a click; also called click-through rate. Computed: clicks / impressions."
    )
    assert explained("file_name") is None


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_explained_in_sentences_and_only_here(term):
    assert TERMS[term].endswith(".")
    assert term not in METRICS


@pytest.mark.parametrize(
    ("page", "term"),
    [("shortlist", "expected_outcome"), ("audience_geography", "in_market_share"), ("natural_strength", "index"),
     ("recommended_role", "role")],
)  # fmt: skip
def test_a_page_explains_the_term_that_it_is_about(demo_store, monkeypatch, page, term):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    app = opened(page, market="DE-1")
    assert troubles(app) == []
    assert app.header[0].proto.help == explained(term)


def test_a_target_is_explained_beside_its_field(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    app = opened("recommended_role", market="DE-1", creator="demo-001", target="clicks-100")
    assert app.number_input(key="line_target_clicks").help == explained("clicks")
