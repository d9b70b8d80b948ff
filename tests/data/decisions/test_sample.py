"""Are sample decisions shown as long as their generation counts, and own ones always?"""

import inspect
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data import store
from data.decisions import Decisions, DecisionsError, has_decisions, identity, new_sample, open_decisions
from data.decisions.decisions import Decisions as Own
from data.decisions.routed import RoutedDecisions
from data.decisions.sample import DecisionsWithSample
from data.decisions.schema import digest
from data.importers.load import Options
from fit.refresh import build_demo, load
from tests.conftest import DEMO_NOW

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def begin(decisions: Decisions, name: str, text: str = "creator = 'demo-001'\n") -> None:
    """Begin a partnership with a draft, a charter, a count and a closed review."""
    decisions.save("agreement", name, text, version=0, by=None, now=NOW)
    decisions.note_stage(name, "demo-001", "shortlisted", None, NOW)
    given = {"text": name, "sha256": digest(name), "generation": 1, "now": NOW}
    decisions.save_charter(name, creator_id="demo-001", agreement=text, forecast=None, despite=None, **given)
    decisions.note_counts(name, lambda _there: [("clicks", None, date(2026, 3, 1), 61.0)], NOW)
    decisions.close_review(name=name, creator_id="demo-001", content="{}", outcome="both hit", next_time=None, **given)


def own_file(folder: Path) -> Path:
    """A file of a creator of one's own."""
    (folder / "creators.csv").write_text("creator_id,creator_name,platform\nmara,Mara Morgan,instagram\n")
    return folder / "creators.csv"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of sample data with one sample partnership, for copies."""
    folder = tmp_path_factory.mktemp("built") / "store"
    build_demo(folder, now=DEMO_NOW, count_creators=3, has_partnerships=False)
    with new_sample(store.sample_decisions_file(folder, 1)) as sample:
        begin(sample, "invented")
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A store of sample data with one sample partnership."""
    return shutil.copytree(built, tmp_path / "store")


@pytest.fixture
def both(folder: Path) -> Iterator[Decisions]:
    with closing(open_decisions(folder)) as decisions:
        begin(decisions, "real")
        yield decisions


def names(folder: Path) -> dict[str, list[str]]:
    """What is shown by kind."""
    with closing(open_decisions(folder)) as decisions:
        return {
            "drafts": [draft.name for draft in decisions.drafts("agreement")],
            "charters": [charter.name for charter in decisions.charters()],
            "stages": [note.name for note in decisions.all_stages()],
            "reviews": [review.name for review in decisions.reviews()],
        }


def test_sample_and_own_partnerships_stand_side_by_side_and_are_told_apart(both: Decisions, folder: Path) -> None:
    assert list(names(folder).values()) == [["invented", "real"]] * 4
    assert [both.is_sample(name) for name in ("invented", "real", "nobody's")] == [True, False, False]
    assert [review.review_id for review in both.reviews()] == [-1, 1]
    assert [both.review(number).name for number in (-1, 1)] == ["invented", "real"]
    assert both.check() == []


@pytest.mark.thorough
def test_the_first_own_load_takes_sample_decisions_away_and_leaves_own_ones(
    both: Decisions, folder: Path, tmp_path: Path
) -> None:
    load(folder, [own_file(tmp_path)], Options(), now=DEMO_NOW)
    assert list(names(folder).values()) == [["real"]] * 4
    assert store.undo(folder) == 1
    assert names(folder)["drafts"] == ["invented", "real"]


@pytest.mark.thorough
def test_what_is_changed_in_a_sample_partnership_stays_with_the_sample(
    both: Decisions, folder: Path, tmp_path: Path
) -> None:
    both.save("agreement", "invented", "creator = 'demo-002'\n", version=1, by=None, now=NOW)
    both.note_stage("invented", "demo-001", "live", None, NOW)
    both.sign("invented", side="brand", signer="Nora", sha256=digest("invented"), generation=1, now=NOW)
    both.save("shortlist", "invented", "market=DE", version=0, by=None, now=NOW)
    assert both.is_sample("invented")
    assert [version.version for version in both.history("agreement", "invented")] == [1, 2]
    both.note_counts("invented", lambda _there: [("clicks", None, date(2026, 3, 2), 70.0)], NOW)
    assert [count.value for count in both.counts("invented")] == [61.0, 70.0]
    assert [count.value for count in both.counts("real")] == [61.0]
    assert [signed.signer for signed in both.amendments("invented")[0].sign_offs] == ["Nora"]
    load(folder, [own_file(tmp_path)], Options(), now=DEMO_NOW)
    with closing(open_decisions(folder)) as own:
        assert own.draft("agreement", "invented") is None
        assert own.stages("invented") == []
        assert own.counts("invented") == []
        assert own.draft("shortlist", "invented").text == "market=DE"  # a view is nobody's sample


@pytest.mark.thorough
def test_an_own_partnership_of_the_same_name_is_the_one_that_is_shown(folder: Path, tmp_path: Path) -> None:
    load(folder, [own_file(tmp_path)], Options(), now=DEMO_NOW)
    with closing(open_decisions(folder)) as own:
        begin(own, "invented", "creator = 'mara'\n")
    store.undo(folder)
    with closing(open_decisions(folder)) as decisions:
        assert not decisions.is_sample("invented")
        assert [draft.text for draft in decisions.drafts("agreement")] == ["creator = 'mara'\n"]
        assert len(decisions.reviews()) == 1


@pytest.mark.thorough
def test_sample_decisions_are_noticed_and_told_by_their_generation(folder: Path, tmp_path: Path) -> None:
    assert has_decisions(folder)
    assert identity(folder) is None  # nothing of one's own yet
    open_decisions(folder).close()
    with_sample = identity(folder)
    load(folder, [own_file(tmp_path)], Options(), now=DEMO_NOW)
    assert identity(folder) not in (None, with_sample)


def test_they_stand_beside_decisions_in_another_database(folder: Path, decisions_url: str | None) -> None:
    with closing(open_decisions(folder, decisions_url)) as decisions:
        begin(decisions, "real")
        assert [draft.name for draft in decisions.drafts("agreement")] == ["invented", "real"]
    with closing(open_decisions(folder, decisions_url)) as decisions:
        assert decisions.is_sample("invented")


def test_half_filled_sample_decisions_are_not_there(folder: Path) -> None:
    path = store.sample_decisions_file(folder, 7)
    with suppress(DecisionsError), new_sample(path) as sample:
        begin(sample, "half")
        raise DecisionsError("no room")
    assert not path.exists()


@pytest.mark.thorough
def test_they_go_with_their_generation_and_never_wait_for_another_of_its_number(tmp_path: Path) -> None:
    left_over = store.sample_decisions_file(tmp_path / "store", 1)
    left_over.parent.mkdir()
    with new_sample(left_over) as sample:  # as a demo leaves it that is killed before it is published
        begin(sample, "invented")
    load(tmp_path / "store", [own_file(tmp_path)], Options(), now=DEMO_NOW)
    assert not left_over.exists()
    assert names(tmp_path / "store")["drafts"] == []


def test_every_way_to_the_decisions_leads_to_both() -> None:
    ways = {name for name, _ in inspect.getmembers(Own, inspect.isfunction) if not name.startswith("_")}
    assert ways - {*vars(DecisionsWithSample), *vars(RoutedDecisions)} == set()
