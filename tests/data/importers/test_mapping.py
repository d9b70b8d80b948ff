"""Does --map name the columns of every table that no reader knows, and of exports too?"""

from datetime import datetime

import pytest

from data.importers.load import FileReport, Options
from data.store import open_newest
from fit import refresh
from fit.__main__ import main
from tests.data.importers.load_export import FIXTURES, load_text

DAY = "2025-01-31"
NOW = datetime(2026, 3, 1, 12, 0)


def report(folder, text: str, **options: object) -> FileReport:
    """What became of a text, loaded into the store of this folder."""
    file = folder / "upload.csv"
    file.write_text(text)
    (found,) = refresh.load(folder / "store", [file], Options(**options), now=NOW).files
    return found


@pytest.mark.parametrize(
    ("text", "mapping", "reader"),
    [
        (
            "Key;Who;Total followers\nada;Ada;100\n",
            "Key=creator_id;Who=creator_name;Total followers=followers",
            "creators",
        ),
        ("Land;Anteil;Fans\nDE;40%;100\nAT;20%;100\n", "Land=country;Anteil=audience_share;Fans=followers", "audience"),
        (
            f"Aktion;Start;Gesehen\nA;{DAY};1000\nB;{DAY};50\n",
            "Aktion=campaign_id;Start=date;Gesehen=impressions",
            "campaigns",
        ),
    ],
)
def test_every_plain_kind_can_be_mapped_for_one_creator(tmp_path, text, mapping, reader):
    pairs = tuple(tuple(pair.split("=")) for pair in mapping.split(";"))
    found = load_text(tmp_path, text, creator=None if reader == "creators" else "ada", mapping=pairs)
    assert (found.report.status, found.report.reader, found.report.creators) == (
        "imported",
        f"plain_{reader}",
        ("ada",),
    )


def test_the_users_choice_wins_over_a_readers(tmp_path):
    text = (FIXTURES / "google_ads" / "campaigns.csv").read_bytes()
    found = load_text(tmp_path, text, mapping=(("Interactions", "clicks"),))
    assert [row[2] for row in found.campaigns] == [1200, 9000]


def test_rows_by_objective_become_campaigns_when_the_user_says_so(tmp_path):
    text = (FIXTURES / "meta_ads" / "by_objective.csv").read_bytes()
    found = load_text(tmp_path, text, mapping=(("Objective", "campaign_id"),))
    assert [row[:3] for row in found.campaigns] == [("OUTCOME_SALES", 1000, 10)]


@pytest.mark.thorough
def test_columns_named_by_hand_are_remembered_for_the_next_file_with_the_same_header(tmp_path, capsys):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("Whose,Where,Part of it\nc1,DE,0.6\n")
    second.write_text("Whose,Where,Part of it\nc2,AT,0.4\n")
    store = ["--store", str(tmp_path / "store")]
    named = ["--map", "Whose=creator_id", "--map", "Where=country", "--map", "Part of it=audience_share"]
    assert main(["load", str(second), *store]) == 1
    assert main(["load", str(first), *named, *store]) == 0
    capsys.readouterr()
    assert main(["load", str(second), *store]) == 0
    assert "columns read as they were named by hand for an earlier file" in capsys.readouterr().out


@pytest.mark.thorough
def test_the_same_bytes_under_remembered_names_come_in_once(tmp_path, capsys):
    file = tmp_path / "mine.csv"
    file.write_text("Who,Land,Anteil\nc1,DE,0.6\n")
    store = ["--store", str(tmp_path / "store")]
    named = ["--map", "Who=creator_id", "--map", "Land=country", "--map", "Anteil=audience_share"]
    for words in (named, named, [], []):
        assert main(["load", str(file), *words, "--kind", "plain_audience", *store]) == 0
    assert main(["load", str(file), *store]) == 0
    said = capsys.readouterr().out
    assert said.count("already imported") == 2 * 4
    assert said.count("Data version 1 is live.") == 5


