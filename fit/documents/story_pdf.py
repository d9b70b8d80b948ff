"""How does a story become paper? A page for the brief and one A4 page a creator, drawn by Typst from data alone.

Every value reaches the template as JSON, never as markup, so a name cannot be run, read a file or break the layout.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from math import ceil, floor, log10

import polars as pl

from fit import locale
from fit.charts import LIGHT
from fit.documents.typst import typeset
from fit.locale import _, phrase
from fit.shortlist import display_name
from fit.story import SECTIONS, UNCERTAINTY, CreatorStory, Picture, Section, Story, StoryError, close_pairs, sections_of
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
LONGEST_NAME = 40  # characters; a longer name is written out once, at the head of its page
COLUMNS = 44  # places for dots along the axis
LONG_WORD = re.compile(r"\S{19,}")  # wider than a cell of a table
BREAK_HERE = "\u200b"  # invisible: a line may end here
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def story_as_pdf(story: Story) -> bytes:
    """The whole story as PDF: the brief with its comparison, then a page for each creator in the story's order."""
    return _printed(story, [_brief_page(story), *(_creator_page(story, each) for each in story.told)], story.title)


def one_pager(story: Story, creator_id: str) -> bytes:
    """The page of one creator as PDF, A4. Raises StoryError for a creator that the story does not tell of."""
    for each in story.told:
        if each.one.creator_id == creator_id:
            return _printed(
                story,
                [_creator_page(story, each)],
                _("{name} in {market}").format(name=_short(display_name(each.one)), market=story.brief.words),
            )
    raise StoryError(
        _("The story does not tell of {creator!r}. Choose one of its creators.").format(creator=creator_id)
    )


def _printed(story: Story, pages: list[dict], title: str) -> bytes:
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
    names = [display_name(each.one) for each in story.told]
    return typeset("story.typ", "story", _safe(data, names), story.made_on)


