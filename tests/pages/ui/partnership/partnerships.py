"""Prepare tests of partnership pages: decisions of their own beside the demo, and two invented agreements."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.decisions.decisions import Decisions, open_decisions
from fit.agreement.agreement import (
    Adjustment,
    Agreement,
    Answer,
    Deliverable,
    Insight,
    MetricLine,
    Need,
    Note,
    RedLine,
    Task,
)
from fit.agreement.answer_sheet import QUESTIONS
from fit.agreement.file import read_agreement, write_agreement
from pages.ui import opened_decisions
from tests.pages.driver import opened

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CODES = frozenset({"DE", "AT"})
PAGES = ("brief", "goal_conversation", "goal_alignment", "partnership_charter")
HOSTILE = "![p](http://x/a.png) <img src=x onerror=alert(1)> $x$ :red[TOP] www.evil.example"
SMALL = Agreement("demo-003", (("DE", 60.0), ("AT", 40.0)), deliverables=(Deliverable("video"),))
LINES = (
    MetricLine("engagement_rate", "creator", matters_to=("creator", "brand")),
    MetricLine("clicks", "brand", 100.0, matters_to=("brand",)),
    MetricLine("conversions", "brand", matters_to=("brand",)),
)
WHOLE = replace(
    SMALL,
    brand_goal="sell drawers",
    partnership_goal="people see how the drawer works",
    start=date(2026, 4, 1),
    end=date(2026, 5, 1),
    cost=900.0,
    currency="EUR",
    present=("brand", "creator"),
    metrics=LINES,
    alignment=(Need("sales in Germany", "keep it authentic", 4, 4), Need("understanding", "interest", 5, 3)),
    red_lines=(RedLine("creator", "no scripted captions"),),
    commitments=(Task("brand", "promotes the post", date(2026, 4, 3)),),
    insights=(Insight("researches before buying", "comments"),),
    trade_offs=("reach, not cost per click",),
    notes=(Note("moved by a week", "business context"),),
    decisions=(Task("brand", "sends samples"),),
    adjustment=Adjustment("half of the clicks after 7 days", "account lead", 3),
)
COMPLETE = replace(  # what both would sign
    WHOLE,
    brand_name="Sparrow Kitchens",
    brand_contact="Lena Voss",
    platform="youtube",
    commitments=(*WHOLE.commitments, Task("creator", "answers comments", date(2026, 4, 10))),
    answers=(Answer("brand", QUESTIONS[0], "they ask for it"), Answer("creator", QUESTIONS[0], "they thank me")),
)


@contextmanager
def decisions_beside(store: Path, empty: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Decisions]:
    """Point the app at a store that other tests have warmed, and at decisions of its own in an empty folder."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(store))
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", f"sqlite:///{empty / 'decisions.sqlite'}")
    with closing(open_decisions(store)) as decisions:
        yield decisions
    opened_decisions._opened.clear()


@pytest.fixture
def kept(demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Decisions]:
    """Decisions beside the demo's facts, which no other test sees."""
    with decisions_beside(demo_store, tmp_path, monkeypatch) as decisions:
        yield decisions


@pytest.fixture
def desk(kept: Decisions) -> Callable[..., AppTest]:
    """Lay an agreement on the desk as "kitchen" and open a page with it."""

    def lay(agreement: Agreement, page: str, **link: str) -> AppTest:
        kept.save("agreement", "kitchen", write_agreement(agreement), version=0, by=None, now=NOW)
        return opened(page, market="DE-60_AT-40", paper="kitchen", **link)

    return lay


def on_paper(kept: Decisions, name: str = "kitchen") -> Agreement:
    """What the newest version says."""
    return read_agreement(kept.draft("agreement", name).text, CODES)[0]


def texts(app: AppTest) -> list[str]:
    """Every text that reaches markdown, cells of tables among them."""
    sinks = (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.error)
    return [str(e.value) for e in sinks] + [str(c) for table in app.table for c in table.value.to_numpy().ravel()]
