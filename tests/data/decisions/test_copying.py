"""Does putting a copy in the place of decisions touch what SQLite wrote there, and nothing else?"""

from contextlib import closing
from pathlib import Path

from data.decisions import copy_decisions, copy_file, replace_decisions
from data.decisions.decisions import has_decisions, open_decisions
from tests.data.decisions.saved_decisions import everything, fill


def test_a_damaged_file_is_replaced_with_its_logs_and_files_that_begin_alike_stay(tmp_path: Path) -> None:
    with closing(open_decisions(tmp_path / "other")) as decisions:
        fill(decisions)
        before = everything(decisions)
    copy_file(tmp_path / "other" / "decisions.sqlite", tmp_path / "copy.sqlite")
    folder = tmp_path / "store"
    folder.mkdir()
    for name in ("decisions.sqlite", "decisions.sqlite-wal", "decisions.sqlite-shm", "decisions.sqlite-journal"):
        (folder / name).write_bytes(b"rubbish" * 900)
    (folder / "decisions.sqlite-before-the-crash").write_text("mine")
    replace_decisions(folder, tmp_path / "copy.sqlite")
    assert sorted(path.name for path in folder.iterdir()) == ["decisions.sqlite", "decisions.sqlite-before-the-crash"]
    assert (folder / "decisions.sqlite-before-the-crash").read_text() == "mine"
    with closing(open_decisions(folder)) as decisions:
        assert everything(decisions) == before


def test_a_file_that_begins_alike_makes_no_decisions_and_a_log_without_its_file_does(tmp_path: Path) -> None:
    folder = tmp_path / "store [old]"
    folder.mkdir()
    (folder / "decisions.sqlite-before-the-crash").write_text("mine")
    assert (has_decisions(folder), copy_decisions(folder, tmp_path / "copy.sqlite")) == (False, False)
    (folder / "decisions.sqlite-wal").write_bytes(b"log")
    assert has_decisions(folder)
