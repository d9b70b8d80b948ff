"""Is a rule said in words, and one that nothing could be checked by never made?"""

import pytest

from fit.agreement.rule import DeliverableRule, Limit, Rule, rule_words
from fit.locale.formats import speaking

LEAST, MOST = Limit.AT_LEAST, Limit.AT_MOST
HALF = Rule("clicks", LEAST, share_of_target=0.5, after_days=7)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (HALF, "clicks at least 50\u00a0% of target after 7 days"),
        (Rule("clicks", LEAST, share_of_target=1 / 3, after_days=1),
         "clicks at least 33.3333333333\u00a0% of target after 1 day"),
        (Rule("clicks", LEAST, value=12_345.0), "clicks at least 12,345"),
        (Rule("engagement_rate", LEAST, value=0.0125), "engagement rate at least 1.25\u00a0%"),
        (Rule("engagement_rate", LEAST, share_of_target=0.07),
         "engagement rate at least 7\u00a0% of target"),
        (Rule("cost_per_click", MOST, value=2.5), "cost per click at most 2.5 EUR"),
        (DeliverableRule("story", MOST, 0), "no deliverable of the kind story"),
        (DeliverableRule("story", MOST, 2), "at most 2 x story"),
        (DeliverableRule("reel", LEAST, 1), "at least 1 x reel"),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_words_with_every_digit(rule, text):
    assert rule_words(rule, "EUR") == text


def test_a_rule_is_said_in_the_signs_of_the_reader():
    with speaking("de-DE"):
        assert rule_words(Rule("clicks", LEAST, value=12_345.5), None) == "clicks at least 12.345,5"


@pytest.mark.parametrize(
    "made",
    [
        lambda: Rule("charm", LEAST, value=1.0),
        lambda: Rule("clicks", LEAST),
        lambda: Rule("clicks", LEAST, share_of_target=0.5, value=1.0),
        lambda: Rule("clicks", LEAST, share_of_target=0.0),
        lambda: Rule("clicks", LEAST, share_of_target=50.0),
        lambda: Rule("clicks", LEAST, value=-1.0),
        lambda: Rule("click_rate", LEAST, value=1.1),
        lambda: Rule("clicks", LEAST, value=1.0, after_days=0),
        lambda: DeliverableRule("", MOST, 1),
        lambda: DeliverableRule("story", MOST, -1),
    ],
)
def test_a_rule_that_no_check_could_use_cannot_be_made(made):
    with pytest.raises(ValueError, match=r"metric|share|value|after_days|kind"):
        made()
