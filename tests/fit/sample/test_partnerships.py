"""Do the sample partnerships show every stage, and is their track record what forecasts are worth?"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from data import store
from data.decisions import Decisions, open_decisions
from fit.agreement import align, partnerships_progress, read_agreement
from fit.agreement.agreement import Agreement
from fit.charter import signature_status
from fit.pace import counts_of_charter, running, signed_text
from fit.refresh import build_demo
from fit.review import compute_track_record, past_forecasts
from fit.sample import partnerships
from tests.conftest import DEMO_NOW

pytestmark = pytest.mark.thorough

KNOWN = frozenset({"DE", "AT"})


@pytest.fixture(scope="module")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    build_demo(folder, now=DEMO_NOW)
    return folder


@pytest.fixture(scope="module")
def sample(sample_store: Path) -> Iterator[Decisions]:
    with closing(open_decisions(sample_store)) as decisions:
        yield decisions


def progress(sample: Decisions) -> list:
    texts = {charter.name: sample.amendments(charter.name) for charter in sample.charters()}
    return partnerships_progress(sample.all_stages(), texts, sample.is_sample)


def agreements(sample: Decisions) -> dict[str, Agreement]:
    return {draft.name: read_agreement(draft.text, KNOWN)[0] for draft in sample.drafts("agreement")}


def test_a_dozen_stands_at_every_stage_beside_earlier_reviews(sample: Decisions) -> None:
    found = progress(sample)
    assert Counter(str(one.stage) for one in found) == {
        "shortlisted": 2, "called": 1, "aligned": 1, "charter drafted": 2, "signed": 1, "live": 2, "reviewed": 25,
        "stopped": 2,
    }  # fmt: skip
    assert all(one.is_sample for one in found)
    assert [one.count_amendments for one in found if one.count_amendments] == [1]
    assert Counter(signature_status(charter) for charter in sample.charters()) == {
        "signed by both": 29, "signed by the brand": 1, "not signed": 1,
    }  # fmt: skip


def test_running_campaigns_have_counts_that_fit_their_charter(sample: Decisions) -> None:
    live = [one.name for one in progress(sample) if one.stage == "live"]
    for name in live:
        agreement, _notes = read_agreement(signed_text(sample.amendments(name)).agreement, KNOWN)
        counts = counts_of_charter(sample, name)
        one = running(signed_text(sample.amendments(name)), agreement, counts, DEMO_NOW.date())
        assert one is not None
        assert one.pace.lines[0].metric == "thoughtful_replies_48h"
        assert one.pace.lines[0].so_far is not None
        assert {count.day for count in counts} <= {agreement.start + timedelta(days=day) for day in range(14)}
        assert max(count.day for count in counts) <= DEMO_NOW.date()
    assert sample.check() == []


def test_nothing_happens_after_today(sample: Decisions) -> None:
    assert max(note.at for note in sample.all_stages()) <= DEMO_NOW.astimezone()
    assert max(review.closed_at for review in sample.reviews()) <= DEMO_NOW.astimezone()


def test_a_conversation_holds_answers_of_both_and_needs_that_they_see_differently(sample: Decisions) -> None:
    (name,) = [one.name for one in progress(sample) if one.stage == "called"]
    talked = agreements(sample)[name]
    assert len(talked.answers) == 8
    assert [row.is_disputed for row in align(talked).rows] == [True, True, False]
    assert align(talked).under_the_rule


def test_forecasts_hold_about_as_often_as_they_say(sample: Decisions) -> None:
    """Of 25 campaigns an 80 % interval holds 60 to 95 %, and half of the targets at even odds are hit, give or take."""
    record = compute_track_record(past_forecasts(sample.reviews()))
    assert (record.count_forecasts, record.count_afterwards, record.is_enough) == (25, 0, True)
    assert 0.6 <= record.coverage.share <= 0.95
    lines = [line for review in sample.reviews() for line in json.loads(review.content)["lines"]]
    pairs = [(line["p_hit"], line["hit"]) for line in lines if line["p_hit"] is not None and line["hit"] is not None]
    stated, happened = (sum(part) / len(pairs) for part in zip(*pairs, strict=True))
    assert abs(stated - happened) < 0.15


def test_every_document_of_them_says_that_it_is_invented(sample: Decisions) -> None:
    texts = [charter.text for charter in sample.charters()] + [review.text for review in sample.reviews()]
    assert len(texts) == 31 + 25
    assert all("**Sample data: everything is invented.**" in text for text in texts)


def test_the_same_seed_gives_the_same_decisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two creators and three partnerships: a live one, a reviewed one and one that was stopped."""
    monkeypatch.setattr(partnerships, "COUNT_EARLIER", 0)
    monkeypatch.setattr(partnerships, "DOZEN", (partnerships.DOZEN[7], partnerships.DOZEN[9], partnerships.DOZEN[11]))
    found = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        build_demo(folder, now=DEMO_NOW, count_creators=2)
        with closing(open_decisions(folder)) as made:
            found.append((made.drafts("agreement"), made.charters(), made.all_stages(), made.reviews()))
    assert all(found[0])
    assert found[0] == found[1]


@pytest.mark.parametrize("count", [1, 4])
def test_few_creators_have_fewer_partners_or_none(count: int, tmp_path: Path, run_fit: Callable) -> None:
    run_fit("demo", "--creators", count, "--store", tmp_path)
    assert store.check(tmp_path) == []
    with closing(open_decisions(tmp_path)) as decisions:
        assert decisions.check() == []
        creators = {agreement.creator for agreement in agreements(decisions).values()}
    assert creators <= {f"demo-{number:03d}" for number in range(1, count + 1)}
