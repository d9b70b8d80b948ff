"""Define the judgement's terms and the library's metrics, as the help text beside them."""

from fit.locale import _, phrase
from fit.metrics import METRICS

TERMS = {
    "payoff": phrase(
        "What the same money buys with this creator, 1 = at market price: people reached in the market for awareness, "
        "purchases for conversion."
    ),
    "expected_outcome": phrase(
        "What one standard deliverable brings in your markets at the creator's price: purchases for conversion, people "
        "reached for awareness."
    ),
    "market_price": phrase("The median of what this store's campaigns paid for an expected impression."),
    "index": phrase(
        "A creator's rate against comparable campaigns, corrected for where the audience lives: 100 is a typical "
        "creator, 120 a fifth above."
    ),
    "interval": phrase("In 8 of 10 cases the true value lies between its ends."),
    "evidence": phrase(
        "How many events' worth the data count for: one campaign counts for a few, however big, because the next one "
        "differs by more than counting luck."
    ),
    "coverage": phrase("The part of an audience that a source lists; the rest is unknown and is never shared out."),
    "unknown_share": phrase("The part of the audience of which no source says where it lives."),
    "audience_share": phrase("Part of the whole audience, listed and unknown, that lives in this country."),
    "target_overlap": phrase("Sum of the smaller of weight and share per market, for plans with quotas per country."),
    "weighted_share": phrase("In-market share in which a country counts by what it is worth to you."),
    "role": phrase(
        "What to book a creator for: conversion where clicks and purchases are stronger than engagement, awareness "
        "where they are weaker. Balanced, pilot first and not for this market are answers too."
    ),
    "p_conversion": phrase("How likely conversion is the creator's stronger side, from the three indices."),
    "p_top_3": phrase("How likely the creator is among the best three of this brief."),
    "pilot": phrase("One small booking that tracks what is not known yet, before a larger one."),
    "benchmark_rate": phrase("What a typical creator gets on such a campaign: platform, deliverable, topic, market."),
    "geography_factor": phrase("How much of the typical rate is left where part of the audience lives elsewhere."),
    "audience_type": phrase("Who was counted: viewers are read before followers, followers before likers."),
    "attribution_window_days": phrase("How many days after a click an order still counts for the campaign."),
    "generation": phrase("What one load made of all files; the newest counts, earlier ones can be gone back to."),
    "cost_per_expected_sale": phrase("Cost over the mean number of purchases of all futures."),
}


def explained(name: str) -> str | None:
    """What a term, a metric or a column means, as help where it stands; None for a plain word.

    name: as code and files have it, such as in_market_share or clicks.
    """
    if name in TERMS:
        return _(TERMS[name])
    metric = METRICS.get(name)
    if metric is None:
        return None
    if not metric.formula:
        return _(metric.definition)
    return _("{definition} Computed: {formula}.").format(definition=_(metric.definition), formula=_(metric.formula))
