"""Estimate the share of an audience that lives in a market, and what that share does to clicks and purchases.

The share s of an audience that lives in a market decides how much a past campaign could bring and how much the next
one can. It is never divided by: a campaign outside the creator's home is judged against the few people who could buy.
"""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from fit.model.effects import numbered

ShareFactor = Callable[[np.ndarray], np.ndarray]  # what an in-market share does to a rate

NOT_STATED = "ZZ"  # the market of campaigns whose report names none
WHOLE = 1_000_000  # parts per million of a whole audience

# A home share for a store without a single audience; the first audience that is loaded replaces it.
ASSUMED_HOME_SHARE = 0.55
# Creators that a home country's mean audience starts with, so that one creator is not its own expectation.
HOME_PRIOR_CREATORS = 2
# A reported share rests on about 200 people; two of them are taken from the field, so that 0.0 % is not zero.
SURVEY_SIZE, SURVEY_PRIOR = 200, 2
SMALLEST_SHARE = 0.001
# What is usual is itself added up from lists that leave countries out: 1 in 20 live in those at least.
LEAST_UNLISTED = 50_000
LISTED_AT_ONCE = 2_000_000  # rows of audiences: those of a field of millions would need gigabytes side by side
# One campaign reaches a draw of the audience, not the audience: as uneven as 60 people drawn from it.
DELIVERY_SIZE = 60


def homes(creators: pl.DataFrame, audience: pl.DataFrame) -> pl.DataFrame:
    """Return creator_id, home: the stated home country, else the largest listed one, else null."""
    without = creators.lazy().filter(pl.col("home_country").is_null())
    is_largest = pl.col("ppm") == pl.col("ppm").max()
    largest = (
        audience.lazy()
        .join(without.select("creator_id"), on="creator_id", how="semi")
        .group_by("creator_id")
        .agg(largest=pl.col("country").filter(is_largest).min())
    )
    return (
        creators.lazy()
        .select("creator_id", "home_country")
        .join(largest, on="creator_id", how="left", maintain_order="left")
        .select("creator_id", home=pl.coalesce("home_country", "largest"))
        .collect()
    )


def typical_home_share(homes_of: pl.DataFrame, audience: pl.DataFrame) -> float:
    """s0: the field's mean of each creator's share in its own home market (0.55 while no audience is known).

    homes_of: homes() of the whole field.
    """
    at_home = homes_of.join(audience, left_on=["creator_id", "home"], right_on=["creator_id", "country"], how="left")
    known = at_home.join(audience.select("creator_id").unique(), on="creator_id", how="semi")
    if known.is_empty():
        return ASSUMED_HOME_SHARE
    share = known["ppm"].fill_null(0).sum() / known.height / WHOLE
    return float(min(max(share, SMALLEST_SHARE), 1.0))


def audience_mix(homes_of: pl.DataFrame, audience: pl.DataFrame) -> pl.DataFrame:
    """What creators of one home country have in each country: what an unlisted share probably is.

    homes_of: homes() of the whole field. Returns home, country, ppm (sum over the home's creators), count_creators
    (whose audience is known); home "" stands for the whole field.
    """
    known = audience.join(homes_of, on="creator_id", how="left")
    field, by_home = known.with_columns(home=pl.lit("")), known.filter(pl.col("home").is_not_null())
    mixes = [
        group.group_by("home", "country")
        .agg(ppm=pl.col("ppm").cast(pl.Int64).sum())
        .join(group.group_by("home").agg(count_creators=pl.col("creator_id").n_unique().cast(pl.Int32)), on="home")
        for group in (field, by_home)
    ]
    return pl.concat(mixes).select("home", "country", "ppm", "count_creators").sort("home", "country")


def market_shares(
    pairs: pl.DataFrame,
    homes_of: pl.DataFrame,
    audience: pl.DataFrame,
    audience_sets: pl.DataFrame,
    mix: pl.DataFrame,
    typical_share: float,
) -> pl.DataFrame:
    """Estimate the share of each creator's audience that lives in each market, as a point value and an interval.

    pairs: creator_id, market ("DE", "DE+AT" or "ZZ": then the home country is meant); each pair once. homes_of:
    homes(). audience, audience_sets: of these creators at least, the sets with_unlisted(). mix: audience_mix(), and
    typical_share: s0, of the whole field.
    Returns the pairs in their order with share, low, high (0.001 to 1). The point value is listed + unknown x q / u,
    where q is what creators of the same home country have in that country, and u what they have in all countries that
    the source does not list: who lives in none of those listed lives in one of the others. high is listed + all that
    may hide in the unknown.
    """
    return shares_of_parts(country_parts(pairs, homes_of, audience, audience_sets, mix, typical_share))


