"""What does the store answer? The one place where pages, store, questions and judgement meet; answers are cached.

Caches are shared by everybody on this server, so their keys are the generation's identity and explicit values only;
what holds prose also goes by the locale that the prose was written for.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import polars as pl
import streamlit as st

from data import store
from data.importers.report import Code, FileStatus, RefusedError
from data.importers.table import read_numbers, read_table
from data.importers.values import countries
from fit.agreement import Agreement, CreatorContext, FrozenForecast, UnknownCreator, frozen_rates
from fit.agreement import read_creator_context as gather
from fit.brief import Brief
from fit.documents import csv_text
from fit.forecast import CreatorLine, LineForecast, RequestedLine, forecast_line, line_of_creator
from fit.load_steps import Progress
from fit.locale import ENGLISH, _, speaking, spoken, voice
from fit.review import MOST_BYTES, ActualsError, count_known, read_actuals, read_value
from fit.shortlist import Candidate, Shortlist
from fit.shortlist import shortlist as judge
from fit.story import Story, StoryError, build_story
from fit.text import country
from queries.ask import TooSlow, ask

MOST_ANSWERS = 256  # cached answers; at 50 rows each about 10 MB
MOST_FUTURES = 64  # cached forecasts; 2,000 futures of 14 metrics are a quarter of a megabyte each
MOST_GROUNDS = 32  # cached forecasts of agreements, with the draws of each
# What a forecast depends on, of everything that an agreement says:
FORECAST_OF = ("creator", "markets", "goal", "platform", "vertical", "start", "cost", "currency", "deliverables")
MOST_STORIES = 16  # cached; each holds the futures of up to five creators, about a megabyte
MOST_GENERATIONS = 2  # opened at once: the current one, and the one that a running page still reads
ROWS_PER_PAGE = 50
MOST_EXPORTED = 10_000  # rows of a downloaded shortlist; more belongs to the command line

__all__ = ["Code", "FileStatus"]  # for the pages, which import no data
StoreBusy, StoreDamaged, StoreEmpty, StoreError = (
    store.StoreBusy,
    store.StoreDamaged,
    store.StoreEmpty,
    store.StoreError,
)


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
        super().__init__(_("The store changes right now. Reload this page in a moment."))


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
        promise, now = path.with_suffix(".sha256").read_text(encoding="ascii"), path.stat()
    except (OSError, UnicodeDecodeError):
        return f"{number} "
    return f"{number} {promise} {now.st_size} {now.st_mtime_ns}"


def _key() -> tuple[str, str]:
    folder = str(store.store_folder())
    return folder, _key_of(folder)


def _of_current(cached: Callable, *given: object):
    """Answer from the generation that counts.

    A load in between: ask again. A file that broke while it was read: forget all that was opened and answered, and draw
    the page anew, once; opening then falls back to an earlier generation and says so.
    """
    folder, key = _key()
    try:
        found = cached(folder, key, *given)
    except _Moved:
        return cached(*_key(), *given)
    except (StoreError, StoryError, TooSlow, UnknownCreator):
        raise
    except Exception:
        if st.session_state.get("reopened") == key:
            raise
        st.session_state["reopened"] = key
        for forgotten in (_opened, _answer, _judged, _foreseen, _told, _grounds, _rates):
            forgotten.clear()
        st.rerun()
        raise  # a download runs outside of any page, where nothing can be drawn anew
    return found


def facts() -> Facts:
    """Open the newest generation. Raises StoreEmpty and StoreDamaged."""
    return _of_current(_facts)


def _facts(folder: str, key: str) -> Facts:
    opened = _opened(folder, key)
    return Facts(f"{folder} {key}", opened.number, opened.is_demo, opened.warnings)


def build_demo(progress: Progress) -> None:
    """Fill an empty store with the invented field. Raises StoreBusy and StoreError."""
    from fit.refresh import build_demo as build

    build(store.store_folder(), now=datetime.now(), progress=progress)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _answer(folder: str, key: str, question: str, given: tuple) -> pl.DataFrame:
    return ask(_opened(folder, key).connection, question, **dict(given))


def answer(question: str, **given: object) -> pl.DataFrame:
    """Answer one question of queries/ from the current generation."""
    return _of_current(_answer, question, tuple(sorted(given.items())))


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _judged(folder: str, key: str, voice: str, brief: Brief, given: tuple) -> Shortlist:
    return judge(partial(ask, _opened(folder, key).connection), brief, **dict(given))


def shortlisted(brief: Brief, *, sort: str = "payoff", descending: bool = True, page: int = 1) -> Shortlist:
    """One page of the shortlist, ROWS_PER_PAGE creators."""
    given = {"sort": sort, "descending": descending, "top": ROWS_PER_PAGE, "skip": (page - 1) * ROWS_PER_PAGE}
    return _of_current(_judged, spoken(), brief, tuple(sorted(given.items())))


def candidate(brief: Brief, creator_id: str) -> Candidate | None:
    """One creator under the brief's markets and goal, whatever its filters say; None when the id is unknown."""
    everyone = replace(brief, platforms=(), verticals=(), followers_min=None, followers_max=None, min_share=None)
    found = _of_current(_judged, spoken(), everyone, (("creator_id", creator_id), ("top", 1))).candidates
    return found[0] if found else None


