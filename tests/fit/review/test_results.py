"""Is what people report read as they mean it, and refused where nobody can know what they mean?"""

import contextlib
import io
from functools import partial

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.importers.report import RefusedError
from data.importers.table import read_numbers, read_table
from fit.review.results import (
    MOST_RESULTS_BYTES,
    ActualsError,
    count_known,
    impossible,
    odd,
    of_campaigns,
    read_actuals,
    read_value,
)

PLAIN = {"impressions": 52_000.0, "engagement_rate": 0.08, "revenue": 1234.5}


def read(raw: bytes, own: frozenset[str] = frozenset(), currency: str = "EUR") -> dict[str, float]:
    table = read_table(raw, partial(count_known, own=own), most_bytes=MOST_RESULTS_BYTES)
    return read_actuals(table.every_row, partial(read_numbers, currency=currency), own)


def excel(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active["B3"].number_format = "0%"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        b"metric,value\nimpressions,52000\nengagement_rate,0.08\nrevenue,1234.5\n",
        b"\xef\xbb\xbfmetric,value\r\nimpressions,52000\r\nengagement_rate,8 %\r\nrevenue,1234.50",
        b"metric;value\nimpressions;52.000\nengagement_rate;8,0%\nrevenue;1234,5\n",
        b"metric;value\nimpressions;52000\nengagement_rate;0,08\nrevenue;1.234,50\n",
        'metric,value\nviews,"52,000"\nER,8%\nturnover,"1,234.5"\n'.encode("utf-16"),
        b"impressions\t52000\nEngagement rate\t8 %\nattributed revenue\t1234.5\n\n",
        b"who,value,metric\nme,52 000,Impressions\nme,.08,engagement-rate\nme,1'234.5,revenue\n".replace(
            b".08", b"0.08"
        ),
        b"sep=;\nmetric;value\nimpressions;52 000\nengagement_rate;8 %\nrevenue;EUR 1.234,50\n",
        b"Results of May\n\nmetric|value\nimpressions|52000\nengagement_rate|0.08\nrevenue|\xe2\x82\xac1,234.50\n",
        b'who,metric,value\n"a\nb",impressions,52000\na,engagement rate,8%\na,revenue,1234.5\na,clicks,--\n',
        excel(("metric", "value"), ("impressions", 52_000), ("engagement_rate", 0.08), ("revenue", 1234.5)),
        b"metric,value\nclicks,\nimpressions,5.2e4\nengagement_rate,0.08\nconversions, \nrevenue,1234.5\n",
    ],
)
def test_the_same_table_is_read_however_it_is_written(raw):
    assert read(raw) == PLAIN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "metric,value\nconversons,3\n",
            "Row 2: 'conversons' is no metric of the library. The nearest are conversions",
        ),
        (
            "metric,value\nclicks,-3\n",
            "Row 2: clicks is '-3': negative; check the source and write the number that was measured.",
        ),
        (
            "metric,value\nclicks,nan\n",
            "Row 2: clicks is 'nan': not a whole number; write digits only, or leave it blank where it was not",
        ),
        ("metric,value\nclicks,many\n", "clicks is 'many': not a whole number"),
        ("metric,value\nclicks,3.5\n", "not a whole number"),
        ("metric,value\nclicks,inf\n", "not a whole number"),
        ("metric,value\nclicks,1e18\n", "beyond the limit of 1e15"),
        ("metric,value\nclicks,1,234\n", "Row 2 has more than a metric and a value: ['1', '234']. Put a number"),
        ("clicks,1,234\n", "Row 1 has more than a metric and a value: ['1', '234']. Put a number"),
        ("who,metric,value\na,clicks,3,4\n", "Row 2 has more than a metric and a value: ['clicks', '3', '4']."),
        ("metric,value\nengagement_rate,8\n", "Write 8 % if that is meant"),
        (
            "metric,value\nclick_rate,150%\n",
            "Row 2: click_rate is '150%'; a rate is at most 100 %. Correct it, or leave it blank.",
        ),
        ("metric,value\nclicks,3\n,4\n", "Row 3 names no metric"),
        ("metric,value\nclicks,3\nlink clicks,4\n", "Row 3: clicks stands there twice ('clicks' before)"),
        ("metric,value\nclicks,3\nclicks,\n", "Row 3: clicks stands there twice"),
        ("metric;value\nrevenue;1.234\n", "thousands or decimals"),
        ("metric,value\n", "hold no row"),
        ("metric,value\nrevenue,1.234\n", "Row 2: revenue is '1.234': thousands or decimals? The file does not prove"),
        ('metric,value\nrevenue,"1,234"\n', "thousands or decimals"),
        ('metric,value\nimpressions,"52,000"\nengagement_rate,"0,08"\n', "thousands separator or decimals?"),
        ("metric,value\nrevenue,USD 960\n", "revenue is 'USD 960': names the currency USD beside the amount"),
        ("metric,value\nengagement_rate,3.apr\n", "a spreadsheet turned this number into a date"),
        ("clicks,4\nmetric,value\nreach,3\n", "Row 2: 'metric' is no metric of the library"),
        ("", "this file is empty"),
        ('{"clicks": 3}', "this is JSON, not a table"),
        ("<html><body>sign in</body></html>", "this is a web page"),
        ("metric,value\na\x00b,1\n", "row 2, column 1 'a\\x00b': holds a NUL or another control character"),
        ("metric,value\nemv,3\n", "never computed"),
        ('metric,value\n"' + "x" * 200_000, "is never closed"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_row(text, words):
    with pytest.raises((ActualsError, RefusedError)) as refused:
        read(text.encode())
    assert words in str(refused.value)


def test_a_metric_of_their_own_and_the_cost_are_known():
    own = frozenset({"kitchens planned", "new looks"})
    found = read(b'metric,value\nkitchens planned,3\nspend,"1,200"\nnew looks,2.5\n', own)
    assert found == {"kitchens planned": 3.0, "cost": 1200.0, "new looks": 2.5}


OWN = "Küchen geplant"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_metric_of_their_own_is_read_letter_by_letter_in_every_encoding(encoding):
    raw = f"metric;value\r\n{OWN};3\r\nrevenue;1.234,50\r\n".encode(encoding)
    assert read(raw, frozenset({OWN})) == {OWN: 3.0, "revenue": 1234.5}


def test_windows_letters_are_read_with_proof_only_and_it_is_said():
    proven = read_table(f"metric;value\n{OWN};3\n".encode("cp1252"), count_known)
    assert proven.note == "read as Windows-1252, not UTF-8 (check for example 'Küchen ge')"
    with pytest.raises(RefusedError) as refused:
        read_table("metric;value\nŁódź;3\n".encode("cp1250"), count_known)
    assert str(refused.value) == (
        "row 2, column 1 '\\xa3\\xf3d\\x9f': holds bytes that are not UTF-8, so its letters are not certain; save the "
        "file as UTF-8"
    )


@pytest.mark.parametrize(
    ("name", "text", "mark", "value"),
    [
        ("clicks", "1,234", ".", 1234.0), ("clicks", "1.234", ".", 1234.0), ("clicks", "1.234", ",", 1234.0),
        ("revenue", "1,234", ".", 1234.0), ("revenue", "1.234", ",", 1234.0), ("revenue", "1,5", ",", 1.5),
        ("revenue", "1.234,5", ".", 1234.5), ("revenue", "960 EUR", ".", 960.0), ("engagement_rate", "8 %", ".", 0.08),
        ("return_on_ad_spend", "150 %", ".", 1.5), ("return_on_ad_spend", "2,125", ",", 2.125),
        ("clicks", "--", ".", None),
    ],
)  # fmt: skip
def test_a_typed_number_is_read_in_the_signs_of_the_reader_unless_it_proves_others(name, text, mark, value):
    numbers = partial(read_numbers, mark=mark, currency="EUR")
    assert read_value(name, text, numbers, place="Clicks") == value


def test_a_file_over_the_limit_or_with_two_tables_is_refused():
    with pytest.raises(RefusedError, match="1,000,013 bytes are over the limit of 1,000,000 bytes"):
        read(b"metric,value\n" + b" " * 1_000_000)
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("second")):
        sheet.append(("metric", "value"))
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(RefusedError, match="2 tables are packed in this file; keep the one that is meant"):
        read(kept.getvalue())


