"""Is the reason for each left-out line the one that holds?"""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from fit.plan import PlanLine, PlanRefused, PlanRequest
from fit.plan.candidates import ELSEWHERE, NO_PRICE
from fit.plan.explain import reasons
from fit.plan.limits import best_set, question_of


def line(creator_id: str, cost: float | None, value: float, brief: int | None = None) -> PlanLine:
    """A line in one market."""
    cents = None if cost is None else round(100 * cost)
    problem = NO_PRICE if cost is None else None
    return PlanLine(
        creator_id, creator_id, brief, "post", 1, cents, "asking price", value, value, (), False, False, problem,
        price=cost,
    )  # fmt: skip


def reason_of(creator_id: str, lines: list[PlanLine], asked: PlanRequest) -> str:
    """Why one creator was left out of the plan of a request."""
    field = SimpleNamespace(lines=tuple(lines), currency="EUR", goal="conversion", counted_in=())
    question = question_of(field, asked)
    found = reasons(field, asked, question, best_set(question, field, asked))
    return next(reason for at, reason in found.items() if lines[at].creator_id == creator_id).replace("\xa0", " ")


FIELD = [line("a", 100, 20), line("b", 100, 10), line("c", 300, 50), line("d", None, 9), line("e", 900, 500)]


@pytest.mark.parametrize(
    ("creator_id", "asked", "reason"),
    [
        ("a", PlanRequest(400, without=("a",)), "excluded"),
        ("d", PlanRequest(400), NO_PRICE),
        ("e", PlanRequest(400), "would cost more than the whole budget"),
        ("c", PlanRequest(400, most_for_one=0.5), "more than 50 % of the budget for one creator"),
        ("b", PlanRequest(450), "brings 100 purchases per 1,000 EUR; c, who is booked, brings 167"),
        ("b", PlanRequest(500, most=2), "brings less than a, and 2 creators may be booked"),
    ],
)
def test_the_reason_names_what_decided(creator_id: str, asked: PlanRequest, reason: str) -> None:
    assert reason_of(creator_id, FIELD, asked) == reason


def test_what_is_left_is_too_little_for_a_better_but_small_line() -> None:
    lines = [line("a", 100, 20), line("g", 150, 29)]
    reason = "would cost more than what is left (30 EUR), and making room for it brings less"
    assert reason_of("a", lines, PlanRequest(180)) == reason


def test_another_line_of_a_booked_creator_says_so() -> None:
    lines = [line("a", 100, 20, 0), line("a", 50, 5, 1)]
    assert reason_of("a", lines, PlanRequest(1_000)) == "another line of this creator is booked"


def test_a_plan_may_leave_out_whose_audience_lives_elsewhere_unless_it_must_book_them() -> None:
    """The one elsewhere would bring most for its price."""
    lines = [line("a", 100, 20), replace(line("z", 100, 90), is_elsewhere=True)]
    near = PlanRequest(100, leaves_out_elsewhere=True)
    assert reason_of("z", lines, near) == ELSEWHERE
    assert reason_of("a", lines, PlanRequest(100)).startswith("brings 200 purchases per 1,000 EUR; z, who is booked")
    assert reason_of("a", lines, replace(near, must=("z",))).startswith("would cost more than what is left")
    with pytest.raises(PlanRefused, match=rf"^No candidate can be planned: {ELSEWHERE}\.$"):
        reason_of("z", lines[1:], near)