def with_unlisted(
    audience_sets: pl.DataFrame, homes_of: pl.DataFrame, audience: pl.DataFrame, mix: pl.DataFrame, typical_share: float
) -> pl.DataFrame:
    """Add unlisted_ppm to sets: what creators of the same home have in all countries that a source does not list.

    audience: every country that these sources list; the others as for market_shares().
    """
    usual = []
    for first in range(0, max(audience.height, 1), LISTED_AT_ONCE):
        rows = audience.select("creator_id", "country")[first : first + LISTED_AT_ONCE]
        rows = rows.join(homes_of, on="creator_id", how="left", maintain_order="left")
        expected = usual_ppm(rows["home"], rows["country"], mix, typical_share)
        usual.append(rows.select("creator_id", expected=pl.Series(expected)))
    listed = pl.concat(usual).group_by("creator_id").agg(pl.col("expected").sum())
    return (
        audience_sets.join(listed, on="creator_id", how="left", maintain_order="left")
        .with_columns(unlisted_ppm=pl.max_horizontal(WHOLE - pl.col("expected").fill_null(0), LEAST_UNLISTED))
        .drop("expected")
    )


def shares_of_parts(parts: pl.DataFrame) -> pl.DataFrame:
    """The shares of market_shares() from country_parts()."""
    # Sums of whole numbers, so that no order of adding can change a result.
    summed = (
        parts.lazy()
        .group_by("pair")
        .agg(
            pl.col("creator_id", "market", "unknown_ppm").first(),
            pl.col("listed", "room", "extra", "expected").sum(),
        )
        .with_columns(room=pl.min_horizontal("room", pl.col("unknown_ppm").fill_null(WHOLE)))
        .sort("pair")
        .collect()
    )
    return summed.select("creator_id", "market").with_columns(_interval(summed))


def country_shares(parts: pl.DataFrame) -> np.ndarray:
    """Estimate the share of each creator's audience in every single country of a market: (parts,), 0 to 1; NaN where
    the store knows no such creator. parts: country_parts().
    """
    listed, extra, expected = (
        parts[name].cast(pl.Float64).to_numpy() / WHOLE for name in ("listed", "extra", "expected")
    )
    return ((SURVEY_SIZE - SURVEY_PRIOR) * np.minimum(listed + extra, 1.0) + SURVEY_PRIOR * expected) / SURVEY_SIZE


def country_parts(
    pairs: pl.DataFrame,
    homes_of: pl.DataFrame,
    audience: pl.DataFrame,
    audience_sets: pl.DataFrame,
    mix: pl.DataFrame,
    typical_share: float,
) -> pl.DataFrame:
    """Take each pair's market apart by country: as market_shares(), one row per pair and country in their order.

    Returns pair (row number), creator_id, market, country (null: the home country, where none is known), listed, room,
    extra, expected and unknown_ppm in parts per million. Its many steps run as one: asked of a single creator, each
    step alone costs more than its work.
    """
    country = pl.when(pl.col("market") == NOT_STATED).then(pl.col("home")).otherwise(pl.col("country"))
    parts = (
        pairs.lazy()
        .select("creator_id", "market")
        .with_row_index("pair")
        .join(homes_of.lazy(), on="creator_id", how="left", maintain_order="left")
        .with_columns(country=pl.col("market").str.split("+"))
        .explode("country")
        .with_columns(country=country)
        .join(audience.lazy(), on=["creator_id", "country"], how="left", maintain_order="left")
        .join(
            audience_sets.lazy().select("creator_id", "unknown_ppm", "unlisted_ppm", "smallest_ppm", "is_top_n"),
            on="creator_id",
            how="left",
            maintain_order="left",
        )
    )
    listed = parts.collect()
    expected = pl.Series("expected", usual_ppm(listed["home"], listed["country"], mix, typical_share))
    return _known_and_likely(listed.lazy().with_columns(expected)).collect()


def usual_ppm(home: pl.Series, country: pl.Series, mix: pl.DataFrame, typical_share: float) -> np.ndarray:
    """Look up what creators of a home usually have in a country: (rows,), whole parts per million.

    home, country: of each row, null where not known (a country that is null is the home). That is the mean of creators
    of the same home, with two creators' weight on the whole field's: s0 at home, elsewhere the mean of creators who are
    not at home there (of all, where a creator's home is unknown).
    """
    homes_named, home_place = numbered(home)
    countries, country_place = numbered(country)
    counts = dict(mix.select("home", "count_creators").unique().iter_rows())
    there = mix.filter(pl.col("country").is_in(countries)).select("home", "country", "ppm")
    ppm = {(named, code): value for named, code, value in there.iter_rows()}
    usual = np.empty((len(homes_named) + 1, len(countries) + 1))
    for row, named in enumerate([*homes_named, None]):
        of_home = counts.get(named, 0) if named is not None else 0
        for column, code in enumerate([*countries, None]):
            prior = WHOLE * typical_share if code in (None, named) else _of_field(ppm, counts, code, named is not None)
            usual[row, column] = (ppm.get((named, code), 0) + HOME_PRIOR_CREATORS * prior) / (
                of_home + HOME_PRIOR_CREATORS
            )
    return np.floor(usual + 0.5).astype(np.int64)[home_place, country_place]


