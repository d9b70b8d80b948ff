"""Say what one side wants in the other side's words: a phrase book by rules, which both may rewrite.

"Keep it authentic" is translated for the brand, "500 clicks" for the creator.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from fit.agreement import Agreement, Side, Wording
from fit.locale import _, phrase
from fit.metrics import METRICS


@dataclass(frozen=True)
class Phrase:
    """hears: words of which one stands in what the side says; means: the same for the other side."""

    side: Side
    hears: tuple[str, ...]
    means: str


# The first phrase that hears one of its words counts. What a brand says of a metric is in fit/metrics/metrics.toml.
PHRASES = (
    Phrase(
        Side.CREATOR, ("no script", "scripted", "own words", "my words"),
        phrase("Brief the facts and the goal; the sentences are the creator's, and the brand checks facts only."),
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
        Side.CREATOR, ("trust",),
        phrase("Nothing that the audience would feel misled by: its trust is what the brand's sales come from."),
    ),
    Phrase(
        Side.CREATOR, ("grow", "growth", "new followers"),
        phrase("The brand shows the content on its own channels too, so that new people find the creator."),
    ),
    Phrase(
        Side.CREATOR, ("long term", "long-term", "again", "partner"),
        phrase("If both are content, plan the next campaign together instead of starting anew."),
    ),
    Phrase(
        Side.CREATOR, ("discount", "codes", "hard sell", "salesy", "advert", "pushy"),
        phrase("Measure sales by link instead of by code, and let the product be shown in use."),
    ),
    Phrase(
        Side.CREATOR, ("useful", "helpful", "learn", "ask", "questions", "conversation", "comments"),
        phrase("Count thoughtful replies and saves in the first days: they come before clicks and sales."),
    ),
    Phrase(
        Side.CREATOR, ("fair pay", "paid on time", "payment", "paid"),
        phrase("Fee and day of payment are in the charter; reach and sales do not change them."),
    ),
    Phrase(
        Side.CREATOR, ("time", "deadline", "rush"),
        phrase("Send samples and facts early, and agree on a day for feedback, so that the dates hold."),
    ),
    Phrase(
        Side.BRAND, ("brand safe", "brand safety", "on brand", "guidelines"),
        phrase("Tell us early if something does not fit your audience; we would rather change it than you."),
    ),
    Phrase(
        Side.BRAND, ("deadline", "launch", "on time"),
        phrase("People can buy it from that day on: your post helps them most then."),
    ),
    Phrase(
        Side.BRAND, ("approval", "approve", "sign off"),
        phrase("We check facts only, within an agreed number of days; your words stay yours."),
    ),
    Phrase(
        Side.BRAND, ("orders", "sales", "sell", "purchases", "buy"),
        phrase("Those of your audience for whom it is right should find it easy to try and to buy."),
    ),
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


def translated(side: Side, said: str) -> str:
    """What a side said in the other side's words; empty where the phrase book knows none."""
    heard = said.casefold()
    for one in phrases():
        if one.side == side and any(re.search(rf"\b{re.escape(word)}\b", heard) for word in one.hears):
            return _(one.means)
    return ""


def wording(agreement: Agreement, side: Side, said: str) -> str:
    """The words that both agreed on, else those of the phrase book; empty where there are none."""
    own = next((one.means for one in agreement.wordings if (one.side, one.said) == (side, said)), None)
    return own or translated(side, said)


def with_wording(agreement: Agreement, side: Side, said: str, means: str) -> Agreement:
    """The agreement with other words for what a side said; empty or the phrase book's own words take them away."""
    others = tuple(one for one in agreement.wordings if (one.side, one.said) != (side, said))
    own = means.strip()
    new = () if own in ("", translated(side, said)) else (Wording(side, said, own),)
    return replace(agreement, wordings=(*others, *new))