def test_clicks_and_purchases_may_come_by_country():
    found = read(b"metric,value\nclicks,120\nclicks DE,20\nlink clicks in br,100\norders:BR,2\n")
    assert found == {"clicks": 120.0, "clicks:DE": 20.0, "clicks:BR": 100.0, "conversions:BR": 2.0}
    with pytest.raises(ActualsError, match="'clicks QQ' is no metric"):
        read(b"clicks QQ,3\n")


def test_more_clicks_than_impressions_cannot_be_and_more_purchases_than_clicks_are_kept():
    assert impossible({"impressions": 100.0, "clicks": 100.0, "reach": 90.0}) == []
    (said,) = impossible({"impressions": 100.0, "clicks": 101.0})
    assert said.startswith("101 clicks of 100 impressions cannot be")
    assert odd({"clicks": 3.0, "conversions": 3.0, "revenue": 5.0}) == []
    (kept,) = odd({"clicks": 3.0, "conversions": 4.0})
    assert kept.startswith("4 purchases from 3 clicks: some came another way")
    assert len(odd({"conversions": 0.0, "revenue": 5.0, "impressions": 3.0, "engagements": 4.0})) == 2
    assert odd({"impressions": 3.0, "engagements": 3.0}) == odd({"impressions": 0.0}) == odd({"engagements": 3.0}) == []
    assert odd({"conversions": 0.0, "revenue": 0.0}) == odd({"revenue": 5.0}) == []


