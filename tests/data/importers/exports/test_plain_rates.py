"""Are exchange rates read to the letter, and what cannot be a rate set aside with a reason?"""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data.importers import load as intake
from data.importers.load import FileReport, Options

SCHEMA = (Path(__file__).parents[4] / "data" / "store" / "schema.sql").read_text(encoding="utf-8")
TODAY = date(2026, 3, 1)
HEADER = "currency,rate,base,as_of\n"


def load(folder: Path, text: str, **options: object) -> tuple[FileReport, list[tuple]]:
    """The report of one text as a file, and the rates that the store holds then."""
    path = folder / "upload.csv"
    path.write_text(text, encoding="utf-8")
    db = duckdb.connect(config={"threads": 1})
    db.execute(SCHEMA)
    (report,) = intake.load_files(db, [path], Options(**options), today=TODAY, now=datetime(2026, 3, 1))
    return report, db.execute("select currency, rate, base, as_of from rates order by all").fetchall()


def test_rates_are_kept_as_they_stand(tmp_path):
    report, rates = load(tmp_path, f"{HEADER}usd,0.92,EUR,2026-02-27\nJPY,0.0061,€,\nCHF,1.0655,eur,2026-02-27\n")
    assert (report.reader, report.status, report.creators) == ("plain_rates", "imported", ())
    assert rates == [
        ("CHF", Decimal("1.065500000"), "EUR", date(2026, 2, 27)),
        ("JPY", Decimal("0.006100000"), "EUR", None),
        ("USD", Decimal("0.920000000"), "EUR", date(2026, 2, 27)),
    ]


def test_the_day_may_be_left_out(tmp_path):
    report, rates = load(tmp_path, "base,currency,rate\nEUR,USD,0.92\n")
    assert (report.status, rates) == ("imported", [("USD", Decimal("0.92"), "EUR", None)])


@pytest.mark.parametrize(
    ("row", "column", "reason", "fix"),
    [
        ("USD,0,EUR,", "rate", "a rate of zero", "0.92"),
        ("USD,-0.92,EUR,", "rate", "negative", "check the source"),
        ("USD,,EUR,", "rate", "blank", "fill it in"),
        ("USD,0.0000001,EUR,", "rate", "below 0.000001", "the other way round"),
        ("USD,1000000000,EUR,", "rate", "above 999,999,999", "the other way round"),
        ("QQQ,0.92,EUR,", "currency", "no currency", "ISO 4217"),
        ("USD,0.92,QQQ,", "base", "no currency", "ISO 4217"),
        ("EUR,1.05,EUR,", "base", "the same currency", "name the currency"),
        ("USD,0.92,EUR,2026-03-20", "as_of", "lies in the future", "check the year"),
        ("CHF,1.07,EUR,2026-02-27", "currency", "again, after row 2", "keep the row that is right"),
    ],
)
def test_what_cannot_be_a_rate_is_set_aside(tmp_path, row, column, reason, fix):
    report, rates = load(tmp_path, f"{HEADER}CHF,1.06,EUR,2026-02-27\n{row}\n")
    assert (report.status, [rate[0] for rate in rates]) == ("partly imported", ["CHF"])
    (problem,) = report.problems
    assert (problem.row, problem.column) == (3, column)
    assert reason in problem.reason
    assert fix in problem.fix


def test_three_decimals_without_proof_are_asked_back(tmp_path):
    report, _ = load(tmp_path, f"{HEADER}CHF,1.065,EUR,\n")
    assert report.status == "refused"
    assert "1.0650" in report.problems[0].fix


def test_another_day_or_base_is_no_repeat(tmp_path):
    rows = "USD,0.92,EUR,2026-02-27\nUSD,0.91,EUR,2026-02-26\nUSD,0.79,GBP,2026-02-27\n"
    report, rates = load(tmp_path, HEADER + rows)
    assert (report.status, len(rates)) == ("imported", 3)


def test_a_table_without_its_base_is_named_as_nearly_one(tmp_path):
    report, _ = load(tmp_path, "currency,rate\nUSD,0.92\n")
    assert report.status == "refused"
    assert "as a table of rates it lacks base" in report.message
