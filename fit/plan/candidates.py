"""Gather what a plan chooses from: every line with what it costs and what it is expected to bring.

A line is one creator with one deliverable in the brief's markets, or one row of a briefs file. Costs are in the plan's
currency, rounded up to whole hundredths, so that no sum of them hides a cent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

import numpy as np
import polars as pl

from fit.ask import Ask
from fit.brief import Brief, Goal
from fit.forecast import (
    ForecastInputs,
    PriceBasis,
    StoredBasis,
    correction_of,
    forecasts,
    inputs_of,
    known_of,
    rate_between,
    read_fits,
    read_stored,
    usual_currency,
    usual_log_costs,
)
from fit.model import FEWEST_THERE, UNNAMED, VIEWS, RoleLabel, kind_named
from fit.shortlist import OUTCOME_METRIC, Group, filter_warnings, group_of_row, matching_rows

HUNDREDTHS = 100  # of a unit of any currency
BRIEFED = "briefs file"  # the basis of a cost that a briefs file names
NO_PRICE = "no price is known for it"
ELSEWHERE = "hardly any of its audience lives in the markets"
NO_FOLLOWERS = "no number of followers is loaded, so nobody can say what it brings"
NO_AUDIENCE = "no audience by country is loaded, so nobody can say what it brings"


class PlanRefused(Exception):
    """A plan or a price that cannot be made; the message says what was found, needed and what to do."""


@dataclass(frozen=True)
class PlanLine:
    """One line that may be booked.

    brief: row of the briefs file, from 0 (None: of a shortlist). cents: cost in whole hundredths of the plan's
    currency; mean: expected outcome, a plain count; value: the same with each market by its weight against the
    largest; all three None where not known, and problem says why. in_markets: expected outcome in each market that a
    limit names. is_elsewhere: fewer than 1 in 20 of the audience live in the brief's markets, the unknown part counted
    in. group: what the shortlist says of the creator; None for a line of a briefs file. price: what cents were rounded
    up from, to be shown.
    """

    creator_id: str
    name: str
    brief: int | None
    deliverable: str
    count: int
    cents: int | None
    cost_basis: str | None
    mean: float | None
    value: float | None
    in_markets: tuple[float, ...]
    is_pilot: bool
    is_elsewhere: bool
    problem: str | None
    group: Group | None = None
    price: float | None = None

    @property
    def cost(self) -> float | None:
        """In the plan's currency."""
        return None if self.cents is None else self.cents / HUNDREDTHS

    @property
    def is_known(self) -> bool:
        """Whether a plan can book it."""
        return self.problem is None


@dataclass(frozen=True)
class Candidates:
    """The lines of a plan, ordered by creator_id.

    rows: the same lines as forecasts read them; inputs: what they are drawn from. currency: None where amounts name
    none. markets: those of the lines; counted_in: those of in_markets. warnings: sentences.
    """

    lines: tuple[PlanLine, ...]
    rows: pl.DataFrame
    inputs: ForecastInputs
    stored: StoredBasis
    goal: str
    currency: str | None
    markets: tuple[str, ...]
    counted_in: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def metric(self) -> str:
        """What the goal counts: purchases by people in the markets, or people reached there."""
        return OUTCOME_METRIC[self.goal]

    def outcomes(self, at: Sequence[int]) -> pl.DataFrame:
        """Mean, p10, p50, p90 and p_zero of some lines: those of a forecast of the same line."""
        some = forecasts(self.rows[list(at)], self.stored, metrics=(self.metric,))
        return some.select("mean", "p10", "p50", "p90", "p_zero")


def counted_things(goal: str) -> str:
    """What the goal counts, in a sentence."""
    return "purchases" if goal == Goal.CONVERSION else "people reached"


def hundredths(amount: float) -> int:
    """An amount in whole hundredths, rounded up: a plan never spends more than it says."""
    return ceil(round(amount * HUNDREDTHS, 4))


