"""Does Audience.csv of Meta Business Suite give its countries in every layout, and towns, ages and dates never?"""

from pathlib import Path

import pytest

from tests.data.importers.load_export import FIXTURES, load, load_text

EXPORTS = FIXTURES / "meta_audience"  # the layouts of genuine exports, numbers invented
ACROSS = {"AT": 615000, "DE": 124000, "BA": 30000, "TR": 17000, "XK": 6000}
SET = ("Meta Business Suite", "followers", True)


@pytest.mark.parametrize(
    ("name", "platform", "followers", "shares"),
    [
        ("across.csv", None, None, ACROSS),
        ("lines.csv", "instagram", 2417, {"KR": 314000, "GR": 88000, "US": 25000}),
        ("portuguese.csv", None, None, {"BR": 915000, "US": 23000, "IT": 4000, "IN": 1000}),
        ("fused.csv", "instagram", 317, {"AT": 717000, "SG": 24000}),
        ("resaved.csv", None, None, {"BG": 884000, "DE": 19000, "ES": 6000, "GR": 2000}),
        ("german.csv", None, None, {"AT": 615000, "DE": 124000, "US": 30000, "TR": 17000}),
        ("japanese.csv", "instagram", None, {"JP": 615000, "US": 124000, "TW": 30000}),
        ("other_people.csv", None, None, {"AT": 615000, "DE": 124000}),
    ],
)
def test_every_layout_gives_its_countries(name, platform, followers, shares):
    found = load(EXPORTS / name)
    assert (found.report.status, found.report.reader) == ("imported", "meta_audience")
    assert found.shares == shares
    assert found.sets == [(platform, *SET, followers, None, len(shares))]
    assert found.report.coverage == {"ada": sum(shares.values()) / 1e6}


def test_facebook_and_instagram_stay_apart_and_sums_up_to_103_percent_are_kept():
    found = load(EXPORTS / "two_platforms.csv")
    assert found.sets == [("facebook", *SET, 812, None, 3), ("instagram", *SET, None, None, 2)]
    assert "shares above 100 % kept as the platform gives them: ada (102.1 %)" in found.report.message


def test_of_a_row_of_names_the_problem_names_the_column():
    found = load(EXPORTS / "tabs.csv")
    assert found.shares == {"BE": 701000, "MC": 32000, "CI": 11000}
    assert found.problems == [(6, 6, "country in column D", "Atlantis")]


SHORT = 'sep=,\n"Age & gender"\n"","Women","Men"\n"18-24","5","6"\n"25-34","5","6"\n\n"Top countries"\n{}\n'


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ('"Austria","Germany"\n"61.5"', "another number of names than of shares"),
        ('"Atlantis","Austria","Germany"\n"61.5","12.1"', "another number of names than of shares"),
        ('"Finland","Austria","Germany"\n"61.5","12.1"', "another number of names than of shares"),
        ('"Austria","Germany"\n"61.5","3.апр"', "a spreadsheet turned shares into dates"),
        ('"Austria","Germany"\n"0.615","0.121"', "too little for the percentages"),
        ('"Austria","Germany"\n"61.5","55.1"', "add up to more than 100 %"),
        ('"Graz, Austria","Linz, Austria"\n"61.5","5.1"', "without a section of countries"),
        ('"Austria","Germany"\n"1,615","2,121"', "a share or a thousand?"),
        ('"Austria"\n"61.5"\n\n"Top countries"\n"Germany"\n"5.1"', "2 sections of countries"),
    ],
)
def test_what_cannot_be_certain_is_refused(tmp_path, section, said):
    found = load_text(tmp_path, SHORT.format(section))
    assert (found.report.status, found.shares) == ("refused", {})
    assert said in found.report.message


@pytest.mark.parametrize(
    ("section", "shares"),
    [
        ('"Monaco"\n"61.5"', {"MC": 615000}),
        ('"Avusturya","Kosova"\n"%61,5","%0,4"', {"AT": 615000, "XK": 4000}),
        ('"Austria","Austria"\n"61.5","61.5"', {"AT": 615000}),
        ('"Austria","Germany"\n"61.5","<0.1"', {"AT": 615000}),
    ],
)
def test_what_is_certain_is_kept(tmp_path, section, shares):
    assert load_text(tmp_path, SHORT.format(section)).shares == shares


