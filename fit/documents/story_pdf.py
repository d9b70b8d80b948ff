"""Write a story as PDF: a page for the brief and one A4 page a creator, drawn by Typst from data alone.

Every value reaches the template as JSON, never as markup, so a name cannot be run, read a file or break the layout.
"""

import re
from dataclasses import asdict
from math import ceil, floor, log10

from fit import locale
from fit.brief import Brief, Goal
from fit.charts import LIGHT, NAME_LETTERS  # a longer name is written out once, at the head of its page
from fit.documents.typst import breakable, each_text, typeset
from fit.locale import _, phrase
from fit.shortlist import Candidate, cost_cell, display_name, outcome_count, outcome_range, price_basis
from fit.story import (
    MOST_COLUMNS,
    SECTIONS,
    UNCERTAINTY,
    CreatorStory,
    Picture,
    PictureKind,
    Section,
    SectionKey,
    Story,
    StoryError,
    close_pairs,
    gap_said,
    sections_of,
)
from fit.text import plain, words

# Words of the templates; the texts of a page are its findings.
PRINTED = {
    "demo": phrase("Demo: everything is invented"),
    "page": phrase("Page {page} of {count}"),
    "not_measured": phrase("not measured"),
    "in_market": phrase("in the market"),
    "elsewhere": phrase("elsewhere"),
    "unknown": phrase("unknown"),
}
DOT_COLUMNS = 44  # places for dots along the axis
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
Data = dict[str, object]  # of a template: texts, numbers, and lists of either


def story_as_pdf(story: Story) -> bytes:
    """The whole story as PDF: the brief with its comparison, then a page for each creator in the story's order."""
    return _printed(
        story, [_brief_page(story), *(_creator_page(story, creator) for creator in story.creators)], story.title
    )


def one_pager(story: Story, creator_id: str) -> bytes:
    """The page of one creator as PDF, A4. Raises StoryError for a creator that the story does not tell of."""
    creator = next((creator for creator in story.creators if creator.candidate.creator_id == creator_id), None)
    if creator is None:
        message = _("The story does not tell of {creator!r}. Choose one of its creators.")
        raise StoryError(message.format(creator=creator_id))
    title = _("{name} in {market}").format(name=_short(creator.name), market=story.brief.words)
    return _printed(story, [_creator_page(story, creator)], title)


def _printed(story: Story, pages: list[Data], title: str) -> bytes:
    data = {
        "title": title,
        "brief": _("{goal} in {market}").format(goal=words.capitalized(_(story.brief.goal)), market=story.brief.words),
        "imprint": story.imprint,
        "is_demo": story.is_demo,
        "uncertainty": _(UNCERTAINTY),
        "language": locale.language(),
        "said": {key: _(text) for key, text in PRINTED.items()},
        "colours": asdict(LIGHT),
        "pages": pages,
    }
    names = sorted((creator.name for creator in story.creators), key=len, reverse=True)

    def safe(text: str, key: str) -> str:
        """A text on one line, long names cut, and names from right to left kept from turning their sentence."""
        line = plain(text)
        for name in names if key != "full_name" else ():
            if len(name) > NAME_LETTERS:
                line = line.replace(name, _short(name))
            if RIGHT_TO_LEFT.search(name):
                line = line.replace(_short(name), f"\u2068{_short(name)}\u2069")
        return breakable(line, 19, 6)

    return typeset("story.typ", "story", each_text(data, safe), story.made_on)


def _short(text: str) -> str:
    return text if len(text) <= NAME_LETTERS else f"{text[: NAME_LETTERS - 1]}…"


def _brief_page(story: Story) -> Data:
    """Goal, comparison, audiences and forecasts side by side."""
    by_key = {section.key: section for section in story.sections}
    goal, who = by_key.get(SectionKey.GOAL), by_key.get(SectionKey.WHO)
    blocks: list[Data] = []
    if SectionKey.RECOMMENDATION in by_key:
        section = by_key[SectionKey.RECOMMENDATION]
        points = [section.in_parts(point) for point in section.points]
        blocks.append(_block(section) | {"table": _table(section), "points": _said(points)})
    if who and who.picture:
        chances = [{"share": share} for share in who.picture.rows["p_top_3"]]
        blocks.append(_block(who) | {"table": _table(who), "chances": chances})
    if SectionKey.GEOGRAPHY in by_key:
        section = by_key[SectionKey.GEOGRAPHY]
        parts = [section.in_parts(f"{each.name}: {gap}.") for each in story.creators
                 if (gap := gap_said(each.candidate, story.brief))]  # fmt: skip
        blocks.append(_block(section) | _drawn(story, section.picture) | {"points": _said(parts)})
    if SectionKey.FORECAST in by_key:
        subtitle = _("One line of each creator: what is expected, and what 8 of 10 futures lie between")
        blocks.append(
            _block(by_key[SectionKey.FORECAST]) | {"table": _table(by_key[SectionKey.FORECAST]), "subtitle": subtitle}
        )
    if SectionKey.RISKS in by_key and (close := [sentence for *_pair, sentence in close_pairs(story.creators)]):
        blocks.append(_empty_block() | {"title": _("Nearly tied"), "points": _plainly(close)})
    return {
        "kind": "brief",
        "title": goal.title if goal else story.title,
        "full_name": "",
        "lead": " ".join(goal.points[:2]) if goal else "",  # the rest is of the first creator, or in every footer
        "figures": [],
        "blocks": blocks,
        "source": (who or goal or story.sections[0]).source if story.sections else "",
    }


