"""Is it said at once, and in words, why Spark cannot be used?"""

import sys

import pytest

from data.engine.session import EngineError, first_line, needs_packages, session
from tests.data.engine.cluster import free_port


def test_a_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(EngineError, match=r"package pyspark.* not installed here.* requirements-spark\.txt"):
        needs_packages("pyspark")


@pytest.mark.parametrize("engine", ["yarn", "spark://", "spark://host", "http://host:1", "sc://host:port", ""])
def test_what_is_no_engine_is_said(engine, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    with pytest.raises(EngineError, match="is no engine; write spark://HOST:7077"), session(engine):
        pass


@pytest.mark.parametrize("scheme", ["spark", "sc"])
def test_a_master_that_does_not_answer_is_said_within_ten_seconds(scheme, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    with (
        pytest.raises(EngineError, match=r"Nothing answers at .* at most 10 seconds.* Start the master"),
        session(f"{scheme}://127.0.0.1:{free_port()}"),
    ):
        pass


def test_the_innermost_cause_is_what_is_said():
    error = RuntimeError(
        "Job aborted\nCaused by: a.b.C: outer\n\tat x\nCaused by: java.io.EOFException: cut short.\n\tat y"
    )
    assert first_line(error) == "java.io.EOFException: cut short"