def candidates(brief: Brief, creator_ids: tuple[str, ...]) -> list[Candidate]:
    """Several creators, in the order asked for; unknown ids are left out."""
    return [one for one in (candidate(brief, creator_id) for creator_id in creator_ids) if one]


@st.cache_data(max_entries=MOST_FUTURES, show_spinner=False)
def _foreseen(folder: str, key: str, asked: CreatorLine, targets: tuple[tuple[str, float], ...]) -> LineForecast:
    return forecast_line(partial(ask, _opened(folder, key).connection), asked.as_row(), targets)


def forecast_of(asked: CreatorLine, targets: tuple[tuple[str, float], ...]) -> LineForecast:
    """The forecast of one creator's line, with the chance of each target."""
    return _of_current(_foreseen, asked, targets)


@st.cache_data(max_entries=MOST_STORIES, show_spinner="Judging the chosen creators")
def _told(
    folder: str, key: str, voice: str, brief: Brief, creator_ids: tuple[str, ...], line: RequestedLine, made_on: date
) -> Story:
    return build_story(partial(ask, _opened(folder, key).connection), brief, creator_ids, line, made_on)


def story(brief: Brief, creator_ids: tuple[str, ...], line: RequestedLine) -> Story:
    """The story of one to five known creators, made today. Raises StoryError."""
    return _of_current(_told, spoken(), brief, creator_ids, line, date.today())


def asked_of_creator(line: RequestedLine, brief: Brief, one: Candidate) -> CreatorLine:
    """The line as one creator would be asked for it."""
    return line_of_creator(line, brief, profile(one.creator_id), one.deliverable)


@st.cache_data(max_entries=MOST_GROUNDS, show_spinner=False)
def _grounds(folder: str, key: str, voice: str, agreement: Agreement, made_on: date) -> CreatorContext:
    return gather(partial(ask, _opened(folder, key).connection), agreement, made_on)


def creator_context(agreement: Agreement) -> CreatorContext | None:
    """What the store knows of an agreement's creator, with its forecast; None for a creator that it does not know.

    Only what a forecast depends on is asked for, so that a text that is typed changes nothing here.
    """
    asked = {name: getattr(agreement, name) for name in FORECAST_OF}
    try:
        return _of_current(_grounds, spoken(), Agreement(**asked), date.today())
    except UnknownCreator:
        return None


def creator_context_to_freeze(agreement: Agreement) -> CreatorContext:
    """The same with the chance of every target of the agreement, to be frozen. Raises UnknownCreator."""
    return _of_current(_grounds, spoken(), agreement, date.today())


@st.cache_data(max_entries=MOST_GROUNDS, show_spinner=False)
def _rates(folder: str, key: str, agreement: Agreement) -> FrozenForecast:
    return frozen_rates(partial(ask, _opened(folder, key).connection), agreement)


