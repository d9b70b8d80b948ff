"""Answer what pages ask of the store: one question of queries/, a page of the shortlist, creators, names, tables."""

from collections.abc import Collection
from contextlib import suppress
from typing import Any

import polars as pl
import streamlit as st

from data.importers.rules import FAULTS
from data.importers.templates import write as templates
from data.importers.templates.columns import TEMPLATES
from data.importers.values import countries
from data.store import StoreEmpty
from fit.ask import Ask
from fit.brief import Brief
from fit.documents import csv_text
from fit.forecast import shown_currency
from fit.locale import ENGLISH, speaking
from fit.model import offered_kinds
from fit.shortlist import OUTCOME_METRIC, Candidate, Shortlist, count_matching, first_creators, shortlist
from fit.text import country
from pages.ui.store_access.opened import per_generation

EXAMPLES = {str(columns[0].example) for columns in TEMPLATES.values()}  # ids and names of the templates' example rows
# How a reason begins that blames a row for what another row of the same audience says.
FOLLOWS_FROM_ANOTHER = tuple(FAULTS[code]["reason"].partition("{")[0] for code in ("scale", "sum"))

MOST_ANSWERS = 256  # cached answers; at 50 rows each about 10 MB
ROWS_PER_PAGE = 50
MOST_ASKED_FOR = 1_000  # creators that a question names one by one; of more it is asked for all
MOST_EXPORTED = 10_000  # rows of a downloaded shortlist; more belongs to the command line

Row = dict[str, Any]  # one row of an answer by column; the types of its cells are those of the question's columns


@per_generation(MOST_ANSWERS)
def _answer(ask: Ask, question: str, given: tuple[tuple[str, object], ...]) -> pl.DataFrame:
    return ask(question, **dict(given))


def answer(question: str, **given: object) -> pl.DataFrame:
    """Answer one question of queries/ from the current generation."""
    return _answer(question, tuple(sorted(given.items())))


def answer_row(question: str, **given: object) -> Row:
    """Answer a question whose answer has at least one row: the first row, by column."""
    return answer(question, **given).row(0, named=True)


@per_generation(MOST_ANSWERS, has_prose=True)
def _shortlist(
    ask: Ask,
    brief: Brief,
    *,
    sort: str = "group",
    descending: bool = True,
    top: int = ROWS_PER_PAGE,
    skip: int = 0,
    creators: tuple[str, ...] | None = None,
    words: str = "",
) -> Shortlist:
    return shortlist(ask, brief, sort=sort, descending=descending, top=top, skip=skip, creators=creators, words=words)


def shortlisted(
    brief: Brief, *, sort: str = "group", descending: bool = True, page: int = 1, words: str = ""
) -> Shortlist:
    """One page of the shortlist, ROWS_PER_PAGE creators. words: only those with these letters in name, handle or id."""
    return _shortlist(brief, sort=sort, descending=descending, skip=(page - 1) * ROWS_PER_PAGE, words=words)


@per_generation(MOST_ANSWERS)
def _count_found(ask: Ask, brief: Brief, letters: str) -> int:
    return count_matching(ask, brief, letters)


def count_found(brief: Brief, letters: str = "") -> int:
    """How many creators match a brief and have these letters in name, handle or id."""
    return _count_found(brief, letters.strip().lower())


def candidate(brief: Brief, creator_id: str) -> Candidate | None:
    """One creator under the brief's markets and goal, whatever its filters say; None when the id is unknown."""
    return next(iter(candidates(brief, (creator_id,))), None)


def candidates(brief: Brief, creator_ids: tuple[str, ...]) -> list[Candidate]:
    """Several creators, in the order asked for; unknown ids are left out."""
    everyone = Brief(brief.markets, brief.goal)
    if not creator_ids:
        return []
    found = _shortlist(everyone, creators=creator_ids, top=len(creator_ids)).candidates
    return sorted(found, key=lambda creator: creator_ids.index(creator.creator_id))


@per_generation(MOST_ANSWERS)
def first_of_list(ask: Ask, brief: Brief) -> tuple[str, ...]:
    """The ids of the first creators of the shortlist, which every field for a creator offers first."""
    return first_creators(ask, brief, ROWS_PER_PAGE)


def outcome_metric(brief: Brief) -> str:
    """What the brief's goal counts: in_market_conversions or in_market_reach."""
    return OUTCOME_METRIC[brief.goal]


