"""How does the two-sided brief read to the brand, and how to the creator?

One agreement, two papers. The brand's opens with the goal and the numbers. The creator's opens with the story and the
specific reason for asking this creator, then what the audience gets from it, and only then with numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from fit.agreement.agreement import Agreement, Insight, Task
from fit.agreement.creator_context import CreatorContext
from fit.agreement.file import entry_fields
from fit.agreement.targets import TargetLine, targets_with_chance, with_forecast_targets
from fit.locale import _, phrase
from fit.shortlist import geography_verdict, role_verdict
from fit.text import Document, Part, Points, Table, Text, plain, words

UNSAID = phrase("Not written down yet.")
UNCERTAINTY = phrase(
    "A chance counts equally likely futures; it is no promise. What nobody measured is said to be unknown."
)


@dataclass(frozen=True)
class TwoSided:
    """A brief with everything that it rests on. agreement: open targets, story and reason filled where data allow."""

    agreement: Agreement
    grounds: CreatorContext
    promises: tuple[TargetLine, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody should read before sending it, a sentence each."""
        open_parts = [text for given, text in _needed(self.agreement) if not given]
        return (*open_parts, *(said for each in self.promises for said in each.warnings))

    def of_side(self, side: str) -> tuple[TargetLine, ...]:
        """The lines of one side."""
        return tuple(each for each in self.promises if each.line.side == side)


def two_sided(agreement: Agreement, grounds: CreatorContext) -> TwoSided:
    """Fill in what an agreement (metric names as in the library) leaves open and the data can say."""
    lines = targets_with_chance(agreement, grounds.frozen)
    complete = replace(
        with_forecast_targets(agreement, grounds.frozen),
        story=agreement.story or suggested_story(agreement),
        reason=agreement.reason or suggested_reason(agreement, grounds),
    )
    return TwoSided(complete, grounds, lines)


def suggested_story(agreement: Agreement) -> str | None:
    """A first sentence to work on, from the partnership's goal; None without one."""
    if not agreement.partnership_goal:
        return None
    goal = agreement.partnership_goal.rstrip(".")
    return _("What we would like to happen together: {goal}.").format(goal=goal)


def suggested_reason(agreement: Agreement, grounds: CreatorContext) -> str | None:
    """Why this creator, from where the audience lives and what it does; None where nothing is known."""
    one, said = grounds.candidate, []
    if one.in_market_share and one.in_market_share_upper is not None:
        shares = words.percent_range(one.in_market_share, one.in_market_share_upper)
        said.append(
            _("{shares} of your audience lives in {market}.").format(shares=shares, market=agreement.brief.words)
        )
    best = max((stage for stage in one.stages.items() if stage[1].measured), key=lambda s: s[1].index, default=None)
    if best and best[1].index > 100:
        name, stage = best
        said.append(
            _(
                "On comparable campaigns its {what} stand at {index} ({low} to {high}; 100 is typical; {campaigns})."
            ).format(
                what=words.stage(name),
                index=words.index(stage.index),
                low=words.index(stage.low),
                high=words.index(stage.high),
                campaigns=words.counted(stage.count_campaigns, "campaign", "campaigns"),
            )
        )
    return " ".join(said) or None


def brand_document(brief: TwoSided) -> Document:
    """The brief as the brand reads it."""
    agreement, one = brief.agreement, brief.grounds.candidate
    where, why = geography_verdict(one, agreement.brief)
    role, because = role_verdict(one, agreement.brief)
    parts = (
        Part(_("Goals"), _goals(agreement)),
        Part(_("Who and why"), (Text(f"{where}. {why}"), Text(f"{role}. {because}"), *_insights(agreement))),
        Part(_("Deliverables"), _deliverables(agreement)),
        Part(_("Creator target metrics: what the creator delivers"), _lines(brief, "creator", "brand")),
        Part(_("Brand success metrics: what we expect of it"), _lines(brief, "brand", "brand")),
        *_warned(brief),
    )
    return _paper(
        brief,
        _("{name} in {market}").format(name=brief.grounds.creator_name, market=agreement.brief.words),
        _frame(agreement),
        parts,
    )


def creator_document(brief: TwoSided) -> Document:
    """The brief as the creator reads it: story, reason and audience before any number."""
    agreement = brief.agreement
    benefit = agreement.audience_benefit or _wishes(brief)
    promised = [_task(task) for task in agreement.commitments if task.owner == "brand"]
    parts = (
        Part(_("Why you"), (Text(agreement.reason or _(UNSAID)),)),
        Part(_("What your audience gets"), (Text(benefit or _(UNSAID)),)),
        Part(_("What we would like to do together"), _deliverables(agreement)),
        Part(_("What we do for it"), (Points(tuple(promised)) if promised else Text(_(UNSAID)),)),
        Part(_("What we would look at together"), _lines(brief, "creator", "creator")),
        Part(_("What we hope for, and answer for ourselves"), _lines(brief, "brand", "creator")),
        Part(_("Your turn"), (Text(_("What would feel like a success to you, and what will you not compromise on?")),)),
    )
    return _paper(
        brief, _("An idea for {name}").format(name=brief.grounds.creator_name), agreement.story or _(UNSAID), parts
    )


