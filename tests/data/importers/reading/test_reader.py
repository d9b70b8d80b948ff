"""Do bytes become the right table: encoding, separator, header, and every record with its row and line?"""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers.limits import MAX_COLUMNS
from data.importers.reading import containers, encoding, reader
from data.importers.reading.reader import Record, records
from data.importers.report import RefusedError
from tests.data.importers.load_export import load_text

KNOWN = {"creator_id", "country", "audience_share"}
LINES = ["creator_id,country,audience_share", "ada,DE,0.5", "bo,AT,0.25"]


def opened(folder: Path, content: bytes) -> reader.TextTable:
    path = folder / "upload"
    path.write_bytes(content)
    return reader.open_text(path, encoding.scan(path), lambda names: len(KNOWN & set(names)))


def rows_of(table: reader.TextTable) -> list[tuple]:
    found, _ = reader.read_rows(table)
    return [(record.row, record.line, record.fields) for record in found]


@pytest.mark.parametrize(
    "coded",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode("utf-32"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: text.replace(",", "|").encode(),
        lambda text: ("sep=,\n" + text).encode("utf-16"),
    ],
)
def test_encoding_line_ends_and_separators_are_found(tmp_path, coded):
    table = opened(tmp_path, coded("\n".join(LINES) + "\n"))
    assert table.header == ("creator_id", "country", "audience_share")
    assert [(row, fields) for row, _, fields in rows_of(table)] == [
        (2, ["ada", "DE", "0.5"]),
        (3, ["bo", "AT", "0.25"]),
    ]


def test_rows_above_the_header_and_blank_rows_count(tmp_path):
    text = "# exported, on Monday\nAudience of spring\n\n" + "\n".join([LINES[0], "", *LINES[1:]])
    table = opened(tmp_path, text.encode())
    assert (table.header_row, table.header_line) == (4, 4)
    assert [row for row, _, _ in rows_of(table)] == [6, 7]


def test_a_quoted_line_break_stays_in_its_row():
    assert list(records('a,b\n"x\ny","say ""hi"""\n\nz,w', ",")) == [
        Record(1, 1, ["a", "b"]),
        Record(2, 2, ["x\ny", 'say "hi"']),
        Record(3, 4, []),
        Record(4, 5, ["z", "w"]),
    ]


def test_the_separator_line_is_no_row_of_a_spreadsheet():
    assert [(r.row, r.line) for r in records("sep=;\na;b\n1;2", ";", 1)] == [(0, 1), (1, 2), (2, 3)]


def test_an_unclosed_quote_and_text_after_a_quote_are_faults():
    assert list(records('"a"x,b\n"c,d\ne', ",")) == [
        Record(1, 1, ["ax", "b"], "text after a quote"),
        Record(2, 2, ["c,d\ne"], "unclosed quote"),
    ]


@given(
    st.lists(
        st.lists(st.text(st.sampled_from('ab,;"\n \t'), max_size=5), min_size=2, max_size=4), min_size=1, max_size=6
    )
)
def test_what_is_quoted_by_the_rules_is_read_back_exactly(table):
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table)
    assert [record.fields for record in records(text, ",")] == table
    assert [record.fault for record in records(text, ",")] == [""] * len(table)


@pytest.mark.parametrize(
    ("fields", "fitted", "fault"),
    [
        (["a", "b"], ["a", "b"], ""),
        (["a", "b", "", " "], ["a", "b"], ""),
        (["a"], ["a"], "1 fields"),
        (["a", "b", "c"], ["a", "b", "c"], "3 fields"),
    ],
)
def test_only_blank_fields_may_be_too_many(fields, fitted, fault):
    assert reader.fit_to_header(Record(2, 2, fields), 2) == Record(2, 2, fitted, fault)


def test_invisible_characters_leave_a_header(tmp_path):
    table = opened(tmp_path, "creator_id\u00a0,coun\u00adtry,audience_share\nada,DE,1\n".encode())
    assert table.header == ("creator_id", "country", "audience_share")


