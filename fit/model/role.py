"""Decide the role of a creator: awareness, conversion, balanced, pilot, or not for this market.

The natural role compares log indices, D = log click + log convert - log engage: is a creator better at sending buyers
than at being liked? P(conversion) = Phi(D / sd of D), and the role is

- conversion or awareness, when the P of that side is at least LEANING (from CLEAR on it is a clear role);
- balanced, when neither is and D is known to within BALANCED_SD;
- pilot, when D is not known well enough, or conversion is likely on less evidence than FEWEST_EVIDENCE.

In a market the natural role holds unless too few of the audience live there: fewer than FEWEST_THERE, or so few that
what they bring at the usual price is below TOO_LITTLE. The table of docs/method.md,
section 4, says the same in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import polars as pl
from scipy.special import ndtr

from fit import locale
from fit.locale import _, phrase
from fit.model.payoff import Strengths
from fit.text import words


class RoleLabel(StrEnum):
    """What a creator should be booked for; the values are names in tables, files and JSON, and translated on pages."""

    AWARENESS = phrase("awareness")
    CONVERSION = phrase("conversion")
    BALANCED = phrase("balanced")
    PILOT = phrase("pilot")
    NOT_FOR_THIS_MARKET = phrase("not for this market")


class Confidence(StrEnum):
    """How sure a label is; NONE where no side is likely enough (balanced and pilot)."""

    CLEAR = phrase("clear")
    LEANING = phrase("leaning")
    NONE = phrase("none")


CLEAR, LEANING = 0.80, 0.65  # at .80 the label was right 89 % of the time in trials, between the two 70 %
BALANCED_SD = 0.35  # D is known this well and still undecided: the creator is truly between the two
FEWEST_EVIDENCE = 1.0  # events' worth of clicks and purchases together below which "conversion" is a guess
TOO_LITTLE = 0.5  # below half of what the same money usually buys, another creator is the better use of it
ABOUT_AS_STRONG = 1.2  # an unproven difference of less than this factor is none that a sentence names
ONE_PERCENT = 0.0095  # of an audience: a smaller share keeps two decimals, since "0 %" would be another thing
FEWEST_THERE = 0.05  # a rule of practice: with fewer than 1 in 20 of the audience there, a creator is not for a market
FEWEST_CAMPAIGNS = 2  # measured at every stage of a role before it may be called clear
D_WEIGHTS = np.array([-1.0, 1.0, 1.0])  # engage, click, convert


def natural_role(
    creator_id: pl.Series, strengths: Strengths, evidence: np.ndarray, count_campaigns: np.ndarray
) -> pl.DataFrame:
    """Decide the natural role of all creators, before anybody names a market: rows of the table natural_roles.

    creator_id: (creators,); strengths: log indices with everything that makes them unsure; evidence: (creators, 3),
    events' worth by stage; count_campaigns: (creators, 3), measured ones. gap_mean and gap_sd are D and its standard
    deviation, p_conversion is 0 to 1.
    """
    covariance = strengths.covariance
    gap = np.einsum("ci,i->c", strengths.mean, D_WEIGHTS)
    gap_sd = np.sqrt(np.einsum("i,cij,j->c", D_WEIGHTS, covariance, D_WEIGHTS))
    p_conversion = ndtr(gap / gap_sd)
    sure = np.maximum(p_conversion, 1 - p_conversion)
    side = np.where(p_conversion >= 0.5, RoleLabel.CONVERSION, RoleLabel.AWARENESS)
    guessed = (side == RoleLabel.CONVERSION) & (evidence[:, 1] + evidence[:, 2] < FEWEST_EVIDENCE)
    decided = (sure >= LEANING) & ~guessed
    undecided = np.where((gap_sd < BALANCED_SD) & ~guessed, RoleLabel.BALANCED, RoleLabel.PILOT)
    fewest = np.where(side == RoleLabel.CONVERSION, count_campaigns[:, 1:].min(axis=1), count_campaigns[:, 0])
    is_clear = (sure >= CLEAR) & (fewest >= FEWEST_CAMPAIGNS)
    confidence = np.where(is_clear, Confidence.CLEAR, Confidence.LEANING)
    return pl.DataFrame(
        {
            "creator_id": creator_id,
            "gap_mean": gap,
            "gap_sd": gap_sd,
            "p_conversion": p_conversion,
            "label": np.where(decided, side, undecided),
            "confidence": np.where(decided, confidence, Confidence.NONE),
            "covariance_engage_click": covariance[:, 0, 1],
            "covariance_engage_convert": covariance[:, 0, 2],
            "covariance_click_convert": covariance[:, 1, 2],
        }
    )


def _in_market(
    label: RoleLabel, confidence: Confidence, awareness: float, conversion: float, nobody_there: bool
) -> tuple[RoleLabel, Confidence]:
    """Change a natural role where the market gives too little; awareness, conversion: payoffs at the usual price."""
    if nobody_there or max(awareness, conversion) < TOO_LITTLE:
        return RoleLabel.NOT_FOR_THIS_MARKET, Confidence.CLEAR
    if label == RoleLabel.CONVERSION and conversion < TOO_LITTLE:
        return RoleLabel.AWARENESS, Confidence.LEANING
    return label, confidence


PROSE_LEAST, PROSE_MOST = 3, 97  # percent; prose never claims more, because the model itself may be wrong
VERDICTS = {
    (Confidence.CLEAR, RoleLabel.CONVERSION): phrase("Clear conversion ({sure} % sure, {campaigns})."),
    (Confidence.CLEAR, RoleLabel.AWARENESS): phrase("Clear awareness ({sure} % sure, {campaigns})."),
    (Confidence.LEANING, RoleLabel.CONVERSION): phrase("Leaning conversion ({sure} % sure, {campaigns})."),
    (Confidence.LEANING, RoleLabel.AWARENESS): phrase("Leaning awareness ({sure} % sure, {campaigns})."),
}
MORE = {
    "engage": phrase("{part} more engagement"),
    "click": phrase("{part} more clicks"),
    "convert": phrase("{part} more purchases per click"),
}
FEWER = {
    "engage": phrase("{part} less engagement"),
    "click": phrase("{part} fewer clicks"),
    "convert": phrase("{part} fewer purchases per click"),
}
# What the price brings against what the same money usually brings, by how far apart the two are.
FOR_THE_MONEY = {
    (RoleLabel.AWARENESS, "times"): phrase("{times} the people that the same money usually reaches"),
    (RoleLabel.AWARENESS, "more"): phrase("{part} more people than the same money usually reaches"),
    (RoleLabel.AWARENESS, "same"): phrase("as many people as the same money usually reaches"),
    (RoleLabel.AWARENESS, "fewer"): phrase("{part} fewer people than the same money usually reaches"),
    (RoleLabel.CONVERSION, "times"): phrase("{times} the purchases that the same money usually brings"),
    (RoleLabel.CONVERSION, "more"): phrase("{part} more purchases than the same money usually brings"),
    (RoleLabel.CONVERSION, "same"): phrase("as many purchases as the same money usually brings"),
    (RoleLabel.CONVERSION, "fewer"): phrase("{part} fewer purchases than the same money usually brings"),
}
CHANGE = phrase("What would change this: ")
EVENT_WORDS = words.STAGE_WORDS | {"convert": phrase("purchases")}


@dataclass(frozen=True)
class Role:
    """A recommended role, and in words a marketer can repeat why. A list asks for few of the sentences, so each is made
    when it is read.

    natural: the label before the market was looked at. stages: engage, click, convert, each a row of strengths. share,
    upper: of the audience in the market, 0 to 1, at least and with the unknown part; None where no audience is known.
    payoffs: awareness and conversion, expected; None where one is not known. elsewhere: the largest country of the
    audience and its share. market: how the brief's countries read in a sentence.
    """

    label: RoleLabel
    confidence: Confidence
    p_conversion: float
    natural: RoleLabel
    stages: Mapping[str, Mapping[str, float]] = field(repr=False)
    share: float | None
    upper: float | None
    payoffs: tuple[float, float] | None
    elsewhere: tuple[str | None, float | None]
    market: str

    @property
    def where(self) -> str:
        """Where the audience lives, in a sentence or two."""
        where = _where(self.share, self.upper, self.market)
        if self.label != RoleLabel.NOT_FOR_THIS_MARKET:
            return where
        return " ".join(part for part in (where, _elsewhere(self.elsewhere, self.share)) if part)

    @property
    def verdict(self) -> str:
        """The role with its numbers, in one sentence."""
        if self.label == RoleLabel.NOT_FOR_THIS_MARKET:
            return _("Not for this market.")
        if self.label != self.natural:
            return _("For awareness only: too little of the audience lives in {market} to buy there.").format(
                market=self.market
            )
        return f"{self._natural_verdict} {_against_similar(self.stages)}".rstrip()

    @property
    def summary(self) -> str:
        """Where the audience lives, and the role with its numbers."""
        return f"{self.where} {self.verdict}"

    @property
    def because(self) -> str:
        """What the role rests on."""
        if self.label == RoleLabel.NOT_FOR_THIS_MARKET:
            return f"{self.verdict} {self.where} {_strengths(self.stages)}"
        if self.label != self.natural:
            verdict = _("For awareness in this market, for conversion elsewhere.")
            return f"{verdict} {self.where} {_strengths(self.stages)}"
        return f"{self._natural_verdict} {_strengths(self.stages)} {_proof(self.stages)} {self.where}"

    @property
    def change(self) -> str:
        """What would change the role, without the words that begin that sentence."""
        if self.label != self.natural:
            return _("a market where more of the audience lives.")
        return _change(self.label, self.stages)

    @property
    def what_would_change(self) -> str:
        """What would change the role, as a sentence."""
        return _(CHANGE) + self.change

    @property
    def reasons_to_book(self) -> tuple[str, ...]:
        """Reasons to book, each a part of a sentence."""
        return _arguments(self.stages, self.share, self.payoffs, self.market)[0]

    @property
    def reasons_not_to_book(self) -> tuple[str, ...]:
        """Reasons not to book, each a part of a sentence."""
        return _arguments(self.stages, self.share, self.payoffs, self.market)[1]

    @property
    def _natural_verdict(self) -> str:
        return _verdict(self.label, self.confidence, self.p_conversion, self.stages)


def role_in_market(
    natural: Mapping[str, Any],
    stages: Mapping[str, Mapping[str, float]],
    *,
    payoff_awareness: float | None,
    payoff_conversion: float | None,
    in_market_share: float | None,
    in_market_share_upper: float | None = None,
    price_factor: float = 1.0,
    elsewhere: tuple[str | None, float | None] = (None, None),
    market: str = "this market",
) -> Role:
    """Decide the role in one market, with its reason: the natural role, unless too few of the audience live there.

    The market decides before money: what the same creator would bring at the usual price says whether the market fits,
    so that no price makes a creator fit, and none makes it unfit.

    natural: a row of natural_roles. stages: engage, click, convert, each a row of strengths. The payoffs are the
    expected ones (1 = market price); None = no audience known. Shares are 0 to 1. price_factor: the usual price over
    the asked one, which the payoffs hold. elsewhere: the largest country of the audience and its share. market: how the
    brief's countries read in a sentence.
    """
    natural_label, confidence = RoleLabel(natural["label"]), Confidence(natural["confidence"])
    label, payoffs = natural_label, None
    if in_market_share is not None and payoff_awareness is not None and payoff_conversion is not None:
        payoffs = payoff_awareness, payoff_conversion
        upper = in_market_share if in_market_share_upper is None else in_market_share_upper
        at_usual_price = payoff_awareness / price_factor, payoff_conversion / price_factor
        label, confidence = _in_market(natural_label, confidence, *at_usual_price, upper < FEWEST_THERE)
    return Role(
        label,
        confidence,
        float(natural["p_conversion"]),
        natural_label,
        stages,
        in_market_share,
        in_market_share_upper,
        payoffs,
        elsewhere,
        market,
    )


def prose_percent(probability: float) -> int:
    """Round a probability (0 to 1) to whole percent, limited to the 3 to 97 that prose may claim."""
    return int(min(max(round(100 * probability), PROSE_LEAST), PROSE_MOST))


def _verdict(
    label: RoleLabel, confidence: Confidence, p_conversion: float, stages: Mapping[str, Mapping[str, float]]
) -> str:
    """The first sentence."""
    if label == RoleLabel.BALANCED:
        balanced = _("Balanced ({sure} % conversion): about as good at both.")
        return balanced.format(sure=prose_percent(p_conversion))
    if label == RoleLabel.PILOT:
        pilot = _("Test first ({sure} % conversion): not enough evidence for a role.")
        return pilot.format(sure=prose_percent(p_conversion))
    sure = prose_percent(p_conversion if label == RoleLabel.CONVERSION else 1 - p_conversion)
    count = max(int(stage["count_campaigns"]) for stage in stages.values())
    campaigns = words.counted(count, "campaign", "campaigns")
    return _(VERDICTS[confidence, label]).format(sure=sure, campaigns=campaigns)


def _strengths(stages: Mapping[str, Mapping[str, float]]) -> str:
    """Clicks, purchases and engagement, each with its interval."""
    clicks, purchases, engagement = (_interval(stages[name]) for name in ("click", "convert", "engage"))
    typical = _("100 = similar creators on comparable campaigns")
    return _("Clicks {clicks}, purchases per click {purchases}, engagement {engagement}.").format(
        clicks=clicks.replace(")", f"; {typical})"), purchases=purchases, engagement=engagement
    )


def apart_from_similar(stages: Mapping[str, Mapping[str, float]]) -> tuple[list[str], list[str]]:
    """Measured stages whose whole range lies above, and below, similar creators: "64 % more clicks".

    stages: stage to index, low, high (100 = similar creators) and count_campaigns.
    """
    measured = {name: stages[name] for name in words.STAGE_WORDS if stages[name]["count_campaigns"]}
    above = [_difference(name, stage["index"]) for name, stage in measured.items() if stage["low"] > 100]
    below = [_difference(name, stage["index"]) for name, stage in measured.items() if stage["high"] < 100]
    return above, below


def probably_apart(stages: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Measured stages whose index is far from 100 while their range holds it, as apart_from_similar says them."""
    return [
        _difference(name, stages[name]["index"])
        for name in words.STAGE_WORDS
        if stages[name]["count_campaigns"] and stages[name]["low"] <= 100 <= stages[name]["high"]
        and not 100 / ABOUT_AS_STRONG < stages[name]["index"] < 100 * ABOUT_AS_STRONG
    ]  # fmt: skip


