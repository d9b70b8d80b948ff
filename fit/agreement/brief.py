"""Compose the two-sided brief of an agreement, and write it as the brand reads it: the goals, then the numbers.

The creator's copy (creator_brief.py) opens with the story and the specific reason for asking this creator.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from fit.agreement.agreement import BRAND_ONLY, Agreement, Deliverable, Side
from fit.agreement.brief_price import BriefPrice, price_blocks, price_json
from fit.agreement.creator_context import CreatorContext
from fit.agreement.file import entry_fields
from fit.agreement.targets import DARING, TargetLine, targets_with_chance, with_forecast_targets
from fit.locale import _, phrase
from fit.shortlist import geography_verdict, role_verdict
from fit.text import Document, Part, Points, Table, Text, Tone, plain, words

UNSAID = phrase("Not written down yet.")
LEAST_SHARE = 0.3  # of an audience in the markets from which it is a reason to ask this creator
TYPICAL = 100  # index of a typical creator
# What a creator is clearly better at than similar ones, said to the creator, by stage of the funnel.
STRENGTHS = {
    "engage": phrase("Your audience reacts to you more than to similar creators, as {campaigns} show."),
    "click": phrase("When you recommend something, more people look it up than with similar creators ({campaigns})."),
    "convert": phrase("Those who follow your links buy more often than with similar creators ({campaigns})."),
}
# Kinds of content by what several of them are called; another kind is counted as it was written.
SEVERAL = {
    "post": phrase("posts"), "carousel": phrase("carousels"), "reel": phrase("reels"), "story": phrase("stories"),
    "short": phrase("shorts"), "video": phrase("videos"), "live": phrase("lives"), "pin": phrase("pins"),
    "article": phrase("articles"),
}  # fmt: skip
UNCERTAINTY = phrase("A chance is not a promise. What was not measured is shown as unknown.")


@dataclass(frozen=True)
class TwoSided:
    """A brief with everything that it rests on. agreement: open targets, story and reason filled where data allow.

    price: what the deliverables may cost, for the brand alone; None where nobody asked. last_review: what the last
    review with this creator says, for the brand alone. agreed: what both signed last; None before that.
    """

    agreement: Agreement
    context: CreatorContext
    promises: tuple[TargetLine, ...]
    price: BriefPrice | None = None
    last_review: str = ""
    agreed: Agreement | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody should read before sending it, a sentence each."""
        open_parts = [text for given, text in _needed(self.agreement) if not given]
        return (*open_parts, *(warning for promise in self.promises for warning in promise.warnings))

    def of_side(self, side: Side) -> tuple[TargetLine, ...]:
        """The lines of one side."""
        return tuple(promise for promise in self.promises if promise.line.side == side)


def two_sided(
    agreement: Agreement,
    context: CreatorContext,
    price: BriefPrice | None = None,
    last_review: str = "",
    agreed: Agreement | None = None,
) -> TwoSided:
    """Fill in what an agreement (metric names as in the library) leaves open and the data can say."""
    promises = targets_with_chance(agreement, context.frozen)
    complete = replace(
        with_forecast_targets(agreement, context.frozen),
        story=agreement.story or suggested_story(agreement),
        reason=agreement.reason or suggested_reason(agreement, context),
    )
    return TwoSided(complete, context, promises, price, last_review, agreed)


def suggested_story(agreement: Agreement) -> str | None:
    """A first sentence to work on, from the partnership's goal; None without one."""
    if not agreement.partnership_goal:
        return None
    goal = agreement.partnership_goal.rstrip(".")
    return _("What we would like to happen together: {goal}.").format(goal=goal)


def suggested_reason(agreement: Agreement, context: CreatorContext) -> str | None:
    """Why this creator, from where the audience lives and what it does; None where nothing speaks for it.

    A thin share of the audience is no reason, and neither is a strength that may be luck.
    """
    candidate, reasons = context.candidate, []
    low, high = candidate.in_market_share, candidate.in_market_share_upper
    if low is not None and high is not None and low >= LEAST_SHARE:
        sentence = _("{shares} of your audience lives in {market}.")
        reasons.append(sentence.format(shares=words.percent_range(low, high), market=agreement.brief.words))
    clear = [(name, stage) for name, stage in candidate.stages.items() if stage.measured and stage.low > TYPICAL]
    name, stage = max(clear, key=lambda named: named[1].index, default=("", None))
    if stage:
        campaigns = words.counted(stage.count_campaigns, "campaign", "campaigns")
        reasons.append(_(STRENGTHS[name]).format(campaigns=campaigns))
    return " ".join(reasons) or None