def _safe(value: object, names: list[str]) -> object:
    """All texts on one line, long names cut, and names written from right to left kept from turning their sentence."""
    if isinstance(value, dict):
        return {key: _safe(part, [] if key == "full_name" else names) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(part, names) for part in value]
    if not isinstance(value, str):
        return value
    text = plain(value)
    for each in sorted(names, key=len, reverse=True):
        if len(each) > LONGEST_NAME:
            text = text.replace(each, _short(each))
        if RIGHT_TO_LEFT.search(each):
            text = text.replace(_short(each), f"\u2068{_short(each)}\u2069")
    return LONG_WORD.sub(lambda found: BREAK_HERE.join(re.findall(".{1,6}", found[0])), text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def _brief_page(story: Story) -> dict:
    """Goal, comparison, audiences and forecasts side by side."""
    by_key = {section.key: section for section in story.sections}
    goal, who = by_key.get("goal"), by_key.get("who")
    blocks = []
    if who:
        chances = [{"share": row["p_top_3"]} for row in who.picture.rows.iter_rows(named=True)]
        blocks.append(_block(who) | {"table": _table(who.table), "chances": chances})
    if "geography" in by_key:
        blocks.append(_block(by_key["geography"]) | _drawn(story, by_key["geography"].picture))
    if "forecast" in by_key:
        blocks.append(_block(by_key["forecast"]) | {"table": _table(by_key["forecast"].table)})
        blocks[-1]["subtitle"] = _("One line of each creator: the middle, and what 8 of 10 futures lie between")
    if "risks" in by_key:
        close = [{"title": _("Too close to call"), "points": by_key["risks"].points[len(story.told) :]}]
        blocks += [_empty_block() | each for each in close if each["points"]]
    return {
        "kind": "brief",
        "title": goal.title if goal else story.title,
        "full_name": "",
        "lead": " ".join(goal.points[:2]) if goal else "",  # the rest is of the first creator, or in every footer
        "figures": [],
        "blocks": blocks,
        "source": (who or goal or story.sections[0]).source if story.sections else "",
    }


def _creator_page(story: Story, each: CreatorStory) -> dict:
    """One creator alone: the same findings, told of nobody else."""
    wanted = {section.key for section in story.sections}
    found = {s.key: s for s in sections_of(story.brief, [each], story.count_matching) if s.key in wanted}
    blocks = []
    for key in ("geography", "strengths", "forecast"):
        if key in found:
            points = found[key].points if key == "forecast" else ()
            said = [_own(_after_title(point, found[key]), each) for point in points]
            blocks.append(_block(found[key]) | _drawn(story, found[key].picture) | {"points": said})
    for key, title in (("risks", SECTIONS["risks"]), ("next", None)):
        if key in found:
            points = [_own(point, each) for point in found[key].points]
            if key == "risks":
                points += [said for *pair, said in close_pairs(story.told) if each.one in pair]
                points.append(each.one.role.what_would_change)
            said = {"title": _(title), "points": points} if title else {"title": found[key].title, "points": []}
            blocks.append(_empty_block() | said | {"boxed": not title})
    role = found.get("role")
    return {
        "kind": "creator",
        "title": role.title if role else display_name(each.one),
        "full_name": _profile(each),
        "lead": f"{each.one.role.because}" if role else "",
        "figures": _figures(story, each),
        "blocks": blocks,
        "source": found["forecast"].source if "forecast" in found else _("Source: your store"),
    }


def _profile(each: CreatorStory) -> str:
    """Who this is: the whole name, the id and what the profile says."""
    one = each.one
    followers = _("followers not known")
    if one.followers is not None:
        followers = words.counted(one.followers, "follower", "followers")
    said = [display_name(one), _("id {creator}").format(creator=one.creator_id), one.platform, one.vertical, followers]
    return plain(" · ".join(plain(part) for part in said if part))


def _figures(story: Story, each: CreatorStory) -> list[dict]:
    one, payoff = each.one, each.one.payoff[story.brief.goal]
    share = one.in_market_share
    audience = _("not measured") if share is None else words.percent_range(share, one.in_market_share_upper)
    return [
        {
            "value": _("{rank} of {count}").format(rank=one.rank, count=words.count(story.count_matching)),
            "label": _("rank for the brief"),
        },
        {"value": words.chance(one.p_top_3), "label": _("chance of the best three")},
        {"value": _("not known") if payoff is None else words.times(payoff), "label": _("payoff, 1 = market price")},
        {"value": audience, "label": _("of the audience in the market")},
    ]


def _own(point: str, each: CreatorStory) -> str:
    """A sentence about a creator on its own page: without the name before it."""
    rest = point.removeprefix(f"{display_name(each.one)}: ")
    return rest[:1].upper() + rest[1:]


def _after_title(point: str, section: Section) -> str:
    """What a sentence says beyond the title above it."""
    return point.removeprefix(section.title).removeprefix(".").strip()


def _empty_block() -> dict:
    nothing = {"points": [], "picture": None, "table": None, "chances": [], "boxed": False}
    return nothing | {"title": "", "subtitle": "", "alt": ""}


def _block(section: Section) -> dict:
    return _empty_block() | {"title": section.title, "subtitle": section.subtitle}


def _table(frame: pl.DataFrame) -> dict:
    return {"head": frame.columns, "rows": [[str(cell) for cell in row] for row in frame.rows()]}


def _drawn(story: Story, picture: Picture | None) -> dict:
    """A picture as the template draws it, and in words."""
    if picture is None:
        return {}
    rows = picture.rows.to_dicts()
    if picture.kind == "split":
        parts = ("in_market", "elsewhere", "unknown")
        said = [{"creator": r["creator"], "parts": [r[p] for p in parts],
                 "labels": [words.percent(r[p]) for p in parts]} for r in rows]  # fmt: skip
        return {"picture": {"kind": "split", "rows": said}, "alt": picture.alt}
    drawn = _intervals(story, rows) if picture.kind == "intervals" else _dots(picture, rows)
    spoken = "; ".join(f"{r['label']}: {r['value']}" for r in drawn.get("rows", []))
    return {"picture": drawn, "alt": f"{picture.alt} {spoken}".strip()}


def _intervals(story: Story, rows: list[dict]) -> dict:
    """Places 0 to 1 on one log scale for every creator of the story."""
    stages = [stage for each in story.told for stage in each.one.stages.values()]
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


def _dots(picture: Picture, rows: list[dict]) -> dict:
    """Twenty dots in columns: across 0 to 1, up in dots."""
    values = [row["value"] for row in rows]
    step = _step(max([*values, picture.target or 0.0, 1.0]))
    end = step * (floor(max([*values, picture.target or 0.0]) / step) + 1)
    dots, heights = [], {}
    for row in rows:
        column = (min(COLUMNS - 1, floor(row["value"] / end * COLUMNS)), row["reached"])
        dots.append({"x": row["value"] / end, "column": column, "reached": row["reached"]})
        heights[column] = heights.get(column, 0) + 1
    seen: dict[tuple, int] = {}
    for dot in dots:
        together = [other["x"] for other in dots if other["column"] == dot["column"]]
        dot["up"] = seen.get(dot["column"], 0)
        seen[dot["column"]] = dot["up"] + 1
        dot["across"] = sum(together) / len(together)
    ticks = [step * i for i in range(ceil(end / step) + 1)]
    target = None
    if picture.target is not None:
        said = words.measure(picture.metric, picture.target, picture.currency)
        reached = sum(row["reached"] for row in rows)
        target = {
            "at": picture.target / end,
            "label": _("target {said}: reached by {reached} of {count} dots").format(
                said=said, reached=reached, count=len(rows)
            ),
        }
    return {
        "kind": "dots",
        "dots": [{key: dot[key] for key in ("across", "up", "reached")} for dot in dots],
        "highest": max(heights.values()),
        "ticks": [{"at": t / end, "label": words.measure(picture.metric, t, picture.currency)} for t in ticks],
        "target": target,
    }


def _step(furthest: float, most: int = 6) -> float:
    """A round distance between ticks, so that at most `most` of them reach the furthest value."""
    size = 10.0 ** floor(log10(furthest / most))
    return max(1.0, next(size * m for m in (1, 2, 5, 10) if size * m * most >= furthest))
