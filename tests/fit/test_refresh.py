"""Do exchange rates reach the prices, is a price without a currency said, and are sample data made the same again?"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb
import polars as pl
import pytest

from data import store
from data.importers.load import Options
from data.importers.report import OptionError
from data.keeping.erase import erase
from data.store.open_store import digest
from fit.agreement import Agreement, Deliverable, frozen_rates, lines_of_agreements
from fit.forecast import forecast_line
from fit.refresh import LoadReport, build_demo, load, publish_without, rebuild
from queries.ask import ask

NOW = datetime(2026, 3, 2, 9, 0)
CREATORS = """creator_id,creator_name,platform,vertical,home_country,followers,asking_price,currency
euro,Euro Eider,instagram,home,DE,40000,200,EUR
euro-2,Second Eider,instagram,home,DE,40000,200,EUR
dollar,Dollar Duck,instagram,home,DE,40000,200,USD
"""
RATES = "currency,rate,base,as_of\nUSD,0.92,EUR,2026-02-27\n"


def bring(folder: Path, texts: dict[str, str], rates: dict[str, str] | None = None, now: datetime = NOW) -> LoadReport:
    """Load these texts as files into the store below a folder."""
    paths = [folder / name for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return load(folder / "store", paths, Options(), now=now, rates=rates or {})


def answer(folder: Path, question: str, **given: object) -> pl.DataFrame:
    """What the store below a folder answers now."""
    opened = store.open_newest(folder / "store")
    try:
        return ask(opened.connection, question, **given)
    finally:
        opened.connection.close()


def costs(folder: Path) -> dict[str, tuple[float, str, str | None]]:
    """Creator to cost, currency and note of its standard deliverable."""
    opened = store.open_newest(folder / "store")
    rows = opened.connection.execute("select creator_id, cost, currency, rate_note from standard_outcomes").fetchall()
    opened.connection.close()
    return {creator: (cost if cost is None else round(cost, 2), *rest) for creator, cost, *rest in rows}


@pytest.mark.thorough
def test_without_a_rate_a_price_in_another_currency_is_not_used(tmp_path):
    bring(tmp_path, {"creators.csv": CREATORS})
    cost, _currency, note = costs(tmp_path)["dollar"]
    assert cost is None
    assert note == "asks in USD, for which no rate to EUR is given: judged without that price"


@pytest.mark.parametrize("by_file", [True, False])
def test_a_rate_turns_prices_into_the_currency_of_most(tmp_path, by_file):
    texts = {"creators.csv": CREATORS} | ({"rates.csv": RATES} if by_file else {})
    report = bring(tmp_path, texts, None if by_file else {"USD": "0.92"})
    assert report.is_whole
    day = "2026-02-27" if by_file else "2026-03-02"
    assert costs(tmp_path) == {
        "dollar": (184.0, "EUR", f"1 USD = 0.92 EUR on {day}"),
        "euro": (200.0, "EUR", None),
        "euro-2": (200.0, "EUR", None),
    }


@pytest.mark.thorough
def test_a_rate_can_come_later_and_alone_and_undo_takes_it_back(tmp_path):
    bring(tmp_path, {"creators.csv": CREATORS})
    report = bring(tmp_path, {}, {"USD": "0.92"})
    assert (report.generation, report.files[0].path) == (2, "--rate USD=0.92")
    assert costs(tmp_path)["dollar"][0] == 184.0
    assert bring(tmp_path, {}, {"USD": "0.92"}).files[0].status == "already imported"
    assert store.current(tmp_path / "store") == 2
    store.undo(tmp_path / "store")
    assert costs(tmp_path)["dollar"][0] is None


@pytest.mark.thorough
def test_rates_are_kept_by_later_loads_and_the_newest_day_counts(tmp_path):
    older = RATES.replace("0.92", "0.5").replace("02-27", "01-05")
    bring(tmp_path, {"creators.csv": CREATORS, "rates.csv": RATES})
    bring(tmp_path, {"rates.csv": older})
    assert costs(tmp_path)["dollar"][0] == 184.0
    assert answer(tmp_path, "all_rates")["rate"].cast(pl.Float64).to_list() == [0.5, 0.92]
    assert answer(tmp_path, "rates")["rate"].to_list() == [0.92]


@pytest.mark.thorough
def test_a_rate_needs_prices_and_another_currency_than_theirs(tmp_path):
    with pytest.raises(OptionError, match="needs prices that name a currency"):
        bring(tmp_path, {}, {"USD": "0.92"})
    with pytest.raises(OptionError, match="most prices are in EUR"):
        bring(tmp_path, {"creators.csv": CREATORS}, {"EUR": "1.09"})
    assert store.current(tmp_path / "store") is None


def bare(currencies: Sequence[str]) -> str:
    """Creators whose prices are in these currencies, "" for none."""
    head = CREATORS.splitlines()[0]
    rows = [f"c{at},C{at},instagram,home,DE,40000,{100 + at},{name}" for at, name in enumerate(currencies)]
    return "\n".join([head, *rows, ""])


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("currencies", "said"),
    [
        (["EUR", "EUR"], []),
        (["EUR", ""], ["1 asking price names no currency: it counts as EUR, the only currency that is named."]),
        (
            ["EUR", "USD", "", ""],
            [
                "2 asking prices name no currency while others name EUR, USD: they count as one currency without a "
                "name. Add the column currency to say which it is."
            ],
        ),
        (
            ["", ""],
            [
                "2 asking prices name no currency: they count as one currency without a name. Add the column currency "
                "to say which it is."
            ],
        ),
    ],
)
def test_prices_without_a_currency_are_named_with_what_they_count_as(tmp_path, currencies, said):
    report = bring(tmp_path, {"creators.csv": bare(currencies)})
    assert (list(report.warnings), report.as_json()["warnings"]) == (said, said)


@pytest.mark.thorough
def test_campaigns_without_a_currency_are_counted_beside_prices(tmp_path):
    campaigns = "campaign_id,creator_id,market,date,impressions,cost,revenue\nk1,c0,DE,2025-10-06,9000,90,\n"
    campaigns += "k2,c0,DE,2025-11-06,9000,,40\nk3,c0,DE,2025-12-06,9000,,\n"
    report = bring(tmp_path, {"creators.csv": bare(["EUR", ""]), "campaigns.csv": campaigns})
    assert report.warnings == (
        "1 asking price and 2 campaigns name no currency: they count as EUR, the only currency that is named.",
    )


@pytest.mark.thorough
def test_where_no_amount_names_a_currency_none_is_shown(tmp_path):
    """Costs count all the same: twice the cost, half the outcome for the money."""
    rows = "".join(f"k{at},c{at % 2},DE,2025-0{at}-06,9000,90,40,2,{80 + at}\n" for at in range(1, 9))
    head = "campaign_id,creator_id,market,date,impressions,clicks,conversions,revenue,cost\n"
    bring(tmp_path, {"creators.csv": bare(["", ""]), "campaigns.csv": head + rows})
    assert costs(tmp_path) == {"c0": (100.0, None, None), "c1": (101.0, None, None)}
    opened = store.open_newest(tmp_path / "store")
    questions = partial(ask, opened.connection)
    agreement = Agreement("c0", (("DE", 1.0),), deliverables=(Deliverable("post", 2),), cost=200.0)
    frozen = frozen_rates(questions, agreement)
    line = forecast_line(questions, lines_of_agreements([agreement]))
    opened.connection.close()
    assert (frozen.currency, line.currency) == (None, None)
    assert frozen.summary["revenue"]["p50"] > 0


@pytest.mark.thorough
def test_sample_data_are_made_anew_as_many_and_by_the_seed_that_they_had(tmp_path):
    folder = tmp_path / "store"
    build_demo(folder, now=NOW, count_creators=20, seed=2**53 - 1, has_partnerships=False)
    before = answer(tmp_path, "all_profiles")
    assert 15 < before.height <= 20
    assert rebuild(folder, now=NOW) == 2
    assert answer(tmp_path, "all_profiles").equals(before)
    first = before["creator_id"][0]
    erase(folder, first, partial(publish_without, folder, now=NOW), now=NOW, with_charters=True)
    assert answer(tmp_path, "all_profiles").height == before.height - 1
    rebuild(folder, now=NOW)
    assert answer(tmp_path, "all_profiles").equals(before)  # the same invented field, whole
    load_some = load(folder, [written(tmp_path)], Options(), now=NOW)
    assert (load_some.is_whole, store.sample_made(folder)) == (True, None)


def test_sample_data_of_a_version_that_kept_neither_are_made_as_they_were_by_default(tmp_path):
    assert store.sample_made(tmp_path) is None
    build_demo(tmp_path, now=NOW, count_creators=3, has_partnerships=False)
    assert store.sample_made(tmp_path) == (3, 1)
    file = store.generation_file(tmp_path, 1)
    for change in ("delete from field_facts where starts_with(name, 'sample_')", "drop table field_facts"):
        with duckdb.connect(str(file)) as db:
            db.execute(change)
        file.with_suffix(".sha256").write_text(f"{digest(file)} {file.stat().st_size}\n")
        assert store.sample_made(tmp_path) == (60, 1)


def written(folder: Path) -> Path:
    """A small file of real data."""
    (folder / "creators.csv").write_text(CREATORS)
    return folder / "creators.csv"
