"""Do few work at once, does nobody wait for ever, and is whoever waits in vain told so?"""

import threading
import time
from contextlib import ExitStack

import pytest

from fit.load_steps import Step
from pages.ui.turns import ANSWERS, UPLOADS, Busy, Turns, turns_of
from pages.ui.your_data.upload_process import load_in_child
from tests.pages.driver import opened


def held(turns: Turns, stack: ExitStack) -> None:
    """Take every turn, each in a thread of its own, until the stack ends."""
    end = threading.Event()
    for _one in range(turns.at_once):
        began = threading.Event()

        def hold(began: threading.Event = began) -> None:
            with turns.one():
                began.set()
                end.wait(30)

        thread = threading.Thread(target=hold)
        thread.start()
        stack.callback(thread.join)
        stack.callback(end.set)  # before the thread is joined: what was added last is called first
        assert began.wait(10)


def test_never_more_at_once_and_everybody_has_a_turn():
    turns, now, most, done = Turns(at_once=2, patience=30), 0, 0, []
    counting = threading.Lock()

    def work(number: int) -> None:
        nonlocal now, most
        with turns.one():
            with counting:
                now += 1
                most = max(most, now)
            time.sleep(0.002)
            with counting:
                now -= 1
                done.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, sorted(done)) == (2, list(range(24)))


def test_turns_come_in_the_order_in_which_people_came(monkeypatch):
    monkeypatch.setattr("pages.ui.turns.LOOK_EVERY", 0.001)  # who looks up meanwhile keeps the place
    turns, served, threads = Turns(at_once=1, patience=30), [], []

    def work(number: int, is_waiting: threading.Event) -> None:
        with turns.one(waiting=is_waiting.set):
            served.append(number)

    with turns.one():
        for number in range(8):
            is_waiting = threading.Event()
            threads.append(threading.Thread(target=work, args=(number, is_waiting)))
            threads[-1].start()
            assert is_waiting.wait(10)
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert served == list(range(8))


def test_who_waits_in_vain_is_told_and_a_turn_that_failed_is_given_back():
    turns, seen = Turns(at_once=1, patience=0.5), []
    with ExitStack() as stack:
        held(turns, stack)
        with pytest.raises(Busy, match="try again in a minute"), turns.one(waiting=lambda: seen.append("waits")):
            pass
        assert seen
    with pytest.raises(KeyError), turns.one():
        raise KeyError
    with turns.one(), turns.one():  # work within work of the same thread needs no turn of its own
        pass


def test_a_page_says_that_it_is_busy_and_is_there_again_afterwards(demo_store, in_store, monkeypatch):
    in_store(demo_store)
    monkeypatch.setattr(ANSWERS, "patience", 0.05)
    with ExitStack() as stack:
        held(ANSWERS, stack)
        app = opened("shortlist", market="DE-61_CH-39")
        assert [one.value.startswith("Many people are using") for one in app.warning] == [True]
        assert len(app.error) == 0
    app.button(key="try_again").click().run()
    assert (len(app.warning), len(app.dataframe)) == (0, 2)


def test_an_upload_waits_in_sight_and_is_refused_in_words(demo_store, in_store, monkeypatch):
    in_store(demo_store)
    monkeypatch.setattr(UPLOADS, "patience", 0.3)
    steps: list[Step] = []
    with ExitStack() as stack:
        held(UPLOADS, stack)
        document = load_in_child([], [], lambda step, _part, _file: steps.append(step))
    assert document["failed"]["code"] == "busy"
    assert set(steps) == {Step.WAITING}


def test_one_client_with_many_windows_leaves_room_for_others():
    with ExitStack() as stack:
        flooding = turns_of("192.0.2.7")
        held(flooding, stack)
        assert turns_of("192.0.2.7") is flooding
        with turns_of("192.0.2.8").one():
            pass
    assert turns_of("192.0.2.7").at_once == 3