def _of_field(ppm: Mapping[tuple[str, str], int], counts: Mapping[str, int], country: str, has_home: bool) -> float:
    """What creators have in a country, ppm: those from elsewhere (has_home), or all, where nobody is from elsewhere."""
    if ("", country) not in ppm:
        return 0.0
    of_all, count_others = ppm["", country], counts[""] - counts.get(country, 0)
    if has_home and count_others > 0:
        return (of_all - ppm.get((country, country), 0)) / count_others
    return of_all / counts[""]


def _whole(ppm: pl.Expr) -> pl.Expr:
    """Round to whole ppm, halves up, as the shortlist's question does."""
    return (ppm + 0.5).floor().cast(pl.Int64)


def _known_and_likely(parts: pl.LazyFrame) -> pl.LazyFrame:
    """Add listed, room and extra (ppm): what a source names, what may hide in the unknown, and what of it is likely."""
    unknown = pl.col("unknown_ppm").fill_null(WHOLE)  # without any audience all of it is unknown
    is_top_n, is_listed = pl.col("is_top_n").fill_null(False), pl.col("ppm").is_not_null()
    room = (
        pl.when(is_top_n & is_listed)  # a list of the largest countries names a listed country whole
        .then(0)
        .when(is_top_n)
        .then(pl.min_horizontal(unknown, "smallest_ppm"))
        .otherwise(unknown)
    )
    unlisted = pl.max_horizontal(pl.col("unlisted_ppm").fill_null(WHOLE), "expected", 1)
    likely = _whole(unknown * pl.col("expected") / pl.when(is_listed).then(WHOLE).otherwise(unlisted))
    return parts.with_columns(listed=pl.col("ppm").fill_null(0).cast(pl.Int64), room=room.cast(pl.Int64)).with_columns(
        extra=pl.min_horizontal(likely, "room")
    )


def _interval(summed: pl.DataFrame) -> list[pl.Series]:
    """Turn sums in ppm into share, low and high."""
    listed, room, extra, expected = (
        np.minimum(summed[name].to_numpy() / WHOLE, 1.0) for name in ("listed", "room", "extra", "expected")
    )
    low = listed
    high = np.minimum(listed + room, 1.0)
    share = ((SURVEY_SIZE - SURVEY_PRIOR) * np.minimum(listed + extra, 1.0) + SURVEY_PRIOR * expected) / SURVEY_SIZE
    return [
        pl.Series(name, np.clip(value, SMALLEST_SHARE, 1.0))
        for name, value in (("share", share), ("low", low), ("high", np.maximum(high, low)))
    ]


def click_factor(share: np.ndarray, out_click: float) -> np.ndarray:
    """Compute clicks per impression against an audience wholly in the market: g = s + (1-s) kC.

    share: s, 0 to 1, any shape; out_click: kC, clicks per impression outside the market against inside.

    >>> click_factor(np.array([0.5]), out_click=0.6)
    array([0.8])
    """
    return share + (1 - share) * out_click


def path_factor(share: np.ndarray, out_click: float, out_convert: float) -> np.ndarray:
    """Compute conversions per impression against an audience wholly in the market: g = s + (1-s) kC kV.

    out_convert: kV, conversions per click outside the market against inside.
    """
    return share + (1 - share) * out_click * out_convert


def convert_factor(share: np.ndarray, out_click: float, out_convert: float) -> np.ndarray:
    """Compute conversions per click against an audience wholly in the market: path over click factor."""
    return path_factor(share, out_click, out_convert) / click_factor(share, out_click)


def log_variance(factor: ShareFactor, share: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Compute how much of one campaign's log rate the audience leaves open: a variance, given a factor of the share.

    Two parts: the unknown audience may lie anywhere between low and high (variance of a uniform), and the people that
    one campaign reaches are a draw of the audience.
    """
    unknown = np.log(factor(high) / factor(low)) ** 2 / 12
    return unknown + _sampling_variance(factor, share, DELIVERY_SIZE)


def survey_variance(factor: ShareFactor, share: np.ndarray) -> np.ndarray:
    """Compute how much of a creator's log rate the reported share leaves open: an estimate from about 200 people."""
    return _sampling_variance(factor, share, SURVEY_SIZE)


def _sampling_variance(factor: ShareFactor, share: np.ndarray, size: int) -> np.ndarray:
    """Variance of a share, s(1-s)/(size+1), carried through the log of a factor."""
    spread = np.sqrt(share * (1 - share) / (size + 1))
    above, below = np.minimum(share + spread, 1.0), np.maximum(share - spread, SMALLEST_SHARE / 2)
    return (np.log(factor(above) / factor(below)) / 2) ** 2
