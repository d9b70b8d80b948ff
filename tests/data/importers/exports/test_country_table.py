"""Does a small table of countries become one creator's audience, in whichever words, and never a part of one?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.importers.load_export import load_text

SHARES = {"DE": 412000, "AT": 94000, "FR": 31000}


@pytest.mark.parametrize(
    ("text", "audience_type"),
    [
        ("Country,% of audience\nGermany,41.2\nAustria,9.4\nFrance,3.1\n", "followers"),
        ("Top Locations;Followers %\nDeutschland;41,2 %\nÖsterreich;9,4 %\nFrankreich;3,1 %\n", "followers"),
        ("País,Seguidores,Porcentaje\nAlemania,412,41.2%\nAustria,94,9.4%\nFrancia,31,3.1%\n", "followers"),
        ("Country,Audience\nDE,41.2%\nAT,9.4%\nFR,3.1%\n", "followers"),
        ("Country,Share (%)\nDE,41.2\nAT,9.4\nFR,3.1\n", "followers"),
        ("Land;Anteil in %\nDeutschland;41,2\nÖsterreich;9,4\nFrankreich;3,1\n", "followers"),
        ("国,割合\nドイツ,41.2%\nオーストリア,9.4%\nフランス,3.1%\n", "followers"),
        ("Country,Country ID,Share\nGermany,DE,41.2%\nAustria,AT,9.4%\nFrance,FR,3.1%\n", "followers"),
        ("Country,% of listeners\nDE,41.2\nAT,9.4\nFR,3.1\n", "viewers"),
        ("Geography,Views (%)\nDE,41.2\nAT,9.4\nFR,3.1\n", "viewers"),
        ("Country,%\nDE,0.412\nAT,0.094\nFR,0.031\n", "followers"),
        ("Country,Followers\nDE,412\nAT,94\nFR,31\nTotal,\"1,000\"\n", "followers"),
        ("country,listeners\nDE,412\nAT,94\nFR,31\nOther,463\n", "viewers"),
        ("Pays;Spectateurs;Minutes\nAllemagne;412;9 300\nAutriche;94;1\nFrance;31;4\nTotal;1000;9 800\n", "viewers"),
    ],
)  # fmt: skip
def test_shares_and_people_are_read(tmp_path, text, audience_type):
    found = load_text(tmp_path, text)
    assert (found.report.status, found.report.reader) == ("imported", "country_table")
    assert found.shares == SHARES
    ((platform, source, kind, is_cut, *_),) = found.sets
    assert (platform, source, kind, is_cut) == (None, "own table", audience_type, True)


def test_a_list_of_all_countries_is_the_whole(tmp_path):
    codes = "DE AT FR CH IT ES PT NL BE LU DK SE NO FI IS PL CZ SK HU RO BG GR TR UA RS HR SI BA AL MK US CA MX BR AR"
    codes += " CL CO PE JP KR CN IN ID TH VN PH AU NZ ZA EG MA NG"
    rows = "".join(f"{code},10\n" for code in codes.split())
    found = load_text(tmp_path, f"country,listeners\n{rows}")
    assert found.shares == dict.fromkeys(codes.split(), round(1e6 / len(codes.split())))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Country,Followers\nDE,412\nAT,94\n", "no row says how many people there are in all"),
        ("Country,Followers\nDE,412\nAT,94\nTotal,400\n", "the countries have 506 people and the row Total has 400"),
        ("Country,Viewers,Gender\nDE,412,women\nAT,94,men\nTotal,600,all\n", "splits every country into parts"),
    ],
)
def test_what_is_no_whole_audience_is_refused(tmp_path, text, said):
    found = load_text(tmp_path, text)
    assert (found.report.status, found.shares) == ("refused", {})
    assert said in found.report.message


@pytest.mark.parametrize(
    "text",
    [
        "Country,Followers,Handle\nDE,412,@ada\nAT,94,@bo\n",
        "Country,Reach,Amount spent\nDE,412,30\nAT,94,10\n",
        "Country,Followers\nDE,412\nDE,94\nTotal,506\n",
        "Location,Followers\nGreater Berlin Area,412\nMunich Region,94\n",
    ],
)
def test_other_tables_with_a_country_are_not_taken(tmp_path, text):
    assert load_text(tmp_path, text).report.reader != "country_table"


def test_whose_it_is_has_to_be_said(tmp_path):
    found = load_text(tmp_path, "Country,% of audience\nGermany,41.2\nAustria,9.4\n", creator=None)
    assert (found.report.status, found.shares) == ("refused", {})
    assert found.report.message == "such an export never says whose it is; add --creator ID"


@pytest.mark.thorough
@given(st.lists(st.integers(1, 10_000_000), min_size=1, max_size=5), st.integers(0, 10_000_000))
def test_people_become_their_part_of_the_total(tmp_path_factory, people, elsewhere):
    folder = tmp_path_factory.mktemp("table")
    listed = dict(zip(("DE", "AT", "FR", "CH", "IT"), people, strict=False))
    whole = sum(people) + elsewhere
    rows = "".join(f"{code};{count}\n" for code, count in listed.items())
    found = load_text(folder, f"Land;Follower\n{rows}Gesamt;{whole}\n")
    assert found.shares == {code: round(count / whole * 1e6) for code, count in listed.items()}