def _creator_page(story: Story, creator: CreatorStory) -> Data:
    """One creator alone: the same findings, told of nobody else."""
    wanted = {section.key for section in story.sections}
    by_key = {s.key: s for s in sections_of(story.brief, [creator], story.count_matching) if s.key in wanted}
    blocks: list[Data] = []
    for key in (SectionKey.GEOGRAPHY, SectionKey.STRENGTHS, SectionKey.FORECAST):
        if key in by_key:
            section = by_key[key]
            points = [
                _own(_after_title(point, section), creator) for point in section.points if key == SectionKey.FORECAST
            ]
            blocks.append(_block(section) | _drawn(story, section.picture) | {"points": _plainly(points)})
    if SectionKey.RISKS in by_key:
        section = by_key[SectionKey.RISKS]
        points = [_own(point, creator) for point in section.points]
        points += [sentence for *pair, sentence in close_pairs(story.creators) if creator.candidate in pair]
        points.append(creator.candidate.role.what_would_change)
        parts = [section.in_parts(point) for point in points]
        blocks.append(_empty_block() | {"title": _(SECTIONS[SectionKey.RISKS]), "points": _said(parts)})
    if SectionKey.NEXT in by_key:
        blocks.append(_empty_block() | {"title": by_key[SectionKey.NEXT].title, "boxed": True})
    role, what = by_key.get(SectionKey.ROLE), by_key.get(SectionKey.RECOMMENDATION)
    return {
        "kind": "creator",
        "title": what.notes[0].removesuffix(".") if what else role.title if role else creator.name,
        "full_name": _profile(creator.candidate),
        "lead": f"{creator.candidate.role.because}" if role else "",
        "figures": _figures(story, creator),
        "blocks": blocks,
        "source": by_key[SectionKey.FORECAST].source if SectionKey.FORECAST in by_key else _("Source: your store"),
    }


def _profile(creator: Candidate) -> str:
    """Who this is: the whole name, the id and what the profile says."""
    followers = _("followers not known")
    if creator.followers is not None:
        followers = words.counted(creator.followers, "follower", "followers")
    creator_id = _("id {creator}").format(creator=creator.creator_id)
    parts = [display_name(creator), creator_id, creator.platform, creator.vertical, followers]
    return plain(" · ".join(plain(part) for part in parts if part))


def _figures(story: Story, creator: CreatorStory) -> list[Data]:
    one, is_sales = creator.candidate, story.brief.goal == Goal.CONVERSION
    place = _("{rank} of {count}").format(rank=one.rank, count=words.count(story.count_matching))
    kind = _("one {kind}").format(kind=plain(one.deliverable))
    price = _("not known") if one.cost is None else words.amount(one.cost, one.currency)
    return [
        _figure(
            outcome_count(one.expected) or _("not known"),
            ", ".join(part for part in (outcome_range(one.expected), kind) if part),
        ),
        _figure(cost_cell(one), _("per purchase") if is_sales else _("per 1,000 people reached")),
        _figure(price, price_basis(one)),
        *_share_figures(story.brief, one),
        _figure(place, _("rank; {chance} likely in the top 3").format(chance=words.chance(one.p_top_3))),
    ]


def _figure(value: str, label: str, *, is_gap: bool = False) -> Data:
    return {"value": _pieces([(value, is_gap)]), "label": label}


def _share_figures(brief: Brief, creator: Candidate) -> list[Data]:
    """How much of the audience lives in each market; of many, in all together."""
    share, upper = creator.in_market_share, creator.in_market_share_upper
    if share is None or upper is None:
        return [_figure(_("not measured"), _("of the audience in the market"))]
    if not 1 < len(brief.weights) <= MOST_COLUMNS:
        return [_figure(words.percent_range(share, upper), _("of the audience in the market"))]
    return [
        _figure(
            words.percent(creator.shares.get(code)),
            _("of the audience in {market}").format(market=words.country(code)),
            is_gap=code in creator.gaps,
        )
        for code in sorted(brief.weights, key=lambda code: -brief.weights[code])
    ]


def _own(point: str, creator: CreatorStory) -> str:
    """A sentence about a creator on its own page: without the name before it."""
    rest = point.removeprefix(f"{creator.name}: ")
    return rest[:1].upper() + rest[1:]


def _after_title(point: str, section: Section) -> str:
    """What a sentence says beyond the title above it."""
    return point.removeprefix(section.title).removeprefix(".").strip()


def _empty_block() -> Data:
    texts = {"title": "", "subtitle": "", "alt": ""}
    return {"points": [], "picture": None, "table": None, "chances": [], "boxed": False, **texts}


