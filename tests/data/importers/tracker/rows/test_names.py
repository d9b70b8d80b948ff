"""Is a cell with a name and a handle both, and a cell of several codes each of them?"""

import pytest

from data.importers.tracker.rows.names import name_and_handle
from tests.data.importers.tracker.load_sheet import bring


@pytest.mark.parametrize(
    "cell",
    [
        "Mia Fox (@miafox)",
        "Mia Fox | @miafox",
        "Mia Fox - @miafox",
        "Mia Fox\n@miafox",
        "Mia Fox, @miafox",
        "Mia Fox: @miafox",
        "@miafox (Mia Fox)",
        "@miafox – Mia Fox",
    ],
)
def test_a_name_and_its_handle_are_told_apart(cell):
    assert name_and_handle(cell) == ("Mia Fox", "miafox")


@pytest.mark.parametrize("cell", ["Mia Fox", "@miafox", "IG: @miafox", "Mia (@mia) & Bo (@bo)", "mia@mail.com x", ""])
def test_any_other_cell_is_a_name_as_it_stands(cell):
    assert name_and_handle(cell) == (cell, "")


def test_the_handle_beside_a_name_is_the_account(tmp_path):
    came = bring(
        tmp_path,
        'Talent,Platform,Followers,Niche\n"Mia Fox\n@miafox",TikTok,48000,"beauty\nvegan"\n'
        "Sam Oak (@samoak),TikTok,900,\n",
    )
    assert [row[:2] for row in came.people] == [("tiktok:miafox", "Mia Fox"), ("tiktok:samoak", "Sam Oak")]
    assert came.report.status == "imported"


def test_a_column_of_handles_holds_before_the_handle_beside_a_name(tmp_path):
    came = bring(tmp_path, "Talent,Handle,Platform,Followers\nMia Fox (@other),@miafox,TikTok,48000\n")
    assert came.ids == ["tiktok:miafox"]


@pytest.mark.parametrize(
    "cell", ["ADA10 / ADA15", "ADA10, ADA15", "ADA10 & ADA15", "ADA10|ADA15", "ADA10 (10% off) or ADA15 (15%)"]
)
def test_each_code_of_a_cell_is_one(tmp_path, cell):
    came = bring(tmp_path, f'Creator,Handle,Code,Followers\nAda,@ada,"{cell}",48000\n')
    assert came.codes_of == [("ADA10", "ada"), ("ADA15", "ada")]


@pytest.mark.parametrize(("first", "last"), [("First Name", "Last Name"), ("Vorname", "Nachname"), ("Prénom", "Nom")])
def test_first_and_last_name_are_one_name(tmp_path, first, last):
    came = bring(tmp_path, f"{first},{last},Email,Instagram Handle,Follower Count\nAnna,Berg,a@b.de,anna.b,48200\n")
    assert [row[:2] for row in came.people] == [("instagram:anna.b", "Anna Berg")]
    assert "columns not used: Email" in came.report.message
    assert last not in came.report.message


def test_a_long_cell_is_no_name_and_holds_nobody_up():
    cell = "a" * 200_000 + "@!"
    assert name_and_handle(cell) == (cell, "")
