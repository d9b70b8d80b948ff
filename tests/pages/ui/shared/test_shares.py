"""Does a link show what was shared, to whom it may, for as long as it may, and nothing of what is hidden?"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.decisions import PersonsDecisions, Verdict, open_decisions
from tests.pages.driver import troubles
from tests.pages.team import MARKETER, OTHER_ADMIN, VIEWER, note, page_for

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LINK = {"market": "DE-60_AT-40", "goal": "conversion", "deliverable": "post-1", "cost": "7919-EUR"}
PRICE = re.compile(r"7[.,]?9(19|20)|15[.,]?8[03]")  # the odd price, rounded, and twice it
NOTHING = "This link shows nothing"
SHOWN = ("demo-001", "demo-040")


def shared(store: Path, **other) -> tuple[int, str]:
    """Number and secret of a link that a marketer made."""
    decisions = open_decisions(store)
    given = {
        "made_by": MARKETER, "title": "Sales in Germany", "link": LINK, "creators": SHOWN, "hides_prices": True,
        "may_download": False, "generation": 1, "last_day": date.today() + timedelta(30), "named": [], "now": NOW,
    }  # fmt: skip
    share, token = decisions.shares().make(**(given | other))
    decisions.close()
    return share.share_id, token


def take_back(store: Path, share_id: int) -> None:
    decisions = open_decisions(store)
    decisions.shares().take_back(share_id, MARKETER, NOW)
    decisions.close()


def plain_text(markdown: str) -> str:
    """A text as it is read, without what keeps it literal."""
    return markdown.replace("\\", "").replace("\u2060", "")


def said(app: AppTest) -> str:
    """All sentences of a page, as they are read."""
    return plain_text("\n".join(one.value for one in (*app.title, *app.header, *app.markdown, *app.caption)))


def everything(app: AppTest) -> str:
    """All that a page sends, as text: its whole tree, whatever a reader sees of it."""
    return str(app._tree.root) + "".join(str(one.proto) for one in (*app.get("html"), *app.get("markdown")))


@pytest.mark.thorough
@pytest.mark.parametrize("who", [VIEWER, MARKETER, OTHER_ADMIN])
def test_a_link_shows_its_slides_without_prices_and_without_the_rest(team_store: Path, who: str) -> None:
    _number, token = shared(team_store)
    app = page_for(who, "shared", share=token)
    assert troubles(app) == []
    assert app.title[0].value == "Shared with me"
    texts = everything(app)
    assert "Book" in texts or "Test" in texts
    assert PRICE.search(texts) is None
    assert app.get("download_button") == []


def test_prices_are_there_where_they_are_not_hidden(team_store: Path) -> None:
    _number, token = shared(team_store, hides_prices=False)
    assert PRICE.search(everything(page_for(VIEWER, "shared", share=token)))


@pytest.mark.thorough
@pytest.mark.parametrize("field", ["s", "cost", "market", "show", "slide", "notes", "present", "paper", "creator"])
def test_no_other_field_of_the_address_changes_what_is_shown(team_store: Path, field: str) -> None:
    _number, token = shared(team_store)
    values = {
        "s": "demo~1005", "cost": "5-EUR", "market": "FR-1", "show": "risks", "slide": "3", "notes": "1",
        "present": "1", "paper": "x", "creator": "demo-009",
    }  # fmt: skip
    plain, other = (page_for(VIEWER, "shared", share=token, **more) for more in ({}, {field: values[field]}))
    assert said(plain) == said(other)
    assert [one.proto.body for one in plain.get("html")] == [one.proto.body for one in other.get("html")]


def test_unknown_ended_and_taken_back_links_get_one_answer(team_store: Path) -> None:
    ended = shared(team_store, last_day=date.today() - timedelta(1))[1]
    number, back = shared(team_store)
    take_back(team_store, number)
    answers = {said(page_for(VIEWER, "shared", share=token)) for token in (ended, back, "x" * 32, "'; drop table", "é")}
    assert len(answers) == 1
    assert NOTHING in answers.pop()


@pytest.mark.thorough
def test_a_link_that_is_taken_back_shows_nothing_in_a_window_that_is_open(team_store: Path) -> None:
    number, token = shared(team_store, may_download=True)
    app = page_for(VIEWER, "shared", share=token)
    assert len(app.get("download_button")) == 4
    take_back(team_store, number)
    assert NOTHING in said(app.run())
    assert app.get("html") == [] or "demo" not in everything(app)


@pytest.mark.thorough
def test_whoever_opened_it_or_was_named_finds_it_in_their_list_and_others_do_not(team_store: Path) -> None:
    number, token = shared(team_store)
    named, _token = shared(team_store, named=[VIEWER])
    assert [b.label for b in page_for(VIEWER, "shared").button if b.key.startswith("shared_open")] == ["Open"]
    page_for(VIEWER, "shared", share=token)
    app = page_for(VIEWER, "shared")
    keys = [button.key for button in app.button if button.key.startswith("shared_open")]
    assert keys == [f"shared_open_{named}", f"shared_open_{number}"]
    opened = app.button(key=keys[1]).click().run()
    assert "Sales in Germany" in everything(opened) or "Sales" in said(opened)
    note(team_store, {"fay@brand.example": "viewer"})
    assert "Nothing was shared with you yet" in said(page_for("fay@brand.example", "shared"))
    take_back(team_store, number)
    assert NOTHING in said(opened.run())


@pytest.mark.thorough
def test_verdicts_are_kept_with_name_and_reason_and_the_newest_counts(team_store: Path) -> None:
    number, token = shared(team_store)
    app = page_for(VIEWER, "shared", share=token)
    form = f"{number}_demo-001"
    app.radio(key=f"verdict_{form}").set_value(Verdict.REJECTED)
    save = next(button for button in app.button if button.label == "Save")
    app = save.click().run()
    assert "A rejection needs its reason" in said(app) + "".join(one.value for one in app.warning)
    app.text_area(key=f"remark_{form}").set_value("![p](http://x/a.png) **no**")
    app.radio(key=f"verdict_{form}").set_value(Verdict.REJECTED)
    app = next(button for button in app.button if button.label == "Save").click().run()
    assert "0 accepted, 1 rejected" in said(app)
    assert "![p](http://x/a.png) **no**" in [one.value for one in app.text]
    app.radio(key=f"verdict_{form}").set_value(Verdict.ACCEPTED)
    app = next(button for button in app.button if button.label == "Save").click().run()
    assert "1 accepted, 0 rejected" in said(app)
    assert "changed since" in said(app)
    decisions = open_decisions(team_store)
    assert [(one.creator_id, one.verdict, one.who) for one in decisions.shares().verdicts(number)] == [
        ("demo-001", Verdict.REJECTED, VIEWER), ("demo-001", Verdict.ACCEPTED, VIEWER),
    ]  # fmt: skip
    assert decisions.check() == []
    decisions.close()


@pytest.mark.thorough
def test_a_marketer_makes_a_link_reads_what_was_said_and_takes_it_back(team_store: Path) -> None:
    app = page_for(MARKETER, "present", s="demo~1001-demo~1040", market="DE-60_AT-40", cost="7919-EUR")
    assert troubles(app) == []
    app = next(button for button in app.button if button.label == "Make a link").click().run()
    (address,) = [one.value for one in app.code]
    token = address.split("share=")[1]
    decisions = open_decisions(team_store)
    (share,) = decisions.shares().made_by(MARKETER)
    assert (share.creators, share.hides_prices, share.may_download) == (SHOWN, True, False)
    assert token not in "".join(map(str, decisions.activity().newest())) + str(share)
    assert token.encode() not in (team_store / "decisions.sqlite").read_bytes()
    decisions.close()
    app = app.button(key="share_done").click().run()
    assert list(app.code) == []
    viewer = page_for(VIEWER, "shared", share=token)
    assert PRICE.search(everything(viewer)) is None
    app = app.button(key=f"share_back_{share.share_id}").click().run()
    assert "taken back" in said(app)
    assert NOTHING in said(viewer.run())


@pytest.mark.thorough
def test_a_wrong_address_is_said_and_no_link_is_made(team_store: Path) -> None:
    app = page_for(MARKETER, "present", s="demo~1001")
    app.text_input(key="share_named").set_value("nobody")
    app = next(button for button in app.button if button.label == "Make a link").click().run()
    assert "is no e-mail address" in plain_text("".join(one.value for one in app.warning))
    assert list(app.code) == []


def test_without_sign_in_nothing_is_shared(demo_store: Path, in_store: Callable) -> None:
    from tests.pages.driver import opened

    in_store(demo_store)
    app = opened("present", s="demo~1001")
    assert "Share" not in [header.value for header in app.header]


@pytest.mark.thorough
def test_a_viewer_reaches_no_draft_by_an_address(team_store: Path) -> None:
    decisions = open_decisions(team_store)
    hers = PersonsDecisions(decisions, MARKETER)
    hers.save("agreement", "secret-kitchen", "creator = 'demo-001'\n", version=0, by=MARKETER, now=NOW)
    decisions.close()
    for page in ("brief", "partnerships", "goal_conversation", "partnership_charter", "campaign_review", "shared"):
        for who in (VIEWER,) if page != "partnerships" else (VIEWER, OTHER_ADMIN):
            assert "secret" not in everything(page_for(who, page, paper="x"))
    theirs = page_for(OTHER_ADMIN, "brief", paper="secret-kitchen")
    unknown = page_for(OTHER_ADMIN, "brief", paper="no-such-thing")
    assert said(theirs).replace("secret-kitchen", "?") == said(unknown).replace("no-such-thing", "?")