def _block(section: Section) -> Data:
    return _empty_block() | {"title": section.title, "subtitle": section.subtitle}


def _table(section: Section) -> Data | None:
    if section.table is None:
        return None
    rows = [[_pieces(section.in_parts(str(cell))) for cell in row] for row in section.table.rows()]
    return {"head": section.table.columns, "rows": rows}


def _plainly(points: list[str]) -> list[list[Data]]:
    """Points of which nothing stands in red."""
    return _said([[(point, False)] for point in points if point])


def _said(points: list[list[tuple[str, bool]]]) -> list[list[Data]]:
    """Points as the template prints them."""
    return [_pieces(point) for point in points]


def _pieces(parts: list[tuple[str, bool]]) -> list[Data]:
    """Parts of a text; their blanks at either end apart, because what is printed is cleaned of them."""
    return [
        {"text": text, "is_gap": is_gap, "is_apart": (text[:1].isspace(), text[-1:].isspace())}
        for text, is_gap in parts
    ]


def _drawn(story: Story, picture: Picture | None) -> Data:
    """A picture as the template draws it, and in words."""
    if picture is None:
        return {}
    rows = picture.rows.to_dicts()
    if picture.kind == PictureKind.SPLIT:
        parts = ("in_market", "elsewhere", "unknown")
        bars = [{"creator": row["creator"], "parts": [row[part] for part in parts],
                 "labels": [words.percent(row[part]) for part in parts]} for row in rows]  # fmt: skip
        return {"picture": {"kind": "split", "rows": bars}, "alt": picture.alt}
    if picture.kind == PictureKind.DOTS:
        return {"picture": _dots(picture, rows), "alt": picture.alt.strip()}
    spoken = "; ".join(f"{words.capitalized(words.stage(row['stage']))}: {_interval_words(row)}" for row in rows)
    return {"picture": _intervals(story, rows), "alt": f"{picture.alt} {spoken}".strip()}


def _intervals(story: Story, rows: list[dict]) -> Data:
    """Places 0 to 1 on one log scale for every creator of the story."""
    stages = [stage for creator in story.creators for stage in creator.candidate.stages.values()]
    low = min([50.0, *(max(1.0, stage.low) for stage in stages)]) / 1.1
    high = 1.1 * max([200.0, *(stage.high for stage in stages)])

    def place(value: float) -> float:
        return log10(max(low, value) / low) / log10(high / low)

    ticks = [t for t in (1, 5, 10, 25, 50, 100, 200, 400, 1000, 5000, 10_000, 100_000) if low <= t <= high]
    return {
        "kind": "intervals",
        "ticks": [{"at": place(tick), "label": words.count(tick), "typical": tick == 100} for tick in ticks],
        "rows": [
            {
                "label": words.capitalized(words.stage(row["stage"])),
                "measured": row["measured"],
                "at": [place(row[key]) for key in ("low", "index", "high")],
                "value": _interval_words(row),
            }
            for row in rows
        ],
    }


def _interval_words(row: dict) -> str:
    between = words.between(words.index(row["low"]), words.index(row["high"]))
    if not row["measured"]:
        return _("not measured; likely {between}").format(between=between)
    n = words.counted(row["count_campaigns"], "campaign", "campaigns")
    return f"{words.index(row['index'])} ({between}; n = {n})"


def _dots(picture: Picture, rows: list[dict]) -> Data:
    """Twenty dots in columns: across 0 to 1, up in dots."""
    values = [row["value"] for row in rows]
    step = _step(max([*values, picture.target or 0.0, 1.0]))
    end = step * (floor(max([*values, picture.target or 0.0]) / step) + 1)
    columns: dict[tuple[int, bool], list[float]] = {}
    dots = []
    for row in rows:
        column = columns.setdefault((min(DOT_COLUMNS - 1, floor(row["value"] / end * DOT_COLUMNS)), row["reached"]), [])
        dots.append((column, len(column), row["reached"]))
        column.append(row["value"] / end)
    ticks = [step * i for i in range(ceil(end / step) + 1)]
    target = None
    if picture.target is not None:
        value = words.measure(picture.metric, picture.target, picture.currency)
        reached = sum(row["reached"] for row in rows)
        label = _("target {said}: reached by {reached} of {count} dots")
        label = label.format(said=value, reached=reached, count=len(rows))
        target = {"at": picture.target / end, "label": label}
    return {
        "kind": "dots",
        "dots": [{"across": sum(c) / len(c), "up": up, "reached": reached} for c, up, reached in dots],
        "highest": max(map(len, columns.values())),
        "ticks": [{"at": t / end, "label": words.measure(picture.metric, t, picture.currency)} for t in ticks],
        "target": target,
    }


def _step(furthest: float, most: int = 6) -> float:
    """A round distance between ticks, so that at most `most` of them reach the furthest value."""
    size = 10.0 ** floor(log10(furthest / most))
    return max(1.0, next(size * m for m in (1, 2, 5, 10) if size * m * most >= furthest))