def deliverable_words(item: Deliverable) -> str:
    """Pieces of content as people count them: "1 reel", "3 stories"."""
    if item.count == 1 or item.kind not in SEVERAL:
        kind = _(item.kind) if item.kind in SEVERAL else plain(item.kind)
        return f"{words.count(item.count)} {kind}" if item.count == 1 else f"{words.count(item.count)} x {kind}"
    return f"{words.count(item.count)} {_(SEVERAL[item.kind])}"


def brand_document(brief: TwoSided) -> Document:
    """The brief as the brand reads it."""
    agreement, candidate = brief.agreement, brief.context.candidate
    where, why = geography_verdict(candidate, agreement.brief)
    role, because = role_verdict(candidate, agreement.brief)
    warned = (Part(_("Before you send it"), (Points(brief.warnings),)),) if brief.warnings else ()
    costs = (Part(_("What may it cost?"), price_blocks(brief.price)),) if brief.price else ()
    goals = (
        (_("The brand's goal"), agreement.brand_goal or _(UNSAID)),
        (_("The partnership's goal"), agreement.partnership_goal or _(UNSAID)),
    )
    parts = (
        Part(_("Goals"), (Table((_("Whose"), _("Goal")), goals, wide=1),)),
        Part(
            _("Who and why"),
            (
                *((Text(brief.last_review, Tone.WARNING),) if brief.last_review else ()),
                Text(f"{where}. {why}"),
                Text(f"{role}. {because}"),
                *_insights(agreement),
            ),
        ),
        Part(_("Deliverables"), (*_deliverables(agreement), *_caveat(brief.context))),
        *costs,
        Part(_("Creator target metrics: what the creator delivers"), _lines(brief, Side.CREATOR)),
        Part(_("Brand success metrics: what we expect of it"), _lines(brief, Side.BRAND)),
        *warned,
    )
    name = agreement.creator_name or brief.context.creator_name
    title = _("{name} in {market}").format(name=name, market=agreement.brief.words)
    return _document(brief, title, _terms(agreement), parts)


def brief_json(brief: TwoSided, reader: str) -> dict[str, object]:
    """The brief as a document: what it holds, what it rests on, and each line with its chance."""
    context, is_brand = brief.context, reader == Side.BRAND
    return {
        "for": reader,
        "generation": context.generation,
        "demo": context.is_demo,
        "creator_name": context.creator_name,
        "agreement": agreement_json(brief.agreement, for_both=not is_brand),
        "lines": lines_json(brief.promises),
        "in_market_share": context.candidate.in_market_share,
        "in_market_share_upper": context.candidate.in_market_share_upper,
        "role": asdict(context.candidate.role),
        "forecast": context.frozen.summary if context.frozen else None,
        "warnings": list(brief.warnings),
        **({"last_review": brief.last_review or None} if is_brand else {}),
        **({"price": price_json(brief.price)} if is_brand and brief.price else {}),
    }


def agreement_json(agreement: Agreement, *, for_both: bool) -> dict[str, object]:
    """An agreement as plain values, markets by code, rules as its file writes them; for_both: what both may read."""
    fields = {name: value for name, value in asdict(agreement).items() if not (for_both and name in BRAND_ONLY)}
    return fields | {
        "markets": dict(agreement.markets),
        "red_lines": [entry_fields(line) for line in agreement.red_lines],
        "adjustment": entry_fields(agreement.adjustment),
    }


def lines_json(promises: Sequence[TargetLine]) -> list[dict[str, object]]:
    """Every metric line with its target, its chance and the forecast that it is held against."""
    return [
        {
            "metric": promise.line.name,
            "side": promise.line.side,
            "kind": promise.kind,
            "target": promise.line.target,
            "is_filled": promise.is_filled,
            "matters_to": list(promise.line.matters_to),
            **{name: getattr(promise, name) for name in ("p_hit", "p10", "p50", "p90")},
            "warnings": list(promise.warnings),
        }
        for promise in promises
    ]


