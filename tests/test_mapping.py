"""Does --map name the columns of every table that no reader knows, and of exports too?"""

import pytest
from exports import FIXTURES, load_text

from fit.__main__ import main

DAY = "2025-01-31"


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


def test_columns_named_by_hand_are_remembered_for_the_next_file_with_the_same_header(tmp_path, capsys):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("Who,Land,Anteil\nc1,DE,0.6\n")
    second.write_text("Who,Land,Anteil\nc2,AT,0.4\n")
    store = ["--store", str(tmp_path / "store")]
    named = ["--map", "Who=creator_id", "--map", "Land=country", "--map", "Anteil=audience_share"]
    assert main(["load", str(second), *store]) == 1
    assert main(["load", str(first), *named, *store]) == 0
    capsys.readouterr()
    assert main(["load", str(second), *store]) == 0
    assert "columns read as they were named by hand for an earlier file" in capsys.readouterr().out


def test_a_table_that_lacks_one_column_is_told_which(tmp_path, capsys):
    file = tmp_path / "audience.csv"
    file.write_text("creator_id,country\nc1,DE\n")
    assert main(["load", str(file), "--store", str(tmp_path / "store")]) == 1
    assert "as a table of audience it lacks" in capsys.readouterr().out


def test_one_share_above_1_among_fractions_is_set_aside_alone(tmp_path, capsys):
    file = tmp_path / "audience.csv"
    file.write_text("creator_id,country,audience_share\nb1,DE,0.6\nb1,AT,0.2\nb2,DE,0.5\nb3,DE,1.2\n")
    assert main(["load", str(file), "--store", str(tmp_path / "store")]) == 1
    said = capsys.readouterr().out
    assert "3 of 4 rows imported" in said
    assert "first row 5, audience_share '1.2'" in said
