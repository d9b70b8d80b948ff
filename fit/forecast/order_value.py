"""Estimate what an order with one creator is worth: its own campaigns, drawn towards the field where they are few.

Half of what order values differ by is taken to be the creator's own, half one campaign's. So n campaigns of its own
weigh n / (n + 1) against the field's mean. How far one campaign lies from that is learned from its own as well, from
the field's spread on: in a field where creators do not differ, nothing is surer than before.
"""

import polars as pl

PRIOR_CAMPAIGNS = 5  # that the spread of a creator's own campaigns starts with, as wide as the field's
OWN_ORDERS = {
    "creator_id": pl.String, "currency": pl.String, "count_campaigns": pl.Int32, "log_mean": pl.Float64,
    "log_squares": pl.Float64,
}  # fmt: skip


def with_own_orders(known: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Replace order_log_mean and order_log_sd of the field by those of the creator.

    known: creator_id, currency, order_log_mean, order_log_sd (null where no revenue was ever reported). own: rows of
    queries/own_order_values.sql.
    """
    renamed = own.select("creator_id", "currency", n="count_campaigns", own_mean="log_mean", squares="log_squares")
    count = pl.col("n").fill_null(0)
    field = pl.col("order_log_sd") ** 2
    towards = count / (count + 1) * (pl.col("own_mean") - pl.col("order_log_mean")).fill_null(0.0)
    within = (pl.col("squares").fill_null(0.0) + PRIOR_CAMPAIGNS * field) / (count + PRIOR_CAMPAIGNS)
    return (
        known.join(renamed, on=["creator_id", "currency"], how="left", maintain_order="left")
        .with_columns(
            order_log_mean=pl.col("order_log_mean") + towards,
            order_log_sd=pl.when(count == 0).then("order_log_sd").otherwise((within + field / 2 / (count + 1)).sqrt()),
        )
        .drop("n", "own_mean", "squares")
    )


def count_own_orders(own: pl.DataFrame, creator: str, currency: str | None) -> int:
    """In how many campaigns of this creator revenue and purchases were measured, in this currency."""
    is_own = (pl.col("creator_id") == creator) & pl.col("currency").eq_missing(pl.lit(currency, pl.String))
    return int(own.filter(is_own)["count_campaigns"].sum())
