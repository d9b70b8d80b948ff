"""Hold the story told to stakeholders about a few creators: one value that screen, deck, PDF and page draw.

A story is made of sections: a finding as title, what is drawn, a few sentences, notes for who presents, and where the
numbers come from. Pictures are data, so that every document draws them in its own native way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from textwrap import shorten
from typing import Any

import numpy as np
import polars as pl

from fit.brief import Brief
from fit.forecast import CostBasis, DotPlot, RequestedLine, place_dots
from fit.locale import _, phrase
from fit.metrics import METRICS
from fit.review import LastReview
from fit.shortlist import Candidate, ExpectedLine, Group, display_name
from fit.text import plain, words

LONGEST_REVIEW = 140  # characters of a review's line in a cell
MOST_COMPARED = 5  # creators: more cannot stand side by side on one slide
MOST_CREATORS = 12  # more rows of a summary nobody reads


class PictureKind(StrEnum):
    """What a picture draws: the shares of audiences, intervals of strengths, chances, or dots of a forecast."""

    SPLIT = "split"
    INTERVALS = "intervals"
    CHANCES = "chances"
    DOTS = "dots"


class SectionKey(StrEnum):
    """Which section of the story it is, in their order."""

    RECOMMENDATION = "recommendation"
    WHO = "who"
    GEOGRAPHY = "geography"
    STRENGTHS = "strengths"
    FORECAST = "forecast"
    RISKS = "risks"


SECTIONS = {
    SectionKey.RECOMMENDATION: phrase("Summary"),
    SectionKey.WHO: phrase("Who and why"),
    SectionKey.GEOGRAPHY: phrase("Audience geography"),
    SectionKey.STRENGTHS: phrase("Strength and role"),
    SectionKey.FORECAST: phrase("What to expect"),
    SectionKey.RISKS: phrase("Risks and next steps"),
}
UNCERTAINTY = phrase(
    "8 times in 10 the true value lies in its range. Forecasts are not promises. What nobody measured "
    "is shown as unknown."
)


class StoryError(ValueError):
    """A story that cannot be told; the message says what was found, what is needed and what to do."""


@dataclass(frozen=True)
class CreatorStory:
    """One creator of a story.

    audience: rows of queries/audience_by_country.sql; source: the row of queries/audience_sources.sql that counts, None
    without an audience; sums: the row of queries/funnel_of_creator.sql; profile: the row of queries/creator.sql; files:
    names of the files that the campaigns came from; apart: futures (draws,) of the goal's metric that share no luck
    with those of other creators, to be added up; None where it cannot be known. review: the last closed one, None
    without any; is_refused: it says not to book again for this brief. photo: a small square JPEG, None without one.
    """

    expected: ExpectedLine
    audience: pl.DataFrame
    source: dict[str, Any] | None
    sums: dict[str, Any]
    profile: dict[str, Any]
    files: tuple[str, ...] = ()
    apart: np.ndarray | None = field(default=None, repr=False)
    review: LastReview | None = None
    is_refused: bool = False
    photo: bytes | None = field(default=None, repr=False)

    @property
    def group(self) -> Group:
        """What to do with the creator: as its data say, unless the last review says not to book again."""
        return Group.PASS if self.is_refused else self.candidate.group

    @property
    def hides_price(self) -> bool:
        """Whether the readers must not learn the price, nor what it could be worked out from."""
        return self.expected.asked.cost_basis is CostBasis.HIDDEN

    @property
    def review_words(self) -> str:
        """What the last review says, short enough for a cell and without its full stop; empty without one."""
        line = plain(self.review.line).rstrip(". ") if self.review else ""
        return shorten(line, LONGEST_REVIEW, placeholder="…")

    @property
    def candidate(self) -> Candidate:
        """The creator under the brief."""
        return self.expected.creator

    @property
    def name(self) -> str:
        """How the creator is called, on one line; not yet safe for markup."""
        return display_name(self.candidate)

    @property
    def lives(self) -> tuple[str, float] | None:
        """The country where most of the audience lives, and its share; None without an audience."""
        largest = self.audience.sort("audience_share", descending=True, nulls_last=True, maintain_order=True)
        return largest.select("country", "audience_share").row(0) if largest.height else None


@dataclass(frozen=True)
class Picture:
    """What a section draws, as data; every document draws it natively.

    kind and rows, in drawing order:
    "split": creator, in_market, elsewhere, unknown (shares 0 to 1; all null where no audience is known), count_total;
    "intervals": rows of fit.model.funnel.interval_rows, creator by creator;
    "chances": creator, p_top_3 (0 to 1);
    "dots": creator, value, reached: 20 rows a creator, ascending; metric, target (None: none) and currency say of what.
    alt: the picture in one sentence. said: of "dots", the mean, p10 and p90 of each creator in drawing order, as the
    forecast has them: what a title says is never read off the dots.
    """

    kind: PictureKind
    rows: pl.DataFrame
    alt: str
    metric: str = ""
    target: float | None = None
    currency: str | None = None
    said: tuple[Mapping[str, float | None], ...] = ()

    @property
    def futures(self) -> dict[str, list[float]]:
        """Of "dots": the values of each creator, in drawing order."""
        by_creator = self.rows.group_by("creator", maintain_order=True)
        return {str(name): values["value"].to_list() for (name,), values in by_creator}

    @property
    def dots(self) -> DotPlot:
        """Of "dots": where each stands, alike in every document."""
        return place_dots(list(self.futures.values()), self.target, is_whole=METRICS[self.metric].unit == "count")


@dataclass(frozen=True)
class Figure:
    """A number that is set large, and what it counts."""

    value: str
    label: str


@dataclass(frozen=True)
class Section:
    """One page of the story. title: the finding; subtitle: what is drawn (metric, unit, n); points: sentences to read;
    notes: what the presenter says, with numerators and denominators; table: text cells; source: where from, one line;
    gaps: what of these texts names a market that the audience misses, and so stands in red; figures: at most four
    numbers above all else; request: what the readers are asked to decide, in a box below all else.
    """

    key: SectionKey
    title: str
    subtitle: str
    points: tuple[str, ...]
    notes: tuple[str, ...]
    source: str
    picture: Picture | None = None
    table: pl.DataFrame | None = None
    gaps: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    request: str = ""

    @property
    def footnote(self) -> str:
        """The source, and what a range means where one is first read."""
        if self.key not in ("recommendation", "forecast"):
            return self.source
        return f"{self.source}. {_(UNCERTAINTY)}"

    def in_parts(self, text: str) -> list[tuple[str, bool]]:
        """A text cut into parts, each with whether it names a gap."""
        if not any(gap in text for gap in self.gaps):
            return [(text, False)]
        gap = re.compile("|".join(re.escape(gap) for gap in sorted(self.gaps, key=len, reverse=True)))
        parts, at = [], 0
        for found in gap.finditer(text):
            parts += [(text[at : found.start()], False), (found[0], True)]
            at = found.end()
        return [(part, is_gap) for part, is_gap in [*parts, (text[at:], False)] if part]


@dataclass(frozen=True)
class Story:
    """What all documents show. made_on: the day of the document; built_on: of the generation. accuracy: how often past
    ranges held, where that is known. hides_prices: they were taken out (without_prices)."""

    title: str
    brief: Brief
    line: RequestedLine
    creators: tuple[CreatorStory, ...]
    sections: tuple[Section, ...]
    count_matching: int
    generation: int
    built_on: date
    made_on: date
    is_demo: bool
    accuracy: str = ""
    hides_prices: bool = False

    @property
    def imprint(self) -> str:
        """Date, age of the data, how past ranges held and what is invented, as every page of every document has it."""
        imprint = _("{day}, data of {built_on}").format(day=words.day(self.made_on), built_on=words.day(self.built_on))
        imprint = f"{imprint} · {self.accuracy.rstrip('.')}" if self.accuracy else imprint
        return _("Sample data: everything is invented · {said}").format(said=imprint) if self.is_demo else imprint

    def only(self, keys: Sequence[str]) -> Story:
        """The story with some of its sections, in the story's order."""
        return replace(self, sections=tuple(section for section in self.sections if section.key in keys))
