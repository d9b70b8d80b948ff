"""Are the columns of a file that no reader knows listed with their values, and what they could be guessed?"""

import json

import polars as pl
import pytest

from data.importers import column_guess
from data.importers.column_listing import look, main
from data.importers.reading.header_row import signature

GERMAN = "Influencer;Land;Anteil;Fans gesamt\n@ada;Deutschland;52 %;1.200\n@ada;Schweiz;9 %;1.200\n"


def looked_at(folder, content: str | bytes, name: str = "mine.csv") -> dict:
    """The document's entry of one file."""
    path, scratch = folder / name, folder / "scratch"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    scratch.mkdir()
    (file,) = look([path], scratch)["files"]
    return file


def test_columns_are_listed_with_values_and_what_they_could_be(tmp_path):
    assert looked_at(tmp_path, GERMAN) == {
        "path": str(tmp_path / "mine.csv"),
        "is_alone": True,
        "signature": signature(["Influencer", "Land", "Anteil", "Fans gesamt"]),
        "header": ["Influencer", "Land", "Anteil", "Fans gesamt"],
        "values": [["@ada"], ["Deutschland", "Schweiz"], ["52 %", "9 %"], ["1.200"]],
        "rows": [["@ada", "Deutschland", "52 %", "1.200"], ["@ada", "Schweiz", "9 %", "1.200"]],
        "table": "audience",
        "own": {"audience": {}, "campaigns": {}, "creators": {}},
        "guessed": {
            "audience": {"creator_id": 0, "country": 1, "audience_share": 2, "followers": 3},
            "campaigns": {"creator_id": 0, "market": 1},
            "creators": {"creator_id": 0, "home_country": 1, "followers": 3},
        },
    }


def test_parquet_and_workbooks_are_listed_as_well(tmp_path):
    rows = pl.DataFrame({"Who": ["ada", None], "Day": ["2026-01-02", "2026-01-03"]})
    rows.write_parquet(tmp_path / "in.parquet")
    file = looked_at(tmp_path, (tmp_path / "in.parquet").read_bytes(), "mine.parquet")
    assert (file["header"], file["rows"]) == (["Who", "Day"], [["ada", "2026-01-02"], ["", "2026-01-03"]])


def test_hidden_signs_of_values_are_written_out(tmp_path):
    assert looked_at(tmp_path, "Who,Land\na\u202eb,DE\n")["values"] == [["a\\u202eb"], ["DE"]]


@pytest.mark.parametrize("content", ["", "<html></html>", '{"a": 1}', "\x00\x01\x02"])
def test_what_is_no_table_has_no_columns(tmp_path, content):
    path = tmp_path / "mine.csv"
    path.write_text(content)
    (tmp_path / "scratch").mkdir()
    assert look([path], tmp_path / "scratch")["files"] == []


def test_the_document_names_what_every_table_needs(tmp_path, capsys):
    path = tmp_path / "mine.csv"
    path.write_text(GERMAN)
    main([str(path)])
    document = json.loads(capsys.readouterr().out)
    assert {table: [c["name"] for c in columns if c["needed"]] for table, columns in document["columns"].items()} == {
        "audience": ["creator_id", "country", "audience_share"],
        "campaigns": ["campaign_id", "creator_id", "date", "impressions"],
        "creators": ["creator_id"],
    }


@pytest.mark.parametrize(
    ("header", "cells", "table", "found"),
    [
        ("creator_id,country,audience_share", "a,DE,0.5", "audience", {}),
        ("Total followers,Handle,Name", "5,@a,Ada", "creators", {"creator_id": 1, "creator_name": 2, "followers": 0}),
        (
            "Kampagne,Profil,Datum,Aufrufe,Klicks,Honorar,Umsatz",
            "K1,@a,02.11.2026,900,12,50,80",
            "campaigns",
            {"campaign_id": 0, "creator_id": 1, "date": 2, "impressions": 3, "clicks": 4, "cost": 5, "revenue": 6},
        ),
        ("Who,Where do they live,Share", "a,DE,0.5", "creators", {"creator_id": 0}),
    ],
)
def test_obvious_headings_are_guessed(header, cells, table, found):
    names, values = header.split(","), [[cell] for cell in cells.split(",")]
    assert column_guess.table_of(names, values) == table
    assert column_guess.guessed(names, values, column_guess.TABLES[table]) == found


def test_a_heading_is_not_believed_against_its_values():
    audience = column_guess.TABLES["audience"]
    assert column_guess.guessed(["Region", "Share"], [["north", "south"], ["a", "b"]], audience) == {}
    assert column_guess.guessed(["Share"], [[]], audience) == {}


def test_a_column_full_of_countries_is_the_country_whatever_it_is_called():
    audience = column_guess.TABLES["audience"]
    assert column_guess.guessed(["Where they live", "%"], [["DE", "France"], ["5", "6"]], audience) == {
        "country": 0, "audience_share": 1
    }  # fmt: skip
    assert "country" not in column_guess.guessed(["A", "B"], [["DE", "FR"], ["AT", "CH"]], audience)


def test_percentages_beside_countries_are_the_share_whatever_they_are_called():
    audience = column_guess.TABLES["audience"]
    values = [["ada"], ["Germany", "Korea"], ["52 %", "3,5 %"]]
    assert column_guess.guessed(["Who", "Where", "A=B"], values, audience) == {
        "creator_id": 0, "country": 1, "audience_share": 2,
    }  # fmt: skip
    assert column_guess.table_of(["Who", "Where", "A=B"], values) == "audience"


def test_no_place_is_guessed_for_two_columns():
    for table, columns in column_guess.TABLES.items():
        header = [name for names in column_guess.OFTEN_CALLED.values() for name in names]
        places = list(column_guess.guessed(header, [["1"]] * len(header), columns).values())
        assert len(places) == len(set(places)) > 3, table
