"""Can nobody learn of a partnership that a colleague keeps to themselves: by list, name, search, save or signature?"""

import inspect
from datetime import UTC, date, datetime

import pytest

from data.decisions import Decisions, DecisionsError, PersonsDecisions
from data.decisions.decisions import Decisions as Own
from data.decisions.routed import RoutedDecisions
from data.decisions.schema import digest

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN, BEN = "ann@brand.example", "ben@brand.example"
TEXT = digest("text")


def begin(decisions: Decisions, name: str) -> None:
    """A partnership with some of everything."""
    decisions.save("title", name, f"{name} cooks", version=0, by=None, now=NOW)
    decisions.save("agreement", name, "creator = 'ada'\n", version=0, by=None, now=NOW)
    decisions.note_stage(name, "ada", "shortlisted", None, NOW)
    given = {"text": "text", "sha256": TEXT, "generation": 1, "now": NOW}
    decisions.save_charter(name, creator_id="ada", agreement="a", forecast=None, despite=None, **given)
    decisions.sign(name, side="brand", signer="Ann", sha256=TEXT, generation=1, now=NOW)
    decisions.note_counts(name, lambda _there: [("clicks", None, date(2026, 3, 1), 61.0)], NOW)
    decisions.close_review(name=name, creator_id="ada", content="{}", outcome="both hit", next_time=None, **given)


def all_read(decisions: Decisions, name: str) -> tuple:
    """What every reading method says, of a name and in its lists."""
    return (
        [decisions.draft(kind, name) for kind in ("agreement", "title", "call", "review")],
        [decisions.drafts(kind) for kind in ("agreement", "title")], decisions.history("agreement", name),
        decisions.charter(name), decisions.charter(name, 0), decisions.charters(), decisions.amendments(name),
        decisions.stages(name), decisions.all_stages(), decisions.counts(name), decisions.reviews(),
        decisions.review(1), decisions.is_sample(name),
    )  # fmt: skip


def changes(decisions: Decisions, name: str) -> list:
    """Every method that changes something, by name of the method."""
    given = {"text": "text", "sha256": TEXT, "generation": 1, "now": NOW}
    return [
        lambda: decisions.save("agreement", name, "mine", version=0, by=BEN, now=NOW),
        lambda: decisions.save("agreement", name, "mine", version=1, by=BEN, now=NOW),
        lambda: decisions.remove("agreement", name, 1, NOW),
        lambda: decisions.restore("agreement", name, 1, NOW),
        lambda: decisions.save_charter(name, creator_id="a", agreement="a", forecast=None, despite=None, **given),
        lambda: decisions.sign(name, side="creator", signer="Ben", sha256=TEXT, generation=1, now=NOW),
        lambda: decisions.note_stage(name, "ada", "live", None, NOW),
        lambda: decisions.note_counts(name, lambda _there: [], NOW),
        lambda: decisions.close_review(
            name=name, creator_id="ada", content="{}", outcome="hit", next_time=None, **given
        ),
    ]  # fmt: skip


def test_what_somebody_begins_is_there_for_them_alone(decisions: Decisions) -> None:
    nothing = all_read(PersonsDecisions(decisions, BEN), "kitchen")
    begin(PersonsDecisions(decisions, ANN), "kitchen")
    hers = PersonsDecisions(decisions, ANN)
    assert all_read(hers, "kitchen") == all_read(decisions, "kitchen") != nothing
    assert all_read(PersonsDecisions(decisions, BEN), "kitchen") == nothing


def test_nobody_else_changes_it_or_is_told_of_it_by_a_refusal(decisions: Decisions) -> None:
    begin(PersonsDecisions(decisions, ANN), "kitchen")
    before = all_read(decisions, "kitchen")
    for change in changes(PersonsDecisions(decisions, BEN), "kitchen"):
        with pytest.raises(DecisionsError) as refused:
            change()
        assert str(refused.value) == "There is no partnership called 'kitchen'. It may be gone: reload the page."
        assert "Ann" not in repr(vars(refused.value))
    assert all_read(decisions, "kitchen") == before
    with pytest.raises(DecisionsError, match="is not yours"):
        decisions.owners().show_to_team("kitchen", BEN, True, NOW)


def test_the_team_sees_it_once_its_owner_shows_it_and_no_more_once_not(decisions: Decisions) -> None:
    hers, his = PersonsDecisions(decisions, ANN), PersonsDecisions(decisions, BEN)
    begin(hers, "kitchen")
    decisions.owners().show_to_team("kitchen", ANN, True, NOW)
    assert all_read(his, "kitchen") == all_read(hers, "kitchen")
    assert his.save("agreement", "kitchen", "creator = 'ben'\n", version=1, by=BEN, now=NOW).version == 2
    decisions.owners().show_to_team("kitchen", ANN, False, NOW)
    assert his.draft("agreement", "kitchen") is None
    assert hers.draft("agreement", "kitchen").text == "creator = 'ben'\n"
    assert decisions.check() == []


def test_what_was_begun_without_sign_in_stays_the_teams(decisions: Decisions) -> None:
    begin(decisions, "kitchen")
    hers, his = PersonsDecisions(decisions, ANN), PersonsDecisions(decisions, BEN)
    hers.save("agreement", "kitchen", "creator = 'eve'\n", version=1, by=ANN, now=NOW)
    assert his.draft("agreement", "kitchen").text == "creator = 'eve'\n"
    assert decisions.owners().of("kitchen") is None
    hers.save("shortlist", "spring", "market=DE", version=0, by=ANN, now=NOW)
    assert [view.name for view in his.drafts("shortlist")] == ["spring"]


def test_every_method_is_of_one_person(decisions: Decisions) -> None:
    methods = {name for name, _ in inspect.getmembers(Own, inspect.isfunction) if not name.startswith("_")}
    assert methods - {*vars(PersonsDecisions), *vars(RoutedDecisions)} == set()
