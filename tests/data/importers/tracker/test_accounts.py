"""Is one account one creator, whatever stands around its handle and whether its platform is said in every row?"""

import pytest

from data.importers.tracker.accounts import Account, of_handle
from tests.data.importers.tracker.load_sheet import bring


@pytest.mark.parametrize(
    ("cell", "account"),
    [
        ("@ben.c", Account("", "ben.c")),
        ("IG: ben.c", Account("instagram", "ben.c")),
        ("Instagram - @ben.c", Account("instagram", "ben.c")),
        ("IG @ben.c", Account("instagram", "ben.c")),
        ("@ben.c (main account)", Account("", "ben.c")),
        ("@ben.c (IG)", Account("instagram", "ben.c")),
        ("ben.c [new]", Account("", "ben.c")),
        ("ig.ben", Account("", "ig.ben")),
        ("tiktok-fan", Account("", "tiktok-fan")),
        ("Ben Cole", Account("", "Ben Cole")),
    ],
)
def test_what_stands_around_a_handle_is_no_part_of_it(cell, account):
    assert of_handle(cell) == account


@pytest.mark.parametrize("cell", ["IG: ben.c", "@ben.c (main account)", "@ben.c (IG)", "Insta: @Ben.C"])
def test_a_remark_makes_no_new_creator(tmp_path, cell):
    came = bring(
        tmp_path,
        "Creator,Instagram,Date,Views\n"
        f"Anna B,@anna.b,2025-01-03,10\nBen C,@ben.c,2025-02-03,20\nBen C,{cell},2025-03-03,30\n",
    )
    assert came.report.status == "imported", came.report.message
    assert came.ids == ["instagram:anna.b", "instagram:ben.c"]


def test_names_that_differ_in_brackets_stay_apart(tmp_path):
    came = bring(
        tmp_path, "Creator,Platform,Date,Views\nAnna (DE),TikTok,2025-01-03,10\nAnna (AT),TikTok,2025-02-03,20\n"
    )
    assert len(came.ids) == 2


def test_links_and_handles_of_one_account_are_one_creator(tmp_path):
    cells = ("@Anna.B", "anna.b ", "https://instagram.com/Anna.B/", "www.instagram.com/anna.b/reels/", "IG: anna.b")
    rows = "".join(f"Anna B,{cell},2025-01-0{day},10\n" for day, cell in enumerate(cells, 1))
    assert bring(tmp_path, f"Creator,Instagram,Date,Views\n{rows}").ids == ["instagram:anna.b"]


def test_a_handle_without_a_platform_is_the_one_account_that_has_it(tmp_path):
    came = bring(tmp_path, "Handle,Platform,Date,Views\n@bo,YouTube,2025-04-14,11\n@bo,,2025-05-14,12\n")
    assert came.ids == ["youtube:bo"]
    assert [row[5] for row in came.campaigns] == ["youtube", "youtube"]


def test_a_row_without_a_platform_is_that_of_the_one_creator_of_its_name(tmp_path):
    sheet = "Creator,Platform,Date,Views\nBen Cole,YouTube,2025-04-14,11000\nBen Cole,,2025-05-14,12000\n"
    came = bring(tmp_path, sheet)
    assert came.ids == ["youtube:ben-cole"]
    assert [(row[3], row[5]) for row in came.campaigns] == [("2025-04-14", "youtube"), ("2025-05-14", "youtube")]


def test_a_row_without_a_platform_is_skipped_where_its_name_is_on_two(tmp_path):
    sheet = (
        "Creator,Platform,Date,Views\nBo Ray,YouTube,2025-04-14,9\nBo Ray,TikTok,2025-04-15,9\nBo Ray,,2025-05-14,9\n"
    )
    came = bring(tmp_path, sheet)
    assert came.ids == ["tiktok:bo-ray", "youtube:bo-ray"]
    assert [problem.row for problem in came.report.problems] == [4]


OF_TWO = "Creator,Platform,Campaign,Date,Views,Fee (EUR)\n{},Instagram,Spring,2025-03-01,900,500\n"


@pytest.mark.parametrize(
    "name",
    ["Anna Huber & Max Muster", "Anna Huber und Max Muster", "Anna Huber + Max Muster", "Ana B. Sol / Max Muster"],
)
def test_two_people_in_a_cell_are_no_creator(tmp_path, name):
    came = bring(tmp_path, OF_TWO.format(name) + "Cy Cox,TikTok,Spring,2025-03-01,800,300\n")
    assert came.ids == ["tiktok:cy-cox"]
    assert [(p.row, p.reason) for p in came.report.problems] == [(2, "names several people in one cell")]


def test_two_first_names_may_be_one_account_and_are_said(tmp_path):
    came = bring(tmp_path, OF_TWO.format("Kim & Lou"))
    assert len(came.ids) == 1
    assert "taken as one creator each: row 2 (Kim & Lou)" in came.report.message


@pytest.mark.parametrize("name", ["Kim-Lou Moor", "Sandy Bay", "Vera de la Cruz", "Max Muster (Studio)"])
def test_one_person_is_one(tmp_path, name):
    came = bring(tmp_path, OF_TWO.format(name))
    assert len(came.ids) == 1
    assert "taken as one creator" not in came.report.message


def test_two_people_with_an_account_of_their_own_are_that_account(tmp_path):
    text = OF_TWO.replace("Creator,", "Creator,Handle,").format("Anna Huber & Max Muster,@anna.max")
    came = bring(tmp_path, text)
    assert (came.ids, came.report.status) == (["instagram:anna.max"], "imported")
