"""Choose which audience each campaign is read with: the one that was measured nearest to its day."""

from __future__ import annotations

import polars as pl


def nearest_audience(
    campaigns: pl.DataFrame,
    homes_of: pl.DataFrame,
    audience: pl.DataFrame,
    audience_sets: pl.DataFrame,
    history: pl.DataFrame,
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Name the audience that was measured nearest to each campaign, and add the earlier ones to the others.

    An earlier audience is one of a creator of its own: its id and the day. campaigns: creator_id, market, date. Returns
    campaigns (creator_id: whose audience is read, market), homes_of, audience and audience_sets with the earlier ones.
    """
    key = pl.format("{}\n{}", "creator_id", "as_of")  # no id holds a line break
    earlier = history.select("creator_id", "as_of", "unknown_ppm", "smallest_ppm", "is_top_n", key=key).unique(
        maintain_order=True
    )
    newest = audience_sets.select("creator_id", "as_of", key="creator_id")
    choices = pl.concat([newest.filter(pl.col("as_of").is_not_null()), earlier.select("creator_id", "as_of", "key")])
    far = (pl.col("date") - pl.col("as_of")).dt.total_days().abs()
    nearest = (
        campaigns.with_row_index("row")
        .join(choices, on="creator_id", how="inner")
        .with_columns(far=far)
        .sort(["row", "far", "as_of"], descending=[False, False, True])
        .group_by("row", maintain_order=True)
        .first()
        .select("row", "key")
    )
    read = (
        campaigns.with_row_index("row")
        .join(nearest, on="row", how="left", maintain_order="left")
        .select(pl.coalesce("key", "creator_id").alias("creator_id"), "market")
    )
    sets = earlier.select(pl.col("key").alias("creator_id"), "unknown_ppm", "smallest_ppm", "is_top_n")
    countries = history.select(key.alias("creator_id"), "country", "ppm")
    at_home = earlier.join(homes_of, on="creator_id", how="left").select(pl.col("key").alias("creator_id"), "home")
    return (
        read,
        pl.concat([homes_of, at_home]),
        pl.concat([audience.select(countries.columns), countries]),
        pl.concat([audience_sets.select(sets.columns), sets]),
    )
