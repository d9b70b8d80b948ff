"""Do two changes of one agreement both stand where they can, and is it said where they cannot?"""

from dataclasses import replace

import pytest

from fit.agreement.agreement import Adjustment, Agreement, MetricLine, Need, Note, Party, Side
from fit.agreement.answer_sheet import QUESTIONS, with_answer
from fit.agreement.merge import Clash, merge_changes, settle

BEGUN = Agreement("ada", (("DE", 1.0),), brand_goal="a", notes=(Note("one"), Note("two")))


def test_changes_of_different_parts_both_stand():
    found = merge_changes(BEGUN, replace(BEGUN, brand_goal="mine"), replace(BEGUN, story="theirs"))
    assert (found.together, found.clashes) == (replace(BEGUN, brand_goal="mine", story="theirs"), ())


def test_the_same_change_is_none():
    same = replace(BEGUN, brand_goal="b")
    found = merge_changes(BEGUN, same, same)
    assert (found.together, found.clashes) == (same, ())


def test_one_part_changed_twice_is_a_clash_where_theirs_stands_until_one_is_chosen():
    found = merge_changes(BEGUN, replace(BEGUN, brand_goal="mine", cost=1.0), replace(BEGUN, brand_goal="theirs"))
    clash = Clash("brand_goal", None, "mine", "theirs")
    assert (found.together, found.clashes) == (replace(BEGUN, brand_goal="theirs", cost=1.0), (clash,))
    later = replace(found.together, story="later")
    assert settle(later, clash, "mine") == replace(later, brand_goal="mine")
    assert settle(later, clash, "theirs") == later


@pytest.mark.parametrize(
    ("mine", "theirs", "together"),
    [
        (("one", "two", "mine"), ("one", "two", "theirs"), ("one", "two", "theirs", "mine")),
        (("one", "two", "same"), ("one", "two", "same"), ("one", "two", "same")),
        (("ONE", "two"), ("one", "two", "three"), ("ONE", "two", "three")),
        (("two",), ("one", "two", "three"), ("two", "three")),
        (("one", "two", "three"), ("two",), ("two", "three")),
        (("one", "TWO"), ("ONE", "two"), ("ONE", "TWO")),
        ((), ("one", "two", "three"), ("three",)),
    ],
)
def test_a_list_keeps_the_entries_of_both(mine, theirs, together):
    texts = ({"notes": tuple(map(Note, texts))} for texts in (mine, theirs))
    found = merge_changes(BEGUN, *(replace(BEGUN, **given) for given in texts))
    assert (found.clashes, [note.text for note in found.together.notes]) == ((), list(together))


def test_different_fields_of_one_entry_both_stand():
    line = MetricLine("clicks", Side.BRAND, 100.0, matters_to=(Side.BRAND,))
    begun = replace(BEGUN, metrics=(line,), alignment=(Need("a", "b"),))
    mine = replace(
        begun, metrics=(replace(line, target=200.0, matters_to=()),), alignment=(Need("a", "b", brand_rating=4),)
    )
    theirs = replace(
        begun, metrics=(replace(line, matters_to=(Side.CREATOR, Side.BRAND)),),
        alignment=(Need("a", "b", creator_rating=5),),
    )  # fmt: skip
    found = merge_changes(begun, mine, theirs)
    assert (found.clashes, found.together.alignment) == ((), (Need("a", "b", 4, 5),))
    assert found.together.metrics == (replace(line, target=200.0, matters_to=(Side.CREATOR,)),)


def test_one_field_of_an_entry_changed_by_both_is_a_clash_of_that_field_alone():
    begun = replace(BEGUN, alignment=(Need("a", "b", 1, None),))
    mine = replace(begun, alignment=(Need("a", "b", 4, 2),))
    theirs = replace(begun, alignment=(Need("a", "b", 5, None), Need("c", "d", 5, 5)))
    found = merge_changes(begun, mine, theirs)
    clash = Clash("alignment", "brand_rating", Need("a", "b", 4, 2), Need("a", "b", 5, 2))
    assert (found.together.alignment, found.clashes) == ((Need("a", "b", 5, 2), Need("c", "d", 5, 5)), (clash,))
    moved = replace(found.together, alignment=(Need("c", "d", 5, 5), Need("a", "b", 5, 3)))
    assert settle(moved, clash, clash.mine).alignment == (Need("c", "d", 5, 5), Need("a", "b", 4, 3))


def test_an_entry_taken_out_by_one_and_changed_by_the_other_is_a_clash():
    mine, theirs = replace(BEGUN, notes=(Note("ONE"), Note("two"))), replace(BEGUN, notes=(Note("two"),))
    found = merge_changes(BEGUN, mine, theirs)
    clash = Clash("notes", None, Note("ONE"), None)
    assert (found.together.notes, found.clashes) == ((Note("two"),), (clash,))
    assert settle(found.together, clash, Note("ONE")).notes == (Note("two"), Note("ONE"))
    other_way = merge_changes(BEGUN, theirs, mine)
    assert other_way.clashes == (Clash("notes", None, None, Note("ONE")),)
    assert settle(other_way.together, other_way.clashes[0], None).notes == (Note("two"),)


def test_answers_go_by_side_and_question():
    mine = with_answer(with_answer(BEGUN, Side.CREATOR, QUESTIONS[0], "mine"), Side.CREATOR, QUESTIONS[1], "also mine")
    theirs = with_answer(with_answer(BEGUN, Side.BRAND, QUESTIONS[0], "b"), Side.CREATOR, QUESTIONS[0], "theirs")
    found = merge_changes(BEGUN, mine, theirs)
    assert {(one.side, one.text) for one in found.together.answers} == {
        ("brand", "b"), ("creator", "theirs"), ("creator", "also mine"),
    }  # fmt: skip
    (clash,) = found.clashes
    assert (clash.shown(clash.mine), clash.shown(clash.theirs)) == ("mine", "theirs")
    assert "mine" in {one.text for one in settle(found.together, clash, clash.mine).answers}


def test_who_is_present_and_the_protocol_merge_field_by_field():
    begun = replace(BEGUN, present=(Party.NEUTRAL,), adjustment=Adjustment("half"))
    mine = replace(begun, present=(Party.CREATOR, Party.NEUTRAL), adjustment=Adjustment("half", "Ben"))
    theirs = replace(begun, present=(Party.BRAND,), adjustment=Adjustment("a third", "", 3))
    found = merge_changes(begun, mine, theirs)
    assert (found.together.present, found.clashes) == ((Party.BRAND, Party.CREATOR), ())
    assert found.together.adjustment == Adjustment("a third", "Ben", 3)
