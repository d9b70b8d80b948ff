"""Read the stored fits (three rates and views): the effects of a brief's levels, and how unsure they are together.

A brief's rate is known as well as the base and levels it stands on, less what its creator's own past campaigns stood on
as well: (x_new - r x_past)' Cov (x_new - r x_past), where r says how much of the creator's index is its own campaigns.
The errors are the same for every brief of a field, so they stay in a total of many lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import polars as pl
from scipy.special import ndtr

from fit.forecast.stored_basis import FitBasis
from fit.model import (
    BENCHMARK_FACTORS,
    NOT_STATED,
    STAGES,
    VIEWS,
    Factor,
    country_shares,
    factors_of,
    numbered,
    past_errors,
    quarter_of,
    usual_effect,
)

FITS = (*STAGES, VIEWS)
NOBODY = 1e-9  # of an audience: where nobody lives in any country of a market, all of them weigh alike
MARKET_STAGES = ("click", "convert")  # whose rate depends on the market that a purchase comes from


Numbered = tuple[list[str], np.ndarray]  # names among the values of a column, and each row's place in them (-1: none)


@dataclass(frozen=True)
class Fit:
    """One stored fit. base: log; levels, effects, errors: by factor, in one order; spreads: by factor, sd of logs."""

    stage: str
    base: float
    levels: dict[str, tuple[str, ...]]
    effects: dict[str, dict[str, float]]
    errors: dict[str, np.ndarray]
    spreads: dict[str, float]

    def log_effects(self, known: pl.DataFrame) -> np.ndarray:
        """The sum of the log effects of each brief's levels, quarter (it is now) and market of purchases aside."""
        return self.effects_of(numbered_factors(known, self.factors), known.height)

    def effects_of(self, named: Mapping[str, Numbered], height: int) -> np.ndarray:
        """The same, of factors whose levels are numbered already: numbered_factors()."""
        total = np.zeros(height)
        for factor in self.factors:
            names, place = named[factor]
            of_names = [[self.effect(factor, level) for level in levels_of(factor, name)] for name in names]
            logs = [sum(of_levels) / len(of_levels) for of_levels in of_names]
            total += np.array([*logs, 0.0])[place]
        return total

    @property
    def factors(self) -> tuple[str, ...]:
        """The factors that a brief names."""
        apart = {"quarter", "market"} if self.stage in MARKET_STAGES else {"quarter"}
        return tuple(factor for factor in self.levels if factor not in apart)

    def effect(self, factor: str, level: str) -> float:
        """The log effect of a level; what is usual of it where the field never saw it."""
        return self.effects[factor].get(level, usual_effect(self.stage, factor, level))

    def error_of(self, factor: str, level: str) -> tuple[np.ndarray, float]:
        """The shared errors of a level (parts,), and the sd of its own where the field never saw it."""
        if level in self.effects[factor]:
            return self.errors[factor][self.levels[factor].index(level)], 0.0
        return np.zeros(self.errors["base"].shape[1]), self.spreads[factor]


def levels_of(factor: str, value: str) -> list[str]:
    """The levels of one value: a market of several countries has several."""
    return value.split("+") if factor == "market" else [value]


def read_fits(stored: FitBasis) -> dict[str, Fit]:
    """The three rates and the views, by stage."""
    facts = stored.facts
    errors = _by_factor(stored.benchmark_errors, "errors")
    logs = pl.Series(np.log(stored.benchmark_levels["effect"].to_numpy()))
    effects = _by_factor(stored.benchmark_levels.with_columns(log_effect=logs), "log_effect")
    return {stage: _fit(stage, facts, errors, effects) for stage in FITS}


