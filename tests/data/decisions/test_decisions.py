"""Can nobody's work be lost, changed behind their back, or signed for a text they did not see? On both databases."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from data.decisions.decisions import Decisions, has_decisions, identity, open_decisions
from data.decisions.values import (
    ClosedReview,
    Conflict,
    Counted,
    DecisionsError,
    Outdated,
    SavedCharter,
    SavedCount,
    SavedDraft,
    SignOff,
    StageNote,
)

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ODD = "Küche ?a=1&b %41 #[x] 'y' \"z\""
HOSTILE = "'; drop table papers; -- %s {x} :y $1 \\ 🦊 é e\u0301 \u202e ﷽ \t\r\n 名前 "


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def kept(decisions: Decisions, name: str, text: str, **other: object) -> SavedCharter:
    given = {
        "creator_id": "ada", "agreement": 'creator = "ada"', "forecast": '{"clicks": 40}', "generation": 7,
        "despite": None, "now": MORNING,
    }  # fmt: skip
    return decisions.save_charter(name, text=text, sha256=digest(text), **(given | other))


def closed(decisions: Decisions, name: str | None, text: str, **other: object) -> ClosedReview:
    given = {
        "creator_id": "ada", "content": '{"clicks": 31}', "generation": 8, "outcome": "both hit",
        "next_time": "again, for awareness", "now": NOON,
    }  # fmt: skip
    return decisions.close_review(name=name, text=text, sha256=digest(text), **(given | other))


def test_a_paper_is_kept_with_every_version(decisions: Decisions) -> None:
    first = decisions.save("agreement", "kitchen", "a", version=0, by="Ben", now=MORNING)
    second = decisions.save("agreement", "kitchen", "b", version=1, by=None, now=NOON)
    decisions.save("agreement", "bath", "c", version=0, by=None, now=NOON)
    decisions.save("shortlist", "kitchen", "market=DE-1", version=0, by=None, now=NOON)
    assert first == SavedDraft("agreement", "kitchen", 1, "a", "Ben", MORNING)
    assert second == SavedDraft("agreement", "kitchen", 2, "b", None, NOON)
    assert decisions.draft("agreement", "kitchen") == second
    assert decisions.history("agreement", "kitchen") == [first, second]
    assert [(p.name, p.text) for p in decisions.drafts("agreement")] == [("bath", "c"), ("kitchen", "b")]
    assert (decisions.draft("agreement", "garden"), decisions.drafts("review")) == (None, [])


def test_a_stale_save_shows_both_texts_and_keeps_neither_less(decisions: Decisions) -> None:
    decisions.save("agreement", "kitchen", "a", version=0, by="Ben", now=MORNING)
    theirs = decisions.save("agreement", "kitchen", "b", version=1, by="Cleo", now=NOON)
    with pytest.raises(Conflict) as refused:
        decisions.save("agreement", "kitchen", "mine", version=1, by="Ben", now=NOON)
    assert (refused.value.yours, refused.value.theirs) == ("mine", theirs)
    assert str(refused.value) == (
        "The agreement 'kitchen' was saved by Cleo at 2026-03-02 12:00 UTC as version 2; yours is based on version 1 "
        "and was not saved. Compare both texts, then save what shall count, on top of version 2."
    )
    with pytest.raises(Conflict, match="yours would be a new one"):
        decisions.save("agreement", "kitchen", "new", version=0, by=None, now=NOON)
    assert decisions.save("agreement", "kitchen", "both", version=2, by="Ben", now=NOON).version == 3


def test_the_same_text_again_adds_no_version(decisions: Decisions) -> None:
    first = decisions.save("view", "spring", "market=DE-1", version=0, by=None, now=MORNING)
    assert decisions.save("view", "spring", "market=DE-1", version=1, by=None, now=NOON) == first
    assert decisions.history("view", "spring") == [first]


def test_a_version_that_nobody_kept_cannot_be_changed(decisions: Decisions) -> None:
    with pytest.raises(DecisionsError, match="There is no agreement called 'kitchen', so version 3 of it"):
        decisions.save("agreement", "kitchen", "a", version=3, by=None, now=MORNING)


def test_a_removal_can_be_undone_and_deletes_nothing(decisions: Decisions) -> None:
    kept_one = decisions.save("shortlist", "spring", "s=1-2", version=0, by=None, now=MORNING)
    removed = decisions.remove("shortlist", "spring", kept_one.version, NOON, "Ben")
    assert removed == SavedDraft("shortlist", "spring", 2, "s=1-2", "Ben", NOON, is_removed=True)
    assert (decisions.draft("shortlist", "spring"), decisions.drafts("shortlist")) == (None, [])
    with pytest.raises(DecisionsError, match="no shortlist called 'spring' to remove"):
        decisions.remove("shortlist", "spring", removed.version, NOON)
    restored = decisions.restore("shortlist", "spring", removed.version, NOON)
    assert decisions.drafts("shortlist") == [restored] == [SavedDraft("shortlist", "spring", 3, "s=1-2", None, NOON)]
    assert len(decisions.history("shortlist", "spring")) == 3
    with pytest.raises(DecisionsError, match="nothing to restore"):
        decisions.restore("shortlist", "spring", restored.version, NOON)


def test_an_edit_of_a_removed_paper_is_a_conflict_and_its_name_is_free(decisions: Decisions) -> None:
    decisions.save("agreement", "kitchen", "a", version=0, by=None, now=MORNING)
    removed = decisions.remove("agreement", "kitchen", 1, NOON, "Cleo")
    with pytest.raises(Conflict, match="'kitchen' was removed by Cleo") as refused:
        decisions.save("agreement", "kitchen", "edited", version=1, by=None, now=NOON)
    assert refused.value.theirs == removed
    again = decisions.save("agreement", "kitchen", "a", version=0, by=None, now=NOON)
    assert (again.version, again.is_removed) == (3, False)
    with pytest.raises(Conflict):
        decisions.restore("agreement", "kitchen", removed.version, NOON)
    with pytest.raises(Conflict):
        decisions.remove("agreement", "kitchen", 1, NOON)


def test_a_charter_is_signed_by_both_sides(decisions: Decisions) -> None:
    charter = kept(decisions, "kitchen", "# Ours", despite="we know each other")
    assert charter == SavedCharter(
        "kitchen", 0, "ada", "# Ours", digest("# Ours"), 'creator = "ada"', '{"clicks": 40}', 7, "we know each other",
        MORNING,
    )  # fmt: skip
    assert kept(decisions, "kitchen", "# Ours", generation=9, now=NOON) == charter
    brand = decisions.sign("kitchen", side="brand", signer="Ben", sha256=charter.sha256, generation=7, now=NOON)
    creator = decisions.sign("kitchen", side="creator", signer="Ada", sha256=charter.sha256, generation=8, now=NOON)
    assert brand == SignOff("kitchen", 0, "brand", "Ben", charter.sha256, 7, NOON)
    assert decisions.charter("kitchen").sign_offs == (brand, creator)


def test_an_amendment_is_to_be_signed_again(decisions: Decisions) -> None:
    first = kept(decisions, "kitchen", "# Ours")
    kept(decisions, "bath", "# Another", creator_id="bo")
    decisions.sign("kitchen", side="brand", signer="Ben", sha256=first.sha256, generation=7, now=MORNING)
    second = kept(decisions, "kitchen", "# Ours, amended", forecast=None, generation=None, now=NOON)
    assert (second.amendment, second.sign_offs) == (1, ())
    with pytest.raises(Outdated, match="has changed since it was read: amendment 1 of 2026-03-02 12:00 UTC counts"):
        decisions.sign("kitchen", side="creator", signer="Ada", sha256=first.sha256, generation=7, now=NOON)
    decisions.sign("kitchen", side="creator", signer="Ada", sha256=second.sha256, generation=7, now=NOON)
    assert [(c.amendment, [s.side for s in c.sign_offs]) for c in decisions.amendments("kitchen")] == [
        (0, ["brand"]),
        (1, ["creator"]),
    ]
    assert [(c.name, c.amendment) for c in decisions.charters()] == [("bath", 0), ("kitchen", 1)]
    assert [s.signer for s in decisions.charter("kitchen", 0).sign_offs] == ["Ben"]
    assert (decisions.charter("garden"), decisions.charter("kitchen", 2)) == (None, None)


def test_going_back_to_an_earlier_text_is_an_amendment_too(decisions: Decisions) -> None:
    first = kept(decisions, "kitchen", "# Ours")
    kept(decisions, "kitchen", "# Theirs")
    again = kept(decisions, "kitchen", "# Ours")
    assert (again.amendment, again.sha256, again.sign_offs) == (2, first.sha256, ())


def test_a_side_signs_a_text_once(decisions: Decisions) -> None:
    charter = kept(decisions, "kitchen", "# Ours")
    decisions.sign("kitchen", side="brand", signer="Ben", sha256=charter.sha256, generation=7, now=MORNING)
    with pytest.raises(DecisionsError, match=r"Ben signed this text of 'kitchen' for the brand on 2026-03-02\."):
        decisions.sign("kitchen", side="brand", signer="Cleo", sha256=charter.sha256, generation=7, now=NOON)


def test_what_cannot_be_signed_or_kept_is_refused_in_words(decisions: Decisions) -> None:
    charter = kept(decisions, "kitchen", "# Ours")
    signed = {"sha256": charter.sha256, "generation": 7, "now": NOON}
    with pytest.raises(Outdated, match="There is no charter called 'bath' to sign"):
        decisions.sign("bath", side="brand", signer="Ben", **signed)
    with pytest.raises(DecisionsError, match=r"'agency' is no side\. Choose one of: brand, creator"):
        decisions.sign("kitchen", side="agency", signer="Ben", **signed)
    with pytest.raises(DecisionsError, match="The signer's name is blank"):
        decisions.sign("kitchen", side="brand", signer="  ", **signed)
    with pytest.raises(DecisionsError, match="'kitchen' is with 'ada', not 'bo'"):
        kept(decisions, "kitchen", "# Bo's", creator_id="bo")
    with pytest.raises(DecisionsError, match="is not that of the text"):
        decisions.save_charter(
            "bath", creator_id="ada", text="# Ours", sha256=digest("# Others"), agreement="", forecast=None,
            generation=None, despite=None, now=NOON,
        )  # fmt: skip


def test_stages_add_up(decisions: Decisions) -> None:
    decisions.note_stage("kitchen", "ada", "shortlisted", None, MORNING)
    decisions.note_stage("bath", "bo", "called", "asked for a later start", MORNING)
    decisions.note_stage("kitchen", "ada", "stopped", "no budget", NOON)
    assert decisions.stages("kitchen") == [
        StageNote("kitchen", "ada", "shortlisted", None, MORNING),
        StageNote("kitchen", "ada", "stopped", "no budget", NOON),
    ]
    assert [note.stage for note in decisions.all_stages()] == ["shortlisted", "called", "stopped"]
    with pytest.raises(DecisionsError, match=r"'ghosted' is no stage\. Choose one of: shortlisted, called, aligned"):
        decisions.note_stage("kitchen", "ada", "ghosted", None, NOON)


def test_a_review_is_frozen(decisions: Decisions) -> None:
    kept(decisions, "kitchen", "# Ours")
    first = closed(decisions, "kitchen", "# Review")
    assert first == ClosedReview(
        1, "kitchen", "ada", "# Review", digest("# Review"), '{"clicks": 31}', 8, "both hit", "again, for awareness",
        NOON,
    )  # fmt: skip
    assert closed(decisions, "kitchen", "# Review", outcome="both missed") == first
    second = closed(decisions, None, "# Review", next_time=None)
    assert closed(decisions, None, "# Review") == second
    assert decisions.reviews() == [first, second]
    assert (decisions.review(2), decisions.review(3)) == (second, None)
    with pytest.raises(DecisionsError, match="There is no charter called 'bath'"):
        closed(decisions, "bath", "# Review")


def noted(decisions: Decisions, name: str, *counted: Counted, now: datetime = MORNING) -> list[SavedCount]:
    return decisions.note_counts(name, lambda _there: counted, now)


def test_counts_add_up_and_the_earlier_ones_stay(decisions: Decisions) -> None:
    kept(decisions, "kitchen", "# Ours")
    kept(decisions, "bath", "# Ours")
    day = date(2026, 3, 4)
    first = noted(decisions, "kitchen", ("clicks", None, day, 61), ("revenue", "reel", day, 0.1))
    noted(decisions, "bath", ("clicks", None, day, 9))
    (last,) = noted(decisions, "kitchen", ("clicks", None, day, None), now=NOON)
    assert first == [
        SavedCount(1, "kitchen", "clicks", None, day, 61.0, MORNING),
        SavedCount(2, "kitchen", "revenue", "reel", day, 0.1, MORNING),
    ]
    assert last == SavedCount(4, "kitchen", "clicks", None, day, None, NOON)
    assert decisions.counts("kitchen") == [*first, last]
    assert decisions.counts("garden") == []
    assert noted(decisions, "kitchen") == []


def test_counts_are_noted_all_or_none(decisions: Decisions) -> None:
    kept(decisions, "kitchen", "# Ours")
    day = date(2026, 3, 4)
    with pytest.raises(DecisionsError, match="There is no charter called 'bath'"):
        noted(decisions, "bath", ("clicks", None, day, 61))
    with pytest.raises(DecisionsError, match="could not be read or written"):
        noted(decisions, "kitchen", ("clicks", None, day, 61), ("clicks", None, day, -1))
    with pytest.raises(DecisionsError, match="The metric is blank"):
        noted(decisions, "kitchen", ("clicks", None, day, 61), (" ", None, day, 1))
    assert decisions.counts("kitchen") == []


def test_what_is_added_is_decided_by_what_is_there(decisions: Decisions) -> None:
    kept(decisions, "kitchen", "# Ours")
    day = date(2026, 3, 4)
    noted(decisions, "kitchen", ("clicks", None, day, 61))
    decisions.note_counts("kitchen", lambda there: [("clicks", None, day, there[-1].value + 1)], NOON)
    assert [count.value for count in decisions.counts("kitchen")] == [61.0, 62.0]

    def refuse(there: object) -> list[Counted]:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        decisions.note_counts("kitchen", refuse, NOON)
    assert len(noted(decisions, "kitchen", ("clicks", None, day, 63))) == 1


def test_any_letters_come_back_as_they_went_in(decisions: Decisions) -> None:
    decisions.save("agreement", HOSTILE, HOSTILE * 100, version=0, by=HOSTILE, now=MORNING)
    charter = kept(decisions, HOSTILE, HOSTILE, creator_id=HOSTILE, agreement=HOSTILE, despite=HOSTILE)
    decisions.sign(HOSTILE, side="brand", signer=HOSTILE, sha256=charter.sha256, generation=7, now=NOON)
    decisions.note_stage(HOSTILE, HOSTILE, "signed", HOSTILE, NOON)
    closed(decisions, HOSTILE, HOSTILE, content=HOSTILE, outcome=HOSTILE, next_time=HOSTILE)
    assert decisions.drafts("agreement") == [SavedDraft("agreement", HOSTILE, 1, HOSTILE * 100, HOSTILE, MORNING)]
    found = decisions.charter(HOSTILE)
    assert (found.text, found.agreement, found.despite, found.sign_offs[0].signer) == (HOSTILE,) * 4
    assert decisions.stages(HOSTILE)[0].reason == HOSTILE
    assert decisions.reviews()[0].next_time == HOSTILE
    assert decisions.check() == []


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("", "a", "The name is blank"),
        (" \n", "a", "The name is blank"),
        ("a" * 201, "a", "The name has 201 characters; at most 200 are kept"),
        ("a\0b", "a", "The name holds a NUL character"),
        ("a", "b\0", "The agreement holds a NUL character"),
        ("a", "\ud83e", "The agreement holds half a character"),
        ("a", "b" * 1_000_001, "The agreement has 1,000,001 characters; at most 1,000,000 are kept"),
    ],
)
def test_what_no_database_gives_back_is_refused(decisions: Decisions, name: str, text: str, words: str) -> None:
    with pytest.raises(DecisionsError, match=words):
        decisions.save("agreement", name, text, version=0, by=None, now=MORNING)
    assert decisions.drafts("agreement") == []


def test_names_are_in_the_same_order_in_both(decisions: Decisions) -> None:
    for name in ("b", "a", "B", "ä", "Z", "名"):
        decisions.save("shortlist", name, "s=1", version=0, by=None, now=MORNING)
    assert [paper.name for paper in decisions.drafts("shortlist")] == ["B", "Z", "a", "b", "ä", "名"]


def test_instants_are_kept_in_utc(decisions: Decisions) -> None:
    in_tokyo = datetime(2026, 3, 2, 18, 0, tzinfo=timezone(timedelta(hours=9)))
    local = datetime(2026, 3, 2, 9, 0)
    assert decisions.save("view", "a", "x", version=0, by=None, now=in_tokyo).saved_at == MORNING
    assert decisions.save("view", "b", "x", version=0, by=None, now=local).saved_at == local.astimezone(UTC)
    assert decisions.draft("view", "a").saved_at.utcoffset() == timedelta(0)


def test_what_was_kept_is_there_when_opened_again(tmp_path: Path, decisions: Decisions, decisions_url) -> None:
    paper = decisions.save("agreement", "kitchen", "a", version=0, by=None, now=MORNING)
    before = identity(tmp_path, decisions_url)
    decisions.close()
    again = open_decisions(tmp_path, decisions_url)
    assert again.drafts("agreement") == [paper]
    assert identity(tmp_path, decisions_url) == before
    again.close()


def test_a_store_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / ODD
    with closing(open_decisions(folder)) as decisions:
        decisions.save("view", "a", "x", version=0, by=None, now=MORNING)
        assert {path.name for path in folder.iterdir()} == {f"decisions.sqlite{end}" for end in ("", "-wal", "-shm")}
    assert [path.name for path in folder.iterdir()] == ["decisions.sqlite"]
    assert [path.name for path in tmp_path.iterdir()] == [ODD]


def test_another_file_can_hold_the_decisions(tmp_path, monkeypatch):
    elsewhere = tmp_path / "kept" / "papers.db"
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", f"sqlite:///{elsewhere}")
    assert not has_decisions(tmp_path / "store")
    with closing(open_decisions(tmp_path / "store")) as papers:
        papers.save("agreement", "kitchen", "text", version=0, by=None, now=NOON)
        assert papers.place == str(elsewhere)
    with closing(open_decisions(tmp_path / "another")) as papers:
        assert papers.draft("agreement", "kitchen").text == "text"
    assert has_decisions(tmp_path / "store")
    assert not (tmp_path / "store").exists()
