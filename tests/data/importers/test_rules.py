"""Is every cell read right or not at all, and is every fault explained?"""

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers import limits, rules, staging
from data.importers.reading.header_row import Column
from data.importers.sql import fill
from data.importers.values import dates


@pytest.fixture(scope="module")
def read():
    """Ask one macro what it reads in a text: read("read_count", text, mark)."""
    with duckdb.connect(config={"threads": 1}) as db:
        staging.prepare(db)

        def ask(macro: str, *texts: str) -> object:
            places = ", ".join("?" for _ in texts)
            return db.execute(fill("select {macro}({places})", macro=macro, places=places), list(texts)).fetchone()[0]

        yield ask


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        *(("0", "", 0), ("007", "", 7), ("999999999999999", "", 999_999_999_999_999), ("120000.0", "", 120_000)),
        *(
            ("120,000", ".", 120_000),
            ("120.000", ",", 120_000),
            ("1,234,567", "", 1_234_567),
            ("1.234.567", "", 1_234_567),
        ),
        *(("1 234 567", "", 1_234_567), ("1\u202f234", "", 1_234), ("1'234", "", 1_234)),
        *(("120,000", "", None), ("120.000", "", None), ("120.000", ".", None), ("120,000", ",", None)),
        *(
            ("1000000000000000", "", None),
            ("1000.5", "", None),
            ("1e6", "", None),
            ("0x10", "", None),
            ("-1", "", None),
        ),
        *(
            ("NaN", "", None),
            ("inf", "", None),
            ("1_000", "", None),
            ("12,34", "", None),
            ("475.8m", "", 475_800_000),
            ("31.2K", "", 31_200),
            *(
                ("1,25,000", "", 125_000),
                ("12,50,000", "", 1_250_000),
                ("1,23,456", "", 123_456),
                ("1,2,500", "", None),
            ),
            *(("12.5 Lakh", "", 1_250_000), ("3 lacs", "", 300_000), ("2 Crore", "", 20_000_000), ("2 Cr", "", None)),
            *(("4.8万", "", 48_000), ("120만", "", 1_200_000), ("1.2億", "", 120_000_000)),
            ("1,1 Mio", "", 1_100_000),
            ("2 mil", "", 2_000),
            ("1,234K", "", None),
            ("10-15k", "", None),
            ("< 10", "", None),
        ),
        *(("١٢", "", None), ("１２", "", None), ("+5", "", None), ("1,23,45", "", None), ("1,234.567", "", None)),
    ],
)
def test_a_count_is_a_whole_number_below_1e15_or_nothing(read, text, mark, value):
    assert read("read_count", text, mark) == value


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        *(
            ("1200.00", "", "1200.0000"),
            ("1200,5", "", "1200.5000"),
            ("1,200.50", "", "1200.5000"),
            ("1.200,50", "", "1200.5000"),
        ),
        *(
            ("0.1234", "", "0.1234"),
            ("1200.1000000000001", "", "1200.1000"),
            ("1,200", ".", "1200.0000"),
            ("1,200", ",", "1.2000"),
        ),
        *(
            ("1,200", "", None),
            ("0.12345", "", None),
            ("€5", "", None),
            ("1e3", "", None),
            ("-1", "", None),
            ("", "", None),
        ),
    ],
)
def test_money_has_up_to_four_decimals_or_is_nothing(read, text, mark, value):
    found = read("read_money", text, mark)
    assert (None if found is None else str(found)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("0.52", 0.52), ("0,52", 0.52), (".5", 0.5), ("52%", 52.0), ("52,5 %", 52.5), ("1", 1.0), ("1e-05", 1e-05)),
        *(("< 1%", None), ("-0.1", None), ("NaN", None), ("inf", None), ("1e3", None), ("1.234,5", None), ("--", None)),
    ],
)
def test_a_share_is_read_as_written(read, text, value):
    assert read("read_share", text) == value


@pytest.mark.thorough
@given(st.floats(0, 1, allow_nan=False).filter(lambda x: x == 0 or x >= 1e-4))
def test_every_fraction_that_python_writes_is_read_exactly(read, share):
    assert read("read_share", repr(share)) == share


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        *(
            (" ada ", "ada"),
            ("\u00a0ada\t", "ada"),
            ("", None),
            ("  ", None),
            ("'=1+1", "=1+1"),
            ("' @a", "@a"),
            ("'tis", "'tis"),
        ),
        *(("''=1", "''=1"), ("\t=1+1", "=1+1"), ("007", "007"), ("a b", "a b"), ("Ünal ", "Ünal"), ("'＝1", "＝1")),
    ],
)
def test_blanks_and_the_guard_before_a_formula_sign_are_taken_off(read, text, tidy):
    assert read("tidy", text) == tidy


@pytest.mark.thorough
@given(st.text(max_size=8))
def test_tidying_plain_text_is_only_faster(read, text):
    assert read("tidy", text) == read("tidied", text)


@pytest.mark.parametrize(
    "text", ["a\nb", "a\x00b", "a\x7fb", "abc\u202egnp", "an\u200ba", "x" * (limits.MAX_ID_CHARACTERS + 1)]
)
def test_an_id_holds_nothing_that_nobody_sees(read, text):
    assert read("read_id", text) is None


