"""Does a name with accents, typed with or without them, find its creator, and does no other spelling cost one?"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from data import store
from data.importers.load import Options
from fit.brief import Brief
from fit.refresh import load
from fit.shortlist import shortlist
from queries.ask import ask
from queries.spellings import as_parameters, other_spellings, plain, spelled

NAMES = {
    "c1": "José Ñandú", "c2": "Anna Müller", "c3": "Anna Mueller", "c4": "Søren Ångström", "c5": "Łucja Żółw",
    "c6": "Straße & Genuß", "c7": "Nguyễn Phở", "c8": "Мария", "c9": "Samuelle Blue",
}  # fmt: skip


@pytest.fixture(scope="module")
def ask_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable]:
    folder: Path = tmp_path_factory.mktemp("names")
    profiles, audience = folder / "creators.csv", folder / "audience.csv"
    rows = [f"{creator_id},{name},instagram,20000" for creator_id, name in NAMES.items()]
    profiles.write_text("\n".join(["creator_id,creator_name,platform,followers", *rows]))
    audience.write_text("\n".join(["creator_id,country,audience_share", *(f"{one},DE,0.6" for one in NAMES)]))
    load(folder / "store", [profiles, audience], Options(), now=datetime(2026, 3, 2, 9))
    opened = store.open_newest(folder / "store")
    yield partial(ask, opened.connection)
    opened.connection.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jose", ["c1"]),
        ("JOSÉ nan", ["c1"]),
        ("José".replace("é", "e\u0301"), ["c1"]),
        ("muller", ["c2"]),
        ("mueller", ["c2", "c3"]),
        ("Müller", ["c2", "c3"]),
        ("soeren", ["c4"]),
        ("soren", ["c4"]),
        ("aangstroem", ["c4"]),
        ("angstrom", ["c4"]),
        ("lucja zolw", ["c5"]),
        ("strasse", ["c6"]),
        ("genuß", ["c6"]),
        ("nguyen pho", ["c7"]),
        ("мария", ["c8"]),
        ("elle b", ["c9"]),
        ("blu", ["c9"]),
        ("umlaut", []),
    ],
)
def test_a_name_is_found_as_people_type_it(ask_names: Callable, typed: str, found: list[str]) -> None:
    assert sorted(ask_names("find_creators", words=typed, top=20)["creator_id"]) == found
    assert sorted(ask_names("audience_overview", words=typed, top=20, skip=0)["creator_id"]) == found
    brief = Brief((("DE", 1.0),))
    listed = shortlist(partial(ask_names), brief, words=typed)
    assert (sorted(one.creator_id for one in listed.candidates), listed.count_found) == (found, len(found))
    page = {"sort": "per_1000", "descending": True, "top": 20, "skip": 0, "creators": None}
    assert sorted(ask_names("shortlist", **brief.as_parameters(), **page, words=typed)["creator_id"]) == found


def test_the_store_knows_every_letter_as_the_one_who_types_it(ask_names: Callable) -> None:
    text = (Path(store.__file__).parent / "serve.sql").read_text(encoding="utf-8")
    accented, replaced = ("".join(part.split("'")[1::2]) for part in text.split("alphabet as (")[1].split(",\n")[:2])
    assert (len(accented), len(set(accented))) == (len(replaced), len(accented))
    assert plain(accented) == replaced


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Anna Müller", ("Anna Muller", "Anna Mueller")),
        ("José", ("Jose",)),
        ("Straße", ("Strasse",)),
        ("Paul", ()),
        ("Мария", ()),
    ],
)
def test_other_spellings_of_a_name(name: str, others: tuple[str, ...]) -> None:
    assert other_spellings(name) == others


def test_what_is_typed_is_tidied_once() -> None:
    assert as_parameters("  Öl ") == {"words": "öl", "plain": "ol", "spelled": "oel"}
    assert spelled("Ægir Þór") == "Aegir Thor"
