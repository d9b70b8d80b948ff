"""Does the metric library name every metric once, with all that two sides need to agree on it?"""

import json

import pytest

from fit.__main__ import main
from fit.forecast.simulate import FORECAST_METRICS as FORECAST
from fit.forecast.simulate import draw
from fit.forecast.summary import TARGETS
from fit.metrics.library import CONTROL, KINDS, METRICS, STAGES, UNITS, UnknownMetric, metric
from tests.fit.forecast.test_simulate import terms

PROMISED = (
    "followers reach impressions engagements engagement_rate clicks click_rate conversions conversion_rate revenue "
    "return_on_ad_spend thoughtful_replies_48h in_market_impressions frequency cost_per_thousand_impressions "
    "cost_per_click cost_per_conversion order_value in_market_share in_market_reach in_market_cpm"
)


def test_every_promised_name_is_there_with_a_fixed_kind_unit_stage_and_owner():
    assert set(PROMISED.split()) <= set(METRICS)
    found = {(one.stage in STAGES, one.kind in KINDS, one.unit in UNITS, one.controlled_by in CONTROL)
             for one in METRICS.values()}  # fmt: skip
    assert found == {(True, True, True, True)}


@pytest.mark.parametrize("one", METRICS.values(), ids=METRICS)
def test_a_metric_is_said_in_sentences_and_in_the_words_of_both_sides(one):
    sentences = (one.definition, one.measured, one.brand_words, one.creator_words)
    assert [text for text in sentences if not text.endswith(".") or not text[0].isupper() or len(text) < 12] == []
    assert one.brand_words != one.creator_words
    assert one.label
    assert one.label.strip() == one.label


def test_no_name_alias_or_label_means_two_metrics():
    called = [
        name for one in METRICS.values() for name in {one.name, one.label, one.label.replace(" ", "_"), *one.aliases}
    ]
    assert {name for name in called if called.count(name) > 1} == set()
    assert [name for name in called if name != name.lower()] == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("cpm", "cost_per_thousand_impressions"),
        ("ROAS", "return_on_ad_spend"),
        (" ctr ", "click_rate"),
        ("click-through rate", "click_rate"),
        ("purchases per click", "conversion_rate"),
        ("Thoughtful replies in 48 hours", "thoughtful_replies_48h"),
        ("in_market_cpm", "in_market_cpm"),
    ],
)
def test_what_people_call_a_metric_leads_to_it(said, name):
    assert metric(said) is METRICS[name]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("clikcs", "'clikcs' is no metric of the library. The nearest are clicks"),
        ("xyzzy", "'xyzzy' is no metric of the library. `python -m fit metrics` lists all"),
        ("EMV", "'EMV' is never computed: its price lists differ tenfold. Choose reach, clicks or revenue."),
        ("", "'' is no metric of the library."),
    ],
)
def test_an_unknown_metric_is_refused_with_the_nearest_names(said, words):
    with pytest.raises(UnknownMetric) as refused:
        metric(said)
    assert str(refused.value).startswith(words)


def test_the_library_says_of_exactly_those_metrics_that_are_drawn_that_a_forecast_knows_them():
    marked = {name for name, one in METRICS.items() if one.is_forecast}
    assert marked == set(draw(terms(9.0, 0.5, 0.5, 3.0), 10)) == set(TARGETS)
    assert set(FORECAST) <= set(TARGETS)


def test_what_is_cheaper_is_better_and_is_money():
    assert {name for name, one in METRICS.items() if one.lower_is_better} == {
        name for name, one in METRICS.items() if "cost" in one.label
    }
    assert {METRICS[name].unit for name in METRICS if METRICS[name].lower_is_better} == {"amount"}


def test_the_library_is_listed_for_people_and_for_programs(capsys):
    assert main(["metrics"]) == 0
    said = capsys.readouterr().out
    assert "clicks: conversion, outcome, controlled by both, count, forecast" in said
    assert main(["metrics", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["metrics"]
    assert [one["name"] for one in listed] == list(METRICS)
    assert listed[0]["definition"] == METRICS["followers"].definition
