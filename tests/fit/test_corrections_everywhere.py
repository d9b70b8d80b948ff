"""Do list, forecast, plan, price, deck and charter say the same corrected number, and say that it was corrected?"""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from math import exp, log
from pathlib import Path

import polars as pl
import pytest

from data import store
from data.demo.field import write_field
from data.importers.load import Options
from fit.agreement import (
    Agreement,
    Deliverable,
    FrozenForecast,
    brand_document,
    frozen_rates,
    read_creator_context,
    two_sided,
)
from fit.brief import Brief
from fit.charter import compose
from fit.documents import write_story
from fit.forecast import BRIEF_COLUMNS, Correction, RequestedLine, forecast_line
from fit.plan import PriceRequest, candidates_of_brief, price_of
from fit.refresh import apply_corrections, load
from fit.shortlist import shortlist
from fit.story import Section, build_story
from fit.text import as_markdown
from queries.ask import ask

NOW, DAY = datetime(2026, 3, 2, 9, 0), date(2026, 3, 2)
BRIEF, MARGIN = Brief((("DE", 1.0),), "conversion"), 20.0
EARNED = (
    Correction("clicks", 0.0, 0.4, 1.2, 80.0, 0.6, 0.78),
    Correction("conversions", log(0.8), 0.5, 1.3, 60.0, 0.6, 0.8),
)
FACTOR = 0.8 * exp(0.5**2 / 2)  # the middle is lowered, and a wider range has a higher mean
SAID = "Forecasts of purchases are lowered by 20"
NOTE = "Corrected by past results: purchases −20 %, range of clicks +20 %, range of purchases +30 %"
WITH_FORECASTS = ("recommendation", "forecast")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of own data."""
    there = tmp_path_factory.mktemp("corrected")
    write_field(there / "files", count_creators=12, seed=3, today=DAY)
    load(there / "store", [there / "files"], Options(), now=NOW)
    return there / "store"


@pytest.fixture(scope="module")
def corrected(folder: Path) -> Iterator[tuple[Callable, Callable]]:
    """What answers questions before and after a correction."""
    before = store.open_newest(folder)
    assert apply_corrections(folder, before.number, EARNED, now=NOW) == before.number + 1
    after = store.open_newest(folder)
    yield partial(ask, before.connection), partial(ask, after.connection)
    before.connection.close()
    after.connection.close()


@pytest.mark.thorough
def test_all_read_the_same_number(corrected: tuple[Callable, Callable]) -> None:
    _was, now = corrected
    before, listed = (shortlist(of, BRIEF, top=3).candidates[0] for of in corrected)
    assert before.creator_id == listed.creator_id
    mean = listed.expected.mean
    assert mean == pytest.approx(FACTOR * before.expected.mean, rel=1e-9)
    row = {"creator_id": listed.creator_id, "market": "DE", "deliverable": listed.deliverable, "count_deliverables": 1}
    line = pl.DataFrame([{name: row.get(name) for name in BRIEF_COLUMNS}], schema=BRIEF_COLUMNS)
    outlook = forecast_line(now, line)
    assert outlook.metrics["in_market_conversions"]["mean"] == pytest.approx(mean, rel=1e-9)
    planned = next(one for one in candidates_of_brief(now, BRIEF).lines if one.creator_id == listed.creator_id)
    assert planned.mean == pytest.approx(mean, rel=1e-9)
    asked = PriceRequest(listed.creator_id, ("DE",), "conversion", order_margin=MARGIN)
    assert price_of(now, asked).break_even == pytest.approx(MARGIN * mean, abs=0.006)
    story = build_story(now, BRIEF, [listed.creator_id], RequestedLine(), DAY)
    assert story.creators[0].expected.outlook.metrics["in_market_conversions"]["mean"] == pytest.approx(mean, rel=1e-9)
    frozen = frozen_rates(now, agreement(listed.creator_id, listed.deliverable))
    assert frozen.summary["in_market_conversions"]["mean"] == pytest.approx(mean, rel=1e-9)
    assert frozen.summary["clicks"]["p90"] == pytest.approx(outlook.metrics["clicks"]["p90"])


def agreement(creator: str, kind: str) -> Agreement:
    return Agreement(creator, (("DE", 1.0),), deliverables=(Deliverable(kind, 1),))


@pytest.mark.thorough
def test_all_say_that_it_was_corrected(corrected: tuple[Callable, Callable]) -> None:
    was, now = corrected
    listed = shortlist(now, BRIEF, top=1)
    creator = listed.candidates[0].creator_id
    assert SAID in listed.correction
    assert SAID in candidates_of_brief(now, BRIEF).warnings[-1]
    assert SAID in price_of(now, PriceRequest(creator, ("DE",), "conversion", order_margin=MARGIN)).because
    html = write_story(build_story(now, BRIEF, [creator], RequestedLine(), DAY), ".html").decode()
    assert SAID in html.replace("\xa0", " ")
    assert all(
        NOTE in told.source.replace("\xa0", " ") for told in sections(now, creator) if told.key in WITH_FORECASTS
    )
    assert not any("Corrected" in told.source for told in sections(was, creator))
    two = [one.creator_id for one in shortlist(now, BRIEF, top=2).candidates]
    assert SAID in write_story(build_story(now, BRIEF, two, RequestedLine(), DAY), ".html").decode()
    assert shortlist(was, BRIEF, top=1).correction == ""
    assert SAID not in write_story(build_story(was, BRIEF, [creator], RequestedLine(), DAY), ".html").decode()


def sections(of: Callable, creator: str) -> tuple[Section, ...]:
    return build_story(of, BRIEF, [creator], RequestedLine(), DAY).sections


@pytest.mark.thorough
def test_a_charter_keeps_what_it_was_corrected_by(corrected: tuple[Callable, Callable]) -> None:
    was, now = corrected
    creator = shortlist(now, BRIEF, top=1).candidates[0].creator_id
    frozen, plain = (frozen_rates(of, agreement(creator, "post")) for of in (now, was))
    assert frozen.corrections == EARNED
    drawn_up, with_frozen = agreement(creator, "post"), read_creator_context(now, agreement(creator, "post"), DAY)
    assert SAID in compose(drawn_up, with_frozen).text.replace("\xa0", " ")
    assert SAID in as_markdown(brand_document(two_sided(drawn_up, with_frozen))).replace("\xa0", " ")
    back = FrozenForecast.from_json(json.loads(json.dumps(frozen.as_json())))
    assert (back.corrections, back.summary) == (EARNED, frozen.summary)
    assert "corrections" not in plain.as_json()


@pytest.mark.thorough
def test_a_load_starts_without_and_says_so(folder: Path, corrected: tuple[Callable, Callable], tmp_path: Path) -> None:
    file = tmp_path / "creators.csv"
    file.write_text("creator_id,platform,followers\nnew,instagram,5000\n", encoding="utf-8")
    report = load(folder, [file], Options(), now=NOW)
    assert [warning.partition(".")[0] for warning in report.warnings] == [
        "The correction of forecasts was earned on the data before and ends with this load"
    ]
    opened = store.open_newest(folder)
    assert shortlist(partial(ask, opened.connection), BRIEF, top=1).correction == ""
    opened.connection.close()
    with pytest.raises(store.StoreError, match="Other data were loaded since"):
        apply_corrections(folder, 1, EARNED, now=NOW)


@pytest.mark.thorough
def test_an_undo_takes_it_back(tmp_path: Path) -> None:
    write_field(tmp_path / "files", count_creators=3, seed=3, today=DAY)
    load(tmp_path / "store", [tmp_path / "files"], Options(), now=NOW)
    assert apply_corrections(tmp_path / "store", 1, EARNED, now=NOW) == 2
    with pytest.raises(store.StoreError, match="corrected already"):
        apply_corrections(tmp_path / "store", 2, EARNED, now=NOW)
    assert store.undo(tmp_path / "store") == 1


def test_sample_data_take_none(demo_store: Path) -> None:
    with pytest.raises(store.StoreError, match="Sample data"):
        apply_corrections(demo_store, 1, EARNED, now=NOW)
