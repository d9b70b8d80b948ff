"""Does --map name the columns of every table that no reader knows, and of exports too?"""

import pytest
from exports import FIXTURES, load_text

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