def candidates_of_brief(
    ask: Ask,
    brief: Brief,
    deliverables: Sequence[tuple[str | None, int]] = (),
    currency: str | None = None,
    at_least_in: Sequence[str] = (),
) -> Candidates:
    """Every creator that matches a brief, with one standard deliverable, or with each of several in its place.

    deliverables: kind (None: the creator's standard one) and count. at_least_in: markets whose own outcome is asked.
    Raises PlanRefused where no rate turns the store's prices into the currency.
    """
    found = matching_rows(ask, brief).sort("creator_id")
    if found.is_empty():
        raise PlanRefused("No creator matches the brief. Widen its filters.")
    stored = read_stored(ask, found["creator_id"].to_list())
    money = _Money.of(ask, stored, currency)
    each = pl.DataFrame(
        list(deliverables) or [(None, 1)], schema={"asked": pl.String, "count_deliverables": pl.Int64}, orient="row"
    )
    rows = found.join(each, how="cross", maintain_order="left_right").with_columns(
        market=pl.lit("+".join(code for code, _ in brief.markets)),
        standard=pl.col("deliverable"),
        standard_cost=pl.col("cost"),
        standard_basis=pl.col("cost_basis"),
        brief=pl.lit(None, pl.Int64),
    )
    kinds = [
        usual if asked is None else kind_named(asked, [usual]) for asked, usual in rows["asked", "standard"].iter_rows()
    ]
    rows = rows.with_columns(deliverable=pl.Series(kinds, dtype=pl.String))
    lines = _lines(rows).with_columns(currency=pl.lit(money.internal, pl.String))
    usual, basis = money.usual_costs(lines)
    is_standard = (rows["deliverable"] == rows["standard"]).to_numpy()
    standard = (rows["standard_cost"] * rows["count_deliverables"]).cast(pl.Float64).fill_null(np.nan).to_numpy()
    costs = np.where(is_standard, standard * money.rate, usual)
    basis = np.where(is_standard, rows["standard_basis"].to_numpy(), basis)
    # What the order of the list counts, over the plain count: it does not depend on what is delivered.
    by_weight = rows["market_weight"].fill_null(1.0).to_numpy()
    groups = {row["creator_id"]: group_of_row(row, brief) for row in found.iter_rows(named=True)}
    unproven = found.filter(pl.col("natural_label") == RoleLabel.PILOT)["creator_id"]
    pilots = {creator_id for creator_id in unproven if groups[creator_id] == Group.PILOT}
    elsewhere = set(found.filter(pl.col("in_market_share_upper") < FEWEST_THERE)["creator_id"])
    unseen = rows["outcome_per_money"].is_null().to_numpy()
    lines = lines.with_columns(cost=pl.Series(costs), brief=rows["brief"])
    warnings = (*filter_warnings(ask, brief), *money.notes)
    return _candidates(
        lines, stored, money, brief.goal, basis, by_weight, pilots, elsewhere, unseen, at_least_in, warnings, groups
    )


def candidates_of_lines(
    ask: Ask, given: pl.DataFrame, goal: str, currency: str | None = None, at_least_in: Sequence[str] = ()
) -> Candidates:
    """The lines of a briefs file (columns of fit.forecast.BRIEF_COLUMNS), each with its own cost, deliverable, market.

    A cost without a currency is in the plan's; a line without a cost has the usual one of its package. Raises
    PlanRefused for a currency without a rate.
    """
    if given.is_empty():
        raise PlanRefused("The briefs file holds no lines. Add one row for each creator and deliverable.")
    rows = given.with_row_index("brief").with_columns(pl.col("brief").cast(pl.Int64)).sort("creator_id", "brief")
    stored = read_stored(ask, rows["creator_id"].unique(maintain_order=True).to_list())
    money = _Money.of(ask, stored, currency)
    usual_kind = stored.payoff_parts.select("creator_id", standard="deliverable")
    rows = rows.join(usual_kind, on="creator_id", how="left", maintain_order="left").with_columns(
        deliverable=pl.coalesce("deliverable", "standard"), count_deliverables=pl.col("count_deliverables").fill_null(1)
    )
    own = np.array([money.own_cost(row) for row in rows.iter_rows(named=True)], float)
    lines = _lines(rows).with_columns(currency=pl.lit(money.internal, pl.String))
    usual, basis = money.usual_costs(lines)
    costs = np.where(np.isnan(own), usual, own)
    basis = np.where(np.isnan(own), basis, BRIEFED)
    pilots = set(stored.natural_roles.filter(pl.col("label") == RoleLabel.PILOT)["creator_id"])
    lines = lines.with_columns(cost=pl.Series(costs), brief=rows["brief"])
    unseen, by_weight = np.zeros(rows.height, bool), np.ones(rows.height)
    return _candidates(lines, stored, money, goal, basis, by_weight, pilots, set(), unseen, at_least_in, money.notes)


