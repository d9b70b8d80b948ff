"""Suggest how a wish of one side could be put to the other, by rules, never in the place of what was said.

"Keep it authentic" has a suggestion for the brand, "500 clicks" one for the creator. A suggestion says the same wish or
nothing: a sentence that refuses something, and a brand that asks for control, get none but what was written for just
that. What both write themselves takes its place.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from fit.agreement import Agreement, Side, Wording
from fit.locale import _, phrase
from fit.metrics import METRICS


@dataclass(frozen=True)
class Phrase:
    """hears: words of which one stands in what the side says; means: the same for the other side; refuses: for a
    sentence that says no to what it hears."""

    side: Side
    hears: tuple[str, ...]
    means: str
    refuses: bool = False


# The first phrase that hears one of its words counts. What a brand says of a metric is in fit/metrics/metrics.toml.
PHRASES = (
    Phrase(
        Side.CREATOR, ("script", "scripts", "scripted"),
        phrase("Brief the facts and the goal; the creator writes the sentences."), refuses=True,
    ),
    Phrase(
        Side.CREATOR, ("discount", "discounts", "discount code", "discount codes"),
        phrase("Count sales by link instead of by code."), refuses=True,
    ),
    Phrase(
        Side.CREATOR, ("hard sell", "salesy", "pushy", "sales talk"),
        phrase("Let the product be shown in use, without urging anybody to buy."), refuses=True,
    ),
    Phrase(
        Side.CREATOR, ("own words", "my words"),
        phrase("Brief the facts and the goal; the creator writes the sentences."),
    ),
    Phrase(
        Side.CREATOR, ("creative control", "creative freedom", "free hand"),
        phrase("Agree on message, facts and dates; idea, cut and words are decided by the creator."),
    ),
    Phrase(
        Side.CREATOR, ("authentic", "authenticity", "be myself", "my voice", "my style", "honest", "genuine"),
        phrase("The creator shows followers what they genuinely find interesting about this product."),
    ),
    Phrase(
        Side.CREATOR, ("trust of my audience", "my audience's trust", "my audience trusts me", "my followers trust me"),
        phrase("Nothing that the audience would feel misled by."),
    ),
    Phrase(
        Side.CREATOR, ("grow my audience", "grow my channel", "new followers"),
        phrase("New people should find the creator through this, too."),
    ),
    Phrase(
        Side.CREATOR, ("long term", "long-term"),
        phrase("If both are content, plan the next campaign together instead of starting anew."),
    ),
    Phrase(
        Side.CREATOR, ("fair pay", "paid fairly", "paid on time", "payment on time"),
        phrase("Pay the agreed fee on the agreed day."),
    ),
    Phrase(
        Side.CREATOR, ("enough time", "more time", "tight deadline", "tight deadlines"),
        phrase("Send samples and facts early, so that there is time to make it well."),
    ),
    Phrase(
        Side.BRAND, ("orders", "sales", "sell", "purchases", "buy"),
        phrase("Those of your audience for whom it is right should find it easy to try and to buy."),
    ),
)  # fmt: skip
REFUSALS = ("no", "not", "never", "without", "nothing", "none", "nobody", "cannot", "don't", "doesn't", "won't")
# Words by which a brand asks for control, by their beginnings: softer words for that would say something else.
CONTROL = (
    "approv", "sign off", "sign-off", "signoff", "draft", "review", "we check", "check every", "check all", "veto",
    "before it goes live", "before post", "before you post", "script", "caption", "wording", "exclusiv", "competit",
    "rights", "must",
)  # fmt: skip


@cache
def phrases() -> tuple[Phrase, ...]:
    """The whole book: for the brand every metric by its names, the longest first, then the phrases above."""
    named = [
        (name, metric.creator_words)
        for metric in METRICS.values()
        for name in {
            metric.label.lower(),
            metric.name.replace("_", " "),
            *(a.replace("_", " ") for a in metric.aliases),
        }
    ]
    of_metrics = [
        Phrase(Side.BRAND, (name,), said) for name, said in sorted(named, key=lambda pair: (-len(pair[0]), pair[0]))
    ]
    return (*of_metrics, *PHRASES)


def suggested(side: Side, said: str) -> str:
    """How a wish of a side could be put to the other; empty where the phrase book knows nothing that says the same."""
    heard = said.casefold().replace("\u2019", "'")
    if side == Side.BRAND and any(re.search(rf"\b{re.escape(start)}", heard) for start in CONTROL):
        return ""
    refuses = _names(heard, REFUSALS)
    for one in phrases():
        if (one.side, one.refuses) == (side, refuses) and _names(heard, one.hears):
            return _(one.means)
    return ""


def _names(heard: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", heard) for word in words)


def agreed_wording(agreement: Agreement, side: Side, said: str) -> str:
    """The words that both wrote for what a side said; empty while they have not."""
    return next((one.means for one in agreement.wordings if (one.side, one.said) == (side, said)), "")


def with_wording(agreement: Agreement, side: Side, said: str, means: str) -> Agreement:
    """The agreement with other words for what a side said; an empty text takes them away."""
    others = tuple(one for one in agreement.wordings if (one.side, one.said) != (side, said))
    own = means.strip()
    return replace(agreement, wordings=(*others, *((Wording(side, said, own),) if own else ())))