def test_windows_1252_is_read_only_where_all_western_pages_agree(tmp_path):
    proven = "creator_id,country,audience_share\nMüller,DE,0.5\n".encode("cp1252")
    assert encoding.decode(proven, "utf-8")[0].splitlines()[1] == "Müller,DE,0.5"
    assert "Windows-1252" in encoding.decode(proven, "utf-8")[1]
    heading = "Name;Honorar (€);Verkäufe\n"
    assert encoding.decode(heading.encode("cp1252"), "utf-8")[0] == heading


@pytest.mark.parametrize(
    "text",
    ["Müller;1.200,00 €\n", "Fée;€900\n", "Zoë;£1,200\n", "Noé;1\N{NO-BREAK SPACE}200 €\n", "Spring – April’s;3\n"],
)
def test_signs_beside_amounts_and_typographic_marks_are_sure(text):
    assert encoding.decode(text.encode("cp1252"), "utf-8")[0] == text


@pytest.mark.parametrize(
    "data",
    [
        *("Muñoz".encode("cp1252"), "Привет".encode("cp1251"), b"ada\xff\xfe", "Łódź".encode("cp1250")),
        *(
            "Oź".encode("cp1250") + b"\xfc",
            b"A\x8f\xfcb",
            "Ђорђе;5".encode("cp1251"),
            "Łódź;5".encode("cp1250"),
            b"O\xf4\xc9r\x8f\xd4ers",
        ),
    ],
)
def test_bytes_that_could_be_other_letters_stay_unread(data):
    text, note = encoding.decode(data, "utf-8")
    assert "UTF-8" in note
    assert any("\ud800" <= c <= "\udfff" for c in text)


def test_too_many_columns_are_refused():
    with pytest.raises(RefusedError, match="columns are over the limit"):
        reader.check_header(tuple(f"c{n}" for n in range(MAX_COLUMNS + 1)))


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "C:\\x", "a\\..\\x", "x\0y"])
def test_names_that_lead_outside_are_unsafe(name):
    assert containers.is_unsafe(name)


@pytest.mark.parametrize("name", ["a.csv", "deep/er/a.csv", "a..b.csv", "Público.csv"])
def test_ordinary_names_are_safe(name):
    assert not containers.is_unsafe(name)


def test_a_value_that_is_called_like_a_column_is_no_header(tmp_path):
    path = tmp_path / "upload"
    path.write_text("Name,State,Sum\nada,paid,1\n", encoding="utf-8")
    found = reader.open_text(path, encoding.scan(path), lambda names: len({"paid"} & set(names)))
    assert found.header == ("Name", "State", "Sum")


HANGS_AFTER = 120  # seconds: a pattern that tries every way needs hours, one that does not a fraction of one second


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text",
    [
        "<!---->" * 40 + "x",
        "# Country\n" + "\n" * 60 + "x,y\n",
        "creator_id,country,audience_share\nada,a" + " (b)" * 3000 + ",0.5\n",
        "sep=,\n" + "facebook" * 50_000 + "\n",
        "Campaign name,Impressions,Amount spent (EUR),Day\nresults from " + "a" * 50_000 + "1a1,5,1,2026-01-10\n",
        "Campaign name,Impressions,Amount spent (EUR),Day\nA,5,1" + " " * 50_000 + "x,1" + " " * 50_000 + "x\n",
        "Campaign report\nx" + " " * 50_000 + "y\nCampaign status,Campaign,Impr.\non,A,5\n",
    ],
    ids=["comments", "blank lines", "brackets", "words", "totals", "blanks", "days"],
)
def test_a_text_made_to_keep_patterns_busy_does_not_hang(tmp_path, text):
    begun = time.perf_counter()
    assert load_text(tmp_path, text).report.status == "refused"
    assert time.perf_counter() - begun < HANGS_AFTER


def test_cells_longer_than_any_that_is_read_are_cut_and_stay_unread():
    short, long = (
        Record(2, 2, ["DE 45%,  AT 12%"]),
        Record(3, 3, ["a" + " " * 200_000 + "b", "c \n " * 100, "x" * 6_000]),
    )
    assert reader.shortened(short) is short
    assert reader.shortened(long).fields == ["a b", "c\n" * 100, "x" * 5_000 + "…"]
