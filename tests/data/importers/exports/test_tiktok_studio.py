"""Do TikTok's territories come in as fractions of all followers, in any language, and genders never?"""

import pytest

from tests.data.importers.load_export import FIXTURES, load, load_text

EXPORTS = FIXTURES / "tiktok_studio"
SHARES = {"GR": 512000, "CY": 203000, "XK": 31000, "NA": 4000}


@pytest.mark.parametrize("name", ["FollowerTopTerritories.csv", "greek.csv", "japanese.csv", "unknown.csv"])
def test_fractions_are_read_and_others_are_unknown(name):
    found = load(EXPORTS / name)
    assert (found.report.status, found.report.reader) == ("imported", "tiktok_territories")
    assert found.shares == SHARES
    assert found.sets == [("tiktok", "TikTok Studio", "followers", True, None, None, 4)]
    assert found.report.coverage == {"ada": 0.75}
    assert "complete?" not in found.report.message


def test_what_is_undefined_is_missing():
    found = load(EXPORTS / "undefined.csv")
    assert (found.report.status, found.shares) == ("imported", SHARES)
    assert "without a share (undefined), left unknown: row 6" in found.report.message


@pytest.mark.parametrize(
    ("name", "said"),
    [("FollowerGender.csv", "by gender"), ("greek_gender.csv", "country"), ("languages.csv", "no reader")],
)
def test_genders_are_no_countries(name, said):
    found = load(EXPORTS / name)
    assert (found.report.status, found.shares) == ("refused", {})
    assert said in found.report.message


@pytest.mark.parametrize(
    ("old", "new", "status", "shares", "said"),
    [
        ('"CY","0.203"\n', "", "imported", {"GR": 512000, "XK": 31000, "NA": 4000}, "add up to 79.7 %"),
        ('"CY","0.203"', '"CY","0.203"\n"CY","0.203"', "partly imported", SHARES, "repeats row 3"),
        ('"CY"', '"QQ"', "partly imported", {"GR": 512000, "XK": 31000, "NA": 4000}, "no country that is known"),
        ('"0.512"', '"1.512"', "refused", {}, "prove neither"),
        ('"0.203"', '"3.Feb"', "refused", {}, "turned shares into dates"),
    ],
)
def test_damage_is_seen(tmp_path, old, new, status, shares, said):
    text = (EXPORTS / "FollowerTopTerritories.csv").read_text(encoding="utf-8-sig").replace(old, new)
    found = load_text(tmp_path, text)
    assert (found.report.status, found.shares) == (status, shares)
    assert said in found.report.message


@pytest.mark.parametrize(
    "text",
    [
        '"Kieli","Jakauma"\n"FI","0.5"\n"SV","0.4"\n"Muut","0.1"\n',
        '"Γλώσσα","Κατανομή"\n"EL","0.5"\n"DE","0.4"\n"Άλλα","0.1"\n',
        '"Device","Distribution"\n"IS","0.5"\n"AN","0.5"\n',
    ],
)
def test_two_letters_of_something_else_are_no_countries(tmp_path, text):
    found = load_text(tmp_path, text)
    assert (found.report.status, found.shares) == ("refused", {})


def test_other_tables_of_two_columns_are_left_to_their_readers(tmp_path):
    assert load_text(tmp_path, '"Land","Anteil"\n"DE","0.4"\n"AT","0.3"\n').report.reader == "country_table"
    assert load_text(tmp_path, "country,audience_share\nDE,0.4\nOthers,0.6\n").report.reader == "plain_audience"
