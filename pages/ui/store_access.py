"""Answer what pages ask of the store and the judgement, cached for the current generation.

The one place where pages, store, questions and judgement meet. Caches are shared by everybody on this server, so their
keys are the generation's identity and explicit values only; what holds prose also goes by its language.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar

import polars as pl
import streamlit as st

from data import store
from data.importers.report import Code, ColumnStatus, FileStatus
from data.importers.rules import FAULTS
from data.importers.templates import write as templates
from data.importers.templates.columns import TEMPLATES
from data.importers.values import countries
from data.keeping.restore import finish, was_cut_off
from data.store import StoreBusy, StoreDamaged, StoreEarlier, StoreEmpty, StoreError, StoreNewer, StoreUnreachable
from fit.access import Action
from fit.agreement import (
    PRICE_FIELDS,
    Agreement,
    BriefPrice,
    CreatorContext,
    FrozenForecast,
    UnknownCreator,
    brief_price,
    frozen_rates,
    read_creator_context,
)
from fit.ask import Ask
from fit.brief import Brief
from fit.documents import LOGOS, Brand, BrandError, brand_in, csv_text
from fit.forecast import (
    Correction,
    CreatorLine,
    LineForecast,
    RequestedLine,
    forecast_line,
    line_of_creator,
    shown_currency,
)
from fit.load_steps import Progress, Step
from fit.locale import ENGLISH, _, speaking, spoken
from fit.model import offered_kinds
from fit.plan import Plan, PlanRefused, PlanRequest, Price, PriceRequest, candidates_of_brief, make_plan, price_of
from fit.review import LastReview
from fit.shortlist import OUTCOME_METRIC, Candidate, Shortlist, count_matching, first_creators, shortlist
from fit.story import Story, StoryError, build_story
from fit.text import country
from pages.ui import people
from pages.ui.turns import Busy, in_turn
from queries.ask import TooSlow, asker

# For the pages, which import no data:
__all__ = [
    "Code",
    "ColumnStatus",
    "FileStatus",
    "StoreBusy",
    "StoreDamaged",
    "StoreEarlier",
    "StoreEmpty",
    "StoreError",
    "StoreNewer",
]

EXAMPLES = {str(columns[0].example) for columns in TEMPLATES.values()}  # ids and names of the templates' example rows
# How a reason begins that blames a row for what another row of the same audience says.
FOLLOWS_FROM_ANOTHER = tuple(FAULTS[code]["reason"].partition("{")[0] for code in ("scale", "sum"))

MOST_ANSWERS = 256  # cached answers; at 50 rows each about 10 MB
MOST_FUTURES = 64  # cached forecasts; 2,000 futures of 14 metrics are a quarter of a megabyte each
MOST_CONTEXTS = 32  # cached forecasts of agreements, with the draws of each
MOST_PLANS = 16  # cached
MOST_STORIES = 16  # cached; each holds the futures of up to five creators, about a megabyte
MOST_GENERATIONS = 2  # opened at once: the current one, and the one that a running page still reads
# What a forecast depends on, of everything that an agreement says:
FORECAST_FIELDS = ("creator", "markets", "goal", "platform", "vertical", "start", "cost", "currency", "deliverables")
ROWS_PER_PAGE = 50
MOST_ASKED_FOR = 1_000  # creators that a question names one by one; of more it is asked for all
MOST_EXPORTED = 10_000  # rows of a downloaded shortlist; more belongs to the command line

P = ParamSpec("P")
T = TypeVar("T")
Row = dict[str, Any]  # one row of an answer by column; the types of its cells are those of the question's columns

_under_way: dict[str, tuple[Step, float]] = {}  # by folder of the store


@dataclass(frozen=True)
class Facts:
    """The generation that a page reads. key: the identity of its file, part of every cache key."""

    key: str
    number: int
    is_demo: bool
    warnings: tuple[str, ...]


class _Moved(StoreError):
    """Another generation was published between asking which one counts and opening it."""

    def __init__(self) -> None:
        super().__init__(_("The data is being updated. Reload this page in a moment."))


@st.cache_resource(max_entries=MOST_GENERATIONS, show_spinner=False)
def _opened(folder: str, key: str) -> store.Generation:
    """Open the generation that the key names (or, with warnings, what stands in for it). Raises _Moved, uncached."""
    opened = store.open_newest(Path(folder))
    if _key_of(folder) != key or (not opened.warnings and not key.startswith(f"{opened.number} ")):
        opened.connection.close()
        raise _Moved
    return opened


def _key_of(folder: str) -> str:
    """What identifies the current generation's file: its number, the digest beside it, its size and its last change.

    The last two notice a file that is damaged, or mended, under the running server.
    """
    number = store.current(Path(folder))
    path = store.generation_file(Path(folder), number or 0)
    try:
        digest, status = path.with_suffix(".sha256").read_text(encoding="ascii"), path.stat()
    except (OSError, UnicodeDecodeError):
        return f"{number} "
    return f"{number} {digest} {status.st_size} {status.st_mtime_ns}"


def _key() -> tuple[str, str]:
    folder = store.store_folder()
    if was_cut_off(folder):
        with suppress(StoreBusy, StoreUnreachable):  # it is still under way, or goes on later
            finish(folder)
    return str(folder), _key_of(str(folder))


@st.cache_resource(max_entries=MOST_GENERATIONS, show_spinner=False)
def _ask(folder: str, key: str) -> Ask:
    """What answers the questions of queries/ from this generation."""
    return asker(_opened(folder, key).connection)


def _of_current(cached: Callable[Concatenate[str, str, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a cached function with folder and key of the generation that counts, then with the other arguments.

    A load in between: ask again. A file that broke while it was read: clear all that was opened and answered, and draw
    the page anew, once; opening then falls back to an earlier generation and says so.
    """
    folder, key = _key()
    try:
        return cached(folder, key, *args, **kwargs)
    except _Moved:
        return cached(*_key(), *args, **kwargs)
    except (Busy, PlanRefused, StoreError, StoryError, TooSlow, UnknownCreator):
        raise
    except Exception:
        if st.session_state.get("reopened") == key:
            raise
        st.session_state["reopened"] = key
        _opened.clear()
        _ask.clear()
        for cache in (
            _answer,
            _shortlist,
            _first_creators,
            _count_found,
            _line_forecast,
            _plan,
            _price,
            _story,
            _creator_context,
            _brief_price,
            _rates,
        ):
            cache.clear()
        st.rerun()
        raise  # a download runs outside of any page, where nothing can be drawn anew


