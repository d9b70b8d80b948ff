"""Do two changes of one agreement both stand where they can, and is it said where they cannot?"""

from dataclasses import replace

import pytest

from fit.agreement.agreement import Agreement, Need, Note
from fit.agreement.merge import Difference, merge_changes

BEGUN = Agreement("ada", (("DE", 1.0),), brand_goal="a", notes=(Note("one"), Note("two")))


def test_changes_of_different_parts_both_stand():
    found = merge_changes(BEGUN, replace(BEGUN, brand_goal="mine"), replace(BEGUN, story="theirs"))
    assert found.together == replace(BEGUN, brand_goal="mine", story="theirs")
    assert found.differences == (
        Difference("brand_goal", 'brand_goal = "mine"\n', 'brand_goal = "a"\n', is_clash=False),
        Difference("story", "", 'story = "theirs"\n', is_clash=False),
    )
    assert not found.has_clash


def test_the_same_change_is_none():
    same = replace(BEGUN, brand_goal="b")
    assert merge_changes(BEGUN, same, same).differences == ()


def test_one_part_changed_twice_is_a_clash_and_mine_is_proposed():
    found = merge_changes(BEGUN, replace(BEGUN, brand_goal="mine"), replace(BEGUN, brand_goal="theirs"))
    assert (found.has_clash, found.together.brand_goal) == (True, "mine")


@pytest.mark.parametrize(
    ("mine", "theirs", "together"),
    [
        (("one", "two", "mine"), ("one", "two", "theirs"), ("one", "two", "theirs", "mine")),
        (("ONE", "two"), ("one", "two", "three"), ("ONE", "two", "three")),
        (("two",), ("one", "two", "three"), ("two", "three")),
        (("one", "two", "three"), ("two",), ("two", "three")),
        (("one", "TWO"), ("ONE", "two"), ("ONE", "TWO")),
    ],
)
def test_a_list_keeps_the_entries_of_both(mine, theirs, together):
    texts = ({"notes": tuple(map(Note, texts))} for texts in (mine, theirs))
    found = merge_changes(BEGUN, *(replace(BEGUN, **given) for given in texts))
    assert (found.has_clash, [note.text for note in found.together.notes]) == (False, list(together))


def test_one_entry_changed_by_both_is_a_clash():
    begun = replace(BEGUN, alignment=(Need("a", "b", 1, None),))
    mine, theirs = (replace(begun, alignment=(Need("a", "b", rating, None),)) for rating in (4, 5))
    found = merge_changes(begun, mine, theirs)
    assert (found.has_clash, found.together.alignment[0].brand_rating) == (True, 4)