def _difference(name: str, index: float) -> str:
    sentence = MORE[name] if index >= 100 else FEWER[name]
    return _(sentence).format(part=words.percent(abs(round(index) - 100) / 100))


def _against_similar(stages: Mapping[str, Mapping[str, float]]) -> str:
    """What is surely apart from similar creators, as a sentence; empty where nothing is."""
    if not any(stage["count_campaigns"] for stage in stages.values()):
        return _("No past campaigns are tracked.")
    above, below = apart_from_similar(stages)
    differences = words.listing(above + below)
    return _("Gets {differences} than similar creators.").format(differences=differences) if differences else ""


def _interval(stage: Mapping[str, float]) -> str:
    """128 (92-176), or that there is no data yet."""
    low, high = words.index(stage["low"]), words.index(stage["high"])
    return (
        f"{words.index(stage['index'])} ({low}-{high})"
        if stage["count_campaigns"]
        else _("no data yet (similar creators: {range})").format(range=f"{low}-{high}")
    )


def _proof(stages: Mapping[str, Mapping[str, float]]) -> str:
    """How much the campaigns prove."""
    count = max(int(stage["count_campaigns"]) for stage in stages.values())
    if not count:
        return _("No campaigns yet: these are the figures of similar creators.")
    with_clicks, with_purchases = (int(stages[name]["count_campaigns"]) for name in ("click", "convert"))
    return _(
        "Based on {campaigns}, {with_clicks} with click and {with_purchases} with purchase tracking. We "
        "cap the weight of any single campaign, so they count as {clicks} clicks and {sales} purchases."
    ).format(
        campaigns=words.counted(count, "campaign", "campaigns"),
        with_clicks=with_clicks,
        with_purchases=with_purchases,
        clicks=locale.decimal(stages["click"]["evidence"]),
        sales=locale.decimal(stages["convert"]["evidence"]),
    )


