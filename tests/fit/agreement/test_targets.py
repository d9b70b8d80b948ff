"""Does each line of a brief say how likely it is, and warn where it is a hope or out of the creator's hands?"""

from dataclasses import replace

import numpy as np
import pytest

from fit.agreement.agreement import AgreementError, Insight, MetricLine
from fit.agreement.brief import brand_document, brief_json, suggested_reason, two_sided
from fit.agreement.creator_brief import creator_document
from fit.agreement.creator_context import read_creator_context
from fit.agreement.targets import targets_with_chance, with_canonical_names, with_forecast_targets
from fit.text import words
from fit.text.markdown import as_markdown
from tests.agreements import DAY, agreement

OF_DEMO = {"creator": "demo-001"}


@pytest.fixture(scope="session")
def ground(ask_demo):
    return read_creator_context(ask_demo, agreement(**OF_DEMO), DAY)


def one(ground, **line: object):
    (found,) = targets_with_chance(agreement(metrics=(MetricLine(**line),)), ground.frozen)
    return found


def test_a_chance_falls_with_its_target_and_a_cost_is_met_from_below(ground):
    chances = [one(ground, name="clicks", side="brand", target=target).p_hit for target in (1, 800, 1e6)]
    assert chances[0] > 0.9 > chances[1] > 0.01 > chances[2] == 0
    cheap, dear = (one(ground, name="cost_per_click", side="brand", target=t).p_hit for t in (0.001, 1e6))
    assert (cheap, dear) == (0, 1)


def test_a_line_under_thirty_percent_is_warned_about_with_its_middle(ground):
    (warning,) = one(ground, name="clicks", side="brand", target=1e6).warnings
    middle = words.measure("clicks", ground.frozen.summary["clicks"]["p50"])
    assert (
        warning
        == f"Clicks: the chance of 1,000,000 or more is under 1 in 20. Half of all cases bring {middle} or more."
    )
    assert one(ground, name="clicks", side="brand", target=1).warnings == ()


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("reach", None, ["Reach: outside the creator's control, the platform and luck have a part in it"]),
        (
            "order_value",
            None,
            ["Average order value: outside the creator's control, the brand's page and offer decide"],
        ),
        ("conversions", None, ["Purchases: an outcome, not something that the creator delivers."]),
        ("conversions", "output", []),
        ("engagements", None, []),
    ],
)
def test_what_the_creator_cannot_control_is_said(ground, name, kind, said):
    warnings = one(ground, name=name, side="creator", target=0.1, kind=kind).warnings
    assert [warning[: len(begin)] for warning, begin in zip(warnings, said, strict=True)] == said


def test_a_metric_that_nobody_forecasts_has_no_chance(ground):
    line = one(ground, name="thoughtful_replies_48h", side="creator")
    assert (line.p_hit, line.p50, line.line.target, line.chance_words) == (None, None, None, "not known")
    assert line.warnings[0] == (
        "Thoughtful replies in 48 hours: there is no target and no forecast. Write down what both would call a success."
    )


def test_names_become_those_of_the_library_and_an_unknown_one_is_refused_with_the_nearest():
    assert with_canonical_names(agreement(metrics=(MetricLine("CTR", "brand"),))).metrics[0].name == "click_rate"
    with pytest.raises(AgreementError, match=r"'clickz' is no metric of the library\. The nearest are"):
        with_canonical_names(agreement(metrics=(MetricLine("clickz", "brand"),)))


def test_a_metric_of_their_own_needs_a_definition_and_a_kind(ground):
    own = MetricLine("honest_captions", "creator", 10.0, "leading", definition="captions that say what did not work")
    assert with_canonical_names(agreement(metrics=(own,))).metrics == (own,)
    assert one(ground, **vars(own)).target_words("EUR") == "10 or more"


def test_the_brands_brief_has_both_columns_and_the_warnings(ground):
    text = as_markdown(brand_document(two_sided(agreement(**OF_DEMO), ground)))
    for said in (
        "## Creator target metrics: what the creator delivers",
        "## Brand success metrics: what we expect of it",
        "| The partnership's goal | people who plan a kitchen see how the drawer system works |",
        "(middle of the forecast)",
        "The creator says: my audience researches a lot before buying (evidence: comments under",
        "**Sample data: everything is invented.**",
    ):
        assert said in text, said


def test_the_creator_is_called_as_the_creator_signs(ground):
    named = two_sided(agreement(**OF_DEMO, creator_name="Mara Kessler"), ground)
    assert brand_document(named).title == "Mara Kessler in Germany and Austria"


def test_the_reason_is_made_of_what_is_known_and_has_no_index(ground):
    said = suggested_reason(agreement(**OF_DEMO), ground)
    assert said == (
        "74 to 81\u00a0% of your audience lives in Germany and Austria. Those who follow your links buy more often "
        "than with similar creators (9 campaigns)."
    )
    nobody = replace(ground, candidate=replace(ground.candidate, in_market_share=None, stages={}))
    assert suggested_reason(agreement(**OF_DEMO), nobody) is None


