"""What came of all of a creator's campaigns together?"""

import polars as pl

COUNTS = ("impressions", "engagements", "clicks", "conversions")


def totals(campaigns: pl.DataFrame, money: pl.DataFrame) -> dict[str, object]:
    """Sums over measured values only, each campaign once; None where nothing was measured.

    campaigns: one row per campaign with impressions, engagements, clicks, conversions (counts or null).
    money: one row per currency with currency, revenue, cost, return_on_ad_spend. Amounts of different currencies are
    never added: the flat revenue, cost and return_on_ad_spend are None then, and `money` holds one entry per currency.
    """
    measured = {name: campaigns[name].drop_nulls().to_list() for name in COUNTS}
    amounts = ("revenue", "cost", "return_on_ad_spend")
    only = money.row(0, named=True) if money.height == 1 else dict.fromkeys(amounts)
    return {
        "count_campaigns": campaigns.height,
        **{name: sum(values) if values else None for name, values in measured.items()},
        **{name: only[name] for name in amounts},
        "money": money.select("currency", *amounts).to_dicts(),
    }
