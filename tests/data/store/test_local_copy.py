"""Do many servers share one object store: is a load seen by all or by none, and does nothing get lost on the way?"""

import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from data import store
from data.decisions import DecisionsError, open_decisions
from fit.refresh import build_demo
from tests.data.store.s3_server import Bucket
from tests.data.store.sources import NOW, add_source, names


@pytest.mark.thorough
def test_a_load_on_one_server_is_seen_by_the_other(bucket):
    add_source(bucket.copy("a"), "a.csv")
    assert names(bucket.copy("b")) == ["a.csv"]
    add_source(bucket.copy("b"), "b.csv")
    assert names(bucket.copy("a")) == ["a.csv", "b.csv"]
    assert store.troubles(bucket.copy("a")) == ()
    assert store.check(bucket.copy("a")) == []
    assert bucket.objects() == ["CURRENT.json", *sorted(bucket.versions().values())]


def overtaken(bucket: Bucket, late: Path) -> None:
    """A load that another server overtakes; its own pages look meanwhile and fetch what was published."""
    with store.next_generation(late, now=NOW) as draft:
        store.derive(draft.db)
        add_source(bucket.copy("a"), "faster.csv")
        bucket.copy("b")


@pytest.mark.thorough
def test_of_two_loads_at_once_one_is_told_and_nothing_is_lost(bucket):
    add_source(bucket.copy("a"), "first.csv")
    late = bucket.copy("b")
    with pytest.raises(store.StoreBusy, match=r"Another load was published to s3://.*Load again: both count then"):
        overtaken(bucket, late)
    assert names(bucket.copy("b")) == ["faster.csv", "first.csv"]
    assert not list(late.glob("*.tmp"))
    add_source(bucket.copy("b"), "late.csv")
    assert names(bucket.copy("a")) == ["faster.csv", "first.csv", "late.csv"]
    assert list(bucket.versions()) == [1, 2, 3]


@pytest.mark.thorough
def test_notes_of_others_do_not_stop_a_load(bucket):
    add_source(bucket.copy("a"), "a.csv")
    other = bucket.copy("b")
    with store.next_generation(bucket.copy("a"), now=NOW) as draft:
        store.derive(draft.db)
        store.save_accuracy(other, 1, 8, 10)
    assert store.current(bucket.copy("b")) == 2
    assert store.saved_accuracy(bucket.copy("a"), 1) == (8, 10)


@pytest.mark.thorough
def test_an_undo_reaches_all_and_its_number_is_given_to_no_other_load(bucket):
    for name in ("a.csv", "b.csv"):
        add_source(bucket.copy("a"), name)
    fresh = bucket.copy("b")
    assert store.generations(fresh) == [2]
    assert store.generation_before(fresh) == 1
    assert store.undo(fresh) == 1
    assert names(bucket.copy("a")) == ["a.csv"]
    add_source(bucket.copy("b"), "c.csv")
    assert store.current(bucket.copy("a")) == 3
    assert names(bucket.copy("a")) == ["a.csv", "c.csv"]
    assert store.undo(bucket.copy("c")) == 1  # by any server: 2 was undone before 3 was built


@pytest.mark.thorough
def test_what_need_not_be_kept_goes_from_the_bucket_and_from_every_copy(bucket):
    for number in range(6):
        add_source(bucket.copy("a"), f"{number}.csv")
        bucket.copy("b")
    assert list(bucket.versions()) == [2, 3, 4, 5, 6]
    assert len(bucket.objects()) == 6
    assert store.generations(bucket.copy("b")) == [6, 5, 4, 3, 2]


def test_while_the_object_store_does_not_answer_the_last_data_are_shown(s3, bucket, monkeypatch):
    folder = bucket.copy("a")
    add_source(folder, "a.csv")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    copy = store.local_copy(folder)
    copy.follow()
    assert names(folder) == ["a.csv"]
    (said,) = store.troubles(folder)
    address = bucket.address
    assert said == f"{address} cannot be read at the moment. Newer data may be missing: showing what was fetched last."
    with pytest.raises(store.StoreUnreachable):
        add_source(folder, "b.csv")
    assert names(folder) == ["a.csv"]
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3.address)
    store.local_copy(folder).follow()
    assert store.troubles(folder) == ()