def _lines(rows: pl.DataFrame) -> pl.DataFrame:
    """The columns that forecasts read, of rows that have some of them."""
    names = (
        "creator_id",
        "creator_name",
        "market",
        "platform",
        "vertical",
        "date",
        "deliverable",
        "count_deliverables",
    )
    return rows.select([name for name in names if name in rows.columns])


def _candidates(
    lines: pl.DataFrame,
    stored: StoredBasis,
    money: _Money,
    goal: str,
    basis: np.ndarray,
    by_weight: np.ndarray,
    pilots: set[str],
    elsewhere: set[str],
    unseen: np.ndarray,
    at_least_in: Sequence[str],
    warnings: tuple[str, ...],
    groups: Mapping[str, Group] = MappingProxyType({}),
) -> Candidates:
    rows = lines.drop("brief", *(["creator_name"] if "creator_name" in lines.columns else []))
    rows = rows.with_columns(pl.col("cost").fill_nan(None))
    inputs = inputs_of(rows, stored)
    means = _means(rows, inputs, stored, goal)
    in_markets = _in_markets(rows, stored, goal, means, at_least_in)
    names = lines["creator_name"] if "creator_name" in lines.columns else lines["creator_id"]
    found = []
    for at, row in enumerate(lines.iter_rows(named=True)):
        problem = _problem(float(means[at]), row["cost"], bool(unseen[at]))
        mean = None if np.isnan(means[at]) or unseen[at] else float(means[at])
        found.append(
            PlanLine(
                creator_id=row["creator_id"],
                name=names[at] or row["creator_id"],
                brief=row["brief"],
                deliverable=row["deliverable"],
                count=row["count_deliverables"],
                cents=None if np.isnan(row["cost"]) else hundredths(row["cost"]),
                cost_basis=None if np.isnan(row["cost"]) else str(basis[at]),
                mean=mean,
                value=None if mean is None else mean * float(by_weight[at]),
                in_markets=tuple(in_markets[at].tolist()),
                is_pilot=row["creator_id"] in pilots,
                is_elsewhere=row["creator_id"] in elsewhere,
                problem=problem,
                group=groups.get(row["creator_id"]),
                price=None if np.isnan(row["cost"]) else row["cost"],
            )
        )
    markets = tuple(
        dict.fromkeys(code for market in lines["market"].unique(maintain_order=True) for code in market.split("+"))
    )
    corrected = correction_of(stored.facts, OUTCOME_METRIC[goal])
    caveats = (*warnings, corrected) if corrected else warnings
    return Candidates(tuple(found), rows, inputs, stored, goal, money.shown, markets, tuple(at_least_in), caveats)


def _problem(mean: float, cost: float, unseen: bool) -> str | None:
    if unseen or np.isnan(mean):
        return NO_AUDIENCE if unseen and not np.isnan(mean) else NO_FOLLOWERS
    return NO_PRICE if np.isnan(cost) else None


def _means(rows: pl.DataFrame, inputs: ForecastInputs, stored: StoredBasis, goal: str) -> np.ndarray:
    """The expected outcome of each line; NaN where not known. The reach of several deliverables has to be drawn."""
    if goal == Goal.CONVERSION:
        return inputs.expected_purchases
    means = inputs.expected_reach.copy()
    several = np.flatnonzero((inputs.count > 1) & ~np.isnan(inputs.impressions[:, 0]))
    if len(several):
        drawn = forecasts(rows[several.tolist()], stored, metrics=(OUTCOME_METRIC[goal],))
        means[several] = drawn["mean"].to_numpy()
    return means