def facts() -> Facts:
    """Open the newest generation. Raises StoreEmpty, StoreEarlier, StoreNewer and StoreDamaged."""
    return _of_current(_facts)


def _facts(folder: str, key: str) -> Facts:
    opened = _opened(folder, key)
    warnings = (*opened.warnings, *store.troubles(Path(folder)))
    return Facts(f"{folder} {key}", opened.number, opened.is_demo, warnings)


def build_demo(progress: Progress) -> None:
    """Fill an empty store with the sample data. Raises StoreBusy and StoreError."""
    from fit.refresh import build_demo as build

    _in_sight_of_all(build, progress)


def rebuild(progress: Progress) -> None:
    """Judge again what an earlier version judged. Raises StoreBusy and StoreError."""
    from fit.refresh import rebuild as judge_again

    _in_sight_of_all(judge_again, progress)


def apply_corrections(corrections: Sequence[Correction]) -> None:
    """Correct the forecasts of the current generation, as a new one. Raises StoreBusy, StoreError and NotAllowed."""
    people.refuse(Action.LOAD)
    from fit.refresh import apply_corrections as apply

    apply(store.store_folder(), facts().number, corrections, now=datetime.now())


def keep_accuracy(held: int, count: int) -> None:
    """Write down how many past results 80 % ranges of the current generation held, for documents and later visitors."""
    store.keep_accuracy(store.store_folder(), facts().number, held, count)


def kept_accuracy() -> tuple[int, int] | None:
    """What was written down of the current generation; None before somebody has checked its past forecasts."""
    return store.kept_accuracy(store.store_folder(), facts().number)


def under_way() -> tuple[Step, float] | None:
    """How far this server is with building the store, whichever visitor began; None when it builds nothing."""
    return _under_way.get(store_folder())


def _in_sight_of_all(build: Callable[..., object], progress: Progress) -> None:
    folder = store.store_folder()
    is_first = str(folder) not in _under_way

    def show_all(step: Step, part: float, file: str) -> None:
        if is_first:
            _under_way[str(folder)] = step, part
        progress(step, part, file)

    try:
        build(folder, now=datetime.now(), progress=show_all)
    finally:
        if is_first:
            _under_way.pop(str(folder), None)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
@in_turn
def _answer(folder: str, key: str, question: str, given: tuple[tuple[str, object], ...]) -> pl.DataFrame:
    return _ask(folder, key)(question, **dict(given))


def answer(question: str, **given: object) -> pl.DataFrame:
    """Answer one question of queries/ from the current generation."""
    return _of_current(_answer, question, tuple(sorted(given.items())))


def answer_row(question: str, **given: object) -> Row:
    """Answer a question whose answer has at least one row: the first row, by column."""
    return answer(question, **given).row(0, named=True)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