def usual_price() -> float | None:
    """The middle of what the creators of this store cost for one standard deliverable; None where no price is known."""
    return answer("usual_price").item()


def profile(creator_id: str) -> Row:
    """What is stored of one creator, by column of queries/creator.sql."""
    return answer_row("creator", creator_id=creator_id)


def photos(creator_ids: Collection[str]) -> dict[str, bytes]:
    """The photos of those of these creators who have one: JPEG by id."""
    return dict(answer("photos_of_creators", creators=sorted(creator_ids)).iter_rows())


def field_facts() -> dict[str, float]:
    """The numbers that describe all creators together, by name."""
    return dict(answer("field_facts").select("name", "value").iter_rows())


def currencies() -> list[str]:
    """The currencies that prices of campaigns name, in the order of the alphabet."""
    return [name for name in answer("market_prices")["currency"].to_list() if shown_currency(name)]


def deliverable_kinds(platform: str | None) -> tuple[str, ...]:
    """The kinds of content to choose from: those of a platform (None: of all), then others that campaigns name."""
    levels = answer("benchmark_levels")
    return offered_kinds(platform, levels.filter(levels["factor"] == "deliverable")["level"].unique().sort().to_list())


@per_generation(1, has_prose=True)  # one at a time: 10,000 creators are 14 MB
def _exported(ask: Ask, brief: Brief, sort: str, descending: bool) -> pl.DataFrame:
    return shortlist(ask, brief, sort=sort, descending=descending, top=MOST_EXPORTED).as_table()


def shortlist_csv(brief: Brief, sort: str, descending: bool, is_demo: bool) -> str:
    """The first MOST_EXPORTED of the shortlist as CSV, in English, as `python -m fit shortlist --csv` writes it."""
    with speaking(ENGLISH):
        return table_csv(_exported(brief, sort, descending), is_demo)


def table_csv(table: pl.DataFrame, is_demo: bool) -> str:
    """Any table as CSV: no cell runs in a spreadsheet, and sample data are marked as such."""
    return guarded_csv(table.with_columns(demo=pl.lit(is_demo)))


def guarded_csv(table: pl.DataFrame) -> str:
    """A table as CSV of which no cell runs in a spreadsheet."""
    return csv_text(table)


def country_codes() -> dict[str, str]:
    """Every country that a brief may name: code to name, by name."""
    codes = set(countries.known()["codes"].values())
    return dict(sorted(((code, country(code)) for code in codes), key=lambda pair: pair[1]))


def usual_market() -> str | None:
    """The country that the store's campaigns and creators name most often."""
    markets = answer("usual_markets")["country"]
    return markets[0] if len(markets) else None


def campaign_market(text: str) -> str | None:
    """The market of campaigns as a load takes it, such as DE, DE+AT or ZZ; None for what is no market."""
    return countries.market_answered(text)


def found_creators(letters: str, top: int) -> list[tuple[str, str | None, str | None]]:
    """Id, name and handle of the creators with these letters in one of them; of all by name, where there are none."""
    found = answer("find_creators", words=letters.strip().lower(), top=top)
    return list(found.select("creator_id", "creator_name", "handle").iter_rows())


def is_known(creator_id: str) -> bool:
    """Whether any loaded file names this creator."""
    return answer("creator", creator_id=creator_id).height > 0


def names_of(creator_ids: Collection[str]) -> dict[str, str]:
    """Id to name of those of these creators that have one; nobody has where nothing is loaded yet."""
    if not creator_ids:
        return {}
    with suppress(StoreEmpty):
        found = answer("names_of_creators", creators=sorted(set(creator_ids)))
        return {creator_id: name for creator_id, name in found.iter_rows() if name}
    return {}


def home_of_audiences(creator_ids: Collection[str]) -> str | None:
    """The country where most of the audiences of these creators live, as a code; None where no audience is known."""
    asked = sorted(set(creator_ids)) if len(creator_ids) <= MOST_ASKED_FOR else None
    found = answer("audience_of_creators", creators=asked, top=1)
    return None if found.is_empty() else found["country"][0]


@st.cache_data(show_spinner=False)
def template(name: str, ending: str) -> bytes:
    """A template to fill in, ".csv" or ".xlsx"; in English, as all that files say of themselves."""
    if ending == ".csv":
        return templates.as_csv(name)
    with speaking(ENGLISH):
        return templates.as_workbook(name, country_codes())
