"""Can a template be filled in and loaded, and are those in docs/templates the ones that the code makes?"""

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data.importers.templates.columns import TEMPLATES
from data.importers.templates.write import DELETE_EXAMPLE, GUIDE, LISTS, as_csv, as_workbook
from data.importers.values import countries
from fit.text import country

KEPT = Path(__file__).parents[4] / "docs" / "templates"
NAMES = {code: country(code) for code in countries.known()["codes"].values()}
PLAIN = ["audience", "campaigns", "creators"]


def made(name: str, ending: str) -> bytes:
    return as_csv(name) if ending == ".csv" else as_workbook(name, NAMES)


def content(workbook: bytes) -> dict:
    """What a reader sees of a workbook: cells with their formats, what can be chosen where, what stays in sight."""
    return {
        sheet.title: (
            [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()],
            {str(choice.sqref): choice.formula1 for choice in sheet.data_validations.dataValidation},
            sheet.freeze_panes,
            sheet.sheet_state,
        )
        for sheet in load_workbook(BytesIO(workbook)).worksheets
    }


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_templates_in_docs_are_those_that_the_code_makes(name):
    kept = [KEPT / f"{name}{ending}" for ending in (".csv", ".xlsx")]
    assert kept[0].read_bytes() == as_csv(name)
    assert content(kept[1].read_bytes()) == content(as_workbook(name, NAMES))


@pytest.mark.thorough
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_three_tables_load_as_they_are(tmp_path, run_fit, ending):
    for name in PLAIN:
        (tmp_path / f"{name}{ending}").write_bytes(made(name, ending))
    files = [tmp_path / f"{name}{ending}" for name in PLAIN]
    done = run_fit("load", *files, "--store", tmp_path / "store")
    assert done.stdout.splitlines() == [
        *(f"imported: {file}: 1 of 1 rows imported" for file in files), "Data version 1 is live."
    ]  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_tracker_is_read_without_a_question(tmp_path, run_fit, ending):
    file = tmp_path / f"tracker{ending}"
    file.write_bytes(made("tracker", ending))
    done = run_fit("load", file, "--json", "--store", tmp_path / "store")
    (told,) = json.loads(done.stdout)["files"]
    assert (told["status"], told["reader"]) == ("imported", "tracker")
    assert {column["heading"]: column["status"] for column in told["columns"]} == {
        column.heading: "read" for column in TEMPLATES["tracker"]
    }
    assert told["message_parts"][1]["values"] == {"creators": 1, "audiences": 1, "campaign_rows": 1}


def test_a_template_can_be_filled_in_by_choosing():
    head = [column.heading for column in TEMPLATES["tracker"]]
    table, choices, pane, _ = content(as_workbook("tracker", NAMES))["tracker"]
    assert [cell for cell, _ in table[0]] == head
    assert pane == "B2"
    asked = {head[ord(where[0]) - ord("A")]: source for where, source in choices.items()}
    every = f"'{LISTS}'!$A$1:$A${len(set(NAMES))}"
    assert asked == {
        "Platform": '"instagram,tiktok,youtube"', "Deliverable": '"post,story,reel,video"', "Top country 1": every,
        "Top country 2": every, "Top country 3": every,
    }  # fmt: skip


def test_every_country_of_the_list_is_one_that_is_read():
    rows, _, _, state = content(as_workbook("audience", NAMES))[LISTS]
    assert {countries.country(name).code for [(name, _)] in rows} == set(NAMES)
    assert state == "hidden"


def test_the_guide_says_one_line_a_column_and_to_delete_the_example():
    rows = [row[0][0] for row in content(as_workbook("creators", NAMES))[GUIDE][0]]
    assert rows[0] == DELETE_EXAMPLE
    assert rows[3:] == [column.in_words for column in TEMPLATES["creators"]]