def _in_markets(
    rows: pl.DataFrame, stored: StoredBasis, goal: str, means: np.ndarray, wanted: Sequence[str]
) -> np.ndarray:
    """The part of each line's outcome from each wanted market (lines, wanted), by what one alone would bring."""
    parts = np.zeros((rows.height, len(wanted)))
    if not wanted:
        return parts
    each = rows.with_row_index("line").with_columns(code=pl.col("market").str.split("+")).explode("code")
    alone = inputs_of(each.drop("line", "code").with_columns(market=each["code"]), stored)
    outcome = alone.expected_purchases if goal == Goal.CONVERSION else alone.share[:, 0]
    outcome = np.nan_to_num(outcome)
    total = np.bincount(each["line"].to_numpy(), outcome, rows.height)
    with np.errstate(divide="ignore", invalid="ignore"):
        for column, code in enumerate(wanted):
            of_code = np.where((each["code"] == code).to_numpy(), outcome, 0.0)
            part = np.bincount(each["line"].to_numpy(), of_code, rows.height) / total
            parts[:, column] = np.nan_to_num(part * means)
    return parts


@dataclass(frozen=True)
class _Money:
    """The plan's currency and how the store's prices become it. internal: as the store names it; shown: None where it
    names none; rate: of one unit of the store's usual currency."""

    stored: StoredBasis
    rates: pl.DataFrame
    usual: str | None
    internal: str | None
    rate: float
    notes: tuple[str, ...]

    @classmethod
    def of(cls, ask: Ask, stored: StoredBasis, currency: str | None) -> _Money:
        """Raises PlanRefused where the store's prices cannot be turned into the currency."""
        rates, usual = ask("rates"), usual_currency(stored)
        if currency is None or usual is None or currency == usual:
            internal = currency or usual
            return cls(stored, rates, usual, internal, 1.0, ())
        if usual == UNNAMED:
            raise PlanRefused(
                f"The prices in the store name no currency, so a budget in {currency} cannot be held against them. "
                "Leave --currency out, or load the prices with their currency."
            )
        rate, note = rate_between(usual, currency, rates)
        if np.isnan(rate):
            raise PlanRefused(
                f"Prices are in {usual}, and no rate to {currency} is known. Load a rates.csv with one, or use {usual}."
            )
        return cls(stored, rates, usual, currency, rate, (f"Prices are converted: {note}.",))

    @property
    def shown(self) -> str | None:
        """The currency as people see it."""
        return None if self.internal == UNNAMED else self.internal

    def own_cost(self, row: dict[str, object]) -> float:
        """What a briefs file says that a line costs, in the plan's currency; NaN where it says nothing."""
        if row["cost"] is None:
            return float("nan")
        named = row["currency"] or self.internal
        if named == self.internal or self.internal is None:
            return float(str(row["cost"]))
        rate, _ = rate_between(str(named), self.internal, self.rates)
        if np.isnan(rate):
            budget = self.shown or "that of the store, which names none"
            raise PlanRefused(
                f"Row {row['brief']} of the briefs is priced in {named}, and no rate to the budget's currency "
                f"({budget}) is known. "
                "Load a rates.csv with one, or name the budget's currency with --currency."
            )
        return float(str(row["cost"])) * rate

    def usual_costs(self, lines: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """The usual price of each line's package times the creator's own level, and whether that was measured."""
        known = known_of(lines.with_columns(currency=pl.lit(self.usual, pl.String)), self.stored)
        usual = usual_log_costs(known, self.stored, read_fits(self.stored)[VIEWS])
        own = self.stored.price_rates.select("creator_id", "log_mean", "count_campaigns")
        joined = known.select("creator_id").join(own, on="creator_id", how="left", maintain_order="left")
        has_past = (joined["count_campaigns"].fill_null(0) > 0).to_numpy()
        with np.errstate(over="ignore"):
            cost = np.exp(usual + np.where(has_past, joined["log_mean"].fill_null(0.0).to_numpy(), 0.0)) * self.rate
        return cost, np.where(has_past, PriceBasis.OWN_PAST_PRICE.value, PriceBasis.MARKET_PRICE.value)
