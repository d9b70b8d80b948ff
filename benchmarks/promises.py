"""Compare chances that were said with how often it was so, and with a judge whose every word is true.

The gap is the largest difference, over tenths of what was said. Even a perfect judge has one: cases are few, and the
targets of one field share the errors of its benchmark, so a field is right or wrong as a whole. How large its gap would
be is measured, not guessed: our own futures stand in for what came (replays), and the same gap is taken of them.

Targets of two kinds are tried, each times exp(N(0, TARGET_SD)) around what a typical creator with the same followers
and audience brings: as the judge expects it, which is what somebody who promises can know, and as it truly is, which
nobody knows. Of the second kind no chance can be right, however good the judge is: a judge that takes its field for
better than it is sees targets that look easy, and cannot know it. The replays show how much that is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from benchmarks.worlds import World
from fit.forecast.inputs import ForecastInputs, inputs_of
from fit.forecast.simulate import SEED, draw_apart, fit_errors
from fit.forecast.stored_basis import StoredBasis
from fit.model import click_factor, convert_factor

TARGETS, TARGET_SD = ("clicks", "conversions"), 0.7
TARGETS_PER_BRIEF = 5
REPLAYS = 40  # futures of each field that stand in for what came
RESAMPLES = 200  # of fields, or of replays, for the spread of a gap


@dataclass(frozen=True)
class Said:
    """Chances said (row 0) and whether it was so (row 1): as it was (2, cases), and replayed (replays, 2, cases)."""

    was: np.ndarray
    replays: np.ndarray

    @classmethod
    def of_independent(cls, chance: np.ndarray, is_so: np.ndarray) -> Said:
        """Cases that share nothing: the replays toss a coin for each."""
        tossed = np.random.default_rng(0).random((REPLAYS, len(chance))) < chance
        again = np.stack([np.broadcast_to(chance, tossed.shape), tossed], axis=1)
        return cls(np.stack([chance, is_so]).astype(float), again.astype(np.float32))


def targets_said(
    world: World, stored: StoredBasis, inputs: ForecastInputs, futures: Mapping[str, np.ndarray]
) -> dict[str, Said]:
    """The chance of every target tried: "hit" of those around what is known, "hidden" of those around the truth.

    inputs, futures: of the world's briefs.
    """
    draws = futures[TARGETS[0]].shape[1]
    g = np.random.default_rng([world.seed, 1])  # of each field its own, as the replays below
    chosen = g.choice(draws, REPLAYS, replace=False)
    came = draw_apart(inputs, draws, world.seed)
    typical = inputs_of(world.briefs, made_typical(stored))
    known, errors = expected_counts(typical), fit_errors(typical, draws, SEED)[:, :, chosen]
    moved = {"clicks": errors[3] + errors[1], "conversions": errors[3] + errors[1] + errors[2]}
    hit, hidden = [], []
    for name in TARGETS * TARGETS_PER_BRIEF:
        ordered, outcome = np.sort(futures[name], axis=1), world.outcomes[name].to_numpy()
        times, again = np.exp(TARGET_SD * g.standard_normal(len(inputs))), came[name][:, chosen].T
        around_known = known[name] * times
        around_truth = world.typical[name].to_numpy() * times
        replayed_truth = (around_known[:, None] * np.exp(moved[name])).T
        hit.append(_said(ordered, around_known, outcome, np.broadcast_to(around_known, again.shape), again))
        hidden.append(_said(ordered, around_truth, outcome, replayed_truth, again))
    return {"hit": _together(hit), "hidden": _together(hidden)}


def _said(
    ordered: np.ndarray, target: np.ndarray, outcome: np.ndarray, replayed: np.ndarray, again: np.ndarray
) -> Said:
    """One target a brief (briefs,), and in replays (replays, briefs). ordered: futures (briefs, draws), sorted."""
    was = np.stack([_chance(ordered, target[None])[0], outcome >= target])
    return Said(was, np.stack([_chance(ordered, replayed), again >= replayed], axis=1).astype(np.float32))


def _chance(ordered: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The part of each brief's futures that reach its targets (some, briefs)."""
    below = [np.searchsorted(row, of_brief) for row, of_brief in zip(ordered, targets.T, strict=True)]
    return 1 - np.stack(below, axis=1) / ordered.shape[1]


def _together(parts: Sequence[Said]) -> Said:
    return Said(
        np.concatenate([one.was for one in parts], axis=1), np.concatenate([one.replays for one in parts], axis=2)
    )


def made_typical(stored: StoredBasis) -> StoredBasis:
    """The same field, every creator of it without anything of its own in strength and views."""
    strengths = stored.strengths.with_columns(log_mean=pl.lit(0.0), reliability=pl.lit(0.0))
    views = stored.view_rates.with_columns(log_mean=pl.lit(0.0), log_sd=pl.lit(stored.facts["view_creator_sd"]))
    return replace(stored, strengths=strengths, view_rates=views)


def expected_counts(typical: ForecastInputs) -> dict[str, np.ndarray]:
    """Clicks and purchases to expect of typical creators, (briefs,) each: luck averages 1, errors are not counted."""
    share = typical.share[:, 0]
    seen = np.exp(typical.impressions[:, 0] + typical.view_campaign_sd**2 / 2)
    clicks = seen * typical.rates[:, 1] * click_factor(share, typical.out_click)
    bought = typical.rates[:, 2] * convert_factor(share, typical.out_click, typical.out_convert)
    return {"clicks": clicks, "conversions": clicks * bought}


def decile_gap(said: np.ndarray) -> float:
    """The largest difference, in any tenth of what was said (row 0), from how often it happened (row 1)."""
    tenths = np.array_split(np.argsort(said[0], kind="stable"), 10)
    return float(max(abs(said[0, tenth].mean() - said[1, tenth].mean()) for tenth in tenths))


def gap_figures(kind: str, fields: Sequence[Said]) -> dict[str, float]:
    """The gap of all fields together, its standard error (fields drawn anew), and the one of a judge who is right."""
    g = np.random.default_rng(0)
    anew = (g.integers(0, len(fields), len(fields)) for _ in range(RESAMPLES))
    spread = np.std([decile_gap(np.concatenate([fields[at].was for at in some], axis=1)) for some in anew])
    right = (g.integers(0, REPLAYS, len(fields)) for _ in range(RESAMPLES))
    replayed = (
        np.concatenate([one.replays[number] for one, number in zip(fields, numbers, strict=True)], axis=1)
        for numbers in right
    )
    return {
        f"{kind}_gap": decile_gap(np.concatenate([one.was for one in fields], axis=1)),
        f"{kind}_gap +-": float(spread) if len(fields) > 1 else np.nan,
        f"{kind}_gap_if_right": float(np.mean([decile_gap(one) for one in replayed])),
    }