@pytest.mark.thorough
def test_the_reader_said_with_the_names_is_remembered_too(tmp_path):
    pairs = (("Who", "creator_id"), ("Key", "creator_name"))
    both = [
        report(tmp_path, "Who,Key,audience_share\nada,Ada,0.5\n", kind="plain_creators", mapping=pairs),
        report(tmp_path, "Who,Key,audience_share\nbo,Bo,0.5\n"),
    ]
    assert [(one.reader, one.status) for one in both] == [("plain_creators", "imported")] * 2


@pytest.mark.thorough
def test_names_are_remembered_for_an_export_that_its_reader_knows(tmp_path):
    text = (FIXTURES / "google_ads" / "campaigns.csv").read_text()
    report(tmp_path, text, creator="ada", mapping=(("Interactions", "clicks"),))
    report(tmp_path, text.replace("Brand search", "Brand two"), creator="ada")
    with open_newest(tmp_path / "store").connection as db:
        clicks = db.execute("select clicks from campaign_rows where campaign_id = 'Brand two'").fetchall()
    assert clicks == [(1200,)]


@pytest.mark.thorough
@pytest.mark.parametrize("text", ["A=B=country", "A=country"])
def test_a_heading_may_hold_an_equals_sign(tmp_path, text):
    file = tmp_path / "mine.csv"
    file.write_text(f"creator_id,{text.removesuffix('=country')},audience_share\nc1,DE,0.6\n")
    assert main(["load", str(file), "--map", text, "--store", str(tmp_path / "store")]) == 0


def test_what_is_named_by_hand_wins_over_a_column_that_is_called_so(tmp_path):
    text = "creator_id,country,audience_share,Old,spend\nada,DE,0.9,0.4,1\n"
    found = load_text(tmp_path, text, creator=None, mapping=(("Old", "audience_share"),))
    assert (found.shares, found.report.message) == (
        {"DE": 400_000}, "1 of 1 rows imported; columns ignored: audience_share, spend"
    )  # fmt: skip


def test_two_columns_named_by_hand_for_one_are_refused(tmp_path):
    text = "creator_id,country,One,Two\nada,DE,0.9,0.4\n"
    pairs = (("One", "audience_share"), ("Two", "audience_share"))
    found = load_text(tmp_path, text, creator=None, mapping=pairs)
    assert (found.report.status, found.report.message) == (
        "refused", "two columns for audience_share (One, Two); keep the one that is meant and load again"
    )  # fmt: skip


def test_one_column_cannot_be_named_twice(tmp_path, capsys):
    file = tmp_path / "mine.csv"
    file.write_text("Who\nada\n")
    words = ["--map", "Who=creator_id", "--map", "who=creator_name", "--store", str(tmp_path / "store")]
    with pytest.raises(SystemExit) as left:
        main(["load", str(file), *words])
    assert left.value.code == 2
    assert "--map names Who, who twice; say once which column it is" in capsys.readouterr().err


def test_a_name_that_no_column_has_is_told(tmp_path):
    found = load_text(tmp_path, "creator_id,country,audience_share\nada,DE,0.9\n", mapping=(("Fanz", "followers"),))
    said = "this file has no column Fanz, so what was said of it was not needed"
    assert found.report.message == f"1 of 1 rows imported; {said}"
    found = load_text(tmp_path, "creator_id,country,audience_share\nada,DE,0.9\n", mapping=(("Fanz", "ignore"),))
    assert found.report.message == "1 of 1 rows imported"


def test_a_table_that_lacks_one_column_is_told_which(tmp_path, capsys):
    file = tmp_path / "audience.csv"
    file.write_text("creator_id,country\nc1,DE\n")
    assert main(["load", str(file), "--store", str(tmp_path / "store")]) == 1
    assert "as a table of audience it lacks" in capsys.readouterr().out


@pytest.mark.thorough
def test_one_share_above_1_among_fractions_is_set_aside_alone(tmp_path, capsys):
    file = tmp_path / "audience.csv"
    file.write_text("creator_id,country,audience_share\nb1,DE,0.6\nb1,AT,0.2\nb2,DE,0.5\nb3,DE,1.2\n")
    assert main(["load", str(file), "--store", str(tmp_path / "store")]) == 1
    said = capsys.readouterr().out
    assert "3 of 4 rows imported" in said
    assert "first row 5 (b3), audience_share '1.2'" in said
