"""Is a file imported whole, in part or not at all, exactly as its report says, whatever is in it?"""

import contextlib
import errno
import gzip
import json
import os
import resource
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.importers import load
from data.importers.limits import MAX_PROBLEMS_REPORTED
from data.importers.load import FileReport, Options
from data.importers.report import why_not_read

SCHEMA = (Path(__file__).parents[3] / "data" / "store" / "schema.sql").read_text(encoding="utf-8")
TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 12, 0)
AUDIENCE = "creator_id,country,audience_share\nada,DE,0.5\nada,AT,0.25\nbo,FR,0.9\n"
CAMPAIGNS = (
    "campaign_id,creator_id,market,date,impressions,clicks,cost,currency\n"
    "spring,ada,DE,2025-04-01,1000,20,99.5,EUR\nsummer,ada,DE+AT,2025-07-01,2000,30,,\n"
)


def empty_store() -> duckdb.DuckDBPyConnection:
    db = duckdb.connect(config={"threads": 2})
    db.execute(SCHEMA)
    return db


@pytest.fixture
def db():
    with empty_store() as connection:
        yield connection


def bring(db: duckdb.DuckDBPyConnection, *paths: Path, **options: object) -> list[FileReport]:
    return load.load_files(db, paths, Options(**options), today=TODAY, now=NOW)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def audience_of(db: duckdb.DuckDBPyConnection) -> list[tuple]:
    return db.execute("select creator_id, country, ppm from audience order by all").fetchall()


def contents(db: duckdb.DuckDBPyConnection) -> dict[str, list[tuple]]:
    tables = ("sources", "quarantine", "profiles", "audience", "campaign_rows")
    return {table: db.sql(f"from {table} order by all").fetchall() for table in tables}