def test_a_thin_share_and_a_strength_that_may_be_luck_are_no_reason(ground):
    stages = {name: replace(stage, low=min(stage.low, 99.0)) for name, stage in ground.candidate.stages.items()}
    thin = replace(ground.candidate, in_market_share=0.02, in_market_share_upper=0.6, stages=stages)
    assert suggested_reason(agreement(**OF_DEMO), replace(ground, candidate=thin)) is None


def test_a_leading_indicator_that_is_there_is_not_asked_for_again(ground):
    reach = MetricLine("reach", "creator", 10.0)
    leading = MetricLine("thoughtful_replies_48h", "creator", 15.0)
    asked, answered = (
        targets_with_chance(agreement(metrics=lines), ground.frozen)[0].warnings
        for lines in ((reach,), (reach, leading))
    )
    assert "add a leading indicator" in asked[-1]
    assert answered[-1] == "Reach: outside the creator's control, the platform and luck have a part in it."


def test_what_was_written_by_hand_is_kept(ground):
    found = two_sided(agreement(**OF_DEMO, story="Our story.", reason="You asked good questions."), ground)
    assert (found.agreement.story, found.agreement.reason) == ("Our story.", "You asked good questions.")


def test_an_insight_changes_no_number(ground):
    plain, told = (
        brief_json(two_sided(agreement(**OF_DEMO, insights=insights), ground), "brand")
        for insights in ((), (Insight("buys at once", "every comment says so"),))
    )
    assert {**plain, "agreement": None} == {**told, "agreement": None}


def test_a_draft_says_what_is_open(ground):
    bare = agreement(**OF_DEMO, metrics=(), deliverables=(), partnership_goal="", start=None)
    assert [said.partition(".")[0].partition(":")[0] for said in two_sided(bare, ground).warnings] == [
        "The partnership's goal is not written down",
        "No deliverable is named, so nothing can be forecast",
        "The creator has no target metric",
        "The brand has no success metric",
        "The dates are open",
    ]


@pytest.mark.parametrize(
    ("middle", "target"), [(487.3, 490.0), (3.94, 4.0), (0.0, 0.0), (99.6, 100.0), (1_449.0, 1_400.0), (7.0, 7.0)]
)
def test_a_target_that_the_forecast_fills_in_is_whole_and_has_two_digits(ground, middle, target):
    summary = ground.frozen.summary | {"clicks": ground.frozen.summary["clicks"] | {"p50": middle}}
    agreed = agreement(metrics=(MetricLine("clicks", "brand"),))
    (found,) = targets_with_chance(agreed, replace(ground.frozen, summary=summary))
    assert (found.is_filled, found.line.target) == (True, target)
    assert with_forecast_targets(agreed, replace(ground.frozen, summary=summary)).metrics[0].target == target


def test_a_rate_that_the_forecast_fills_in_has_two_digits(ground):
    summary = ground.frozen.summary | {"engagement_rate": ground.frozen.summary["engagement_rate"] | {"p50": 0.01234}}
    agreed = agreement(metrics=(MetricLine("engagement_rate", "creator"),))
    (found,) = targets_with_chance(agreed, replace(ground.frozen, summary=summary))
    assert (found.is_filled, found.line.target) == (True, 0.012)


def test_a_line_is_a_hope_under_30_percent_and_not_at_30(ground):
    """Of 2,000 futures with 0 to 1,999 clicks, 600 bring 1,400 or more: 30 %. One click more is a hope."""
    clicks = np.arange(2_000.0)
    known = replace(ground.frozen)
    known.__dict__["drawn"] = {"clicks": clicks}
    at, above = (
        targets_with_chance(agreement(metrics=(MetricLine("clicks", "brand", t),)), known)[0]
        for t in (1_400.0, 1_401.0)
    )
    assert (at.p_hit, at.warnings) == (0.3, ())
    assert above.p_hit == pytest.approx(0.2995)
    assert above.warnings[0] == ("Clicks: the chance of 1,401 or more is 3 in 10. Half of all cases bring 618 or more.")


def test_the_brands_words_name_no_target_of_another_campaign(ground):
    assert (
        one(ground, name="engagement_rate", side="brand", target=0.057).brand_words == "We need a high engagement rate."
    )


def test_the_line_of_the_last_review_is_for_the_brand_alone(ground):
    brief = two_sided(agreement(**OF_DEMO), ground, last_review="Last review (4 May 2026): not again.")
    assert "> Last review (4 May 2026): not again." in as_markdown(brand_document(brief))
    assert "Last review" not in as_markdown(creator_document(brief))
    assert brief_json(brief, "brand")["last_review"] == "Last review (4 May 2026): not again."
    assert "last_review" not in brief_json(brief, "creator")
