"""Is everything kept that two people typed into one review at the same time?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.review.closing import LONGEST_NOTE, ReviewDraft
from fit.review.merge import Clash, merge_drafts

BEGUN = ReviewDraft({"clicks": 1.0, "reach": 2.0}, {"a": True}, "begun", "", "again")
DRAFTS = st.builds(
    ReviewDraft,
    st.dictionaries(st.sampled_from(("clicks", "reach", "saves")), st.sampled_from((1.0, 2.0))),
    st.dictionaries(st.sampled_from("ab"), st.booleans()),
    *[st.sampled_from(("", "one", "two", "three"))] * 3,
)


def test_fields_that_only_one_touched_have_that_change():
    mine = ReviewDraft({"clicks": 5.0, "reach": 2.0}, {"a": True}, "begun", "mine", "again")
    theirs = ReviewDraft({"clicks": 1.0}, {"a": True, "b": False}, "theirs", "", "again")
    merged = merge_drafts(BEGUN, mine, theirs)
    assert merged.together == ReviewDraft({"clicks": 5.0}, {"a": True, "b": False}, "theirs", "mine", "again")
    assert (merged.clashes, merged.joined) == ((), ())


def test_a_field_that_both_changed_keeps_theirs_until_mine_is_chosen():
    mine = ReviewDraft({"reach": 2.0}, {"a": False}, "begun", "", "mine")
    theirs = ReviewDraft({"clicks": 9.0, "reach": 2.0}, {}, "begun", "", "theirs")
    merged = merge_drafts(BEGUN, mine, theirs)
    assert merged.together == theirs
    assert merged.clashes == (
        Clash("actuals", "clicks", None, 9.0),
        Clash("kept", "a", False, None),
        Clash("next_time", "", "mine", "theirs"),
    )  # fmt: skip
    chosen = merged.together
    for clash in merged.clashes:
        chosen = clash.settled(chosen)
    assert chosen == mine


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("begun. mine", "begun. theirs", "begun. theirs\n\n. mine"),
        ("mine", "theirs", "theirs\n\nmine"),
        ("", "theirs", "theirs"),
        ("mine", "", "mine"),
    ],
)
def test_notes_that_both_wrote_are_both_kept(mine, theirs, both):
    merged = merge_drafts(BEGUN, ReviewDraft(notes=mine), ReviewDraft(notes=theirs))
    assert (merged.together.notes, merged.joined) == (both, ("notes",))


def test_notes_too_long_to_stand_together_wait_for_a_choice():
    long = "x" * (LONGEST_NOTE - 3)
    merged = merge_drafts(ReviewDraft(), ReviewDraft(notes="mine"), ReviewDraft(notes=long))
    assert (merged.together.notes, merged.clashes) == (long, (Clash("notes", "", "mine", long),))
    fits = merge_drafts(ReviewDraft(), ReviewDraft(notes="m"), ReviewDraft(notes=long))
    assert fits.together.notes == f"{long}\n\nm"


@given(DRAFTS, DRAFTS, DRAFTS)
def test_no_change_of_either_side_is_lost(begun, mine, theirs):
    """Each change of mine is in the merged draft or among the clashes; each of theirs is in it."""
    merged = merge_drafts(begun, mine, theirs)
    clashing = {(clash.part, clash.key) for clash in merged.clashes}
    for part in ("actuals", "kept"):
        before, my_part, their_part, both = (getattr(one, part) for one in (begun, mine, theirs, merged.together))
        for key in {*before, *my_part, *their_part}:
            if their_part.get(key) != before.get(key):
                assert both.get(key) == their_part.get(key)
            if my_part.get(key) != before.get(key):
                assert both.get(key) == my_part.get(key) or (part, key) in clashing
    for part in ("notes", "outcome", "next_time"):
        before, my_text, their_text, both = (getattr(one, part) for one in (begun, mine, theirs, merged.together))
        if their_text != before:
            assert their_text in both
        if my_text != before:
            assert my_text.removeprefix(before) in both or (part, "") in clashing


@given(DRAFTS, DRAFTS)
def test_one_side_alone_changes_all_that_it_wants(begun, changed):
    assert merge_drafts(begun, changed, begun).together == changed
    assert merge_drafts(begun, begun, changed).together == changed