@contextlib.contextmanager
def full_disk(most: int) -> Iterator[None]:
    """Let no file grow over so many bytes: writing fails then, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_full_disk_while_a_file_is_unpacked_or_parted_is_said_as_that(db, tmp_path, is_packed):
    rows = "".join(f"c{number},DE,0.5\n" for number in range(5000))
    text = f"creator_id,country,audience_share\n{rows}\n{CAMPAIGNS}"
    path = written(tmp_path, "big.csv", gzip.compress(text.encode()) if is_packed else text)
    with full_disk(10_000):
        first, second = bring(db, path, written(tmp_path, "a.csv", AUDIENCE))
    assert (first.status, first.message) == (
        "refused",
        f"no room in {tempfile.gettempdir()} to read this file (File too large); make some, or set TMPDIR to another "
        "folder, and load again",
    )
    assert second.status == "imported"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "no room in "),
        (errno.EDQUOT, "no room in "),
        (errno.EACCES, "this file cannot be read (Permission denied); check its permissions"),
        (errno.EIO, "this file cannot be read (Input/output error); copy it to another place and load it from there"),
    ],
)
def test_why_a_file_was_not_read_says_what_helps(number, said):
    assert why_not_read(OSError(number, os.strerror(number))).startswith(said)


def test_a_report_says_what_became_of_a_file(db, tmp_path):
    path = written(tmp_path, "a.csv", AUDIENCE + "bo,XX,0.05\n")
    (report,) = bring(db, path)
    aside = (
        "1 skipped, first row 5 (bo), country 'XX': no country that is known "
        "(write its two-letter ISO code, for example DE; Others for the rest)"
    )
    assert report.as_json() == {
        "path": str(path),
        "reader": "plain_audience",
        "status": "partly imported",
        "count_rows_read": 4,
        "count_rows_imported": 3,
        "count_rows_quarantined": 1,
        "creators": ["ada", "bo"],
        "coverage": {"ada": 0.75, "bo": 0.9},
        "problems": [
            {
                "row": 5,
                "line": 5,
                "column": "country",
                "value": "XX",
                "reason": "no country that is known",
                "fix": "write its two-letter ISO code, for example DE; Others for the rest",
                "creator": "bo",
            }
        ],
        "message": f"3 of 4 rows imported; {aside}",
        "count_rows_replaced": 0,
        "message_parts": [
            {
                "message": "3 of 4 rows imported",
                "code": "rows_imported",
                "values": {"imported": 3, "read": 4},
            },
            {"message": aside, "code": None, "values": {}},
        ],
    }
    assert audience_of(db) == [("ada", "AT", 250000), ("ada", "DE", 500000), ("bo", "FR", 900000)]
    assert db.sql("select sheet_row, column_name, cell_value from quarantine").fetchall() == [(5, "country", "XX")]


def test_the_same_bytes_with_the_same_options_come_in_once(db, tmp_path):
    path = written(tmp_path, "a.csv", AUDIENCE)
    bring(db, path)
    before = contents(db)
    (again,) = bring(db, written(tmp_path, "b.csv", AUDIENCE))
    assert (again.status, again.count_rows_imported) == ("already imported", 0)
    assert contents(db) == before


def test_the_same_bytes_with_other_options_replace_their_rows(db, tmp_path):
    text = "campaign_id,creator_id,date,impressions\nspring,ada,2025-04-01,1000\n"
    path = written(tmp_path, "c.csv", text)
    bring(db, path)
    (report,) = bring(db, path, market="AT")
    assert report.status == "imported"
    assert db.sql("select market from campaign_rows").fetchall() == [("AT",)]
    assert db.sql("select count(*) from sources").fetchall() == [(1,)]


def test_a_corrected_file_does_not_double_a_campaign(db, tmp_path):
    bring(db, written(tmp_path, "c.csv", CAMPAIGNS))
    (report,) = bring(db, written(tmp_path, "d.csv", CAMPAIGNS.replace(",1000,", ",1500,")))
    assert report.message.endswith("; 2 rows of earlier files replaced")
    assert db.sql("select source_id, impressions from campaign_rows order by 2").fetchall() == [(2, 1500), (2, 2000)]


def test_a_refused_file_leaves_everything_as_it_was(db, tmp_path):
    bring(db, written(tmp_path, "a.csv", AUDIENCE))
    before = contents(db)
    (report,) = bring(db, written(tmp_path, "b.csv", "creator_id,country,audience_share\nada,DE,0.7\nada,AT,0.7\n"))
    assert (report.status, report.count_rows_read, report.count_rows_imported) == ("refused", 2, 0)
    assert "ada (140.0 %)" in report.message
    assert contents(db) == before


@pytest.mark.thorough
def test_rows_are_numbered_exactly_inside_a_transaction_too(db, tmp_path):
    many = "".join(f"c{n:06d},DE,0.5,0\n" for n in range(250_000))
    path = written(tmp_path, "a.csv", f"creator_id,country,audience_share,count_newer\n{many}last,DE,-1,0\n")
    db.execute("begin")
    (report,) = bring(db, path)
    db.execute("commit")
    assert [(p.row, p.line, p.value) for p in report.problems] == [(250_002, 250_002, "-1")]
    assert report.count_rows_imported == 250_000


def test_a_folder_brings_its_files_and_passes_over_what_is_none(db, tmp_path):
    (tmp_path / "deep").mkdir()
    written(tmp_path, "a.csv", AUDIENCE)
    written(tmp_path / "deep", "c.csv", CAMPAIGNS)
    for name in ("briefs.csv", "Sources.csv", "rejected.csv", "charter.toml", ".DS_Store"):
        written(tmp_path, name, "anything")
    found = {Path(r.path).name: r.status for r in bring(db, tmp_path)}
    assert found == {
        "a.csv": "imported",
        "c.csv": "imported",
        "briefs.csv": "passed over",
        "Sources.csv": "passed over",
        "rejected.csv": "passed over",
        "charter.toml": "passed over",
    }


def test_a_zip_brings_its_members_and_refuses_names_that_lead_outside(db, tmp_path):
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as packed:
        packed.writestr("a.csv", AUDIENCE)
        packed.writestr("../../etc/x", "bad")
        packed.writestr("__MACOSX/._a.csv", "litter")
    reports = bring(db, tmp_path / "e.zip")
    assert [(r.path.rsplit(".zip/")[1], r.status) for r in reports] == [
        ("a.csv", "imported"),
        ("../../etc/x", "refused"),
    ]
    assert list(tmp_path.iterdir()) == [tmp_path / "e.zip"]


def test_gzip_is_unpacked_and_a_bomb_or_a_cut_one_is_refused(db, tmp_path):
    packed = gzip.compress(AUDIENCE.encode())
    reports = bring(
        db,
        written(tmp_path, "a.csv.gz", packed),
        written(tmp_path, "cut.gz", packed[:-12]),
        written(tmp_path, "bomb.gz", gzip.compress(b"c,DE,0.5\n" * 6_000_000)),
    )
    assert [r.status for r in reports] == ["imported", "refused", "refused"]
    assert "truncated" in reports[1].message
    assert "limit" in reports[2].message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty (0 bytes)"),
        (b"\n\n", "nothing in it but blank lines"),
        (b"creator_id,country,audience_share\n", "only a header"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image"),
        (b"SQLite format 3\0" + b"\0" * 100, "SQLite database"),
        (b"\0" * 8 + b"DUCK" + b"\0" * 100, "DuckDB database"),
        (b"PAR1" + b"x" * 40 + b"\xff\xff\xff\x7fPAR1", "Parquet file is damaged"),
        (bytes(range(256)) * 9, "not text"),
        (b'{"a": 1}', "JSON"),
        (b"a,b\n1,2\n", "no reader knows its columns (a, b)"),
        (b"creator_id,audience_share\nada,1\n", "needs the column country"),
        (b"country,audience_share\nDE,1\n", "add --creator ID"),
        (b"creator_id,country,Country,audience_share\nada,DE,AT,1\n", "two columns for country"),
        (b'creator_id,country,audience_share\n"ada,DE,1\n', "quotation mark opened in row 2 (line 2)"),
        (b"creator_id,cou\0ntry,audience_share\nada,DE,1\n", "control character"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(db, tmp_path, content, said):
    (report,) = bring(db, written(tmp_path, "upload", content))
    assert report.status == "refused"
    assert said in report.message


def test_names_with_wildcards_bring_only_themselves(db, tmp_path):
    written(tmp_path, "a1.csv", AUDIENCE.replace("ada", "other"))
    (report,) = bring(db, written(tmp_path, "a[1]*.csv", AUDIENCE))
    assert report.creators == ("ada", "bo")


def test_options_fill_what_a_file_does_not_say(db, tmp_path):
    path = written(tmp_path, "a.csv", "Land;Anteil %\nDeutschland;52,5\nÖsterreich;10\n")
    mapping = (("Land", "country"), ("Anteil %", "audience_share"))
    (report,) = bring(db, path, creator=" ada ", mapping=mapping)
    assert report.status == "imported"
    assert audience_of(db) == [("ada", "AT", 100000), ("ada", "DE", 525000)]


@pytest.mark.parametrize(
    "options",
    [{"kind": "none"}, {"market": "XX"}, {"creator": " "}, {"creator": "a\nb"}, {"mapping": (("a", "no_column"),)}],
)
def test_options_that_cannot_be_meant_are_an_error(db, tmp_path, options):
    with pytest.raises(ValueError, match="--"):
        bring(db, written(tmp_path, "a.csv", AUDIENCE), **options)


def test_long_lists_of_problems_are_cut_and_counted(db, tmp_path):
    bad = "".join(f"c{n},XX,0.5\n" for n in range(MAX_PROBLEMS_REPORTED + 5))
    (report,) = bring(db, written(tmp_path, "a.csv", AUDIENCE + bad))
    assert len(report.problems) == MAX_PROBLEMS_REPORTED
    assert report.count_rows_quarantined == MAX_PROBLEMS_REPORTED + 5
    assert db.sql("select count(*) from quarantine").fetchall() == [(MAX_PROBLEMS_REPORTED + 5,)]


def test_parquet_and_csv_of_one_table_are_equal(db, tmp_path):
    path = written(tmp_path, "a.csv", AUDIENCE)
    target = str(tmp_path / "a.parquet")
    db.sql("select * from read_csv($1, types = {'audience_share': 'double'})", params=[str(path)]).write_parquet(target)
    (report,) = bring(db, Path(target))
    from_parquet = audience_of(db)
    with empty_store() as other:
        (as_csv,) = bring(other, path)
        assert from_parquet == audience_of(other)
    assert (report.status, report.creators, report.coverage) == (as_csv.status, as_csv.creators, as_csv.coverage)


CELLS = st.text(st.sampled_from(list("aDE0159.,;%'\"\n\r\t -+=#|é\u00ad\u200b")), max_size=12)
GOOD_CELLS = st.sampled_from(
    ["ada", "DE", "AT", "0.5", "0.25", "52%", "1", "", "Others", "Total", "2025-03-01", "1,000"]
)


@pytest.mark.thorough
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_changed_file_is_imported_in_part_or_refused_and_never_crashes(tmp_path, data):
    raw = bytearray(data.draw(st.sampled_from([AUDIENCE, CAMPAIGNS])).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        end = at + data.draw(st.integers(0, 9))
        raw[at:end] = data.draw(st.one_of(CELLS.map(str.encode), st.binary(max_size=6)))
        raw = raw or bytearray(b"x")
    with empty_store() as db:
        (report,) = bring(db, written(tmp_path, "upload", bytes(raw)))
        tables = ("audience", "campaign_rows", "profiles")
        kept = sum(db.sql(f"select count(*) from {table}").fetchall()[0][0] for table in tables)
        assert report.status in ("imported", "partly imported", "refused")
        assert (kept > 0) == (report.status != "refused")
        assert (report.count_rows_quarantined > 0) == (report.status == "partly imported") or report.status == "refused"
        assert report.count_rows_read == report.count_rows_imported + report.count_rows_quarantined or kept == 0
        assert all(problem.reason and problem.fix for problem in report.problems)
        json.dumps(report.as_json(), allow_nan=False).encode()


@pytest.mark.thorough
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.one_of(GOOD_CELLS, CELLS), GOOD_CELLS, st.one_of(GOOD_CELLS, CELLS)), min_size=1, max_size=8)
)
def test_the_fast_and_the_careful_way_give_the_same_answer(tmp_path, rows):
    quoted = [
        ",".join('"' + cell.replace('"', '""') + '"' if set(cell) & set('",\n\r') else cell for cell in row)
        for row in rows
    ]
    text = "\n".join(["creator_id,country,audience_share", *quoted]) + "\n"
    answers = []
    for content in (text.encode(), text.encode("utf-16")):  # UTF-16 is always read with care
        with empty_store() as db:
            (report,) = bring(db, written(tmp_path, "upload", content))
            entry = report.as_json()
            answers.append((entry["status"], entry["problems"], entry["message"], contents(db)["audience"]))
    assert answers[0] == answers[1]


@pytest.mark.thorough
def test_a_report_counts_the_rows_whose_place_a_file_takes(db, tmp_path):
    dated = "creator_id,country,audience_share,as_of\nada,DE,0.5,2025-0{}-01\nada,AT,0.2,2025-0{}-01\n"
    counts = []
    for name, text in (
        ("may.csv", dated.format(5, 5)),
        ("june.csv", dated.format(6, 6)),
        ("april.csv", dated.format(4, 4)),
        ("k.csv", CAMPAIGNS),
        ("k2.csv", CAMPAIGNS.replace(",1000,", ",1500,")),
    ):
        (report,) = bring(db, written(tmp_path, name, text))
        counts.append((report.count_rows_replaced, report.message.partition("; ")[2]))
    (again,) = bring(db, tmp_path / "k2.csv", kind="plain_campaigns")
    assert counts == [
        (0, ""),
        (2, "2 rows of earlier files superseded, kept in the history"),
        (0, ""),
        (0, ""),
        (2, "2 rows of earlier files replaced"),
    ]
    assert (again.count_rows_replaced, again.message.partition("; ")[2]) == (
        2, "2 rows of the same file under other options replaced"
    )  # fmt: skip


def test_what_is_said_of_one_path_holds_for_it_alone(db, tmp_path):
    table = "Geography,Views\nTotal,100\nDE,{}\n"
    paths = [written(tmp_path, f"{n}.csv", table.format(n)) for n in (10, 20, 30)]
    own = {paths[1]: {"creator": "bo"}, paths[2]: {"map": [["Views", "views"]]}}
    reports = load.load_files(db, paths, Options(creator="ada"), today=TODAY, now=NOW, own=own)
    assert [report.creators for report in reports] == [("ada",), ("bo",), ("ada",)]


# What makes patterns with two loops side by side try every pair or triple of places.
HARD = ("x" + " " * 40_000 + "x", "a" * 40_000 + "@!", "1" + " " * 40_000 + "1", "1," * 20_000, "(" * 40_000)
SHEET = {
    "Creator": "Mia", "Handle": "@mia", "Link": "https://instagram.com/mia", "Platform": "Instagram", "Market": "DE",
    "Fee": "100 €", "Posted": "2025-05-01", "Views": "1000", "Code": "M10", "Audience": "DE 60%", "Status": "Live",
}  # fmt: skip


@pytest.mark.thorough
def test_no_cell_of_a_sheet_holds_a_load_up(db, tmp_path):
    rows = [SHEET, *(SHEET | {column: cell} for column in SHEET for cell in HARD)]
    lines = [",".join(f'"{value}"' for value in row.values()) for row in rows]
    (tmp_path / "sheet.csv").write_text("\n".join([",".join(SHEET), *lines]), encoding="utf-8")
    day = datetime(2026, 3, 2)
    (report,) = load.load_files(db, [tmp_path / "sheet.csv"], Options(), today=day.date(), now=day)
    assert report.count_rows_read == len(rows)