@pytest.mark.parametrize(
    "text", ["👩\u200d👩\u200d👧", "<img src=x>", "x'; DROP TABLE a; --", "x" * limits.MAX_ID_CHARACTERS]
)
def test_any_other_id_is_kept_letter_by_letter(read, text):
    assert read("read_id", text) == text


@pytest.mark.parametrize(
    ("length", "kept"), [(limits.MAX_TEXT_CHARACTERS, True), (limits.MAX_TEXT_CHARACTERS + 1, False)]
)
def test_names_may_be_longer_than_ids(read, length, kept):
    assert (read("read_text", "x" * length) is not None) is kept


@pytest.mark.parametrize("text", ["-", "--", "–", "n/a", "N/A", "TBD", "k.A.", "not tracked"])
def test_what_was_not_measured_is_blank_and_never_0(text, read):
    assert read("measured", text) is None


@pytest.mark.parametrize(
    ("text", "day_first", "day"),
    [
        *(("2025-03-01", None, date(2025, 3, 1)), ("2025/3/1", None, date(2025, 3, 1)), ("2025-02-30", None, None)),
        *(("2025-03-01 00:00:00", None, date(2025, 3, 1)), ("2025-03-01T00:00:00Z", None, date(2025, 3, 1))),
        *(("2025-03-01 13:30", None, date(2025, 3, 1)), ("03/22/2025 4:45 PM", False, date(2025, 3, 22))),
        *(("22 Apr 2025", None, date(2025, 4, 22)), ("22 Apr", None, None), ("22/04/25", True, None)),
        *(("03/04/2025", None, None), ("04/04/2025", None, date(2025, 4, 4))),
        *(
            ("03/04/2025", True, date(2025, 4, 3)),
            ("03/04/2025", False, date(2025, 3, 4)),
            ("45717", None, None),
            ("May 4", None, None),
        ),
    ],
)
def test_a_date_is_read_only_where_its_order_is_certain(text, day_first, day):
    assert dates.read(text, day_first) == day


@pytest.mark.parametrize(
    ("texts", "proof"),
    [
        (["03/04/2025"], None),
        (["03/04/2025", "31.12.2025"], True),
        (["12/31/2025"], False),
        (["31/12/2025", "12/31/2025"], None),
        (["24/12/31", "03/04/2025"], None),  # the first may begin with its year
    ],
)
def test_a_day_above_twelve_proves_the_order_of_the_column(texts, proof):
    assert dates.day_first(texts) is proof


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("date", "45717", "a serial number of a spreadsheet, perhaps the date 2025-03-01"),
        ("date", "03/04/2025", "day or month first? The date column does not prove the order"),
        ("date", "2025-02-30", "no day of the calendar"),
        ("date", "1999-12-31", "before the year 2000"),
        ("count", "1000.5", "not a whole number"),
        ("count", "120.000", "thousands separator or decimals? A count is whole"),
        ("count", "-5", "negative"),
        ("count", "9" * 20, "beyond the limit of 1e15"),
        ("share", "3.apr", "a spreadsheet turned this number into a date"),
        ("share", "< 10%", "says less or more than a number, not which"),
        ("money", "#DIV/0!", "an error of a spreadsheet formula"),
        ("country", "Congo", "could be CD or CG"),
        ("country", "XX", "no country that is known"),
        ("id", "x" * 300, "300 characters are over the limit of 200"),
        ("currency", "$", "no currency that can be told for certain"),
        ("flag", "maybe", "neither yes nor no"),
    ],
)
def test_every_fault_is_explained(kind, value, reason):
    assert rules.explain(kind, value, "cell", "")[0] == reason


def test_no_piece_of_a_statement_can_end_it():
    with pytest.raises(ValueError, match="can't be a piece"):
        fill("select {name} from typed", name="a; drop table audience")


@pytest.mark.parametrize(
    ("text", "day"), [("2000-01-01", "2000-01-01"), ("1999-12-31", None), ("2000-01-02", "2000-01-02"), ("soon", None)]
)
def test_the_first_day_of_2000_is_the_earliest(text, day):
    assert rules.meanings("date", [text], rules.FileProof()) == {text: day}


@pytest.mark.parametrize(
    ("kind", "name", "value", "is_bad"),
    [
        ("days", "attribution_window_days", 3_650, False),
        ("days", "attribution_window_days", 3_651, True),
        ("days", "attribution_window_days", 0, False),
        ("count", "count_deliverables", 0, True),
        ("count", "count_deliverables", 1, False),
        ("count", "clicks", 0, False),
        ("count", "clicks", None, True),  # a text that could not be read
    ],
)
def test_a_window_of_ten_years_and_one_deliverable_are_just_possible(kind, name, value, is_bad):
    read = "null::bigint" if value is None else f"{value}::bigint"
    with duckdb.connect() as db:
        found = db.execute(f"select {rules.bad_sql(Column(name, kind, filled=False), repr('text'), read)}").fetchone()[
            0
        ]
    assert bool(found) is is_bad


def test_clocks_may_differ_by_a_day_and_plans_lie_a_year_ahead():
    assert (rules.CLOCK_TOLERANCE.days, rules.MOST_AHEAD.days) == (1, 366)
