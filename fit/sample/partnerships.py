"""Write the partnerships of the sample data: a dozen at every stage, and three quarters of closed reviews.

All of them are made as the pages make them: drafts saved, charters composed and frozen with the stored forecast,
signed, reviewed with results and closed. Results come from the caller, who draws them from the world behind the sample
data, so that the track record says how well forecasts of this product hold there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Protocol

import numpy as np
import polars as pl

from fit.agreement import (
    PRESENT,
    QUESTIONS,
    USUAL_LINES,
    Adjustment,
    Agreement,
    CharterStore,
    CreatorContext,
    Deliverable,
    DeliverableRule,
    FrozenForecast,
    Limit,
    MetricLine,
    PartnershipStage,
    RedLine,
    ReviewStore,
    Rule,
    SavedCharter,
    SavedReview,
    SavedSignOff,
    Side,
    free_name,
    new_line,
    read_agreement,
    read_creator_context,
    with_answer,
    with_commitments,
    with_red_lines,
    write_agreement,
)
from fit.ask import Ask
from fit.brief import Brief
from fit.charter import compose_and_save, sign_charter
from fit.locale import ENGLISH, speaking
from fit.pace import Count, CountStore, SavedCount, expected_by, save_counts
from fit.review import ReviewDraft, commitment_keys, freeze_review, review_campaign, write_draft
from fit.sample import texts
from fit.shortlist import Candidate, Group, display_name, shortlist

MARKETS = (("DE", 60.0), ("AT", 40.0))
BRIEFS = (Brief(MARKETS, "conversion"), Brief(MARKETS, "awareness"))
MOST_CREATORS = 16  # a brand works with so many, with some of them again
FEWEST_OUTCOMES = 1.5  # purchases of one deliverable; with fewer a target would be a guess about zero
LEAST_SHARE = 0.3  # of the audience in the markets
TARGETS_BY_FORECAST = (0.4, 0.6, 0.8, 1.0, 1.3, 1.8)  # how daring a target is: times the forecast's middle
KEPT_PROMISES = 0.85  # how often a commitment is fulfilled
MEASURED_SALES = 0.9  # how often purchases were tracked
DAYS_BETWEEN_REVIEWS = 11
COUNT_EARLIER = 24  # reviews before those of the dozen: enough for a track record, of three quarters
CAMPAIGN_DAYS = 21
LEADING, LEADING_TARGET = "thoughtful_replies_48h", 20.0  # what running campaigns look at first
COUNTED = ("impressions", "in_market_impressions", "engagements", "clicks", "conversions")
DAYS_BETWEEN_COUNTS = 4


class Until(IntEnum):
    """How far a partnership has come, in days after it began; the campaign runs from LIVE to ENDED."""

    STARTED = 0
    BRIEFED = 2
    TALKED = 6
    ALIGNED = 9
    WRITTEN = 12
    SIGNED_BY_BRAND = 13
    SIGNED = 14
    AMENDED = 16
    LIVE = 20
    ENDED = LIVE + CAMPAIGN_DAYS
    REVIEWED = ENDED + 9


@dataclass(frozen=True)
class Plan:
    """One partnership: how far it comes, so many days before today, and why it stops there (None: it does not).

    is_amended: both sign a second text. has_history: every version of its draft is saved, not the last one alone.
    """

    until: Until
    days_ago: int
    stopped: str | None = None
    is_amended: bool = False
    has_history: bool = True


DOZEN = (
    Plan(Until.STARTED, 1), Plan(Until.BRIEFED, 2), Plan(Until.TALKED, 3), Plan(Until.ALIGNED, 2),
    Plan(Until.WRITTEN, 1), Plan(Until.SIGNED_BY_BRAND, 2), Plan(Until.SIGNED, 3), Plan(Until.LIVE, 8),
    Plan(Until.LIVE, 13, is_amended=True), Plan(Until.REVIEWED, 4),
    Plan(Until.TALKED, 9, texts.STOPPED_EARLY), Plan(Until.SIGNED, 12, texts.STOPPED_LATE),
)  # fmt: skip


class SampleStore(CharterStore[SavedCharter, SavedSignOff], ReviewStore[SavedReview], CountStore[SavedCount], Protocol):
    """The open store of decisions, as far as sample partnerships need it."""

    def save(self, kind: str, name: str, text: str, *, version: int, by: str | None, now: datetime) -> object: ...


Results = Callable[[Agreement], dict[str, float]]  # what the campaign of an agreement really brought, by metric


def write_partnerships(
    decisions: SampleStore,
    ask: Ask,
    results: Results,
    *,
    now: datetime,
    seed: int,
    progress: Callable[[float], None],
) -> None:
    """Write all partnerships of the sample data, as far as its creators allow: none where nobody fits the brief.

    The same store, results, now and seed write the same. progress: the part that is done, 0 to 1.
    """
    earlier = [
        Plan(Until.REVIEWED, DOZEN[9].days_ago + DAYS_BETWEEN_REVIEWS * number, has_history=False)
        for number in range(COUNT_EARLIER, 0, -1)
    ]
    plans = (*earlier, *DOZEN)
    taken: set[str] = set()
    with speaking(ENGLISH):
        ask = _remembering(ask)
        candidates = list(_suitable(ask))
        for number, plan in enumerate(plans if candidates else ()):
            brief, candidate = candidates[number % len(candidates)]
            dice = np.random.default_rng([seed, number])
            one = _Partnership(decisions, ask, results, now, plan, brief, candidate, dice, frozenset(taken))
            one.write()
            taken.add(one.name)
            progress((number + 1) / len(plans))


def _remembering(ask: Ask) -> Ask:
    """Ask each question once: partnerships share most of what their forecasts are made of."""
    known: dict[str, pl.DataFrame] = {}

    def remembered(question: str, **given: object) -> pl.DataFrame:
        key = f"{question} {sorted(given.items())}"
        if key not in known:
            known[key] = ask(question, **given)
        return known[key]

    return remembered


def _suitable(ask: Ask) -> Iterator[tuple[Brief, Candidate]]:
    """Whom a brand would work with, each under one of the briefs, the best first; nobody twice."""
    found = [
        [candidate for candidate in shortlist(ask, brief, sort="group", top=60).candidates if _is_suitable(candidate)]
        for brief in BRIEFS
    ]
    seen: set[str] = set()
    for place in range(max(map(len, found))):
        for brief, candidates in zip(BRIEFS, found, strict=True):
            if place < len(candidates) and candidates[place].creator_id not in seen and len(seen) < MOST_CREATORS:
                seen.add(candidates[place].creator_id)
                yield brief, candidates[place]


def _is_suitable(candidate: Candidate) -> bool:
    mean, share = candidate.expected.mean, candidate.in_market_share
    is_asked = candidate.group in (Group.BOOK, Group.PILOT) and candidate.vertical in texts.PRODUCTS
    return is_asked and (mean or 0) >= FEWEST_OUTCOMES and (share or 0) >= LEAST_SHARE and candidate.cost is not None


class _Partnership:
    """One partnership on its way."""

    def __init__(
        self, decisions: SampleStore, ask: Ask, results: Results, now: datetime, plan: Plan, brief: Brief,
        candidate: Candidate, dice: np.random.Generator, taken: frozenset[str],
    ) -> None:  # fmt: skip
        self.decisions, self.ask, self.results, self.plan = decisions, ask, results, plan
        self.brief, self.candidate, self.dice = brief, candidate, dice
        self.began = now.astimezone(UTC) - timedelta(days=plan.days_ago + plan.until)
        self.product = texts.PRODUCTS[candidate.vertical or ""]
        self.starts = (self.began + timedelta(days=Until.LIVE)).date()
        self.creator = candidate.creator_id
        called, quarter = " ".join(display_name(candidate).split()[:2]), (self.starts.month + 2) // 3
        self.name = free_name(f"{called}: {self.product.short} Q{quarter}", taken)
        self.version = 0

    def at(self, step: Until) -> datetime:
        """When a step was taken."""
        return self.began + timedelta(days=int(step))

    def comes_to(self, step: Until) -> bool:
        """Whether it comes that far."""
        return self.plan.until >= step

    def save(self, agreement: Agreement, step: Until) -> Agreement:
        """Save the next version of the draft."""
        if step < Until.ALIGNED and not self.plan.has_history:
            return agreement
        text = write_agreement(agreement)
        self.decisions.save("agreement", self.name, text, version=self.version, by=None, now=self.at(step))
        self.version += 1
        return agreement

    def note(self, stage: PartnershipStage, at: datetime, reason: str | None = None) -> None:
        """Note a stage."""
        self.decisions.note_stage(self.name, self.creator, stage, reason, at)

    def write(self) -> None:
        """Take every step up to the last one."""
        self.note(PartnershipStage.SHORTLISTED, self.at(Until.STARTED))
        agreement = self.save(self.begun(), Until.STARTED)
        if self.comes_to(Until.BRIEFED):
            agreement = self.save(self.briefed(agreement), Until.BRIEFED)
        if self.comes_to(Until.TALKED):
            self.note(PartnershipStage.CALLED, self.at(Until.TALKED))
            agreement = self.save(self.talked(agreement), Until.TALKED)
        if self.comes_to(Until.ALIGNED):
            self.note(PartnershipStage.ALIGNED, self.at(Until.ALIGNED))
            agreement, context = self.aligned(agreement)
            self.save(agreement, Until.ALIGNED)
            if self.comes_to(Until.WRITTEN):
                self.agree(agreement, context)
        if self.plan.stopped:
            a_day_later = self.at(self.plan.until) + timedelta(days=1)
            self.note(PartnershipStage.STOPPED, a_day_later, self.plan.stopped)

    def begun(self) -> Agreement:
        """What is known when a partnership starts."""
        return Agreement(
            creator=self.creator, markets=self.brief.markets, goal=self.brief.goal,
            brand_name=texts.BRAND_SIGNER, brand_contact=texts.BRAND_CONTACT,
            brand_goal=self.product.brand_goal, platform=self.candidate.platform, vertical=self.candidate.vertical,
            metrics=tuple(map(new_line, USUAL_LINES[self.brief.goal])) + self.leading(),
        )  # fmt: skip

    def leading(self) -> tuple[MetricLine, ...]:
        """The leading indicator of a campaign that runs."""
        return (new_line(LEADING, LEADING_TARGET),) if self.plan.until == Until.LIVE else ()

    def briefed(self, agreement: Agreement) -> Agreement:
        """The brief as both read it."""
        count = int(self.dice.integers(1, 4))
        return replace(
            agreement, partnership_goal=self.product.goal, story=self.product.story, reason=self.product.reason,
            audience_benefit=self.product.benefit, start=self.starts,
            end=self.starts + timedelta(days=CAMPAIGN_DAYS - 1), cost=float(round((self.candidate.cost or 0) * count)),
            currency=self.candidate.currency, attribution_window_days=30,
            deliverables=(Deliverable(self.candidate.deliverable, count),),
        )  # fmt: skip

    def talked(self, agreement: Agreement) -> Agreement:
        """Both sides' answers, and needs that they see differently."""
        for side, answers in ((Side.BRAND, texts.BRAND_ANSWERS), (Side.CREATOR, texts.CREATOR_ANSWERS)):
            for question, answer in zip(QUESTIONS, answers, strict=True):
                agreement = with_answer(agreement, side, question, answer)
        is_co_defined = self.dice.random() < 0.7
        present = PRESENT if is_co_defined else PRESENT[:1]
        return replace(agreement, alignment=texts.DISPUTED, present=present, insights=(self.product.insight,))

    def aligned(self, agreement: Agreement) -> tuple[Agreement, CreatorContext]:
        """Needs that meet, red lines, commitments, and targets that follow from the forecast."""
        for side in (Side.BRAND, Side.CREATOR):
            agreement = with_commitments(with_red_lines(agreement, side), side)
        at_most_three = RedLine(Side.CREATOR, "no more than three stories", DeliverableRule("story", Limit.AT_MOST, 3))
        half_of_clicks = Rule("clicks", Limit.AT_LEAST, share_of_target=0.5, after_days=7)
        agreement = replace(
            agreement,
            alignment=tuple(
                replace(need, brand_rating=min(5, (need.brand_rating or 4) + int(self.dice.integers(2))))
                for need in texts.NEEDS
            ),
            red_lines=(*agreement.red_lines, at_most_three),
            commitments=tuple(replace(task, due=self.starts - timedelta(days=7)) for task in agreement.commitments),
            trade_offs=(texts.TRADE_OFF,),
            adjustment=Adjustment(
                "clicks under half of the target after 7 days", texts.BRAND_SIGNER, 3, half_of_clicks
            ),
        )
        context = read_creator_context(self.ask, agreement, self.starts, self.candidate)
        shared = agreement.metrics[1].name if self.brief.goal == "conversion" else agreement.metrics[0].name
        lines = tuple(
            self.with_target(line, context.frozen, is_shared=line.name == shared) for line in agreement.metrics
        )
        return replace(agreement, metrics=lines), context

    def with_target(self, line: MetricLine, frozen: FrozenForecast | None, *, is_shared: bool) -> MetricLine:
        """A line with a target that is more or less daring; a rate is left to the forecast's middle."""
        sides = tuple(Side) if is_shared else line.matters_to
        middle = frozen.summary[line.name]["p50"] if frozen and line.name in frozen.summary else None
        if line.name == "engagement_rate" or middle is None:
            return replace(line, matters_to=sides)
        daring = float(self.dice.choice(TARGETS_BY_FORECAST))
        return replace(line, matters_to=sides, target=max(1.0, float(round(float(f"{middle * daring:.2g}")))))

    def agree(self, agreement: Agreement, context: CreatorContext) -> None:
        """From the charter to the review."""
        self.sign(agreement, context, self.at(Until.WRITTEN))
        if self.plan.is_amended:
            longer = replace(agreement, end=self.starts + timedelta(days=CAMPAIGN_DAYS + 6))
            self.save(longer, Until.AMENDED)
            self.sign(longer, context, self.at(Until.AMENDED))
        if self.comes_to(Until.LIVE):
            self.note(PartnershipStage.LIVE, self.at(Until.LIVE))
        if self.plan.until == Until.LIVE:
            self.count(context)
        if self.comes_to(Until.REVIEWED):
            self.review(context)

    def sign(self, agreement: Agreement, context: CreatorContext, at: datetime) -> None:
        """Save the text of the charter and let those sign who do, a day after each other."""
        compose_and_save(self.decisions, self.name, agreement, context, None, at)
        for side, signer, step in (
            (Side.BRAND, texts.BRAND_SIGNER, Until.SIGNED_BY_BRAND),
            (Side.CREATOR, display_name(self.candidate), Until.SIGNED),
        ):
            if self.comes_to(step):
                day = at + timedelta(days=step - Until.WRITTEN)
                sign_charter(self.decisions, self.name, side, signer, None, context.generation, day)

    def count(self, context: CreatorContext) -> None:
        """Note what a running campaign has brought every few days, replies once their two days are over."""
        agreement, frozen = self.signed_agreement(), context.frozen
        assert frozen is not None  # nobody without followers is in the sample partnerships
        final = self.results(agreement)
        for passed in range(1, self.plan.days_ago + 1, DAYS_BETWEEN_COUNTS):
            day = self.starts + timedelta(days=passed)
            part = expected_by(agreement, frozen, (), day)
            counts = [Count(name, float(int(final[name] * part.of(name))), day, None, 0) for name in COUNTED]
            if passed == 1 + DAYS_BETWEEN_COUNTS:
                counts.append(Count(LEADING, float(self.dice.integers(8, 30)), day, None, 0))
            save_counts(self.decisions, self.name, counts, self.at(Until.LIVE) + timedelta(days=passed))

    def signed_agreement(self) -> Agreement:
        """What the charter says."""
        charter = self.decisions.charter(self.name)
        assert charter is not None  # it was signed above
        return read_agreement(charter.agreement, frozenset(code for code, _weight in self.brief.markets))[0]

    def review(self, context: CreatorContext) -> None:
        """Enter results and notes of the talk, and close the review."""
        agreement = self.signed_agreement()
        actuals = self.results(agreement)
        if self.dice.random() > MEASURED_SALES:
            actuals = {name: value for name, value in actuals.items() if name not in ("conversions", "revenue")}
        keys = commitment_keys(agreement.commitments)
        kept = {key: bool(self.dice.random() < KEPT_PROMISES) for key in keys}
        draft = ReviewDraft(actuals, kept, notes=str(self.dice.choice(texts.REVIEW_NOTES)))
        at = self.at(Until.REVIEWED)
        self.decisions.save("review", self.name, write_draft(draft), version=0, by=None, now=at)
        judged = review_campaign(
            agreement, context.frozen, actuals, charter=self.name, was_frozen=True,
            talk=draft.talk(agreement.commitments), role=self.candidate.role.label,
        )  # fmt: skip
        freeze_review(self.decisions, judged, display_name(self.candidate), at)
