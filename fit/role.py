"""What should this creator be booked for: awareness or conversion, and how sure are we?

D = click + convert - engage, in log indices: is a creator better at sending buyers than at being liked? A label is
given only when D is sure; "balanced", "pilot" and "not for this market" are honest answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import ndtr

from fit.payoff import Strengths

CLEAR, LEANING = 0.80, 0.65  # at .80 the label was right 89 % of the time in trials, between the two 70 %
BALANCED_SD = 0.35  # D is known this well and still undecided: the creator is truly between the two
FEWEST_EVIDENCE = 1.0  # events' worth of clicks and purchases together below which "conversion" is a guess
TOO_LITTLE = 0.5  # below half of what the same money buys at market price, another creator is the better use of it
SAID_LEAST, SAID_MOST = 3, 97  # percent; prose never claims more, because the model itself may be wrong
D_WEIGHTS = np.array([-1.0, 1.0, 1.0])  # engage, click, convert


@dataclass(frozen=True)
class Role:
    """A recommended role with its reason, in words a marketer can repeat."""

    label: str  # awareness | conversion | balanced | pilot | not for this market
    confidence: str  # clear | leaning | none
    p_conversion: float
    summary: str  # two sentences: where the audience lives, and the role with its numbers
    because: str
    what_would_change: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def natural_role(creator_id: pl.Series, strengths: Strengths, evidence: np.ndarray) -> pl.DataFrame:
    """One row per creator of the table natural_roles.

    strengths: log indices with everything that makes them unsure; evidence: (creators, 3), events' worth by stage.
    """
    covariance = strengths.covariance
    gap = np.einsum("ci,i->c", strengths.mean, D_WEIGHTS)
    gap_sd = np.sqrt(np.einsum("i,cij,j->c", D_WEIGHTS, covariance, D_WEIGHTS))
    p_conversion = ndtr(gap / gap_sd)
    sure = np.maximum(p_conversion, 1 - p_conversion)
    side = np.where(p_conversion >= 0.5, "conversion", "awareness")
    guessed = (side == "conversion") & (evidence[:, 1] + evidence[:, 2] < FEWEST_EVIDENCE)
    decided = (sure >= LEANING) & ~guessed
    undecided = np.where((gap_sd < BALANCED_SD) & ~guessed, "balanced", "pilot")
    return pl.DataFrame(
        {
            "creator_id": creator_id,
            "gap_mean": gap,
            "gap_sd": gap_sd,
            "p_conversion": p_conversion,
            "label": np.where(decided, side, undecided),
            "confidence": np.where(decided, np.where(sure >= CLEAR, "clear", "leaning"), "none"),
            "covariance_engage_click": covariance[:, 0, 1],
            "covariance_engage_convert": covariance[:, 0, 2],
            "covariance_click_convert": covariance[:, 1, 2],
        }
    )


def role_in_market(
    natural: Mapping[str, object],
    stages: Mapping[str, Mapping[str, float]],
    *,
    payoff_awareness: float | None,
    payoff_conversion: float | None,
    in_market_share: float | None,
    in_market_share_upper: float | None = None,
    in_market_reach: float | None = None,
    market: str = "this market",
) -> Role:
    """The role in one market: the natural role, unless the market pays too little for it.

    natural: a row of natural_roles. stages: engage, click, convert, each a row of strengths. The payoffs are the
    expected ones (1 = market price); None = no audience known. market: how the brief's countries read in a sentence.
    """
    label, confidence = str(natural["label"]), str(natural["confidence"])
    p_conversion = float(natural["p_conversion"])
    where = _where(in_market_share, in_market_share_upper, in_market_reach, market)
    awareness, conversion = payoff_awareness or 0.0, payoff_conversion or 0.0
    known = in_market_share is not None and payoff_awareness is not None and payoff_conversion is not None
    speaks_for, speaks_against = _arguments(stages, in_market_share, awareness, conversion, market, known)
    if known and max(awareness, conversion) < TOO_LITTLE:
        worth = f"awareness {awareness:.2f}, conversion {conversion:.2f} of market price"
        summary = f"{where} Not for this market: {worth}."
        because = (
            f"Not for this market. {where} The same money at market price buys more than twice as much: "
            f"awareness {awareness:.2f} and conversion {conversion:.2f} against 1. "
        )
        change = (
            f"What would change this: a price under {_half_price(awareness, conversion)} of today's, "
            "or a market where more of the audience lives."
        )
        because += _strengths(stages)
        return Role("not for this market", "clear", p_conversion, summary, because, change, speaks_for, speaks_against)
    if known and label == "conversion" and conversion < TOO_LITTLE:
        summary = f"{where} Awareness only: conversion here is worth {conversion:.2f} of market price."
        because = (
            f"Awareness in this market, although conversion elsewhere. {where} Conversion here is worth "
            f"{conversion:.2f} of what the same money buys at market price, awareness {awareness:.2f}. "
        )
        because += _strengths(stages)
        change = "What would change this: a market where more of the audience lives."
        return Role("awareness", "leaning", p_conversion, summary, because, change, speaks_for, speaks_against)
    verdict = _verdict(label, confidence, p_conversion)
    summary = f"{where} {verdict.rstrip('.')}; {_short_strengths(stages)}."
    because = " ".join([verdict, _strengths(stages), _proof(stages), where])
    return Role(label, confidence, p_conversion, summary, because, _change(label, stages), speaks_for, speaks_against)


def said(probability: float) -> int:
    """A probability in whole percent, as prose may say it: 3 to 97."""
    return int(min(max(round(100 * probability), SAID_LEAST), SAID_MOST))


def _verdict(label: str, confidence: str, p_conversion: float) -> str:
    """The first sentence."""
    if label == "balanced":
        return f"Balanced ({said(p_conversion)} % conversion): about as good at one as at the other."
    if label == "pilot":
        return f"Pilot first ({said(p_conversion)} % conversion): not enough evidence for a role."
    sure = said(p_conversion if label == "conversion" else 1 - p_conversion)
    return f"{confidence.capitalize()} {label} ({sure} % sure)."


def _strengths(stages: Mapping[str, Mapping[str, float]]) -> str:
    """Clicks, purchases and engagement, each with its interval."""
    clicks, purchases, engagement = (_one(stages[name]) for name in ("click", "convert", "engage"))
    first = clicks.replace(")", "; 100 = typical creator on comparable campaigns)")
    return f"Clicks {first}, purchases per click {purchases}, engagement {engagement}."


def _short_strengths(stages: Mapping[str, Mapping[str, float]]) -> str:
    """The measured indices, each with its interval: clicks 128 (92-176), engagement 84 (66-107)."""
    words = {"click": "clicks", "convert": "purchases per click", "engage": "engagement"}
    measured = [f"{word} {_one(stages[name])}" for name, word in words.items() if stages[name]["count_campaigns"]]
    return ", ".join(measured) or "no campaign measured yet"


def _one(stage: Mapping[str, float]) -> str:
    """128 (92-176), or that it was not measured."""
    interval = f"{stage['index']:.0f} ({stage['low']:.0f}-{stage['high']:.0f})"
    return interval if stage["count_campaigns"] else f"not measured, likely {interval}"


def _proof(stages: Mapping[str, Mapping[str, float]]) -> str:
    """How much the campaigns prove."""
    count = max(int(stage["count_campaigns"]) for stage in stages.values())
    if not count:
        return "From no campaign yet: this is what a creator of this field is like."
    with_clicks, with_purchases = (int(stages[name]["count_campaigns"]) for name in ("click", "convert"))
    return (
        f"From {_campaigns(count)}, {with_clicks} with click and {with_purchases} with purchase tracking: "
        f"that counts as {stages['click']['evidence']:.0f} clicks' and {stages['convert']['evidence']:.0f} sales' "
        "worth of evidence, because one campaign proves little however big."
    )


def _campaigns(count: int) -> str:
    """1 campaign, 2 campaigns."""
    return f"{count} campaign" + ("" if count == 1 else "s")


def _where(share: float | None, upper: float | None, reach: float | None, market: str) -> str:
    """Where the audience lives."""
    if share is None:
        return f"No audience by country is loaded, so nobody knows how much of it lives in {market}."
    is_open = upper is not None and upper - share >= 0.005
    most = f" (at most {100 * upper:.0f} % with the unknown part)" if is_open else ""
    people = f", about {reach:,.0f} people for one standard deliverable" if reach is not None else ""
    return f"{100 * share:.0f} % of the audience lives in {market}{most}{people}."


def _half_price(awareness: float, conversion: float) -> str:
    """The part of the price at which the better of the two payoffs would reach half of market price."""
    return f"{max(1.0, 100 * max(awareness, conversion) / TOO_LITTLE):.0f} %"


def _change(label: str, stages: Mapping[str, Mapping[str, float]]) -> str:
    """What would change the label."""
    if not stages["convert"]["count_campaigns"]:
        return "What would change this: one campaign with purchase tracking."
    if not stages["click"]["count_campaigns"]:
        return "What would change this: one campaign with click tracking."
    if label == "pilot":
        weakest = min(("click", "convert", "engage"), key=lambda name: stages[name]["evidence"])
        words = {"click": "clicks", "convert": "purchases", "engage": "engagement"}[weakest]
        return f"What would change this: one more campaign that measures {words}, where the evidence is thinnest."
    if label == "balanced":
        return "What would change this: two or three more campaigns that all point the same way."
    other = "engagement" if label == "conversion" else "clicks and purchases"
    return f"What would change this: one or two campaigns with {other} well above what is typical."


def _arguments(
    stages: Mapping[str, Mapping[str, float]],
    share: float | None,
    awareness: float,
    conversion: float,
    market: str,
    known: bool,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for and what against booking: every stage that is surely above or below typical, share and payoff."""
    good, bad = [], []
    words = {"engage": "engagement", "click": "clicks", "convert": "purchases per click"}
    for name, word in words.items():
        stage = stages[name]
        if not stage["count_campaigns"]:
            bad.append(f"{word} never measured")
        elif stage["low"] > 100:
            good.append(f"{word} {stage['index']:.0f} against a typical 100")
        elif stage["high"] < 100:
            bad.append(f"{word} {stage['index']:.0f} against a typical 100")
    if share is None:
        bad.append("audience by country unknown")
    elif known:
        best, value = max((("awareness", awareness), ("conversion", conversion)), key=lambda pair: pair[1])
        sentence = f"{best} payoff {value:.2f} of market price with {100 * share:.0f} % of the audience in {market}"
        (good if value >= 1 else bad).append(sentence)
    return tuple(good), tuple(bad)
