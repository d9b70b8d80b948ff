"""Does one press on Plan start a brief for every booked creator, once, and can it be taken back?"""

from datetime import UTC, datetime

import pytest

from fit.agreement import Deliverable, read_agreement
from tests.pages.driver import opened, troubles
from tests.pages.ui.partnership.partnerships import kept as kept  # a fixture

CODES = frozenset({"DE"})


@pytest.mark.thorough
def test_every_booked_creator_has_a_draft_with_its_line_and_price(kept):
    app = opened("plan", market="DE-1", budget="1500", most="3")
    table = app.dataframe[0].value
    app.button(key="plan_start_briefs").click().run()
    assert troubles(app) == []
    drafts = {draft.name: read_agreement(draft.text, CODES)[0] for draft in kept.drafts("agreement")}
    assert sorted(drafts) == sorted(f"{name} in Germany" for name in table["creator"])
    for name, line, cost in zip(table["creator"], table["deliverable"], table["cost"], strict=True):
        draft = drafts[f"{name} in Germany"]
        count, kind = line.split(" x ")
        assert (draft.markets, draft.goal, draft.deliverables) == (
            (("DE", 1.0),), "conversion", (Deliverable(kind, int(count)),),
        )  # fmt: skip
        assert (draft.cost, draft.currency) == (cost, "EUR")
        assert len(draft.metrics) == 3


@pytest.mark.thorough
def test_a_second_press_says_that_they_exist_and_starts_none(kept):
    app = opened("plan", market="DE-1", budget="1500", most="3")
    app.button(key="plan_start_briefs").click().run()
    before = kept.drafts("agreement")
    app.button(key="plan_start_briefs").click().run()
    assert kept.drafts("agreement") == before
    assert "These exist already, and nothing was changed:" in [text.value for text in app.markdown]
    assert [button for button in app.button if button.key == "plan_undo_briefs"] == []


@pytest.mark.thorough
def test_undo_takes_the_new_ones_back_and_they_can_be_started_again(kept):
    app = opened("plan", market="DE-1", budget="1500", most="3")
    app.button(key="plan_start_briefs").click().run()
    names = [draft.name for draft in kept.drafts("agreement")]
    app.button(key="plan_undo_briefs").click().run()
    assert kept.drafts("agreement") == []
    overview = opened("partnerships")
    assert troubles(overview) == []
    assert not any(name in box.options for name in names for box in overview.selectbox)
    assert [box.label for box in overview.expander if box.label == "Archived"] == ["Archived"]
    app.button(key="plan_start_briefs").click().run()
    assert [draft.name for draft in kept.drafts("agreement")] == names


def test_a_draft_that_somebody_has_changed_is_not_taken_back(kept):
    app = opened("plan", market="DE-1", budget="1500", most="3")
    app.button(key="plan_start_briefs").click().run()
    first = kept.drafts("agreement")[0]
    kept.save(
        "agreement", first.name, first.text + "\n", version=first.version, by=None, now=datetime(2026, 3, 2, tzinfo=UTC)
    )
    app.button(key="plan_undo_briefs").click().run()
    assert [draft.name for draft in kept.drafts("agreement")] == [first.name]
    assert any("Changed since" in warning.value for warning in app.warning)
