"""Do pages read what was just saved, by whomever, and learn of a stale save?"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from shutil import copytree
from threading import Thread

import pytest
from streamlit.testing.v1 import AppTest

from data.decisions import new_sample
from data.decisions.decisions import open_decisions
from data.store import sample_decisions_file
from fit.agreement.agreement import Agreement, Need, Note
from fit.agreement.file import read_agreement, write_agreement
from fit.refresh import build_demo
from fit.review.review import review_campaign as reviewed
from fit.text.escape import literal
from pages.ui import decisions_access, opened_decisions
from pages.ui.decisions_access import AGREEMENT, SHORTLIST, saved
from tests.conftest import DEMO_NOW

TEXT = "# Charter"
PEOPLE, EDITS = 8, 4
ONE_PAIR_EACH = Agreement("ada", (("DE", 1.0),), alignment=tuple(Need(f"of {n}", "x") for n in range(PEOPLE)))
SHA256 = sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def in_store(tmp_path: Path, decisions_url: str | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The app uses an empty store, with decisions on SQLite and on Postgres in turn."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path))
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", decisions_url or "")
    yield tmp_path
    opened_decisions._opened.clear()


def test_a_page_saves_and_reads_drafts(in_store: Path) -> None:
    assert (
        saved().drafts(AGREEMENT),
        saved().draft(AGREEMENT, "kitchen"),
        saved().drafts(SHORTLIST),
    ) == (
        [],
        None,
        [],
    )
    first = decisions_access.save_draft("kitchen", "a", 0)
    second = decisions_access.save_draft("kitchen", "b", first.version)
    review = decisions_access.save_draft("kitchen", "c", 0, kind="review")
    shortlist = decisions_access.save_draft("spring", "market=DE-1", 0, SHORTLIST)
    assert (
        saved().drafts(AGREEMENT),
        saved().drafts("review"),
        saved().drafts(SHORTLIST),
    ) == (
        [second],
        [review],
        [shortlist],
    )
    assert (
        saved().draft(AGREEMENT, "kitchen"),
        saved().history(AGREEMENT, "kitchen"),
    ) == (second, [first, second])
    removed = decisions_access.remove(second)
    assert saved().drafts(AGREEMENT) == []
    assert decisions_access.restore(removed).text == "b"


def test_what_another_process_saved_is_seen_at_once(in_store: Path) -> None:
    decisions_access.save_draft("kitchen", "a", 0)
    other = open_decisions(in_store)
    theirs = other.save(
        "agreement",
        "kitchen",
        "b",
        version=1,
        by="Ben",
        now=saved().draft(AGREEMENT, "kitchen").saved_at,
    )
    other.close()
    assert saved().draft(AGREEMENT, "kitchen") == theirs
    with pytest.raises(decisions_access.Conflict) as refused:
        decisions_access.save_draft("kitchen", "c", 1)
    assert (refused.value.yours, refused.value.theirs) == ("c", theirs)
    with pytest.raises(decisions_access.Conflict):
        decisions_access.save_draft("kitchen", "c", 0)


def test_a_page_takes_a_charter_to_its_review(in_store: Path) -> None:
    given = {"creator_id": "ada", "agreement": "", "forecast": None, "generation": 1, "despite": None}
    charter = saved().save_charter("kitchen", text=TEXT, sha256=SHA256, now=decisions_access._now(), **given)
    signed = decisions_access.sign("kitchen", side="brand", signer="Ben", sha256=SHA256, generation=1)
    with pytest.raises(decisions_access.Outdated):
        decisions_access.sign("kitchen", side="creator", signer="Ada", sha256="0" * 64, generation=1)
    assert saved().charters() == [saved().charter("kitchen")] == saved().amendments("kitchen")
    assert (saved().charter("kitchen").sign_offs, charter.sign_offs) == ((signed,), ())
    note = decisions_access.note_stage("kitchen", "ada", "signed")
    assert saved().stages("kitchen") == saved().all_stages() == [note]
    found = reviewed(Agreement("ada", (("DE", 1.0),)), None, {}, charter="kitchen")
    review = decisions_access.close_review(found, "Ada")
    assert (review.name, review.creator_id, review.outcome) == ("kitchen", "ada", "not measured")
    assert saved().stages("kitchen")[-1].stage == "reviewed"
    assert saved().reviews() == [review]


def page_that_reads_drafts() -> None:
    import streamlit as st

    from pages.ui import decisions_access, layout

    with layout._errors_in_a_box():
        st.write(len(decisions_access.saved().drafts("agreement")))


def test_damaged_papers_are_told_in_a_box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path))
    monkeypatch.delenv("CREATOR_FIT_DECISIONS", raising=False)
    (tmp_path / "decisions.sqlite").touch()
    app = AppTest.from_function(page_that_reads_drafts).run()
    assert [box.value for box in app.error] == [
        literal(
            f"{tmp_path}/decisions.sqlite is damaged: it is no file of decisions, or its head is hurt. It was left as "
            "it is. Bring your newest backup back: python -m fit restore FILE. What is there is kept."
        )
    ]


def test_a_copy_put_in_place_under_the_server_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("CREATOR_FIT_DECISIONS", raising=False)
    other = open_decisions(tmp_path / "other")
    other.save(
        "agreement", "bath", "from the copy", version=0, by=None, now=decisions_access.save_draft("a", "b", 0).saved_at
    )
    other.close()
    (tmp_path / "other" / "decisions.sqlite").replace(tmp_path / "store" / "decisions.sqlite")
    for log in (tmp_path / "store").glob("decisions.sqlite-*"):
        log.unlink()
    assert [paper.name for paper in saved().drafts(AGREEMENT)] == ["bath"]


@pytest.mark.thorough
def test_sample_decisions_that_are_exchanged_are_closed_and_the_next_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREATOR_FIT_DECISIONS", raising=False)
    build_demo(tmp_path / "first", now=DEMO_NOW, count_creators=3, has_partnerships=False)
    with new_sample(sample_decisions_file(tmp_path / "first", 1)) as sample:
        sample.note_stage("invented", "demo-001", "shortlisted", None, DEMO_NOW)
    read = []
    for name in ("first", "second", "third"):  # one more than stay open
        if name != "first":
            copytree(tmp_path / "first", tmp_path / name)
        monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / name))
        read.append([note.name for note in saved().all_stages()])
    opened_decisions._opened.clear()
    assert read == [["invented"]] * 3


def _read(text: str) -> Agreement:
    return read_agreement(text, frozenset({"DE"}))[0]


def _edit_as(folder: str, person: int) -> list[str]:
    """One of several people who edit one paper from a process of their own; what each save acknowledged."""
    os.environ["CREATOR_FIT_STORE"], os.environ["CREATOR_FIT_DECISIONS"] = folder, ""
    opened_decisions._opened.clear()
    draft = saved().draft(AGREEMENT, "kitchen")
    acknowledged = []
    for number in range(EDITS):
        begun, text = _read(draft.text), f"{person}-{number}"
        pairs = list(begun.alignment)
        pairs[person] = replace(pairs[person], creator_need=text)
        mine = replace(begun, notes=(*begun.notes, Note(text)), alignment=tuple(pairs), brand_goal=text)
        draft = decisions_access.save_agreement("kitchen", begun, mine, draft.version, _read)
        acknowledged.append(text)
    return acknowledged


@pytest.mark.thorough
def test_of_eight_people_on_one_paper_every_edit_is_there_or_shown_as_a_clash(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path))
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", "")
    opened_decisions._opened.clear()
    decisions_access.save_draft("kitchen", write_agreement(ONE_PAIR_EACH), 0)
    opened_decisions._opened.clear()
    with ProcessPoolExecutor(PEOPLE, mp_context=get_context("fork")) as people:
        each = list(people.map(_edit_as, [str(tmp_path)] * PEOPLE, range(PEOPLE)))
    newest, state = _read(saved().draft(AGREEMENT, "kitchen").text), decisions_access.call_state("kitchen")
    assert sorted(note.text for note in newest.notes) == sorted(text for one in each for text in one)
    assert newest.alignment == tuple(Need(f"of {n}", one[-1]) for n, one in enumerate(each))
    stood = {_read(version.text).brand_goal for version in saved().history(AGREEMENT, "kitchen")}
    clashed = {clash.mine for clash in state.clashes if clash.part == "brand_goal"}
    assert {text for one in each for text in one} <= stood | clashed
    opened_decisions._opened.clear()


def test_changes_of_the_call_by_several_at_once_add_up(in_store: Path) -> None:
    def type_in(person: int) -> None:
        decisions_access.change_call_state(
            "kitchen", lambda state: state.with_typed(f"window {person}", "s", "new_notes_text", f"text {person}")
        )

    threads = [Thread(target=type_in, args=(person,)) for person in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {owner: dict(typed.fields) for owner, typed in decisions_access.call_state("kitchen").typed.items()} == {
        f"window {person}": {"new_notes_text": f"text {person}"} for person in range(8)
    }
