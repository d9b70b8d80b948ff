"""Does a load say in sentences what is in now, what needs a look first, and what it left out on purpose?"""

import pytest

from fit.load_steps import unseen
from pages.ui import store_access
from pages.ui.your_data.outcome import brought_in, cell_in_words, creators_of, left_out, needs_a_look
from pages.ui.your_data.upload_process import Batch, bring
from tests.pages.driver import Dropped

pytestmark = pytest.mark.usefixtures("warm_uploads")

CREATORS = Dropped("creators.csv", b"creator_id,creator_name,followers\nc1,Ada Lind,40000\nc2,Bo,20000\nc3,Cleo,60k?\n")
AUDIENCE = Dropped(
    "audience.csv", b"creator_id,country,audience_share\nc1,FR,0.61\nc2,FR,0.53\nc2,CH,1.73\nc2,DE,0.10\n"
)
CAMPAIGNS = Dropped(
    "campaigns.csv",
    b"campaign_id,creator_id,market,date,impressions,clicks,Notes\n"
    b"k1,c1,FR,2025-05-01,10000,300,ok\nk2,c2,FR,2025-05-08,8000,9000,ok\n",
)
NOBODYS = Dropped("Table data.csv", b"Geography,Views\nTotal,100\nDE,60\nAT,30\n")
NAMES = {"c1": "Ada Lind", "c2": "Bo", "c3": "Cleo"}


@pytest.fixture(autouse=True)
def in_store(monkeypatch, tmp_path):
    """A folder for a store, which the app uses."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))


def loaded(*files: Dropped) -> list:
    """What a load says of these files."""
    return bring(Batch(files), unseen, is_preview=False).document["files"]


@pytest.mark.thorough
def test_several_files_are_told_by_kind_and_by_name():
    files = loaded(CREATORS, AUDIENCE, CAMPAIGNS)
    assert creators_of(files) == ["c1", "c2"]
    assert brought_in(files, NAMES) == (
        "2 of 3 creators are in: Ada Lind and Bo. The audience of Ada Lind is in. Campaign results of the same creator "
        "are in: 1 of 2 rows."
    )


@pytest.mark.thorough
def test_whole_files_of_the_same_creators_name_them_once():
    audience = Dropped("audience.csv", b"creator_id,country,audience_share\nc1,FR,0.61\nc2,FR,0.53\n")
    files = loaded(Dropped("creators.csv", CREATORS.content.replace(b"c3,Cleo,60k?\n", b"")), audience)
    assert brought_in(files, NAMES) == "2 creators are in: Ada Lind and Bo. Their audiences are in too."


@pytest.mark.thorough
def test_who_has_no_name_goes_by_the_id_and_rates_are_counted():
    rates = Dropped("rates.csv", b"currency,rate,base,as_of\nUSD,0.92,EUR,2025-11-28\n")
    assert (
        brought_in(loaded(CAMPAIGNS, rates), {}) == "Campaign results of c1 are in: 1 of 2 rows. 1 exchange rate is in."
    )


@pytest.mark.thorough
def test_a_sheet_kept_by_hand_is_told_with_all_that_it_gave():
    sheet = Dropped("tracker.csv", store_access.template("tracker", ".csv"))
    files = loaded(sheet)
    names = store_access.names_of(creators_of(files))
    assert brought_in(files, names) == (
        "Example (delete this row) is in, with 1 audience and 1 row of campaign results."
    )
    assert [note.partition(";")[0] for note in left_out(files, is_preview=False)] == [
        "tracker.csv: No market is stated"
    ]


def test_nothing_is_said_to_be_in_of_a_refused_file():
    assert brought_in(loaded(NOBODYS), NAMES) == ""


@pytest.mark.thorough
def test_the_cell_at_fault_comes_before_those_that_follow_from_it():
    files = loaded(AUDIENCE)
    assert [problem["value"] for problem in files[0]["problems"]] == ["0.53", "1.73", "0.10"]
    assert needs_a_look(files, is_preview=False) == [
        '3 rows need a look, first row 4 (c2), audience share "1.73": more than the whole audience. Write the share as '
        "a fraction (0.52) or with a percent sign."
    ]


@pytest.mark.thorough
def test_of_several_files_the_row_s_file_is_named_and_refusals_follow():
    assert needs_a_look(loaded(CAMPAIGNS, NOBODYS), is_preview=False) == [
        '1 row needs a look: row 3 (c2) of campaigns.csv, clicks "9000": more clicks than the 8000 impressions. Check '
        "both numbers, or leave blank what was not measured.",
        "Table data.csv waits for your answer. Such a file never says whose it is: choose the creator below.",
    ]


def test_a_blank_cell_and_a_whole_file_are_said_without_a_value():
    blank = {"row": 7, "column": "creator_id", "value": "", "reason": "blank, but every row needs it"}
    assert cell_in_words(blank, "") == "row 7, creator id: blank, but every row needs it"
    assert cell_in_words(blank | {"row": None}, "a.csv") == "a.csv, creator id: blank, but every row needs it"


@pytest.mark.thorough
def test_what_was_left_out_on_purpose_is_said_by_file_without_the_skipped_rows():
    assert left_out(loaded(CREATORS, CAMPAIGNS), is_preview=False) == ["campaigns.csv: Columns ignored: Notes."]


def test_the_reasons_that_follow_from_another_row_are_those_of_the_importers():
    assert store_access.FOLLOWS_FROM_ANOTHER == (
        "belongs to an audience whose scale is unclear: ", "the shares of this audience add up to ",
    )  # fmt: skip