def rates(agreement: Agreement) -> FrozenForecast:
    """What is known of an agreement's creator now: its forecast, or only the rates of those who are like it."""
    asked = {name: getattr(agreement, name) for name in FORECAST_OF}
    return _of_current(_rates, Agreement(**asked))


def profile(creator_id: str) -> dict[str, object]:
    """What is stored of one creator, by column of queries/creator.sql."""
    return answer("creator", creator_id=creator_id).row(0, named=True)


def field_facts() -> dict[str, float]:
    """The numbers that describe the whole field, by name."""
    return dict(answer("field_facts").select("name", "value").iter_rows())


def shortlist_csv(brief: Brief, sort: str, descending: bool, is_demo: bool) -> str:
    """The shortlist as CSV, as `python -m fit shortlist --csv` writes it: in English, whoever reads the page."""
    given = {"sort": sort, "descending": descending, "top": MOST_EXPORTED}
    with speaking(ENGLISH):
        table = _of_current(_judged, spoken(), brief, tuple(sorted(given.items()))).as_table()
    return csv_text(table.with_columns(demo=pl.lit(is_demo)))


def table_csv(table: pl.DataFrame, is_demo: bool) -> str:
    """Any table as CSV: no cell runs in a spreadsheet, and invented data say so."""
    return csv_text(table.with_columns(demo=pl.lit(is_demo)))


def country_codes() -> dict[str, str]:
    """Every country that a brief may name: code to name, by name."""
    codes = set(countries.known()["codes"].values())
    return dict(sorted(((code, country(code)) for code in codes), key=lambda pair: pair[1]))


def usual_market() -> str | None:
    """The country that the store's campaigns and creators name most often."""
    found = answer("usual_markets")["country"]
    return found[0] if len(found) else None


def natural_role(brief: Brief, creator_id: str) -> dict[str, object]:
    """The role of a creator before any market is named: label, confidence, p_conversion."""
    given = brief.as_parameters() | dict.fromkeys(("platforms", "verticals"), "")
    given |= dict.fromkeys(("followers_min", "followers_max", "min_share"))
    page = {"sort": "payoff", "descending": True, "top": 1, "skip": 0, "creator_id": creator_id, "goal": brief.goal}
    row = answer("shortlist", **given, **page).row(0, named=True)
    return {"label": row["natural_label"], "confidence": row["natural_confidence"], "p_conversion": row["p_conversion"]}


def store_folder() -> str:
    """Where everything is kept, for a child process that loads."""
    return str(store.store_folder())


def campaign_market(text: str) -> str | None:
    """The market of campaigns as a load takes it, such as DE, DE+AT or ZZ; None for what is no market."""
    return countries.market(text)


def generation_before() -> int | None:
    """The generation that would count again after an undo; None when there is none."""
    folder = store.store_folder()
    number = store.current(folder)
    earlier = (n for n in store.generations(folder) if number is None or n < number)
    return next((n for n in earlier if not store.damage(store.generation_file(folder, n), whole=False)), None)


def undo() -> int:
    """Let the generation before the current one count again; return its number. Raises StoreError."""
    return store.undo(store.store_folder())


def is_known(creator_id: str) -> bool:
    """Whether any loaded file names this creator."""
    return answer("creator", creator_id=creator_id).height > 0


def results_of_upload(raw: bytes, own: Collection[str], currency: str | None) -> tuple[dict[str, float], str]:
    """Results of an uploaded table, metric to value, and what is to say about its encoding. Raises ActualsError."""
    try:
        table = read_table(raw, partial(count_known, own=own), most_bytes=MOST_BYTES)
    except RefusedError as refusal:
        raise ActualsError(f"{str(refusal)[:1].upper()}{str(refusal)[1:]}.") from refusal
    return read_actuals(table.every_row, partial(read_numbers, currency=currency or ""), own), table.note


def typed_result(name: str, text: str, label: str, currency: str | None) -> float | None:
    """One result as the reader types it, in the reader's own signs; None for not measured. Raises ActualsError."""
    return read_value(name, text, partial(read_numbers, mark=voice().decimal, currency=currency or ""), place=label)
