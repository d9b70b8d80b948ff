"""Is a column that is nothing but a country read as a share of the audience where it is one, else asked about?"""

import pytest

from data.importers.report import Code
from tests.data.importers.tracker.load_sheet import bring

TWO = "Creator,Followers,{}\n@a,31000,{}\n@b,41000,{}\n"


def asked(came):
    return [(column["heading"], column["why"]) for column in came.report.columns if column["status"] == "asked"]


@pytest.mark.parametrize("heading", ["Germany", "Deutschland", "Alemania"])
def test_one_column_of_a_country_is_asked_about(tmp_path, heading):
    content = TWO.format(heading, "45", "60")
    came = bring(tmp_path, content)
    assert came.codes == {Code.COLUMNS_UNCLEAR}
    assert asked(came) == [(heading, "one country")]
    answered = bring(tmp_path, content, mapping=((heading, "country_share"),))
    assert answered.audience == [("a", "DE", 450_000), ("b", "DE", 600_000)]


@pytest.mark.parametrize(("first", "second"), [("45,55", "60,40"), ("0.45,0.55", "0.6,0.4"), ("45.5,54.5", "60,39.9")])
def test_one_country_and_the_rest_are_the_whole(tmp_path, first, second):
    came = bring(tmp_path, TWO.format("Germany,Rest of world", first, second))
    assert [row[:2] for row in came.audience] == [("a", "DE"), ("b", "DE")]
    assert came.audience[1][2] == 600_000


def test_what_is_no_rest_of_it_leaves_the_question(tmp_path):
    assert asked(bring(tmp_path, TWO.format("Germany,Other", "45,3", "60,2"))) == [("Germany", "one country")]


@pytest.mark.parametrize(("first", "second"), [("1,0,0", "1,1,0"), ("1,,", ",1,")])
def test_marks_below_countries_are_no_shares(tmp_path, first, second):
    came = bring(tmp_path, TWO.format("Germany,Austria,Switzerland", first, second))
    assert {why for _, why in asked(came)} == {"marks by country"}


@pytest.mark.parametrize("heading", ["PR", "AM", "CV", "IT", "Contact Germany", "Turkey visit"])
def test_words_that_are_codes_too_are_left_out(tmp_path, heading):
    came = bring(tmp_path, TWO.format(heading, "45", "60"))
    assert (came.report.status, came.audience) == ("imported", [])
    assert f"columns not used: {heading}" in came.report.message


def test_all_columns_that_are_not_used_are_named(tmp_path):
    names = [f"Remark {letter}" for letter in "abcdefghijkl"] + ["Status", "Snapshot date"]
    cells = ",".join("x" for _ in names[:-1]) + ",2026-01-02"
    came = bring(tmp_path, TWO.format(",".join(names), cells, cells))
    assert f"columns not used: {', '.join(names)}" in came.report.message


def test_accounts_beside_a_country_and_its_share_are_a_sheet(tmp_path):
    came = bring(
        tmp_path,
        "Creator;Instagram;Followers;Country;Audience country;Audience share\nMia;@mia;48000;DE;DE;0,45\n"
        "Sam;@sam;9000;AT;AT;0,3\n",
    )
    assert (came.report.reader, came.report.status) == ("tracker", "imported"), came.report.message
    assert came.audience == [("instagram:mia", "DE", 450_000), ("instagram:sam", "AT", 300_000)]
    assert [row[1] for row in came.people] == ["Mia", "Sam"]  # the handles stand in a column of their own
