"""What does the store answer? The one place where pages, store, questions and judgement meet; answers are cached.

Caches are shared by everybody on this server, so their keys are the generation's identity and explicit values only.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import polars as pl
import streamlit as st

from data import store
from data.importers.countries import known
from fit.brief import Brief
from fit.documents.sheets import csv_text
from fit.shortlist import Candidate, Shortlist
from fit.shortlist import shortlist as judge
from fit.words import country
from queries.ask import ask

MOST_ANSWERS = 256  # cached answers; at 50 rows each about 10 MB
MOST_GENERATIONS = 2  # opened at once: the current one, and the one that a running page still reads
ROWS_PER_PAGE = 50
MOST_EXPORTED = 10_000  # rows of a downloaded shortlist; more belongs to the command line

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


@st.cache_resource(max_entries=MOST_GENERATIONS, show_spinner=False)
def _opened(folder: str, key: str) -> store.Generation:
    return store.open_newest(store.store_folder(folder))


def _key() -> tuple[str, str]:
    """Folder, and what identifies the current generation's file: its number and the digest written beside it."""
    folder = store.store_folder()
    number = store.current(folder)
    try:
        promise = store.generation_file(folder, number or 0).with_suffix(".sha256").read_text(encoding="ascii")
    except OSError:
        promise = ""
    return str(folder), f"{number} {promise}"


def facts() -> Facts:
    """Open the newest generation. Raises StoreEmpty and StoreDamaged."""
    folder, key = _key()
    opened = _opened(folder, key)
    return Facts(f"{folder} {key}", opened.number, opened.is_demo, opened.warnings)


def build_demo(progress: Callable[[str, float], None]) -> None:
    """Fill an empty store with the invented field. Raises StoreBusy and StoreError."""
    from fit.refresh import build_demo as build

    build(store.store_folder(), now=datetime.now(), progress=progress)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _answer(folder: str, key: str, question: str, given: tuple) -> pl.DataFrame:
    return ask(_opened(folder, key).connection, question, **dict(given))


def answer(question: str, **given: object) -> pl.DataFrame:
    """Answer one question of queries/ from the current generation."""
    return _answer(*_key(), question, tuple(sorted(given.items())))


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _judged(folder: str, key: str, brief: Brief, given: tuple) -> Shortlist:
    return judge(partial(ask, _opened(folder, key).connection), brief, **dict(given))


def shortlisted(brief: Brief, *, sort: str = "payoff", descending: bool = True, page: int = 1) -> Shortlist:
    """One page of the shortlist, ROWS_PER_PAGE creators."""
    given = {"sort": sort, "descending": descending, "top": ROWS_PER_PAGE, "skip": (page - 1) * ROWS_PER_PAGE}
    return _judged(*_key(), brief, tuple(sorted(given.items())))


def candidate(brief: Brief, creator_id: str) -> Candidate | None:
    """One creator under the brief's markets and goal, whatever its filters say; None when the id is unknown."""
    everyone = replace(brief, platforms=(), verticals=(), followers_min=None, followers_max=None, min_share=None)
    found = _judged(*_key(), everyone, (("creator_id", creator_id), ("top", 1))).candidates
    return found[0] if found else None


def candidates(brief: Brief, creator_ids: tuple[str, ...]) -> list[Candidate]:
    """Several creators, in the order asked for; unknown ids are left out."""
    return [one for one in (candidate(brief, creator_id) for creator_id in creator_ids) if one]


def shortlist_csv(brief: Brief, sort: str, descending: bool, is_demo: bool) -> str:
    """The shortlist as CSV, as `python -m fit shortlist --csv` writes it."""
    given = {"sort": sort, "descending": descending, "top": MOST_EXPORTED}
    table = _judged(*_key(), brief, tuple(sorted(given.items()))).as_table()
    return csv_text(table.with_columns(demo=pl.lit(is_demo)))


def table_csv(table: pl.DataFrame, is_demo: bool) -> str:
    """Any table as CSV: no cell runs in a spreadsheet, and invented data say so."""
    return csv_text(table.with_columns(demo=pl.lit(is_demo)))


def country_codes() -> dict[str, str]:
    """Every country that a brief may name: code to English name, by name."""
    return dict(sorted(((code, country(code)) for code in set(known()["codes"].values())), key=lambda pair: pair[1]))


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


def is_known(creator_id: str) -> bool:
    """Whether any loaded file names this creator."""
    return answer("creator", creator_id=creator_id).height > 0
