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

from fit import locale
from fit.locale import _, phrase
from fit.model.payoff import Strengths
from fit.text import words

CLEAR, LEANING = 0.80, 0.65  # at .80 the label was right 89 % of the time in trials, between the two 70 %
BALANCED_SD = 0.35  # D is known this well and still undecided: the creator is truly between the two
FEWEST_EVIDENCE = 1.0  # events' worth of clicks and purchases together below which "conversion" is a guess
TOO_LITTLE = 0.5  # below half of what the same money buys at market price, another creator is the better use of it
SAID_LEAST, SAID_MOST = 3, 97  # percent; prose never claims more, because the model itself may be wrong
VERDICTS = {
    ("clear", "conversion"): phrase("Clear conversion ({sure} % sure)."),
    ("clear", "awareness"): phrase("Clear awareness ({sure} % sure)."),
    ("leaning", "conversion"): phrase("Leaning conversion ({sure} % sure)."),
    ("leaning", "awareness"): phrase("Leaning awareness ({sure} % sure)."),
}
CHANGE = phrase("What would change this: ")
EVENT_WORDS = words.STAGE_WORDS | {"convert": phrase("purchases")}
# Labels and confidences are names in files and JSON; these are the texts that pages show of them.
LABELS = (phrase("awareness"), phrase("conversion"), phrase("balanced"), phrase("pilot"), phrase("not for this market"))
CONFIDENCES = (phrase("clear"), phrase("leaning"), phrase("none"))
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

    @property
    def change(self) -> str:
        """What would change the role, without the words that begin that sentence."""
        return self.what_would_change.removeprefix(_(CHANGE))


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
    worth = {"awareness": locale.decimal(awareness, 2), "conversion": locale.decimal(conversion, 2)}
    if known and max(awareness, conversion) < TOO_LITTLE:
        summary = _("Not for this market: awareness {awareness}, conversion {conversion} of market price.")
        because = [
            _("Not for this market."),
            where,
            _(
                "The same money at market price buys more than twice as much: awareness {awareness} and conversion "
                "{conversion} against 1."
            ).format(**worth),
            _strengths(stages),
        ]
        change = _("a price under {share} % of today's, or a market where more of the audience lives.")
        change = change.format(share=_half_price(awareness, conversion))
        return Role(
            "not for this market", "clear", p_conversion, f"{where} {summary.format(**worth)}", " ".join(because),
            _(CHANGE) + change, speaks_for, speaks_against,
        )  # fmt: skip
    if known and label == "conversion" and conversion < TOO_LITTLE:
        summary = _("Awareness only: conversion here is worth {conversion} of market price.")
        because = [
            _("Awareness in this market, although conversion elsewhere."),
            where,
            _(
                "Conversion here is worth {conversion} of what the same money buys at market price, awareness "
                "{awareness}."
            ).format(**worth),
            _strengths(stages),
        ]
        return Role(
            "awareness", "leaning", p_conversion, f"{where} {summary.format(**worth)}", " ".join(because),
            _(CHANGE) + _("a market where more of the audience lives."), speaks_for, speaks_against,
        )  # fmt: skip
    verdict = _verdict(label, confidence, p_conversion)
    summary = f"{where} {verdict.rstrip('.')}; {_short_strengths(stages)}."
    because = " ".join([verdict, _strengths(stages), _proof(stages), where])
    change = _(CHANGE) + _change(label, stages)
    return Role(label, confidence, p_conversion, summary, because, change, speaks_for, speaks_against)


def said(probability: float) -> int:
    """A probability in whole percent, as prose may say it: 3 to 97."""
    return int(min(max(round(100 * probability), SAID_LEAST), SAID_MOST))


def _verdict(label: str, confidence: str, p_conversion: float) -> str:
    """The first sentence."""
    if label == "balanced":
        balanced = _("Balanced ({sure} % conversion): about as good at one as at the other.")
        return balanced.format(sure=said(p_conversion))
    if label == "pilot":
        return _("Pilot first ({sure} % conversion): not enough evidence for a role.").format(sure=said(p_conversion))
    sure = said(p_conversion if label == "conversion" else 1 - p_conversion)
    return _(VERDICTS[confidence, label]).format(sure=sure)


def _strengths(stages: Mapping[str, Mapping[str, float]]) -> str:
    """Clicks, purchases and engagement, each with its interval."""
    clicks, purchases, engagement = (_one(stages[name]) for name in ("click", "convert", "engage"))
    typical = _("100 = typical creator on comparable campaigns")
    return _("Clicks {clicks}, purchases per click {purchases}, engagement {engagement}.").format(
        clicks=clicks.replace(")", f"; {typical})"), purchases=purchases, engagement=engagement
    )


