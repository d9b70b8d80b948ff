"""Read the events of the child process that loads uploads, and say why one came to nothing."""

import sys

import pytest

from fit.load_steps import Step, unseen
from pages.ui.your_data import upload_process
from tests.pages.driver import Dropped
from tests.pages.ui.your_data.uploads import AUDIENCE, failure, loaded


@pytest.fixture
def in_store(monkeypatch, tmp_path):
    """A folder for a store, which the app uses."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def test_a_child_that_needs_too_much_memory_is_stopped_in_words(in_store, monkeypatch):
    monkeypatch.setattr(upload_process, "MOST_MEMORY", 64 * 2**20)
    assert failure(loaded(AUDIENCE)) == (
        "The files need more memory than the 0.0625 GB that one upload may take, so reading them was stopped. Nothing "
        "was changed. Drop fewer at once, or load from a terminal on the server: python -m fit load FILE."
    )
    assert not list(in_store.glob("generation*"))


CHILDREN = {
    "an event of memory": ("print('{\"event\": \"failed\", \"code\": \"out_of_memory\"}')", "out_of_memory", ""),
    "a traceback of memory": ("raise MemoryError", "out_of_memory", ""),
    "a crash": ("import os; os.abort()", "out_of_memory", ""),
    "an end without a word": ("raise SystemExit(1)", "out_of_memory", ""),
    "a fault of ours": ("raise KeyError('country')", None, "KeyError: 'country'. Nothing was changed."),
    "half a line": ("print('{\"event\":', end=''); raise SystemExit('It broke.')", None, "It broke."),
}  # fmt: skip


@pytest.mark.parametrize("case", CHILDREN)
def test_a_child_that_ends_without_a_report_has_failed(tmp_path, case):
    program, code, message = CHILDREN[case]
    failed = upload_process._run([sys.executable, "-c", program], tmp_path, unseen)["failed"]
    assert (failed["code"], failed["message"]) == (code, message)


@pytest.mark.thorough
def test_a_child_s_progress_is_passed_on(tmp_path):
    program = """
import time
print('{"event": "progress", "step": "reading", "part": 0.3, "file": "a.csv"}', flush=True)
time.sleep(1)
print('{"event": "report", "generation": 1}')
"""
    steps = []
    document = upload_process._run([sys.executable, "-c", program], tmp_path, lambda *step: steps.append(step))
    assert (document, steps) == ({"generation": 1}, [(Step.READING, 0.3, "a.csv")])


@pytest.mark.thorough
@pytest.mark.parametrize("options", [(), ("--preview",)])
def test_a_child_that_hangs_is_stopped_in_words(in_store, monkeypatch, options):
    monkeypatch.setattr(upload_process, "MOST_SECONDS", 0.0)
    assert failure(loaded(AUDIENCE, options=options)) == (
        "The files took longer than 0 minutes and were stopped. Nothing was changed. Drop fewer at once, or load from "
        "a terminal on the server: python -m fit load FILE."
    )
    monkeypatch.undo()
    monkeypatch.setenv("CREATOR_FIT_STORE", str(in_store))
    assert loaded(AUDIENCE)["generation"] == 1


def test_more_bytes_than_can_be_read_at_once_are_refused_with_both_numbers(in_store, monkeypatch):
    monkeypatch.setattr(upload_process, "MOST_UPLOADED", 2**20)
    big = Dropped("big.csv", b"x" * 3 * 2**20)
    assert failure(loaded(big)) == (
        "These files have 3 MB; 1 MB can be read at once. Nothing was changed. Drop fewer, or load from a terminal on "
        "the server: python -m fit load FILE."
    )
