"""Is what is suggested for a wish the same wish, and never its opposite?"""

import re

import pytest

from fit.agreement.agreement import Agreement, Side, Wording
from fit.conversation.phrase_book import agreed_wording, suggested, with_wording
from fit.metrics import METRICS

EMPTY = Agreement("ada", (("DE", 1.0),))
SENTENCES = "Brief the facts and the goal; the creator writes the sentences."


@pytest.mark.parametrize(
    ("side", "said", "means"),
    [
        (Side.CREATOR, "Keep it authentic",
         "The creator shows followers what they genuinely find interesting about this product."),
        (Side.CREATOR, "no scripted captions", SENTENCES),
        (Side.CREATOR, "We don\u2019t read scripts", SENTENCES),
        (Side.CREATOR, "In my own words", SENTENCES),
        (Side.CREATOR, "no discount codes", "Count sales by link instead of by code."),
        (Side.BRAND, "500 clicks", "Those who got curious should find the way to the product easily."),
        (Side.BRAND, "increase awareness by 30 %",
         "We want your audience to see the product and understand what makes it different."),
    ],
)  # fmt: skip
def test_a_wish_in_the_other_sides_words(side, said, means):
    assert suggested(side, said) == means


@pytest.mark.parametrize(
    ("side", "said"),
    [
        (Side.BRAND, "We approve every caption"),
        (Side.BRAND, "Posts on time, we see the draft before it goes live"),
        (Side.BRAND, "Keep to our brand guidelines"),
        (Side.BRAND, "Reach and clicks after our sign-off"),
        (Side.BRAND, "Impressions do not matter, only who buys"),
        (Side.CREATOR, "4 posts and 3 stories, answers to questions in 48 hours"),
        (Side.CREATOR, "A discount code for my people"),
        (Side.CREATOR, "I am fine with scripted captions"),
        (Side.CREATOR, "I will never work with you again"),
        (Side.CREATOR, "No paid ads with my face"),
        (Side.CREATOR, "500 clicks"),
        (Side.CREATOR, "timeless"),
        (Side.BRAND, "whatever"),
    ],
)
def test_nothing_is_suggested_that_would_say_something_else(side, said):
    assert suggested(side, said) == ""


def test_what_both_write_counts_until_it_is_taken_away():
    said, own = "Keep it authentic", "She only shows what she uses."
    agreed = with_wording(EMPTY, Side.CREATOR, said, f" {own} ")
    assert agreed.wordings == (Wording(Side.CREATOR, said, own),)
    assert (agreed_wording(agreed, Side.CREATOR, said), agreed_wording(agreed, Side.BRAND, said)) == (own, "")
    assert with_wording(agreed, Side.CREATOR, said, " ") == EMPTY


def test_no_words_of_the_library_name_a_number_that_is_not_the_target():
    named = [metric.name for metric in METRICS.values() if re.search(r"\d\s*%", metric.brand_words)]
    assert named == []
