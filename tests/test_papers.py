"""Do pages read what was just saved, by whomever, and learn of a stale save?"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.decisions import open_decisions
from fit import words
from fit.agreement import Agreement
from fit.review import review as reviewed
from pages.desk import papers

TEXT = "# Charter"
SHA256 = sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def in_store(tmp_path: Path, decisions_url: str | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The app uses an empty store, with decisions on SQLite and on Postgres in turn."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path))
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", decisions_url or "")
    yield tmp_path
    papers._opened.clear()


def test_a_page_saves_and_reads_drafts(in_store: Path) -> None:
    assert (papers.drafts(), papers.draft("kitchen"), papers.shortlists()) == ([], None, [])
    first = papers.save_draft("kitchen", "a", 0)
    second = papers.save_draft("kitchen", "b", first.version)
    review = papers.save_draft("kitchen", "c", 0, kind="review")
    shortlist = papers.save_shortlist("spring", "market=DE-1")
    assert (papers.drafts(), papers.drafts("review"), papers.shortlists()) == ([second], [review], [shortlist])
    assert (papers.draft("kitchen"), papers.history("kitchen")) == (second, [first, second])
    removed = papers.remove(second)
    assert papers.drafts() == []
    assert papers.restore(removed).text == "b"


def test_what_another_process_saved_is_seen_at_once(in_store: Path) -> None:
    papers.save_draft("kitchen", "a", 0)
    other = open_decisions(in_store)
    theirs = other.save("agreement", "kitchen", "b", version=1, by="Ben", now=papers.draft("kitchen").saved_at)
    other.close()
    assert papers.draft("kitchen") == theirs
    with pytest.raises(papers.Conflict) as refused:
        papers.save_draft("kitchen", "c", 1)
    assert (refused.value.yours, refused.value.theirs) == ("c", theirs)
    with pytest.raises(papers.Conflict):
        papers.save_draft("kitchen", "c", 0)


def test_a_page_takes_a_charter_to_its_review(in_store: Path) -> None:
    given = {"creator_id": "ada", "agreement": "", "forecast": None, "generation": 1, "despite": None}
    charter = papers._decisions().keep_charter("kitchen", text=TEXT, sha256=SHA256, now=papers._now(), **given)
    signed = papers.sign("kitchen", side="brand", signer="Ben", sha256=SHA256, generation=1)
    with pytest.raises(papers.Outdated):
        papers.sign("kitchen", side="creator", signer="Ada", sha256="0" * 64, generation=1)
    assert papers.charters() == [papers.charter("kitchen")] == papers.amendments("kitchen")
    assert (papers.charter("kitchen").sign_offs, charter.sign_offs) == ((signed,), ())
    note = papers.note_stage("kitchen", "ada", "signed")
    assert papers.stages("kitchen") == papers.all_stages() == [note]
    found = reviewed(Agreement("ada", (("DE", 1.0),)), None, {}, charter="kitchen")
    review = papers.close_review(found, "Ada")
    assert (review.name, review.creator_id, review.outcome) == ("kitchen", "ada", "not measured")
    assert papers.stages("kitchen")[-1].stage == "reviewed"
    assert papers.reviews() == [review]


def page_that_reads_drafts() -> None:
    import streamlit as st

    from pages.desk import frame, papers

    with frame._errors_in_a_box():
        st.write(len(papers.drafts()))


def test_damaged_papers_are_told_in_a_box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path))
    monkeypatch.delenv("CREATOR_FIT_DECISIONS", raising=False)
    (tmp_path / "decisions.sqlite").touch()
    app = AppTest.from_function(page_that_reads_drafts).run()
    assert [box.value for box in app.error] == [
        words.literal(
            f"{tmp_path}/decisions.sqlite is damaged: it is no file of decisions, or its head is hurt. It was left as "
            "it is. Move it aside and put your newest copy in its place (docs/running.md says how copies are made)."
        )
    ]


def test_a_copy_put_in_place_under_the_server_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("CREATOR_FIT_DECISIONS", raising=False)
    other = open_decisions(tmp_path / "other")
    other.save("agreement", "bath", "from the copy", version=0, by=None, now=papers.save_draft("a", "b", 0).saved_at)
    other.close()
    (tmp_path / "other" / "decisions.sqlite").replace(tmp_path / "store" / "decisions.sqlite")
    for log in (tmp_path / "store").glob("decisions.sqlite-*"):
        log.unlink()
    assert [paper.name for paper in papers.drafts()] == ["bath"]
