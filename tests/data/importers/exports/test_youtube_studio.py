"""Does a YouTube geography export give shares of all views, and is the rest of the export harmless?"""

import zipfile
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from data.importers import load as intake
from data.importers.load import FileReport, Options

HERE = Path(__file__).parents[3]
SCHEMA = (HERE.parent / "data" / "store" / "schema.sql").read_text(encoding="utf-8")
EXPORT = HERE / "fixtures" / "youtube_studio"  # the layout of the genuine export, invented numbers
OTHERS = HERE / "fixtures" / "youtube_languages"
SHARES = [("DE", 400000), ("NA", 125000), ("XK", 2500)]


def load(*paths: Path, creator: str | None = "ada", mapping: tuple = ()) -> tuple[list[FileReport], list[tuple]]:
    db = duckdb.connect(config={"threads": 1})
    db.execute(SCHEMA)
    options = Options(creator=creator, mapping=mapping)
    reports = intake.load_files(db, paths, options, today=date(2026, 3, 1), now=datetime(2026, 3, 1))
    return reports, db.execute("select country, ppm from audience order by ppm desc").fetchall()


def load_text(folder: Path, text: str) -> tuple[FileReport, list[tuple]]:
    (folder / "upload").write_bytes(text.encode("utf-8-sig"))
    (report,), found = load(folder / "upload")
    return report, found


def test_shares_are_views_over_the_total_and_the_rest_is_unknown():
    (report,), found = load(EXPORT / "Table data.csv")
    assert found == SHARES
    assert (report.reader, report.status, report.coverage) == ("youtube_geography", "imported", {"ada": 0.5275})
    assert report.message == "5 of 5 rows imported; columns ignored: Average view duration, Watch time (hours)"


def test_the_audience_is_one_of_viewers_with_its_views():
    db = duckdb.connect(config={"threads": 1})
    db.execute(SCHEMA)
    intake.load_files(
        db, [EXPORT / "Table data.csv"], Options(creator="ada"), today=date(2026, 3, 1), now=datetime(2026, 3, 1)
    )
    found = db.sql(
        "select distinct creator_id, platform, source, audience_type, is_top_n, count_total from audience"
    ).fetchall()
    assert found == [("ada", "youtube", "YouTube Studio", "viewers", False, 40000)]


def test_of_a_whole_folder_the_table_counts_once():
    reports, found = load(EXPORT)
    assert found == SHARES
    assert {Path(r.path).name: r.status for r in reports} == {
        "Chart data.csv": "refused",
        "Table data.csv": "imported",
        "Totals.csv": "refused",
    }
    assert {"views by day" in r.message for r in reports if r.status == "refused"} == {True}


def test_of_a_zip_the_table_counts_once(tmp_path):
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as packed:
        for path in EXPORT.iterdir():
            packed.write(path, path.name)
    assert load(tmp_path / "export.zip")[1] == SHARES


@pytest.mark.parametrize(
    "header",
    [
        "Geografie,Aufrufe,Durch\u00adschnitt\u00adliche Wieder\u00adgabe\u00addauer",
        "Geografia,Visualizações,Duração média",
        "Geografía,Visualizaciones,Duración media",
        "Zone géographique,Vues,Durée moyenne",
    ],
)
def test_the_users_language_and_soft_hyphens_do_not_matter(tmp_path, header):
    report, found = load_text(tmp_path, f"{header}\nGesamt,200,0:04:34\nDE,100,0:04:34\nBR,50,0:04:34\n")
    assert report.status == "imported"
    assert found == [("DE", 500000), ("BR", 250000)]


@pytest.mark.parametrize("name", ["german_2021", "japanese", "russian", "unknown", "thousands"])
def test_other_languages_and_years_give_the_same_shares(name):
    (report,), found = load(OTHERS / f"{name}.csv")
    assert (report.reader, report.status, found) == ("youtube_geography", "imported", SHARES)


@pytest.mark.parametrize(("name", "column"), [("by_age", "Viewer age"), ("cities", "Cities")])
def test_countries_that_are_split_into_parts_are_refused(name, column):
    (report,), found = load(OTHERS / f"{name}.csv")
    assert (report.status, found) == ("refused", [])
    assert f"the column {column} splits every country into parts" in report.message


def test_a_heading_that_nobody_knows_is_asked_for(tmp_path):
    rows = "Orotara,400,0:03:10\nDE,160,0:03:20\nNA,50,0:02:00\n"
    (tmp_path / "upload").write_text(f"Lurra,Ikustaldiak,Iraupena\n{rows}", encoding="utf-8")
    (report,), found = load(tmp_path / "upload")
    assert (report.status, found) == ("refused", [])
    assert report.message.endswith("say which one it is with --map COLUMN=views")
    (report,), found = load(tmp_path / "upload", mapping=(("Ikustaldiak", "views"),))
    assert (report.status, found) == ("imported", [("DE", 400000), ("NA", 125000)])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("DE,100\nBR,50\n", "no row Total"),
        ("Total,0\nDE,0\n", "a Total of 0 views"),
        ("Total,100\nDE,60\nTotal,90\n", "2 rows Total"),
        ("Total,100\nDE,80\nBR,40\n", "120.0% of the row Total"),
    ],
)
def test_shares_need_one_total_that_holds_all_countries(tmp_path, rows, said):
    report, found = load_text(tmp_path, "Geography,Views\n" + rows)
    assert (report.status, found) == ("refused", [])
    assert said in report.message


def test_a_slight_excess_is_kept_and_said(tmp_path):
    report, found = load_text(tmp_path, "Geography,Views\nTotal,1000\nDE,800\nBR,220\n")
    assert found == [("DE", 800000), ("BR", 220000)]
    assert "102.0% of the Total; kept" in report.message


def test_a_row_that_cannot_be_read_becomes_unknown(tmp_path):
    report, found = load_text(tmp_path, "Geography,Views\nTotal,1000\nDE,800\nQQ,100\nBR,1e2\n")
    assert [(p.row, p.column, p.value) for p in report.problems] == [(4, "country", "QQ"), (5, "views", "1e2")]
    assert found == [("DE", 800000)]


def test_without_a_creator_the_file_asks_whose_it_is():
    (report,), _ = load(EXPORT / "Table data.csv", creator=None)
    assert report.status == "refused"
    assert report.message.endswith("add --creator ID")