def brief_json(brief: TwoSided, reader: str) -> dict[str, object]:
    """The brief as a document: what it holds, what it rests on, and each line with its chance."""
    grounds = brief.grounds
    return {
        "for": reader,
        "generation": grounds.generation,
        "demo": grounds.is_demo,
        "creator_name": grounds.creator_name,
        "agreement": agreement_json(brief.agreement),
        "lines": lines_json(brief.promises),
        "in_market_share": grounds.candidate.in_market_share,
        "in_market_share_upper": grounds.candidate.in_market_share_upper,
        "role": asdict(grounds.candidate.role),
        "forecast": grounds.frozen.summary if grounds.frozen else None,
        "warnings": list(brief.warnings),
    }


def agreement_json(agreement: Agreement) -> dict[str, object]:
    """An agreement as plain values, markets by code, rules as its file writes them."""
    return asdict(agreement) | {
        "markets": dict(agreement.markets),
        "red_lines": [entry_fields(line) for line in agreement.red_lines],
        "adjustment": entry_fields(agreement.adjustment),
    }


def lines_json(lines: Sequence[TargetLine]) -> list[dict[str, object]]:
    """Every metric line with its target, its chance and the forecast that it is held against."""
    return [
        {
            "metric": each.line.name,
            "side": each.line.side,
            "kind": each.kind,
            "target": each.line.target,
            "is_filled": each.is_filled,
            "matters_to": list(each.line.matters_to),
            "p_hit": each.p_hit,
            "p10": each.p10,
            "p50": each.p50,
            "p90": each.p90,
            "warnings": list(each.warnings),
        }
        for each in lines
    ]


def _paper(brief: TwoSided, title: str, lead: str, parts: tuple[Part, ...]) -> Document:
    grounds = brief.grounds
    written = _("Written on {day}.").format(day=words.day(grounds.made_on))
    imprint = f"{grounds.imprint}. {written} {_(UNCERTAINTY)}"
    return Document(_("Campaign brief"), title, lead, parts, imprint, grounds.is_demo)


def _needed(agreement: Agreement) -> list[tuple[object, str]]:
    return [
        (
            agreement.partnership_goal,
            _("The partnership's goal is not written down: what is success if you work together?"),
        ),
        (agreement.deliverables, _("No deliverable is named, so nothing can be forecast. Add one, such as 2 posts.")),
        (agreement.lines_of("creator"), _("The creator has no target metric. Add one that the creator controls.")),
        (agreement.lines_of("brand"), _("The brand has no success metric. Add what these deliverables should bring.")),
        (agreement.start and agreement.end, _("The dates are open. Set the first and the last day.")),
    ]


def _goals(agreement: Agreement) -> tuple[Table, ...]:
    rows = (
        (_("The brand's goal"), agreement.brand_goal or _(UNSAID)),
        (_("The partnership's goal"), agreement.partnership_goal or _(UNSAID)),
    )
    return (Table((_("Whose"), _("Goal")), rows, wide=1),)


def _frame(agreement: Agreement) -> str:
    """Budget, dates, platform and attribution window in one line."""
    has_dates = agreement.start and agreement.end
    said = [words.between(words.day(agreement.start), words.day(agreement.end))] if has_dates else []
    said += [words.amount(agreement.cost, agreement.currency)] if agreement.cost is not None else [_("no budget named")]
    said += [plain(agreement.platform)] if agreement.platform else []
    if agreement.attribution_window_days is not None:
        days = words.counted(agreement.attribution_window_days, "day", "days")
        said.append(_("sales count for {days}").format(days=days))
    return " · ".join(said)


def _deliverables(agreement: Agreement) -> tuple[Points | Text, ...]:
    if not agreement.deliverables:
        return (Text(_(UNSAID)),)
    return (Points(tuple(f"{each.count} x {each.kind}" for each in agreement.deliverables)),)


def _insights(agreement: Agreement) -> tuple[Points, ...]:
    said = tuple(map(_insight, agreement.insights))
    return (Points(said),) if said else ()


def _insight(insight: Insight) -> str:
    if insight.evidence:
        said = _("The creator says: {text} (evidence: {evidence})")
        return said.format(text=insight.text, evidence=insight.evidence)
    return _("The creator says: {text}").format(text=insight.text)


def _lines(brief: TwoSided, side: str, reader: str) -> tuple[Table | Text, ...]:
    lines, currency = brief.of_side(side), brief.agreement.currency
    if not lines:
        return (Text(_(UNSAID)),)
    if reader == "creator":
        head: tuple[str, ...] = (_("What it is about"), _("Counted as"), _("We would call it a success at"))
        own_words = ((line.creator_words or line.definition, line.label, _target(line, currency)) for line in lines)
        return (Table(head, tuple(own_words)),)
    head = (_("Metric"), _("Target"), _("Chance"), _("Kind"))
    rows = tuple((line.label, _target(line, currency), line.chance_words, _(line.kind)) for line in lines)
    return (Table(head, rows),)


def _target(promise: TargetLine, currency: str | None) -> str:
    said = promise.target_words(currency)
    return _("{target} (middle of the forecast)").format(target=said) if promise.is_filled else said


def _warned(brief: TwoSided) -> tuple[Part, ...]:
    return (Part(_("Before you send it"), (Points(brief.warnings),)),) if brief.warnings else ()


def _wishes(brief: TwoSided) -> str:
    """What the shared lines wish for the audience, in the creator's words."""
    return " ".join(each.creator_words for each in brief.promises if each.line.is_shared and each.creator_words)


def _task(task: Task) -> str:
    return _("{task} (by {day})").format(task=task.text, day=words.day(task.due)) if task.due else task.text
