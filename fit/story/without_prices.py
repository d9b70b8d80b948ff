"""Take prices out of a story, and whatever they could be worked out from, before anything of it is drawn or written.

Every section is written anew from creators without a price, so that no sentence, figure or cell can hold one. What the
last review says goes too: people type it. Ranks, chances and what to do with a creator stay, though prices count in
them.
"""

from dataclasses import replace

import numpy as np

from fit.forecast import CostBasis, LineForecast, RequestedLine
from fit.locale import _
from fit.metrics import METRICS
from fit.shortlist import Candidate
from fit.story.evidence import sections_of
from fit.story.story import CreatorStory, Story

COST_METRICS = frozenset(name for name, metric in METRICS.items() if "cost" in metric.formula.split())


def without_prices(story: Story) -> Story:
    """The story with the same sections, without prices, what they are computed into, and the presenter's notes."""
    creators = tuple(_without_price(creator) for creator in story.creators)
    keys = {section.key for section in story.sections}
    sections = sections_of(story.brief, creators, story.count_matching)
    kept = tuple(replace(section, notes=()) for section in sections if section.key in keys)
    return replace(story, line=_line(story.line), creators=creators, sections=kept, hides_prices=True)


def _line(line: RequestedLine) -> RequestedLine:
    targets = tuple((metric, target) for metric, target in line.targets if metric not in COST_METRICS)
    return replace(line, cost=None, currency=None, targets=targets)


def _without_price(creator: CreatorStory) -> CreatorStory:
    asked = replace(creator.expected.asked, cost=None, currency=None, cost_basis=CostBasis.HIDDEN)
    candidate, outlook = _candidate(creator.candidate), _outlook(creator.expected.outlook)
    review = creator.review and replace(creator.review, line=_("do not book again for this"))
    return replace(
        creator,
        expected=replace(creator.expected, creator=candidate, asked=asked, outlook=outlook),
        profile={**creator.profile, "asking_price": None, "currency": None},
        review=review if creator.is_refused else None,
    )


def _candidate(candidate: Candidate) -> Candidate:
    expected = replace(candidate.expected, per_1000=None, cost_per_outcome=None)
    return replace(
        candidate, cost=None, currency=None, rate_note=None, expected=expected,
        payoff=dict.fromkeys(candidate.payoff), payoff_basis="", because="",
    )  # fmt: skip


def _outlook(outlook: LineForecast) -> LineForecast:
    metrics = {
        name: dict.fromkeys(values) if name in COST_METRICS else values for name, values in outlook.metrics.items()
    }
    return replace(
        outlook,
        metrics=metrics,
        targets=tuple(target for target in outlook.targets if target.metric not in COST_METRICS),
        cost_per_expected_sale=None,
        inputs=replace(outlook.inputs, cost=np.full_like(outlook.inputs.cost, np.nan)),
        futures={name: drawn for name, drawn in outlook.futures.items() if name not in COST_METRICS},
    )
