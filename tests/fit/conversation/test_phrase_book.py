"""Is what one side says said in the other's words, by rules that both may rewrite?"""

import re

import pytest

from fit.agreement.agreement import Agreement, Side, Wording
from fit.conversation.phrase_book import translated, with_wording, wording
from fit.metrics import METRICS

EMPTY = Agreement("ada", (("DE", 1.0),))


@pytest.mark.parametrize(
    ("side", "said", "means"),
    [
        (Side.CREATOR, "Keep it authentic",
         "The creator shows followers what they genuinely find interesting about this product."),
        (Side.CREATOR, "no scripted captions",
         "Brief the facts and the goal; the sentences are the creator's, and the brand checks facts only."),
        (Side.BRAND, "500 clicks", "Those who got curious should find the way to the product easily."),
        (Side.BRAND, "increase awareness by 30 %",
         "We want your audience to see the product and understand what makes it different."),
        (Side.CREATOR, "500 clicks", ""),
        (Side.BRAND, "whatever", ""),
        (Side.CREATOR, "timeless", ""),
    ],
)  # fmt: skip
def test_both_ways(side, said, means):
    assert translated(side, said) == means


def test_own_words_take_the_place_of_the_books_until_they_are_taken_away():
    said, own = "Keep it authentic", "She only shows what she uses."
    agreed = with_wording(EMPTY, Side.CREATOR, said, f" {own} ")
    assert agreed.wordings == (Wording(Side.CREATOR, said, own),)
    assert (wording(agreed, Side.CREATOR, said), wording(agreed, Side.BRAND, said)) == (own, "")
    for nothing in ("", translated(Side.CREATOR, said)):
        assert with_wording(agreed, Side.CREATOR, said, nothing) == EMPTY


def test_no_words_of_the_library_name_a_number_that_is_not_the_target():
    named = [metric.name for metric in METRICS.values() if re.search(r"\d\s*%", metric.brand_words)]
    assert named == []
