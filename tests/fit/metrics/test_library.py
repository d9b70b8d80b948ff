"""Does the metric library name every metric once, with all that two sides need to agree on it?"""

import json

import pytest

from fit.__main__ import main
from fit.forecast.simulate import FORECAST_METRICS as FORECAST
from fit.forecast.simulate import draw
from fit.forecast.summary import TARGETS
from fit.metrics.library import (
    METRICS,
    Control,
    FunnelStage,
    LibraryError,
    Metric,
    MetricKind,
    Unit,
    UnknownMetric,
    metric,
    named_metric,
    read_library,
)
from tests.fit.forecast.inputs import inputs

PROMISED = (
    "followers reach impressions engagements engagement_rate clicks click_rate conversions conversion_rate revenue "
    "return_on_ad_spend thoughtful_replies_48h in_market_impressions frequency cost_per_thousand_impressions "
    "cost_per_click cost_per_conversion order_value in_market_share in_market_reach in_market_cpm"
)


SMALL = """[replies]
label = "replies"
definition = "Comments that the creator answered."
stage = "engagement"
kind = "leading"
controlled_by = "creator"
unit = "count"
measured = "Counted by both sides."
brand_words = "We want answers."
creator_words = "Answer the people who ask you something."
"""


@pytest.mark.parametrize(
    "whole",
    [
        Metric(
            name="followers_gained",
            label="followers gained",
            definition="Accounts that began to follow the creator during the campaign, less those that left.",
            formula="followers at the end - followers at the start",
            stage=FunnelStage.AWARENESS, kind=MetricKind.OUTPUT, controlled_by=Control.CREATOR, unit=Unit.COUNT,
            lower_is_better=False, is_forecast=False,
            measured="The creator's insights at the start and at the end of the campaign.",
            brand_words="The creator's audience grows along with ours.",
            creator_words="The content should bring you people who stay with you after the campaign.",
            aliases=("audience_growth", "follower_growth"),
        ),
        Metric(
            name="comments",
            label="comments",
            definition="Comments below the content, the creator's own left out.",
            formula="",
            stage=FunnelStage.ENGAGEMENT, kind=MetricKind.OUTPUT, controlled_by=Control.CREATOR, unit=Unit.COUNT,
            lower_is_better=False, is_forecast=False,
            measured="The platform's insights of each deliverable.",
            brand_words="We want conversation around the product.",
            creator_words="Ask your audience something that it likes to answer.",
            aliases=(),
        ),
        Metric(
            name="cost_per_conversion",
            label="cost per purchase",
            definition=(
                "What one order costs. Without an order it has no value, so the chance of none is shown with it."
            ),
            formula="cost / conversions",
            stage=FunnelStage.CONVERSION, kind=MetricKind.OUTCOME, controlled_by=Control.BOTH, unit=Unit.AMOUNT,
            lower_is_better=True, is_forecast=True,
            measured="The agreed price and the orders within the window.",
            brand_words="A sale may cost us so much.",
            creator_words="Your price should be fair for both of us; this is how we compare it.",
            aliases=("cpa", "cost_per_order", "cost_per_purchase"),
        ),
    ],
    ids=lambda whole: whole.name,
)  # fmt: skip
def test_a_metric_of_each_stage_is_read_whole(whole):
    assert METRICS[whole.name] == whole


def test_a_library_file_is_read_in_its_order_and_what_it_leaves_out_is_blank_or_false():
    text = SMALL + SMALL.replace("[replies]", "[answers]")
    assert list(read_library(text)) == ["replies", "answers"]
    assert read_library(text)["replies"] == Metric(
        name="replies", label="replies", definition="Comments that the creator answered.", formula="",
        stage=FunnelStage.ENGAGEMENT, kind=MetricKind.LEADING, controlled_by=Control.CREATOR, unit=Unit.COUNT,
        measured="Counted by both sides.", brand_words="We want answers.",
        creator_words="Answer the people who ask you something.",
        lower_is_better=False, is_forecast=False, aliases=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('"leading"', '"early"', "replies.kind is 'early'; it is one of output, outcome, leading"),
        ('"count"', '"pieces"', "replies.unit is 'pieces'; it is one of count, rate, amount, ratio"),
        ('"count"', "[]", "replies.unit is []; it is one of count, rate, amount, ratio"),
        ('"engagement"', '"engage"', "replies.stage is 'engage'; it is one of awareness, engagement, conversion"),
        ('"creator"', '"luck"', "replies.controlled_by is 'luck'; it is one of creator, brand, both, neither"),
        ('measured = "Counted by both sides."\n', "", "metric replies lacks measured"),
        ("[replies]\n", "[empty]\n[replies]\n", "metric empty lacks label, definition, stage, kind, controlled_by, "
         "measured, unit, brand_words, creator_words"),
        ('"replies"', '" "', "replies.label is ' '; text that is not blank is needed"),
        ('"replies"', "7", "replies.label is 7; text that is not blank is needed"),
        ("[replies]", '[replies]\naliases = "answers"', "replies.aliases is 'answers'; a list of texts is needed"),
        ("[replies]", "[replies]\naliases = [1]", "replies.aliases is [1]; a list of texts is needed"),
        ("[replies]", "[replies]\nis_forecast = 1", "replies.is_forecast is 1; true or false is needed"),
        ("[replies]", '[replies]\nwords = "a"', "metric replies has unknown fields: words"),
        ("[replies]", "replies = 1\n[more]", "replies is no table: write [replies] and its fields below"),
        ("[replies]", "[replies", "the metric library is no TOML file: Expected ']' at the end of a table declaration "
         "(at line 1, column 9)"),
    ],
)  # fmt: skip
def test_a_broken_library_file_is_refused_with_the_metric_and_the_field(right, wrong, message):
    with pytest.raises(LibraryError) as refused:
        read_library(SMALL.replace(right, wrong, 1))
    assert str(refused.value) == message


def test_every_promised_name_is_there_with_a_fixed_kind_unit_stage_and_owner():
    assert set(PROMISED.split()) <= set(METRICS)
    found = {tuple(map(type, (one.stage, one.kind, one.unit, one.controlled_by)))
             for one in METRICS.values()}  # fmt: skip
    assert found == {(FunnelStage, MetricKind, Unit, Control)}


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


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Reach", "reach"), ("click", "clicks"), ("Link  clicks", "clicks"),
     ("CPM", "cost_per_thousand_impressions"),
     ("Save", "saves"), ("Thank-you notes", None), ("", None)],
)  # fmt: skip
def test_a_typed_name_is_a_library_metric_in_any_case_and_number(typed, name):
    found = named_metric(typed)
    assert (found.name if found else None) == name


def test_the_library_says_of_exactly_those_metrics_that_are_drawn_that_a_forecast_knows_them():
    marked = {name for name, one in METRICS.items() if one.is_forecast}
    assert marked == set(draw(inputs(9.0, 0.5, 0.5, 3.0), 10)) == set(TARGETS)
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
    assert listed[0] == {
        "name": "followers",
        "label": "followers",
        "definition": "Accounts that follow the creator. Other tools call the sum of them reach; here it never is.",
        "formula": "",
        "stage": "awareness",
        "kind": "output",
        "controlled_by": "neither",
        "measured": "The creator's profile on the day that the file names.",
        "unit": "count",
        "lower_is_better": False,
        "is_forecast": False,
        "brand_words": "We look for a creator of a certain size.",
        "creator_words": "We look for somebody whom a certain number of people follow.",
        "aliases": [],
    }
