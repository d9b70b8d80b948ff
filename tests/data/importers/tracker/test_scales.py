"""Are numbers under "Followers (k)" thousands, exactly, and those that can't be told set aside?"""

from decimal import Decimal

import pytest

from data.importers.tracker.scales import without_scale
from tests.data.importers.tracker.load_sheet import bring


@pytest.mark.parametrize(
    ("heading", "bare", "times"),
    [
        ("Followers (k)", "Followers", 1_000),
        ("Follower in Tsd.", "Follower", 1_000),
        ("Abonnés (milliers)", "Abonnés", 1_000),
        ("Seguidores en miles", "Seguidores", 1_000),
        ("Views ('000)", "Views", 1_000),
        ("Views (000s)", "Views", 1_000),
        ("Coût (k€)", "Coût (€)", 1_000),
        ("Umsatz in T€", "Umsatz (€)", 1_000),
        ("Honorar TEUR", "Honorar (EUR)", 1_000),
        ("Fee (£k)", "Fee (£)", 1_000),
        ("Views (m)", "Views", 1_000_000),
        ("Follower in Mio.", "Follower", 1_000_000),
        ("Views (in millions)", "Views", 1_000_000),
        *(
            (name, name, 1)
            for name in ("Followers", "Fee (€)", "Track", "Follower (t)", "Fee in EUR", "Market", "Week")
        ),
    ],
)
def test_a_heading_says_thousands(heading, bare, times):
    assert without_scale(heading) == (bare, times)


def test_numbers_in_thousands_are_whole(tmp_path):
    came = bring(
        tmp_path,
        "Influencer;Handle;Plattform;Follower (k);Kosten (k€);Datum;Impressionen in Tsd.;Klicks\n"
        "Ada;@ada;Instagram;48;1,25;02.04.2025;31,2;412\nBo;@bo;TikTok;1,2 Mio;0,7;09.04.2025;1.188,5;903\n",
    )
    assert came.report.status == "imported", came.report.message
    assert [row[4] for row in came.people] == [48_000, 1_200_000]
    assert [(row[8], row[11], row[14], row[15]) for row in came.campaigns] == [
        (31_200, 412, Decimal(1250), "EUR"),
        (1_188_500, 903, Decimal(700), "EUR"),
    ]


@pytest.mark.parametrize("cell", ["48000", "48.500", "48,500"])
def test_a_number_that_may_be_whole_already_costs_its_row(tmp_path, cell):
    came = bring(tmp_path, f'Creator,Followers (k),Platform\n@ada,48,Instagram\n@bo,"{cell}",TikTok\n')
    assert [row[4] for row in came.people] == [48_000]
    assert [(problem.row, problem.reason[:31]) for problem in came.report.problems] == [
        (3, "a number that can't be told und")
    ]


def test_what_the_user_says_of_a_heading_in_thousands_keeps_them(tmp_path):
    came = bring(
        tmp_path, "Creator,Fans there (k),Platform\n@ada,48,Instagram\n", mapping=(("Fans there (k)", "followers"),)
    )
    assert [row[4] for row in came.people] == [48_000]
