"""Are the needs of the matrix taken over from both sides' answers, each once?"""

from dataclasses import replace

from fit.agreement.agreement import Agreement, Need, Side
from fit.agreement.answer_sheet import FEELS_GOOD, SUCCESS, with_answer
from fit.conversation.needs import new_needs, with_needs

EMPTY = Agreement("ada", (("DE", 1.0),))


def answered(brand: str, creator: str, feels_good: str = "") -> Agreement:
    agreement = with_answer(with_answer(EMPTY, Side.BRAND, SUCCESS, brand), Side.CREATOR, SUCCESS, creator)
    return with_answer(agreement, Side.CREATOR, FEELS_GOOD, feels_good)


def test_needs_are_paired_in_their_order_and_taken_over_once():
    agreement = answered("- sales in Germany\n- fewer returns", "they ask where to buy it", "no rush\nno script")
    pairs = (
        Need("sales in Germany", "they ask where to buy it"),
        Need("fewer returns", "no rush"),
        Need("fewer returns", "no script"),
    )
    assert new_needs(agreement) == pairs
    taken = with_needs(agreement)
    assert (taken.alignment, new_needs(taken), with_needs(taken)) == (pairs, (), taken)


def test_pairs_that_people_put_together_otherwise_are_left_alone():
    agreement = replace(answered("a\nb", "x\ny"), alignment=(Need("a", "y", 4, 4), Need("b", "x", 5, 5)))
    assert new_needs(agreement) == ()


def test_without_an_answer_of_both_there_is_nothing_to_pair():
    assert (new_needs(answered("a", "")), with_needs(EMPTY)) == ((), EMPTY)
