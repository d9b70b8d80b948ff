"""Write a story as PDF: the summary, the comparison and one A4 page a creator, drawn by Typst from data alone.

Every value reaches the template as JSON, never as markup, so a name cannot be run, read a file or break the layout.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from math import log10
from typing import cast

import polars as pl

from fit import locale
from fit.brief import Brief
from fit.charts import LIGHT
from fit.documents.brand import Brand
from fit.documents.typst import breakable, each_text, typeset
from fit.forecast import ACROSS, CostBasis
from fit.locale import _, phrase
from fit.shortlist import PRICE_BASES, Candidate, expected_of, share_words
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
    against,
    by_group,
    close_pairs,
    compared_cell,
    expected_figure,
    gap_said,
    goal_noun,
    line_said,
    page_title,
    per_what,
    profile_address,
    profile_words,
    sections_of,
    step_with,
    tick_words,
)
from fit.text import plain, words

OWN_LOOK = Brand()
# Words of the templates; the texts of a page are its findings.
PRINTED = {
    "demo": phrase("Sample data: everything is invented"),
    "page": phrase("Page {page} of {count}"),
    "not_measured": phrase("not measured"),
    "in_market": phrase("in the market"),
    "elsewhere": phrase("elsewhere"),
    "unknown": phrase("unknown"),
}
NAME_LETTERS = 40  # a longer name is written out once, at the head of its page
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
Data = dict[str, object]  # of a template: texts, numbers, and lists of either


def story_as_pdf(story: Story, brand: Brand = OWN_LOOK) -> bytes:
    """The whole story as PDF: the summary, the comparison, then a page for each creator by what to do with it."""
    pages = [_summary_page(story), _comparison_page(story)]
    pages += [_creator_page(story, creator) for creator in by_group(story.creators)]
    return _printed(story, brand, [page for page in pages if page is not None], story.title)


def one_pager(story: Story, creator_id: str, brand: Brand = OWN_LOOK) -> bytes:
    """The page of one creator as PDF, A4. Raises StoryError for a creator that the story does not tell of."""
    creator = next((creator for creator in story.creators if creator.candidate.creator_id == creator_id), None)
    if creator is None:
        message = _("{creator!r} is not in this presentation. Choose one of its creators.")
        raise StoryError(message.format(creator=creator_id))
    title = _("{name} in {market}").format(name=_short(creator.name), market=story.brief.words)
    return _printed(story, brand, [_creator_page(story, creator)], title)


def _printed(story: Story, brand: Brand, pages: list[Data], title: str) -> bytes:
    data = {
        "title": title,
        "brief": _("{goal} in {market}").format(
            goal=words.capitalized(goal_noun(story.brief)), market=story.brief.words
        ),
        "imprint": story.imprint,
        "is_demo": story.is_demo,
        "uncertainty": _(UNCERTAINTY),
        "language": locale.language(),
        "said": {key: _(text) for key, text in PRINTED.items()},
        "colours": asdict(LIGHT) | {"main": brand.main, "accent": brand.accent},
        "author": brand.name or "Creator Fit",
        "pages": pages,
    }
    names = sorted((creator.name for creator in story.creators), key=len, reverse=True)

    def safe(text: str, key: str) -> str:
        """A text on one line, long names cut, and names from right to left kept from turning their sentence."""
        line = plain(text)
        if key == "address":
            return line
        for name in names if key != "full_name" else ():
            if len(name) > NAME_LETTERS:
                line = line.replace(name, _short(name))
            if RIGHT_TO_LEFT.search(name):
                line = line.replace(_short(name), f"\u2068{_short(name)}\u2069")
        return breakable(line, 19, 6)

    logo = None
    if brand.logo is not None:
        kind = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}[brand.logo.kind]
        logo = {"bytes": list(brand.logo.content), "kind": kind, "name": plain(brand.name) or "Logo"}
    return typeset("story.typ", "story", {**_texts(data, safe), "logo": logo}, story.made_on)


def _texts(data: Data, safe: Callable[[str, str], str]) -> Data:
    return cast(Data, each_text(data, safe))


def _short(text: str) -> str:
    return text if len(text) <= NAME_LETTERS else f"{text[: NAME_LETTERS - 1]}…"


def _page(title: str, blocks: list[Data], source: str) -> Data:
    """A page about several creators."""
    empty: Data = {"full_name": "", "photo": None, "address": "", "lead": "", "figures": []}
    return empty | {"kind": "brief", "title": title, "blocks": blocks, "source": source}


def _summary_page(story: Story) -> Data | None:
    """What to book, test and skip, for which price; what could go wrong; what is asked of the readers."""
    by_key = {section.key: section for section in story.sections}
    section, risks = by_key.get(SectionKey.RECOMMENDATION), by_key.get(SectionKey.RISKS)
    if section is None:
        return None
    blocks = [
        _empty_block() | {"table": _table(section), "points": _said([section.in_parts(p) for p in section.points])}
    ]
    blocks.append(_empty_block() | {"title": section.request, "asked": True})
    if risks is not None:
        blocks.append(_block(risks) | {"table": _table(risks), "points": _plainly(list(risks.points))})
    figures = [_figure(one.value, one.label) for one in section.figures]
    page = _page(section.title, blocks, section.source)
    return page | {"full_name": section.subtitle, "figures": figures}


def _comparison_page(story: Story) -> Data | None:
    """Ranks, audiences and forecasts side by side."""
    by_key = {section.key: section for section in story.sections}
    blocks: list[Data] = []
    if SectionKey.WHO in by_key and (picture := by_key[SectionKey.WHO].picture):
        who = by_key[SectionKey.WHO]
        chances = [words.bounded(p) for p in picture.rows["p_top_3"]]
        narrow = None if who.table is None else who.table.drop(_("Profile"))  # it heads each creator's own page
        table = _table(replace(who, table=narrow), {_("Likely in the top 3"): chances})
        blocks.append(
            _block(who) | {"table": table, "chances": [{"share": share} for share in picture.rows["p_top_3"]]}
        )
    if SectionKey.GEOGRAPHY in by_key:
        section = by_key[SectionKey.GEOGRAPHY]
        gaps = [section.in_parts(f"{each.name}: {gap}.") for each in by_group(story.creators)
                if (gap := gap_said(each.candidate, story.brief))]  # fmt: skip
        blocks.append(_block(section) | _drawn(story, section.picture) | {"points": _said(gaps)})
    if SectionKey.FORECAST in by_key:
        section = by_key[SectionKey.FORECAST]
        blocks.append(_block(section) | _drawn(story, section.picture))
    if not blocks:
        return None
    title, blocks[0] = str(blocks[0]["title"]), blocks[0] | {"title": ""}
    return _page(title, blocks, story.sections[0].source)


def _creator_page(story: Story, creator: CreatorStory) -> Data:
    """One creator alone: the same findings, told of nobody else."""
    wanted = {section.key for section in story.sections}
    by_key = {s.key: s for s in sections_of(story.brief, [creator], story.count_matching) if s.key in wanted}
    blocks: list[Data] = []
    for key in (SectionKey.GEOGRAPHY, SectionKey.STRENGTHS, SectionKey.FORECAST):
        if key in by_key:
            section = by_key[key]
            points = [section.in_parts(_own(point, creator)) for point in section.points]
            blocks.append(_block(section) | _drawn(story, section.picture) | {"points": _said(points)})
    if SectionKey.RISKS in by_key:
        section = by_key[SectionKey.RISKS]
        said = [words.capitalized(f"{against(creator, story.brief)}.")]
        said += [sentence for *pair, sentence in close_pairs(story.creators) if creator.candidate in pair]
        said.append(creator.candidate.role.what_would_change)
        if creator.candidate.rate_note and not creator.hides_price:
            said.append(_("Price: {note}.").format(note=creator.candidate.rate_note))
        parts = [section.in_parts(point) for point in said]
        blocks.append(_empty_block() | {"title": _(SECTIONS[SectionKey.RISKS]), "points": _said(parts)})
        step = _("Next step: {step}.").format(step=step_with(creator, story.brief))
        blocks.append(_empty_block() | {"title": step, "asked": True})
    return {
        "kind": "creator",
        "title": page_title(creator, story.brief),
        "full_name": _profile(creator),
        "photo": None if creator.photo is None else {"bytes": list(creator.photo), "name": plain(creator.name)},
        "address": "" if story.is_demo else profile_address(creator.profile),
        "lead": "",
        "figures": _figures(story, creator),
        "blocks": blocks,
        "source": by_key[SectionKey.FORECAST].source if SectionKey.FORECAST in by_key else _("Source: your data"),
    }


def _profile(creator: CreatorStory) -> str:
    """Who this is: the whole name, and what the profile says."""
    parts = [creator.name, profile_words(creator), creator.candidate.vertical]
    followers = creator.candidate.followers
    parts.append(_("followers not known") if followers is None else words.counted(followers, "follower", "followers"))
    return plain(" · ".join(plain(part) for part in parts if part))


def _figures(story: Story, creator: CreatorStory) -> list[Data]:
    one, brief, asked = creator.candidate, story.brief, creator.expected.asked
    found = expected_of(creator.expected, brief.goal)
    expected = expected_figure(found, brief)
    price = _("not known") if asked.cost is None else words.price(asked.cost, asked.currency)
    basis = line_said(creator)
    if asked.cost_basis not in (CostBasis.ASKED, CostBasis.ASKING_PRICE, CostBasis.NONE):
        basis = _("{line}, {basis}").format(line=basis, basis=_(PRICE_BASES[one.cost_basis]))
    place = _("{rank} of {count}").format(rank=one.rank, count=words.count(story.count_matching))
    money = [
        _figure(words.unit_cost(found.cost_per_outcome, asked.currency), per_what(brief)),
        _figure(price, basis),
    ]
    return [
        _figure(expected.value, expected.label),
        *([] if creator.hides_price else money),
        *_share_figures(brief, one),
        _figure(place, _("rank; {chance} likely in the top 3").format(chance=words.bounded(one.p_top_3))),
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
            share_words(creator.shares.get(code)),
            _("of the audience in {market}").format(market=words.country(code)),
            is_gap=code in creator.gaps,
        )
        for code in sorted(brief.weights, key=lambda code: -brief.weights[code])
    ]


def _own(point: str, creator: CreatorStory) -> str:
    """A sentence about a creator on its own page: without the name before it."""
    rest = point.removeprefix(creator.name).lstrip(":, ")
    return rest[:1].upper() + rest[1:]


def _empty_block() -> Data:
    texts = {"title": "", "subtitle": "", "alt": ""}
    return {"points": [], "picture": None, "table": None, "chances": [], "asked": False, **texts}


def _block(section: Section) -> Data:
    return _empty_block() | {"title": section.title, "subtitle": section.subtitle}


def _table(section: Section, more: Mapping[str, Sequence[str]] | None = None) -> Data | None:
    """The table of a section, with more columns on its right."""
    if section.table is None:
        return None
    table = section.table.with_columns(**{name: pl.Series(cells) for name, cells in (more or {}).items()})
    rows = [[_pieces(section.in_parts(str(cell))) for cell in row] for row in table.rows()]
    return {"head": table.columns, "rows": rows}


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
        return {"picture": _dots(picture), "alt": picture.alt.strip()}
    spoken = "; ".join(f"{words.capitalized(words.stage(row['stage']))}: {compared_cell(row)}" for row in rows)
    return {"picture": _intervals(story, rows), "alt": f"{picture.alt} {spoken}".strip()}


def _intervals(story: Story, rows: list[dict]) -> Data:
    """Places 0 to 1 on one log scale for every creator of the story."""
    stages = [stage for creator in story.creators for stage in creator.candidate.stages.values()]
    low = min([50.0, *(max(1.0, stage.low) for stage in stages)]) / 1.1
    high = 1.1 * max([200.0, *(stage.high for stage in stages)])

    def place(value: float) -> float:
        return log10(max(low, value) / low) / log10(high / low)

    ticks = [tick for power in range(-6, 7) if low <= (tick := 100 * 2.0**power) <= high]
    return {
        "kind": "intervals",
        "ticks": [{"at": place(tick), "label": tick_words(tick), "typical": tick == 100} for tick in ticks],
        "rows": [
            {
                "label": words.capitalized(words.stage(row["stage"])),
                "measured": row["measured"],
                "at": [place(row[key]) for key in ("low", "index", "high")],
                "value": compared_cell(row),
            }
            for row in rows
        ],
    }


def _dots(picture: Picture) -> Data:
    """Rows of twenty dots: across 0 to 1, up in dots."""
    plot, target = picture.dots, None
    if picture.target is not None:
        value = words.exact(picture.metric, picture.target, picture.currency)
        target = {"at": plot.line(picture.target), "label": _("target {value}").format(value=value)}
    rows = []
    for name, dots, height in zip(picture.futures, plot.rows, plot.heights, strict=True):
        reached = _("{reached} of {count} reach it").format(reached=sum(dot.reached for dot in dots), count=len(dots))
        drawn = [{"across": dot.across, "up": dot.level, "reached": dot.reached} for dot in dots]
        rows.append({"creator": name, "dots": drawn, "high": height, "said": reached if target else ""})
    ticks = [{"at": plot.across(t), "label": words.measure(picture.metric, t, picture.currency)} for t in plot.ticks]
    return {"kind": "dots", "rows": rows, "ticks": ticks, "target": target, "columns": ACROSS}