@in_turn
def _shortlist(
    folder: str,
    key: str,
    language: str,
    brief: Brief,
    *,
    sort: str = "group",
    descending: bool = True,
    top: int = ROWS_PER_PAGE,
    skip: int = 0,
    creators: tuple[str, ...] | None = None,
    words: str = "",
) -> Shortlist:
    one_page = partial(shortlist, _ask(folder, key), brief, sort=sort, descending=descending, top=top, skip=skip)
    return one_page(creators=creators, words=words)


def shortlisted(
    brief: Brief, *, sort: str = "group", descending: bool = True, page: int = 1, words: str = ""
) -> Shortlist:
    """One page of the shortlist, ROWS_PER_PAGE creators. words: only those with these letters in name, handle or id."""
    skip = (page - 1) * ROWS_PER_PAGE
    return _of_current(_shortlist, spoken(), brief, sort=sort, descending=descending, skip=skip, words=words)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
@in_turn
def _count_found(folder: str, key: str, brief: Brief, letters: str) -> int:
    return count_matching(_ask(folder, key), brief, letters)


def count_found(brief: Brief, letters: str = "") -> int:
    """How many creators match a brief and have these letters in name, handle or id."""
    return _of_current(_count_found, brief, letters.strip().lower())


def candidate(brief: Brief, creator_id: str) -> Candidate | None:
    """One creator under the brief's markets and goal, whatever its filters say; None when the id is unknown."""
    return next(iter(candidates(brief, (creator_id,))), None)


def candidates(brief: Brief, creator_ids: tuple[str, ...]) -> list[Candidate]:
    """Several creators, in the order asked for; unknown ids are left out."""
    everyone = Brief(brief.markets, brief.goal)
    if not creator_ids:
        return []
    found = _of_current(_shortlist, spoken(), everyone, creators=creator_ids, top=len(creator_ids)).candidates
    return sorted(found, key=lambda creator: creator_ids.index(creator.creator_id))


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
@in_turn
def _first_creators(folder: str, key: str, brief: Brief) -> tuple[str, ...]:
    return first_creators(_ask(folder, key), brief, ROWS_PER_PAGE)


def first_of_list(brief: Brief) -> tuple[str, ...]:
    """The ids of the first creators of the shortlist, which every field for a creator offers first."""
    return _of_current(_first_creators, brief)


@st.cache_data(max_entries=MOST_FUTURES, show_spinner=False)
@in_turn
def _line_forecast(folder: str, key: str, line: CreatorLine, targets: tuple[tuple[str, float], ...]) -> LineForecast:
    return forecast_line(_ask(folder, key), line.as_row(), targets)


def forecast_of(line: CreatorLine, targets: tuple[tuple[str, float], ...]) -> LineForecast:
    """The forecast of one creator's line, with the chance of each target."""
    return _of_current(_line_forecast, line, targets)


@st.cache_data(max_entries=MOST_PLANS, show_spinner="Choosing the best set")
@in_turn
def _plan(folder: str, key: str, language: str, brief: Brief, asked: PlanRequest) -> Plan:
    return make_plan(candidates_of_brief(_ask(folder, key), brief), asked)


def planned(brief: Brief, asked: PlanRequest) -> Plan:
    """The best set of creators for a budget. Raises PlanRefused with the limit that cannot hold."""
    return _of_current(_plan, spoken(), brief, asked)


@st.cache_data(max_entries=MOST_PLANS, show_spinner=False)
@in_turn
def _price(folder: str, key: str, language: str, asked: PriceRequest) -> Price:
    return price_of(_ask(folder, key), asked)


def priced(asked: PriceRequest) -> Price:
    """What a creator may cost. Raises PlanRefused where its outcome or its worth cannot be known."""
    return _of_current(_price, spoken(), asked)


def outcome_metric(brief: Brief) -> str:
    """What the brief's goal counts: in_market_conversions or in_market_reach."""
    return OUTCOME_METRIC[brief.goal]


def usual_price() -> float | None:
    """The middle of what the creators of this store cost for one standard deliverable; None where no price is known."""
    return answer("usual_price").item()


@st.cache_data(max_entries=MOST_STORIES, show_spinner="Judging the chosen creators")
@in_turn
def _story(
    folder: str,
    key: str,
    language: str,
    brief: Brief,
    creator_ids: tuple[str, ...],
    line: RequestedLine,
    made_on: date,
    reviews: dict[str, LastReview],
    accuracy: str,
) -> Story:
    return build_story(_ask(folder, key), brief, creator_ids, line, made_on, reviews, accuracy)