def _by_factor(table: pl.DataFrame, column: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The values of a column by stage and factor, each by its level, in the order of the rows."""
    found: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for stage, factor, level, value in table.select("stage", "factor", "level", column).iter_rows():
        found[stage, factor][level] = value
    return found


def _fit(
    stage: str, facts: Mapping[str, float], errors_of: Mapping[tuple[str, str], Mapping[str, list[float]]],
    effects_of: Mapping[tuple[str, str], Mapping[str, float]],
) -> Fit:  # fmt: skip
    base = list(errors_of.get((stage, "base"), {}).values())
    parts = len(base[0]) if base else 0
    names = [factor for factor in BENCHMARK_FACTORS if f"spread_{stage}_{factor}" in facts]
    levels, effects, errors = {}, {}, {"base": np.array(base, float).reshape(len(base), parts)}
    for factor in names:
        of_factor = errors_of.get((stage, factor), {})
        levels[factor] = tuple(of_factor)
        effects[factor] = dict(effects_of.get((stage, factor), {}))
        own = np.array(list(of_factor.values()), float).reshape(len(levels[factor]), parts)
        errors[factor] = np.vstack([own, np.zeros(parts)])
    spreads = {factor: facts[f"spread_{stage}_{factor}"] for factor in names}
    log_base = facts["view_level"] if stage == VIEWS else float(np.log(facts[f"base_{stage}"]))
    return Fit(stage, log_base, levels, effects, errors, spreads)


@dataclass(frozen=True)
class BenchmarkErrors:
    """How unsure the fits are for each brief. shared: (briefs, 4, parts); own: sd (briefs, 4); past: variance of the
    indices that the same errors make in past campaigns (briefs, 3).
    """

    shared: np.ndarray
    own: np.ndarray
    past: np.ndarray

    @property
    def sd(self) -> np.ndarray:
        """The standard deviation of both together, by log rate (briefs, 4)."""
        return np.sqrt((self.shared**2).sum(axis=2) + self.own**2)


def benchmark_errors(known: pl.DataFrame, stored: FitBasis, fits: Mapping[str, Fit]) -> BenchmarkErrors:
    """The errors of every brief's base and levels (markets of purchases aside), less those its creator's past shares.

    known: known_of() of fit.forecast.inputs.
    """
    parts = max(fit.errors["base"].shape[1] for fit in fits.values())
    shared, own = np.zeros((known.height, len(FITS), parts)), np.zeros((known.height, len(FITS)))
    past_variance = np.zeros((known.height, len(STAGES)))
    facts = stored.facts
    people, person = numbered(known["creator_id"])
    measured, past_person = _campaigns_of(people, stored.measured_levels)
    measured_stage = measured["stage"].to_numpy()
    named = numbered_factors(known, {factor for fit in fits.values() for factor in fit.factors})
    past_factors = factors_of(measured)
    for at, (stage, fit) in enumerate(fits.items()):
        new = np.broadcast_to(fit.errors["base"].sum(axis=0), (known.height, fit.errors["base"].shape[1])).copy()
        for factor in fit.factors:
            of_level, unseen = _errors_of(fit, factor, *named[factor])
            new += of_level
            own[:, at] = np.hypot(own[:, at], unseen)
        past = _past(past_factors, measured_stage == stage, past_person, fit, len(people))[person]
        if stage == VIEWS:
            reliability = 1 - (known["view_log_sd"].to_numpy() / facts["view_creator_sd"]) ** 2
            is_implied = (known["followers"].is_null() & known["implied_followers"].is_not_null()).to_numpy()
            reliability = np.where(is_implied, 1.0, reliability)  # their size is nothing but what they were seen
        else:
            reliability = known[f"reliability_{stage}"].to_numpy()
            past_variance[:, at] = reliability**2 * (past**2).sum(axis=1)
        reliability = np.nan_to_num(np.clip(reliability, 0.0, 1.0))  # of a creator that nobody knows, nothing
        shared[:, at, : new.shape[1]] = new - reliability[:, None] * past
    return BenchmarkErrors(shared, own, past_variance)


def _campaigns_of(people: Sequence[str], measured: pl.DataFrame) -> tuple[pl.DataFrame, np.ndarray]:
    """The measured campaigns of some people, with their quarter, and the place of each campaign's creator in people."""
    ids, place = numbered(measured["creator_id"])
    number = {creator_id: at for at, creator_id in enumerate(people)}
    person = np.array([*[number.get(creator_id, -1) for creator_id in ids], -1])[place]
    measured = measured.filter(person >= 0).with_columns(quarter=quarter_of(pl.col("date")))
    return measured, person[person >= 0]


def numbered_factors(known: pl.DataFrame, factors: Collection[str]) -> dict[str, Numbered]:
    """The levels of each factor of the briefs, numbered."""
    return {factor: numbered(known[factor]) for factor in factors}


def _errors_of(fit: Fit, factor: str, named: Sequence[str], place: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shared errors (rows, parts) and own sd (rows,) of a factor's levels, as numbered() gives them."""
    pairs = [[fit.error_of(factor, level) for level in levels_of(factor, name)] for name in named]
    nothing = np.zeros(fit.errors["base"].shape[1])
    shared = np.array([*(sum(error for error, _ in pair) / len(pair) for pair in pairs), nothing])
    own = np.array([*(sqrt(sum(sd**2 for _, sd in pair)) / len(pair) for pair in pairs), 0.0])
    return shared[place], own[place]


def _past(factors: Sequence[Factor], rows: np.ndarray, person: np.ndarray, fit: Fit, count: int) -> np.ndarray:
    """How the errors of a fit enter the past campaigns of each of count people (people, parts).

    factors, person: of all measured campaigns; rows: which of them this fit has measured.
    """
    used = [factor.take(rows) for factor in factors if factor.name in fit.levels]
    errors = {"base": fit.errors["base"]}
    for factor in used:
        place = {level: number for number, level in enumerate(fit.levels[factor.name])}
        errors[factor.name] = fit.errors[factor.name][[place.get(level, -1) for level in factor.levels] + [-1]]
    return past_errors(errors, used, person[rows], count)


@dataclass(frozen=True)
class MarketEffects:
    """What the markets of each brief do to its rates.

    log_rates: added to the three log rates (briefs, 3), each country of a market weighted by the audience there;
    purchases: the mean effect on purchases by people there (briefs,); shared_errors, own_errors: as in ForecastInputs.
    """

    log_rates: np.ndarray
    purchases: np.ndarray
    shared_errors: np.ndarray
    own_errors: np.ndarray


def market_effects(known: pl.DataFrame, parts: pl.DataFrame, fits: Mapping[str, Fit]) -> MarketEffects:
    """Weigh the countries of each brief's market by where its audience lives: the effect of a sum is their mean.

    parts: country_parts() of fit.model, of every creator and market of the briefs.
    """
    at, row = _rows_of_briefs(known, parts)
    # A creator that the store does not know lives nowhere; where nobody lives in any of them, all weigh alike.
    share = np.nan_to_num(country_shares(parts), nan=0.0)[row] + NOBODY
    click, convert = fits["click"], fits["convert"]
    countries, place = numbered(parts["country"])
    place = np.where(parts["market"] == NOT_STATED, -1, place)[row]
    effects = [
        np.array([*[fit.effect("market", country) for country in countries], 0.0])[place] for fit in (click, convert)
    ]
    errors = [_errors_of(fit, "market", countries, place) for fit in (click, convert)]

    def mean(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
        total = np.bincount(at, weight, known.height)
        even = np.where(total[at] > 0, weight, 1.0)  # where nobody of a market listens, its countries count alike
        return np.bincount(at, even * values, known.height) / np.bincount(at, even, known.height)

    clicks = np.exp(effects[0])
    log_rates, count_errors = np.zeros((known.height, 3)), max(fit.errors["base"].shape[1] for fit in fits.values())
    log_rates[:, 1] = np.log(mean(clicks, share))
    log_rates[:, 2] = np.log(mean(np.exp(effects[1]), share * clicks))
    shared, own = np.zeros((known.height, len(FITS), count_errors)), np.zeros((known.height, len(FITS)))
    for stage, (of_level, own_sd) in zip((1, 2), errors, strict=True):
        for part in range(of_level.shape[1]):
            shared[:, stage, part] = mean(of_level[:, part], share)
        own[:, stage] = mean(own_sd, share)
    purchases = mean(np.exp(effects[0] + effects[1]), share)
    return MarketEffects(log_rates, purchases, shared, own)


def _rows_of_briefs(known: pl.DataFrame, parts: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Which rows of parts each brief has: the number of the brief, and that of the row."""
    pair = parts["pair"].to_numpy()
    first, counts = np.unique(pair, return_index=True, return_counts=True)[1:]
    number = {named: at for at, named in enumerate(zip(*parts[first].select("creator_id", "market"), strict=True))}
    of_brief = np.array([number[named] for named in zip(known["creator_id"], known["market"], strict=True)], int)
    at = np.repeat(np.arange(known.height), counts[of_brief])
    within = np.arange(len(at)) - np.repeat(np.cumsum(counts[of_brief]) - counts[of_brief], counts[of_brief])
    return at, first[of_brief][at] + within


@dataclass(frozen=True)
class ExpectedParts:
    """Exact means, for an audience that lives wholly in one market without an effect: purchases and people reached."""

    purchases: np.ndarray
    reach: np.ndarray

    @classmethod
    def of(
        cls,
        impressions: np.ndarray,
        frequency: np.ndarray,
        typical: np.ndarray,
        mean: np.ndarray,
        covariance: np.ndarray,
    ) -> ExpectedParts:
        """Means of log-normals multiplied: E exp(x) = exp(mean + variance / 2); luck and errors of rates average 1.

        impressions, frequency: log mean and log sd (briefs, 2), errors of the fit included; typical: log rates.
        """
        seen = np.exp(impressions[:, 0] + impressions[:, 1] ** 2 / 2)
        variance = covariance[:, 1, 1] + covariance[:, 2, 2] + 2 * covariance[:, 1, 2]
        path = np.exp(typical[:, 1] + typical[:, 2] + mean[:, 1] + mean[:, 2] + variance / 2)
        middle, sd = frequency[:, 0], np.maximum(frequency[:, 1], 1e-9)
        # E 1/F of F = max(1, log-normal): nobody sees less than one impression.
        once = ndtr(-middle / sd) + np.exp(-middle + sd**2 / 2) * ndtr(middle / sd - sd)
        return cls(seen * path, seen * once)