def _where(share: float | None, upper: float | None, market: str) -> str:
    """Where the audience lives."""
    if share is None:
        unknown = _("No audience by country is loaded, so the share in {market} is unknown.")
        return unknown.format(market=market)
    lives = (
        _("{share} % of the audience lives in {market}") if share else _("The audience's source does not list {market}")
    )
    parts = [lives.format(share=locale.decimal(100 * share, 0 if share >= ONE_PERCENT else 2), market=market)]
    if upper is not None and upper - share >= 0.005:
        most = _(" (at most {share} % with the unknown part)")
        parts.append(most.format(share=locale.decimal(100 * upper)))
    return "".join([*parts, "."])


def _elsewhere(largest: tuple[str | None, float | None], share: float | None) -> str:
    """The country where most of the audience lives instead; empty where that is the market, or unknown."""
    country, part = largest
    if country is None or part is None or share is None or part <= share:
        return ""
    return _("More of it lives in {country}: {part} %.").format(
        part=locale.decimal(100 * part), country=words.country(country)
    )


def _change(label: RoleLabel, stages: Mapping[str, Mapping[str, float]]) -> str:
    """What would change the label."""
    if not stages["convert"]["count_campaigns"]:
        return _("one campaign with purchase tracking.")
    if not stages["click"]["count_campaigns"]:
        return _("one campaign with click tracking.")
    if label == RoleLabel.PILOT:
        weakest = min(("click", "convert", "engage"), key=lambda name: stages[name]["evidence"])
        thin = _("one more campaign that measures {stage}, where the evidence is thinnest.")
        return thin.format(stage=_(EVENT_WORDS[weakest]))
    if label == RoleLabel.BALANCED:
        return _("two or three more campaigns that point the same way.")
    other = _("engagement") if label == RoleLabel.CONVERSION else _("clicks and purchases")
    return _("one or two campaigns with {stages} well above similar creators.").format(stages=other)


