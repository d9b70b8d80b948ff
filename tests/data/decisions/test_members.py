"""Is who has which role kept, changed and given back, in both databases?"""

from datetime import UTC, datetime

import pytest

from data.decisions import Decisions, DecisionsError, SavedMember

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ADA, BEN = "ada@agency.example", "ben@agency.example"


def test_the_newest_role_of_an_address_counts_and_all_before_it_stay(decisions: Decisions) -> None:
    members = decisions.members()
    assert members.newest() == []
    first = members.note(BEN, "viewer", by=ADA, now=NOW)
    assert first == SavedMember(1, BEN, "viewer", ADA, NOW)
    members.note("@brand.example", "viewer", by=None, now=NOW)
    last = members.note(BEN, "admin", by=ADA, now=LATER)
    assert members.newest() == [SavedMember(2, "@brand.example", "viewer", None, NOW), last]
    assert members.of([BEN, "@brand.example", ADA]) == {BEN: "admin", "@brand.example": "viewer"}
    assert members.history() == [first, SavedMember(2, "@brand.example", "viewer", None, NOW), last]


def test_who_is_taken_off_the_list_is_known_to_be_off_it(decisions: Decisions) -> None:
    members = decisions.members()
    members.note(BEN, "marketer", by=ADA, now=NOW)
    members.note(BEN, None, by=ADA, now=LATER)
    assert members.of([BEN]) == {BEN: None}
    assert members.newest() == [SavedMember(2, BEN, None, ADA, LATER)]


def test_the_role_that_somebody_has_already_adds_nothing(decisions: Decisions) -> None:
    members = decisions.members()
    before = members.note(BEN, "marketer", by=ADA, now=NOW)
    assert members.note(BEN, "marketer", by=None, now=LATER) == before
    assert members.history() == [before]


@pytest.mark.parametrize(
    ("email", "role", "words"),
    [
        (BEN, "owner", "'owner' is no role. Choose one of: viewer, marketer, admin."),
        (" ", "admin", "The address is blank."),
        ("a" * 201, "admin", "The address has 201 characters; at most 200 are kept."),
    ],
)
def test_what_is_no_role_or_address_is_refused(decisions: Decisions, email: str, role: str, words: str) -> None:
    with pytest.raises(DecisionsError, match=words):
        decisions.members().note(email, role, by=None, now=NOW)
    assert decisions.members().history() == []
