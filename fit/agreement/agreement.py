"""Hold what the two sides of a partnership wrote down together, as one value: the Agreement.

It has what brief, conversation, alignment, charter and review need. It is read from and written to one TOML file
(fit/agreement/file.py), which is also what the decisions store saves, so that pages, command line and a text editor
work on the same thing. Nothing here looks anything up; what follows from it is said by alignment, brief and charter.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fit.agreement.rule import AnyRule, Rule
from fit.brief import Brief
from fit.locale import phrase
from fit.metrics import MetricKind


class Side(StrEnum):
    """Who agrees."""

    CREATOR = "creator"
    BRAND = "brand"


class Party(StrEnum):
    """Who takes part in the conversation, and may own a task."""

    BRAND = "brand"
    CREATOR = "creator"
    NEUTRAL = "neutral party"


class CallStep(StrEnum):
    """A step of the planning call."""

    BUSINESS_CONTEXT = "business context"
    CREATOR_CAPACITY = "creator capacity"
    NEGOTIATED_OVERLAP = "negotiated overlap"


class CharterPart(StrEnum):
    """A part that a charter has, or leaves out with a reason, as files name it; `_` translates it."""

    PARTIES = phrase("parties")
    OWN_WORDS = phrase("own words")
    DELIVERABLES = phrase("deliverables")
    DATES = phrase("dates")
    FEE = phrase("fee")
    BRAND_COMMITMENTS = phrase("commitments of the brand")
    CREATOR_COMMITMENTS = phrase("commitments of the creator")
    RED_LINES = phrase("red lines")
    ADJUSTMENT = phrase("adjustment")


SIDES = tuple(Side)
PRESENT = tuple(Party)
KINDS = tuple(MetricKind)
STEPS = tuple(CallStep)
CHARTER_PARTS = tuple(CharterPart)
BRAND_ONLY = ("order_margin", "per_thousand", "commission")  # fields of an agreement that a creator never reads
RATINGS = range(1, 6)  # 1: the needs hardly meet; 5: they are the same need


class AgreementError(ValueError):
    """An agreement that cannot be used; the message says what was found, what is needed and what to do."""


@dataclass(frozen=True)
class Deliverable:
    """So many pieces of one kind of content, such as 2 posts."""

    kind: str
    count: int = 1


@dataclass(frozen=True)
class MetricLine:
    """One line that a side will be measured by.

    name: of the metric library, or one of their own with a definition. side: whose target it is, creator or brand.
    target: in the metric's own unit; None is filled with the forecast's middle. kind: output, outcome or leading.
    matters_to: the sides that care. brand_words, creator_words: their own translation, None for the library's.
    """

    name: str
    side: Side
    target: float | None = None
    kind: MetricKind | None = None
    matters_to: tuple[Side, ...] = ()
    definition: str | None = None
    brand_words: str | None = None
    creator_words: str | None = None

    @property
    def is_shared(self) -> bool:
        """Whether both sides care."""
        return set(SIDES) <= set(self.matters_to)


@dataclass(frozen=True)
class Need:
    """One row of the alignment matrix: two needs, and how far each side by itself says that they meet (1 to 5)."""

    brand_need: str
    creator_need: str
    brand_rating: int | None = None
    creator_rating: int | None = None


@dataclass(frozen=True)
class RedLine:
    """What a side will not compromise on. rule: what is checked; None: by people, as the text says. answer: what both
    agreed where something else in the agreement crosses it."""

    side: Side
    text: str
    rule: AnyRule | None = None
    answer: str = ""


@dataclass(frozen=True)
class Task:
    """Something that its owner (brand, creator or neutral party) does until a day: a commitment or a decision."""

    owner: Party
    text: str
    due: date | None = None


@dataclass(frozen=True)
class Answer:
    """What a side answered to a question that it was asked by itself."""

    side: Side
    question: str
    text: str


@dataclass(frozen=True)
class Insight:
    """What the creator knows of the audience, with its evidence. It stands beside the role and changes no number."""

    text: str
    evidence: str = ""


@dataclass(frozen=True)
class Note:
    """A note of the conversation; step, question (1 to 4, of the call): None for a note that belongs to none."""

    text: str
    step: CallStep | None = None
    question: int | None = None


@dataclass(frozen=True)
class Wording:
    """What a side said, in words that the other side understands: their own, in the place of a suggestion."""

    side: Side
    said: str
    means: str


@dataclass(frozen=True)
class Adjustment:
    """When and how the two sides talk: a threshold in words, who is asked, within how many days.

    rule: what has to hold, else the two talk; None where the threshold is checked by people.
    """

    threshold: str = ""
    contact: str = ""
    within_days: int | None = None
    rule: Rule | None = None


@dataclass(frozen=True)
class LeftOut:
    """A part that the charter has not, and why."""

    part: CharterPart
    reason: str


@dataclass(frozen=True)
class Agreement:
    """Everything of one partnership that both sides wrote.

    creator: id. brand_name, brand_contact, creator_name: the parties, and whom the creator asks; without a creator_name
    it is that of the data. markets: (ISO country code, weight above 0). cost: of all deliverables together, in
    currency. order_margin, per_thousand: what a purchase, or reaching 1,000 people in the markets, is worth to the
    brand, in currency; commission: part of the order value that a deal would pay. present: who took part in the
    conversation. left_out: parts that the charter has not, each with its reason. despite: why both go on under the rule
    of practice.
    Texts are as typed; None or empty is "not said", never zero.
    """

    creator: str
    markets: tuple[tuple[str, float], ...]
    brand_name: str | None = None
    brand_contact: str | None = None
    creator_name: str | None = None
    brand_goal: str = ""
    partnership_goal: str = ""
    goal: str = "conversion"
    story: str | None = None
    reason: str | None = None
    audience_benefit: str | None = None
    platform: str | None = None
    vertical: str | None = None
    start: date | None = None
    end: date | None = None
    cost: float | None = None
    currency: str | None = None
    order_margin: float | None = None
    per_thousand: float | None = None
    commission: float | None = None
    attribution_window_days: int | None = None
    present: tuple[Party, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    metrics: tuple[MetricLine, ...] = ()
    alignment: tuple[Need, ...] = ()
    red_lines: tuple[RedLine, ...] = ()
    commitments: tuple[Task, ...] = ()
    answers: tuple[Answer, ...] = ()
    insights: tuple[Insight, ...] = ()
    trade_offs: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    decisions: tuple[Task, ...] = ()
    wordings: tuple[Wording, ...] = ()
    despite: str | None = None
    adjustment: Adjustment = Adjustment()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def brief(self) -> Brief:
        """The markets and the goal as the shortlist's brief."""
        return Brief(self.markets, self.goal)

    @property
    def for_both(self) -> "Agreement":
        """What both sides may read: without what a purchase is worth to the brand."""
        return replace(self, order_margin=None, per_thousand=None, commission=None)

    @property
    def is_co_defined(self) -> bool:
        """Whether brand and creator were both present when the goals were set."""
        return {Party.BRAND, Party.CREATOR} <= set(self.present)

    def lines_of(self, side: Side) -> tuple[MetricLine, ...]:
        """The metric lines of one side, in their order."""
        return tuple(line for line in self.metrics if line.side == side)

    def commitments_of(self, side: Side) -> tuple[Task, ...]:
        """What one side commits to, in its order."""
        return tuple(task for task in self.commitments if task.owner == side)

    def reason_left_out(self, part: CharterPart) -> str | None:
        """Why the charter has this part not; None where nobody left it out."""
        return next((left.reason for left in self.left_out if left.part == part), None)