def test_a_title_glued_to_a_country_hides_no_missing_share(tmp_path):
    text = (EXPORTS / "resaved.csv").read_text(encoding="utf-8").replace("88,4;1,9;0,6;0,2", "88,4;1,9;0,6")
    found = load_text(tmp_path, text)
    assert (found.report.status, found.shares) == ("refused", {})
    assert "another number of names than of shares" in found.report.message


def test_a_towns_section_is_never_read_as_countries(tmp_path):
    text = SHORT.format('"Austria"\n"61.5"').replace(
        "Age & gender", "Meistgenannte Städte\nSingapore,Monaco\n55,5\nAge"
    )
    assert load_text(tmp_path, text).shares == {"AT": 615000}


def test_whom_an_advertisement_could_reach_is_no_audience(tmp_path):
    for title in ("Potential audience by top countries", 'Potenzielle Zielgruppe"\n"Top-Länder', "Reached countries"):
        text = SHORT.format('"Austria"\n"61.5"').replace("Top countries", title)
        found = load_text(tmp_path, text)
        assert (found.report.status, found.shares) == ("refused", {})


def test_sections_of_other_people_are_named():
    assert (
        "left out, for they are no followers: potential audience top countries"
        in load(EXPORTS / "other_people.csv").report.message
    )


def test_the_encoding_and_the_delimiter_do_not_matter(tmp_path):
    text = (EXPORTS / "across.csv").read_text(encoding="utf-16")
    for changed in (text.encode("utf-8"), text.encode("utf-16-be"), text.replace("\n", "\r\n").encode("utf-8-sig")):
        assert load_text(tmp_path, changed).shares == ACROSS
    semicolons = text.replace('","', '";"').replace("sep=,", "sep=;")
    assert load_text(tmp_path, semicolons).shares == ACROSS


def test_without_a_creator_the_file_asks_whose_it_is():
    assert load(Path(EXPORTS / "across.csv"), creator=None).report.message.endswith("add --creator ID")


def test_sections_below_a_potential_audience_are_of_nobody_who_follows(tmp_path):
    potential = (
        '"Potential audience"\n"Estimated audience size"\n"1M-2M"\n"Top countries"\n"Germany","Austria"\n"38.3","9.1"\n'
    )
    found = load_text(tmp_path, f"sep=,\n{potential}")
    assert (found.report.status, found.shares) == ("refused", {})
    followers = '"Instagram followers"\n"90"\n"Top countries"\n"France","Italy"\n"50.5","10.1"\n'
    for text in (potential + followers, followers + potential):
        found = load_text(tmp_path, f"sep=,\n{text}")
        assert (found.shares, found.sets[0][0]) == ({"FR": 505000, "IT": 101000}, "instagram")


@pytest.mark.parametrize("count", ["90", "1,234", "5678"])
def test_a_number_of_followers_is_no_share_and_its_title_no_country(tmp_path, count):
    accounts = [("Facebook followers", "Germany", "38.3"), ("Instagram followers", "France", "50.5")]
    sections = [
        f'"{who}"\n"{count}"\n"Top countries"\n"{country}","Italy"\n"{share}","9.1"\n'
        for who, country, share in accounts
    ]
    found = load_text(tmp_path, "sep=,\n" + "\n".join(sections))
    assert [(one[0], one[4]) for one in found.sets] == [
        ("facebook", int(count.replace(",", ""))), ("instagram", int(count.replace(",", ""))),
    ]  # fmt: skip


UNTITLED = """Data,Primary
2025-05-01T00:00:00,12

,Donne,Uomini
18-24,10,12
25-34,30,20

"Lione, Rodano","Anversa, Fiandre"
4.1,2.2

Francia,Belgio,Spagna
44.1,20.3,3.3
"""


def test_countries_that_are_plain_to_see_need_no_title(tmp_path):
    found = load_text(tmp_path, UNTITLED)
    assert found.shares == {"FR": 441000, "BE": 203000, "ES": 33000}
    assert "no section has a title; the countries are followers" in found.report.message


def test_two_untitled_rows_of_countries_are_refused(tmp_path):
    found = load_text(tmp_path, f"{UNTITLED}\nItalia,Malta\n50.1,20.3\n")
    assert (found.report.status, found.shares) == ("refused", {})