def test_a_first_start_without_an_object_store_says_so(bucket, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(store.StoreUnreachable, match=r"could not be read or written .*Check AWS_ENDPOINT_URL"):
        bucket.copy("a")


@pytest.mark.thorough
def test_a_damaged_object_is_never_shown(bucket):
    add_source(bucket.copy("a"), "a.csv")
    bucket.copy("b")
    add_source(bucket.copy("a"), "b.csv")
    file = bucket.versions()[2]
    whole = bucket.read(file)
    bucket.write(file, whole[:-1] + bytes([whole[-1] ^ 1]))
    assert names(bucket.copy("b")) == ["a.csv"]
    assert f"{file} is not what was written" in store.troubles(bucket.copy("b"))[0]
    assert any(f"{file} is not what was written" in line for line in store.check(bucket.copy("a")))
    with pytest.raises(store.StoreDamaged, match="Bring a backup back"):
        bucket.copy("c")
    bucket.write(file, whole)
    assert names(bucket.copy("b")) == ["a.csv", "b.csv"]


def test_a_copy_that_is_damaged_is_fetched_anew(bucket):
    folder = bucket.copy("a")
    add_source(folder, "a.csv")
    path = store.generation_file(folder, 1)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert store.check(bucket.copy("a")) == []
    path.unlink()
    assert names(bucket.copy("a")) == ["a.csv"]


def test_a_pointer_that_is_gone_or_damaged_is_no_empty_store(bucket):
    add_source(bucket.copy("a"), "a.csv")
    bucket.write("CURRENT.json", b"{}")
    assert names(bucket.copy("a")) == ["a.csv"]
    assert "is damaged" in store.troubles(bucket.copy("a"))[0]
    bucket.delete("CURRENT.json")
    assert "is gone" in store.troubles(bucket.copy("a"))[0]
    with pytest.raises(store.StoreDamaged, match="is gone"):
        add_source(bucket.copy("a"), "b.csv")


@pytest.mark.thorough
def test_a_slow_object_store_delays_a_page_by_seconds_only(s3, bucket, monkeypatch):
    monkeypatch.setattr("data.store.object_store.QUICK", "300ms")
    add_source(bucket.copy("a"), "a.csv")
    s3.process.send_signal(signal.SIGSTOP)
    try:
        assert names(bucket.copy("a")) == ["a.csv"]
        assert "cannot be read at the moment" in store.troubles(bucket.copy("a"))[0]
    finally:
        s3.process.send_signal(signal.SIGCONT)


class Careless(BaseHTTPRequestHandler):
    """An object store that writes whatever a condition says."""

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._say(200)

    def do_GET(self) -> None:
        self._say(404)

    def do_POST(self) -> None:
        self.do_PUT()

    def _say(self, status: int) -> None:
        self.send_response(status)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.thorough
def test_an_object_store_that_keeps_no_conditions_is_refused(bucket, monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Careless) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(store.StoreError, match="overwrites an object although it was told not to"):
            add_source(bucket.copy("a"), "a.csv")
        server.shutdown()


def test_without_its_package_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_CACHE", str(tmp_path))
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(store.StoreError, match=r"obstore is needed: pip install -r requirements-s3\.txt"):
        store.store_folder("s3://bucket/fit")
    with pytest.raises(store.StoreError, match="names no bucket"):
        store.store_folder("s3://")


def test_decisions_need_a_place_that_all_servers_share(bucket):
    with pytest.raises(DecisionsError, match=r"CREATOR_FIT_DECISIONS. An address of Postgres is needed"):
        open_decisions(bucket.copy("a"))


@pytest.mark.thorough
def test_sample_data_come_without_partnerships_that_servers_could_not_share(bucket):
    build_demo(bucket.copy("a"), now=NOW)
    assert not list(bucket.copy("b").glob("*.sample.sqlite"))
    assert store.open_newest(bucket.copy("b")).is_demo