def brief_verdict(promises: Sequence[TargetLine], who: str) -> tuple[str, str]:
    """How likely the lines of a brief are met, and what stands behind it. who: the creator, safe to show."""
    if not promises:
        return (
            _("Nothing is promised yet"),
            _("Add what {who} will be measured by, and what the brand expects of it.").format(who=who),
        )
    chances = [promise.p_hit for promise in promises if promise.p_hit is not None]
    hopes = [promise.label for promise in promises if promise.p_hit is not None and promise.p_hit < DARING]
    lines = words.counted(len(promises), "metric", "metrics")
    if not chances:
        verdict = _("{lines}, without a forecast for any of them").format(lines=lines)
    elif hopes:
        verdict = _("Unlikely to be met: {hopes} of {lines} ({metrics})").format(
            hopes=words.count(len(hopes)), lines=lines, metrics=words.listing(hopes)
        )
    else:
        verdict = _("{lines}, each with a chance of {chance} or more where there is a forecast").format(
            lines=lines, chance=words.percent(min(chances))
        )
    return verdict, _(
        "The creator's metrics are what {who} delivers; the brand's metrics are what these deliverables "
        "should bring. A target that nobody entered is the middle of the forecast."
    ).format(who=who)


def _document(brief: TwoSided, title: str, lead: str, parts: tuple[Part, ...]) -> Document:
    context = brief.context
    written = _("Written on {day}.").format(day=words.day(context.made_on))
    imprint = f"{context.imprint}. {written} {_(UNCERTAINTY)}"
    return Document(_("Campaign brief"), title, lead, parts, imprint, context.is_demo)


def _needed(agreement: Agreement) -> list[tuple[object, str]]:
    return [
        (
            agreement.partnership_goal,
            _("The partnership's goal is not written down: what is success if you work together?"),
        ),
        (agreement.deliverables, _("No deliverable is named, so nothing can be forecast. Add one, such as 2 posts.")),
        (agreement.lines_of(Side.CREATOR), _("The creator has no target metric. Add one that the creator controls.")),
        (
            agreement.lines_of(Side.BRAND),
            _("The brand has no success metric. Add what these deliverables should bring."),
        ),
        (agreement.start and agreement.end, _("The dates are open. Set the first and the last day.")),
    ]


def _terms(agreement: Agreement) -> str:
    cost, has_dates = agreement.cost, agreement.start and agreement.end
    terms = [words.between(words.day(agreement.start), words.day(agreement.end))] if has_dates else []
    terms += [words.price(cost, agreement.currency)] if cost is not None else [_("no fee named")]
    terms += [words.platform(plain(agreement.platform))] if agreement.platform else []
    if agreement.attribution_window_days is not None:
        days = words.counted(agreement.attribution_window_days, "day", "days")
        terms.append(_("attribution window: {days}").format(days=days))
    return " · ".join(terms)


def _deliverables(agreement: Agreement) -> tuple[Points | Text, ...]:
    if not agreement.deliverables:
        return (Text(_(UNSAID)),)
    return (Points(tuple(map(deliverable_words, agreement.deliverables))),)


def _caveat(context: CreatorContext) -> tuple[Text, ...]:
    """Which deliverables no campaign has shown and how the forecast was corrected, where there is either."""
    return (Text(context.caveat),) if context.caveat else ()


def _insights(agreement: Agreement) -> tuple[Points, ...]:
    with_evidence, bare = _("The creator says: {text} (evidence: {evidence})"), _("The creator says: {text}")
    texts = tuple(
        (with_evidence if insight.evidence else bare).format(**vars(insight)) for insight in agreement.insights
    )
    return (Points(texts),) if texts else ()


def _lines(brief: TwoSided, side: Side) -> tuple[Table | Text, ...]:
    lines, currency = brief.of_side(side), brief.agreement.currency
    if not lines:
        return (Text(_(UNSAID)),)
    rows = tuple((line.full_label, _target(line, currency), line.chance_words, _(line.kind)) for line in lines)
    return (Table((_("Metric"), _("Target"), _("Chance"), _("Kind")), rows),)


def _target(promise: TargetLine, currency: str | None) -> str:
    target = promise.target_words(currency)
    return _("{target} (middle of the forecast)").format(target=target) if promise.is_filled else target