def _short_strengths(stages: Mapping[str, Mapping[str, float]]) -> str:
    """The measured indices, each with its interval: clicks 128 (92-176), engagement 84 (66-107)."""
    order = ("click", "convert", "engage")
    measured = [f"{words.stage(name)} {_one(stages[name])}" for name in order if stages[name]["count_campaigns"]]
    return ", ".join(measured) or _("no campaign measured yet")


def _one(stage: Mapping[str, float]) -> str:
    """128 (92-176), or that it was not measured."""
    interval = f"{words.index(stage['index'])} ({words.index(stage['low'])}-{words.index(stage['high'])})"
    return interval if stage["count_campaigns"] else _("not measured, likely {interval}").format(interval=interval)


def _proof(stages: Mapping[str, Mapping[str, float]]) -> str:
    """How much the campaigns prove."""
    count = max(int(stage["count_campaigns"]) for stage in stages.values())
    if not count:
        return _("From no campaign yet: this is what a creator of this field is like.")
    with_clicks, with_purchases = (int(stages[name]["count_campaigns"]) for name in ("click", "convert"))
    return _(
        "From {campaigns}, {with_clicks} with click and {with_purchases} with purchase tracking: that counts as "
        "{clicks} clicks' and {sales} sales' worth of evidence, because one campaign proves little however big."
    ).format(
        campaigns=words.counted(count, "campaign", "campaigns"),
        with_clicks=with_clicks,
        with_purchases=with_purchases,
        clicks=locale.decimal(stages["click"]["evidence"]),
        sales=locale.decimal(stages["convert"]["evidence"]),
    )


def _where(share: float | None, upper: float | None, reach: float | None, market: str) -> str:
    """Where the audience lives."""
    if share is None:
        unknown = _("No audience by country is loaded, so nobody knows how much of it lives in {market}.")
        return unknown.format(market=market)
    said = [_("{share} % of the audience lives in {market}").format(share=locale.decimal(100 * share), market=market)]
    if upper is not None and upper - share >= 0.005:
        most = _(" (at most {share} % with the unknown part)")
        said.append(most.format(share=locale.decimal(100 * upper)))
    if reach is not None:
        said.append(_(", about {people} people for one standard deliverable").format(people=locale.decimal(reach)))
    return "".join([*said, "."])


def _half_price(awareness: float, conversion: float) -> str:
    """The part of the price, in percent, at which the better of the two payoffs would reach half of market price."""
    return locale.decimal(max(1.0, 100 * max(awareness, conversion) / TOO_LITTLE))


def _change(label: str, stages: Mapping[str, Mapping[str, float]]) -> str:
    """What would change the label."""
    if not stages["convert"]["count_campaigns"]:
        return _("one campaign with purchase tracking.")
    if not stages["click"]["count_campaigns"]:
        return _("one campaign with click tracking.")
    if label == "pilot":
        weakest = min(("click", "convert", "engage"), key=lambda name: stages[name]["evidence"])
        thin = _("one more campaign that measures {stage}, where the evidence is thinnest.")
        return thin.format(stage=_(EVENT_WORDS[weakest]))
    if label == "balanced":
        return _("two or three more campaigns that all point the same way.")
    other = _("engagement") if label == "conversion" else _("clicks and purchases")
    return _("one or two campaigns with {stages} well above what is typical.").format(stages=other)


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
    for name in words.STAGE_WORDS:
        stage = stages[name]
        against = _("{stage} {index} against a typical 100")
        if not stage["count_campaigns"]:
            bad.append(_("{stage} never measured").format(stage=words.stage(name)))
        elif stage["low"] > 100:
            good.append(against.format(stage=words.stage(name), index=words.index(stage["index"])))
        elif stage["high"] < 100:
            bad.append(against.format(stage=words.stage(name), index=words.index(stage["index"])))
    if share is None:
        bad.append(_("audience by country unknown"))
    elif known:
        best, value = max((("awareness", awareness), ("conversion", conversion)), key=lambda pair: pair[1])
        sentence = _("{goal} payoff {payoff} of market price with {share} % of the audience in {market}").format(
            goal=_(best), payoff=locale.decimal(value, 2), share=locale.decimal(100 * share), market=market
        )
        (good if value >= 1 else bad).append(sentence)
    return tuple(good), tuple(bad)
