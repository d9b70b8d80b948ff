"""Take the needs of both sides over from what they answered, so that nobody types them again for the matrix."""

from dataclasses import replace
from itertools import zip_longest

from fit.agreement import FEELS_GOOD, SUCCESS, Agreement, Need, Side, answer_of, single_wishes

OF_NEEDS = (SUCCESS, FEELS_GOOD)  # questions whose answers name what a side needs


def needs_of(agreement: Agreement, side: Side) -> list[str]:
    """What a side says that it needs, a line each; none twice."""
    texts = (line for question in OF_NEEDS for line in single_wishes(answer_of(agreement, side, question)))
    return list(dict.fromkeys(texts))


def new_needs(agreement: Agreement) -> tuple[Need, ...]:
    """Pairs of needs in the order in which they were answered, those left out that stand in the matrix already.

    Where one side named fewer, its last need stands beside the rest. None while a side has named nothing.
    """
    brand, creator = (needs_of(agreement, side) for side in (Side.BRAND, Side.CREATOR))
    if not brand or not creator:
        return ()
    there = {(need.brand_need, need.creator_need) for need in agreement.alignment}
    named = {text for pair in there for text in pair}
    pairs = [(ours or brand[-1], theirs or creator[-1]) for ours, theirs in zip_longest(brand, creator)]
    return tuple(Need(*pair) for pair in pairs if pair not in there and not set(pair) <= named)


def with_needs(agreement: Agreement) -> Agreement:
    """The agreement with those pairs in its matrix."""
    return replace(agreement, alignment=(*agreement.alignment, *new_needs(agreement)))
