"""Does a link open what was shared, for as long as it may, and does nobody find the link in the store?"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data.decisions import (
    Decisions,
    DecisionsError,
    SavedShare,
    SavedVerdict,
    Verdict,
    erase_decisions,
    newest_verdicts,
    open_decisions,
)

NOW, TODAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC), date(2026, 3, 2)
ANN, BEN, CLEO = "ann@agency.example", "ben@brand.example", "cleo@brand.example"


def made(decisions: Decisions, **other) -> tuple[SavedShare, str]:
    given = {
        "made_by": ANN, "title": "Sales in Germany", "link": {"market": "DE-1"}, "creators": ["ada", "plum-otter"],
        "hides_prices": True, "may_download": False, "generation": 3, "last_day": TODAY + timedelta(30),
        "named": [], "now": NOW,
    }  # fmt: skip
    return decisions.shares().make(**(given | other))


def test_a_link_opens_what_was_shared_until_its_last_day(decisions: Decisions) -> None:
    share, token = made(decisions)
    whole = SavedShare(
        1, ANN, "Sales in Germany", {"market": "DE-1"}, ("ada", "plum-otter"), True, False, 3, date(2026, 4, 1), NOW
    )
    assert share == whole
    assert decisions.shares().by_token(token, TODAY) == whole
    assert decisions.shares().by_token(token, date(2026, 4, 1)) == whole
    for other, day in ((token, date(2026, 4, 2)), (token[:-1], TODAY), ("", TODAY), ("é\0", TODAY)):
        assert decisions.shares().by_token(other, day) is None
    assert decisions.check() == []


def test_links_are_long_differ_and_are_kept_as_a_hash_alone(tmp_path: Path) -> None:
    decisions = open_decisions(tmp_path)
    tokens = [made(decisions)[1] for _ in range(3)]
    decisions.close()
    assert len(set(tokens)) == 3
    assert {len(token) for token in tokens} == {32}  # 24 bytes of chance
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [token for token in tokens if token.encode() in content] == []


def test_one_that_is_taken_back_opens_for_nobody_and_only_its_maker_may(decisions: Decisions) -> None:
    share, token = made(decisions, named=[BEN])
    decisions.shares().note_opened(1, CLEO, NOW)
    with pytest.raises(DecisionsError, match="was not shared by you"):
        decisions.shares().take_back(share.share_id, BEN, NOW)
    with pytest.raises(DecisionsError, match="was not shared by you"):
        decisions.shares().take_back(99, ANN, NOW)
    assert decisions.shares().take_back(share.share_id, ANN, NOW).is_taken_back
    assert decisions.shares().by_token(token, TODAY) is None
    assert [decisions.shares().of_person(who, TODAY) for who in (BEN, CLEO)] == [[], []]
    assert [one.is_taken_back for one in decisions.shares().made_by(ANN)] == [True]
    with pytest.raises(DecisionsError, match="not shown any more"):
        decisions.shares().give_verdict(1, "ada", Verdict.ACCEPTED, "", who=BEN, today=TODAY, now=NOW)


def test_everybody_has_a_list_of_what_they_opened_or_were_named_for(decisions: Decisions) -> None:
    for named in ([BEN], [], [BEN, BEN]):
        made(decisions, named=named)
    assert decisions.shares().note_opened(2, BEN, NOW)
    assert not decisions.shares().note_opened(2, BEN, NOW)
    assert [share.share_id for share in decisions.shares().of_person(BEN, TODAY)] == [3, 2, 1]
    assert decisions.shares().of_person(CLEO, TODAY) == []
    assert [share.share_id for share in decisions.shares().made_by(ANN)] == [3, 2, 1]


def test_the_newest_verdict_of_a_person_counts_and_all_are_kept(decisions: Decisions) -> None:
    made(decisions)

    def say(who: str, verdict: Verdict, remark: str = "") -> SavedVerdict:
        return decisions.shares().give_verdict(1, "ada", verdict, remark, who=who, today=TODAY, now=NOW)

    said = [
        say(BEN, Verdict.ACCEPTED), say(CLEO, Verdict.REJECTED, " too far \n"), say(BEN, Verdict.REJECTED, "cost"),
        say(BEN, Verdict.COMMENT, "**later**"),
    ]  # fmt: skip
    assert said[1] == SavedVerdict("ada", Verdict.REJECTED, "too far", CLEO, NOW)
    assert decisions.shares().verdicts(1) == said
    assert newest_verdicts(said) == {("ada", BEN): said[2], ("ada", CLEO): said[1]}


@pytest.mark.parametrize(
    ("verdict", "remark", "creator", "why"),
    [
        (Verdict.REJECTED, " ", "ada", "A rejection needs its reason"),
        (Verdict.COMMENT, "", "ada", "a comment its words"),
        (Verdict.ACCEPTED, "x" * 2001, "ada", "at most 2,000 are kept"),
        (Verdict.ACCEPTED, "a\0b", "ada", "NUL"),
        (Verdict.ACCEPTED, "", "eve", "not shown any more"),
    ],
)
def test_what_is_no_verdict_is_refused_in_words(
    decisions, verdict: Verdict, remark: str, creator: str, why: str
) -> None:
    made(decisions)
    with pytest.raises(DecisionsError, match=why):
        decisions.shares().give_verdict(1, creator, verdict, remark, who=BEN, today=TODAY, now=NOW)
    assert decisions.shares().verdicts(1) == []


def test_an_erased_creator_leaves_shares_and_verdicts(
    decisions: Decisions, tmp_path: Path, decisions_url: str | None
) -> None:
    _both, token = made(decisions, title="plum-otter and others")
    _alone, gone = made(decisions, creators=["plum-otter"])
    for creator, remark in (("plum-otter", "no"), ("ada", "instead of plum-otter")):
        decisions.shares().give_verdict(1, creator, Verdict.REJECTED, remark, who=BEN, today=TODAY, now=NOW)
    found = erase_decisions(
        tmp_path, "plum-otter", lambda text: text.replace("plum-otter", "erased"), with_charters=False,
        url=decisions_url,
    )  # fmt: skip
    after = open_decisions(tmp_path, decisions_url)
    assert found.mentions == ()
    share = after.shares().by_token(token, TODAY)
    assert (share.title, share.creators) == ("erased and others", ("ada",))
    assert after.shares().by_token(gone, TODAY) is None
    assert [(one.creator_id, one.remark) for one in after.shares().verdicts(1)] == [("ada", "instead of erased")]
    assert after.check() == []
    after.close()
