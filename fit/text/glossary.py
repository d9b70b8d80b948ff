"""Define the judgement's terms and the library's metrics, as the help text beside them."""

from fit.locale import _, phrase
from fit.metrics import METRICS

TERMS = {
    "payoff": phrase(
        "What the money buys with this creator against the usual price (1 = the same): people reached "
        "for awareness, purchases for conversion."
    ),
    "expected_outcome": phrase(
        "What one standard deliverable brings in your markets at the creator's price: purchases for conversion, people "
        "reached for awareness."
    ),
    "market_price": phrase("The median price of an expected impression in your campaigns."),
    "index": phrase(
        "A creator's rate on comparable campaigns, corrected for where the audience lives: 100 = similar "
        "creators, 120 = a fifth more."
    ),
    "interval": phrase("The true value lies in this range 8 times in 10."),
    "evidence": phrase("How much the data counts for. The weight of any single campaign is capped."),
    "coverage": phrase("The part of an audience that a source lists. The rest is unknown."),
    "unknown_share": phrase("The part of the audience whose country is unknown."),
    "audience_share": phrase("Share of the whole audience that lives in this country."),
    "target_overlap": phrase("Sum of the smaller of weight and share per market, for plans with quotas per country."),
    "weighted_share": phrase("In-market share in which a country counts by what it is worth to you."),
    "role": phrase(
        "What to book a creator for: conversion if clicks and purchases are stronger than engagement, "
        "awareness if they are weaker. Or balanced, test first, not for this market."
    ),
    "p_conversion": phrase("How likely conversion is the creator's stronger side, from the three indices."),
    "p_top_3": phrase("How likely the creator is among the best three for this brief."),
    "pilot": phrase("One small booking that tracks what is not known yet, before a larger one."),
    "benchmark_rate": phrase("What similar creators get on such a campaign: same platform, format, topic and market."),
    "geography_factor": phrase("How much of the usual rate is left where part of the audience lives elsewhere."),
    "audience_type": phrase("Who was counted: viewers are read before followers, followers before likers."),
    "attribution_window_days": phrase("How many days after a click an order still counts for the campaign."),
    "generation": phrase("The data as of one load. The newest counts; you can go back to earlier ones."),
    "cost_per_expected_sale": phrase("Cost divided by the expected number of purchases."),
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
