"""Is a strength said as a difference that a board understands, and with its range?"""

import pytest

from fit.model import StageStrength
from fit.story.compared import compared, compared_cell, compared_title, most_telling, strengths_title, tick_words


def strength(index, low, high, *, count=12):
    return StageStrength(index, low, high, 0.9, count, 5.0, measured=count > 0)


@pytest.mark.parametrize(
    ("one", "sentence", "title", "cell"),
    [
        (
            strength(160, 112, 230),
            "60 % more purchases per click than similar creators (12 to 130 % more)",
            "60 % more purchases per click than usual",
            "+60 % (+12 to +130 %), 12 campaigns",
        ),
        (
            strength(303, 218, 422, count=1),
            "3 times the purchases per click of similar creators (2.2 to 4.2 times)",
            "3 times the usual purchases per click",
            "3 times (2.2 to 4.2), 1 campaign",
        ),
        (
            strength(80, 56, 114, count=3),
            "20 % fewer purchases per click than similar creators (\u221244 to +14 %)",
            None,
            "\u221220 % (\u221244 to +14 %), 3 campaigns",
        ),
        (
            strength(100, 62, 162, count=0),
            "as many purchases per click as similar creators (\u221238 to +62 %)",
            None,
            "not measured; likely \u221238 to +62 %",
        ),
    ],
)
def test_a_strength_is_a_difference_from_similar_creators(one, sentence, title, cell):
    assert compared(one, "convert").replace("\u00a0", " ") == sentence
    assert compared_cell(vars(one)).replace("\u00a0", " ") == cell
    if title:
        assert compared_title(one, "convert").replace("\u00a0", " ") == title


def test_engagement_is_less_where_clicks_are_fewer():
    said = {
        (stage, index): compared(strength(index, 62, 162), stage).replace("\u00a0", " ").partition(" than")[0]
        for stage in ("engage", "click")
        for index in (80, 100)
    }
    assert said == {
        ("engage", 80): "20 % less engagement",
        ("engage", 100): "as much engagement as similar creators (\u221238 to +62 %)",
        ("click", 80): "20 % fewer clicks",
        ("click", 100): "as many clicks as similar creators (\u221238 to +62 %)",
    }


def test_what_says_most_for_the_goal_is_told_first():
    stages = {
        "engage": strength(150, 120, 180),
        "click": strength(140, 110, 170),
        "convert": strength(120, 90, 150),
    }
    assert most_telling(stages, "conversion") == ("click", stages["click"])
    assert most_telling(stages, "awareness") == ("engage", stages["engage"])
    assert most_telling({key: strength(90, 60, 120) for key in stages}, "awareness") is None


@pytest.mark.parametrize(
    ("click", "title"),
    [
        (strength(160, 112, 230), "Ada: 60 % more clicks than usual"),
        (strength(153, 98, 239), "Ada: probably 53 % more clicks than usual"),
        (strength(115, 80, 160), "Ada is about as strong as similar creators"),
        (strength(70, 48, 103), "Ada: probably 30 % fewer clicks than usual"),
        (strength(60, 40, 88), "Ada: 40 % fewer clicks than usual"),
        (strength(100, 53, 190, count=0), "No results for Ada yet"),
    ],
)
def test_a_title_says_probably_where_the_usual_is_likely_too(click, title):
    unknown = strength(100, 53, 190, count=0)
    stages = {"engage": unknown, "click": click, "convert": unknown}
    assert strengths_title("Ada", stages, "conversion").replace("\u00a0", " ") == title


def test_an_axis_is_marked_in_words():
    assert [tick_words(index) for index in (25, 50, 100, 200, 400)] == [
        "a quarter", "half", "as usual", "2 times", "4 times",
    ]  # fmt: skip
