"""Can codes that are nobody's be given to creators on the page, and is that remembered?"""

import pytest

from fit.load_steps import unseen
from pages.ui.your_data.code_choice import codes_of, files_with_codes, label_of, with_owners
from pages.ui.your_data.upload_process import Batch, bring
from tests.pages.driver import Dropped, troubles
from tests.pages.ui.your_data.uploads import UPLOAD, alone, press, previewed

pytestmark = pytest.mark.usefixtures("warm_uploads")

HEAD = "Name,Financial Status,Currency,Total,Discount Code,Created at\n"
ORDERS = Dropped(
    "orders.csv",
    f"{HEAD}#1,paid,EUR,40.00,WELCOME10,2025-05-01\n#2,paid,EUR,40.00,WELCOME10,2025-05-01\n"
    "#3,paid,EUR,40.00,OTTER10,2025-05-01\n".encode(),
)
OTTER = {"code": "OTTER10", "generic": False, "orders": 1, "revenue": 40.0, "currency": "EUR"}


@pytest.mark.thorough
def test_codes_are_asked_about_and_counted_for_whom_is_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    app = alone(UPLOAD)
    app.file_uploader[0].upload(ORDERS.name, ORDERS.content)
    app.text_input(key="upload_creator").input("plum-otter")
    app = press(app, "Preview")
    boxes = {box.label: box.value for box in app.selectbox}
    assert boxes == {"OTTER10 (1 order, 40 EUR)": "", "WELCOME10 (2 orders, 80 EUR)": ""}
    app.selectbox[0].select("plum-otter")
    app = press(app, "Preview with these codes")
    assert not troubles(app)
    (file,) = app.session_state["brought"]["batch"].document["files"]
    assert (str(file["status"]), file["creators"]) == ("imported", ["plum-otter"])
    assert [code["code"] for code in codes_of(file)] == ["WELCOME10"]


def test_without_a_choice_nothing_is_looked_at_again(monkeypatch, tmp_path):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    app = press(previewed(ORDERS), "Preview with these codes")
    assert [warning.value for warning in app.warning] == [
        "No code was given to a creator. Choose at least one, then press one of the buttons."
    ]


def test_what_is_said_of_codes_stays_beside_what_is_said_of_the_file():
    batch = Batch((ORDERS,), named={0: {"market": "FR", "code": [["A", "x"], ["B", "x"]]}})
    assert with_owners(batch, 0, {"B": "y"}) == {"market": "FR", "code": [["A", "x"], ["B", "y"]]}
    assert label_of(OTTER) == "OTTER10 (1 order, 40 EUR)"


@pytest.mark.thorough
def test_a_load_remembers_what_was_said(monkeypatch, tmp_path):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    bring(Batch((ORDERS,), named={0: {"code": [["OTTER10", "plum-otter"]]}}), unseen, is_preview=False)
    later = Dropped("june.csv", f"{HEAD}#9,paid,EUR,50.00,otter10,2025-06-01\n".encode())
    batch = bring(Batch((later,)), unseen, is_preview=True)
    assert batch.document["files"][0]["creators"] == ["plum-otter"]
    assert files_with_codes(batch) == []