def test_loaded_campaigns_add_up_and_what_one_did_not_measure_is_not_measured():
    rows = {
        "impressions": [10_000, 20_000], "reach": [8_000, 15_000], "engagements": [300, 500], "clicks": [100, None],
        "conversions": [None, None], "revenue": [None, None], "cost": [100.0, 200.0], "currency": ["EUR", "EUR"],
    }  # fmt: skip
    types = {"conversions": pl.Int64, "revenue": pl.Float64}
    found, said = of_campaigns(pl.DataFrame(rows, schema_overrides=types))
    assert found == {"impressions": 30_000.0, "reach": 23_000.0, "engagements": 800.0, "cost": 300.0}
    assert said[0] == "Clicks: 1 of 2 campaigns did not measure it, so it counts as not measured."
    assert said[1].startswith("Reach is added up")
    mixed, told = of_campaigns(pl.DataFrame(rows | {"currency": ["EUR", "USD"]}, schema_overrides=types))
    assert "cost" not in mixed
    assert "Cost is in several currencies, so it is not added up." in told


def test_the_reach_of_one_campaign_is_no_sum():
    rows = {name: [3] for name in ("impressions", "reach", "engagements", "clicks", "conversions")}
    rows |= {"revenue": [1.5], "cost": [2.5], "currency": ["EUR"]}
    found, said = of_campaigns(pl.DataFrame(rows))
    assert found == {name: float(value) for name, (value,) in rows.items() if name != "currency"}
    assert said == []


def test_a_row_looks_like_results_by_its_header_or_else_by_a_metric():
    assert count_known(["who", "KPI", "Actual"]) == 3
    assert count_known(["metric", "clicks"]) == count_known(["spend", "4"]) == count_known(["orders DE"]) == 2
    assert count_known(["metric", "who"]) == count_known(["joy", "4"]) == count_known([]) == 0
    assert count_known(["joy"], ["joy"]) == count_known(["x" * 300], ["x" * 300]) == 2
    assert count_known(["x" * 301], ["x" * 301]) == 0


def test_a_row_that_ends_after_its_metric_was_not_measured():
    rows = [(1, ["clicks"]), (2, ["reach", "3"])]
    assert read_actuals(rows, partial(read_numbers, currency="EUR")) == {"reach": 3.0}


GOOD = b'metric,value\nclicks,1700\nER,8 %\norders DE,5\nrevenue,"1,234.5"\n'


@pytest.mark.thorough
@settings(max_examples=150)
@given(st.data())
def test_a_damaged_table_is_read_or_refused_and_nothing_else(data):
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=5))
    with contextlib.suppress(ActualsError, RefusedError):
        assert all(value >= 0 for value in read(bytes(raw)).values())


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_they_are_read_or_refused_with_words(raw):
    refusals, found = [], {}
    try:
        found = read(raw)
    except (ActualsError, RefusedError) as refusal:
        refusals.append(str(refusal))
    assert all(refusals)
    assert all(0 <= value < 1e15 for value in found.values())


@pytest.mark.thorough
@settings(max_examples=100)
@given(
    count=st.integers(0, 10**9), cents=st.integers(0, 10**11), mark=st.sampled_from(".,"), is_grouped=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]), delimiter=st.sampled_from(",;\t|"),
)  # fmt: skip
def test_what_was_written_is_what_is_read(count, cents, mark, is_grouped, encoding, delimiter):
    swapped = str.maketrans(",.", ".," if mark == "," else ",.")
    amount = (f"{cents / 100:,.2f}" if is_grouped else f"{cents / 100:.2f}").translate(swapped)
    whole = (f"{count:,}" if is_grouped else f"{count}").translate(swapped)
    text = f'metric{delimiter}value\nclicks{delimiter}"{whole}"\nrevenue{delimiter}"{amount}"\n'
    assert read(text.encode(encoding)) == {"clicks": float(count), "revenue": cents / 100}