def story(
    brief: Brief,
    creator_ids: tuple[str, ...],
    line: RequestedLine,
    reviews: Mapping[str, LastReview] = MappingProxyType({}),
    accuracy: str = "",
) -> Story:
    """The story of one to five known creators, made today. reviews: last closed, by creator; accuracy: how often past
    ranges held, "" where that is not known. Raises StoryError."""
    own = {creator_id: reviews[creator_id] for creator_id in creator_ids if creator_id in reviews}
    return _of_current(_story, spoken(), brief, creator_ids, line, date.today(), own, accuracy)


@st.cache_data(max_entries=1, show_spinner=False)
def _brand(folder: str, changed: tuple[float, ...]) -> tuple[Brand, str]:
    try:
        return brand_in(Path(folder)), ""
    except BrandError as error:
        return Brand(), str(error)


def brand() -> tuple[Brand, str]:
    """Whose documents these are, and what is wrong with the brand file of the store: the usual look stands in then."""
    folder = store.store_folder()
    beside = [*folder.glob("brand.toml"), *(path for kind in LOGOS for path in folder.glob(f"*{kind}"))]
    return _brand(str(folder), tuple(sorted(path.stat().st_mtime for path in beside)))


def creator_line(line: RequestedLine, brief: Brief, creator: Candidate) -> CreatorLine:
    """The line as this creator would be asked for it."""
    return line_of_creator(line, brief, profile(creator.creator_id), creator.deliverable)


@st.cache_data(max_entries=MOST_CONTEXTS, show_spinner=False)
@in_turn
def _creator_context(folder: str, key: str, language: str, agreement: Agreement, made_on: date) -> CreatorContext:
    return read_creator_context(_ask(folder, key), agreement, made_on)


def _forecast_part(agreement: Agreement) -> Agreement:
    """Only what a forecast depends on, so that a text that is typed changes no cache key."""
    return Agreement(**{name: getattr(agreement, name) for name in FORECAST_FIELDS})


def creator_context(agreement: Agreement) -> CreatorContext | None:
    """What the store knows of an agreement's creator, with its forecast; None for a creator that it does not know."""
    try:
        return creator_context_to_freeze(_forecast_part(agreement))
    except UnknownCreator:
        return None


@st.cache_data(max_entries=MOST_CONTEXTS, show_spinner=False)
@in_turn
def _brief_price(folder: str, key: str, language: str, agreement: Agreement, made_on: date) -> BriefPrice:
    context = _creator_context(folder, key, language, _forecast_part(agreement), made_on)
    return brief_price(_ask(folder, key), agreement, context.frozen)


def price_in_brief(agreement: Agreement) -> BriefPrice:
    """What the deliverables of an agreement may cost together. Raises UnknownCreator."""
    given = Agreement(**{name: getattr(agreement, name) for name in (*FORECAST_FIELDS, *PRICE_FIELDS)})
    return _of_current(_brief_price, spoken(), given, date.today())


def creator_context_to_freeze(agreement: Agreement) -> CreatorContext:
    """The same with the chance of every target of the agreement, to be frozen. Raises UnknownCreator."""
    return _of_current(_creator_context, spoken(), agreement, date.today())


@st.cache_data(max_entries=MOST_CONTEXTS, show_spinner=False)
@in_turn
def _rates(folder: str, key: str, agreement: Agreement) -> FrozenForecast:
    return frozen_rates(_ask(folder, key), agreement)


def rates(agreement: Agreement) -> FrozenForecast:
    """What is known of an agreement's creator now: its forecast, or only the rates of those who are like it."""
    return _of_current(_rates, _forecast_part(agreement))


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


def shortlist_csv(brief: Brief, sort: str, descending: bool, is_demo: bool) -> str:
    """The shortlist as CSV, as `python -m fit shortlist --csv` writes it: in English, whoever reads the page."""
    with speaking(ENGLISH):
        creators = _of_current(_shortlist, spoken(), brief, sort=sort, descending=descending, top=MOST_EXPORTED)
        return table_csv(creators.as_table(), is_demo)


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


def store_folder() -> str:
    """The folder of the store, for a child process that loads."""
    return str(store.store_folder())


def campaign_market(text: str) -> str | None:
    """The market of campaigns as a load takes it, such as DE, DE+AT or ZZ; None for what is no market."""
    return countries.market_answered(text)


def generation_before() -> int | None:
    """The generation that would count again after an undo; None when there is none."""
    return store.generation_before(store.store_folder())


def undo() -> int:
    """Let the generation before the current one count again; return its number. Raises StoreError and NotAllowed."""
    people.refuse(Action.UNDO_LOAD)
    return store.undo(store.store_folder())


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