def _arguments(
    stages: Mapping[str, Mapping[str, float]],
    share: float | None,
    payoffs: tuple[float, float] | None,
    market: str,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Reasons for and against booking: stages surely above or below similar creators, share, what the money brings."""
    apart = _("{difference} than similar creators")
    good, bad = ([apart.format(difference=one) for one in some] for some in apart_from_similar(stages))
    unmeasured = [words.stage(name) for name in words.STAGE_WORDS if not stages[name]["count_campaigns"]]
    bad += [_("{stage} never measured").format(stage=stage) for stage in unmeasured]
    if share is None:
        bad.append(_("audience by country unknown"))
    elif payoffs:
        best, value = max(
            zip((RoleLabel.AWARENESS, RoleLabel.CONVERSION), payoffs, strict=True), key=lambda pair: pair[1]
        )
        sentence = _("{brings}, with {share} of the audience in {market}").format(
            brings=_for_the_money(best, value), share=words.percent(share), market=market
        )
        (good if value >= 1 else bad).append(sentence)
    return tuple(good), tuple(bad)


def _for_the_money(goal: RoleLabel, payoff: float) -> str:
    """What the price brings against what the same money usually brings; payoff: 1 is as much."""
    apart = round(payoff - 1, 2)
    kind = "times" if payoff >= 2 else "same" if apart == 0 else "more" if apart > 0 else "fewer"
    return _(FOR_THE_MONEY[goal, kind]).format(times=words.times(payoff), part=words.percent(abs(apart)))
