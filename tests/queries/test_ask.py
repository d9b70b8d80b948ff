"""Does a generation answer from what it has answered before, and from nothing else?"""

import polars as pl
import pytest

from data.store import Generation
from queries.ask import ask, asker


def test_an_answer_about_some_creators_is_kept_and_is_the_answer(open_demo: Generation) -> None:
    asked = asker(open_demo.connection)
    first = asked("strengths", creators=["demo-001"])
    assert first.equals(ask(open_demo.connection, "strengths", creators=["demo-001"]))
    assert asked("strengths", creators=["demo-001"]) is first


def test_answers_are_kept_apart_by_question_and_creators(open_demo: Generation) -> None:
    asked = asker(open_demo.connection)
    one, other = (asked("strengths", creators=[creator]) for creator in ("demo-001", "demo-002"))
    assert (set(one["creator_id"]), set(other["creator_id"])) == ({"demo-001"}, {"demo-002"})
    assert asked("natural_roles", creators=["demo-001"]).columns != one.columns


def test_what_was_asked_longest_ago_is_asked_again(open_demo: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.ask.MOST_KEPT_OF_SOME", 3)
    asked = asker(open_demo.connection)
    first = asked("price_rates", creators=["demo-001"])
    for number in range(3):
        asked("price_rates", creators=[f"nobody-{number}"])
    again = asked("price_rates", creators=["demo-001"])
    assert again is not first
    assert again.equals(first)


def test_all_creators_are_never_kept(open_demo: Generation) -> None:
    asked = asker(open_demo.connection)
    assert isinstance(asked("strengths", creators=None), pl.DataFrame)
    assert asked("strengths", creators=None) is not asked("strengths", creators=None)
