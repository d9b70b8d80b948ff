"""Does what screens share beside an agreement come back as it was, timer, waiting lines and two texts of one field?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from fit.agreement.agreement import Adjustment, Answer, MetricLine, Need, Note, Party, RedLine, Side, Task
from fit.agreement.merge import Clash
from fit.agreement.rule import DeliverableRule, Limit
from fit.conversation.call_state import CallState, Timer, Typed, read_call_state, write_call_state

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXT = "Grüße 😀 \"x\" 'y' \\ 日本語\nعربي"
CLASHES = (
    Clash("brand_goal", None, TEXT, ""),
    Clash("despite", None, None, TEXT),
    Clash("cost", None, 12.5, 900.0),
    Clash("start", None, date(2026, 3, 1), None),
    Clash("markets", None, (("DE", 60.0), ("AT", 40.0)), (("FR", 1.0),)),
    Clash("notes", None, Note(TEXT), None),
    Clash("answers", "text", Answer(Side.BRAND, "What?", TEXT), Answer(Side.BRAND, "What?", "b")),
    Clash("alignment", "brand_rating", Need("a", "b", 4, 2), Need("a", "b", 5, 2)),
    Clash("metrics", "target", MetricLine("clicks", Side.BRAND, 1.0), MetricLine("clicks", Side.BRAND, 2.0)),
    Clash("trade_offs", None, TEXT, "other"),
    Clash("decisions", "due", Task(Party.BRAND, "x", date(2026, 3, 1)), Task(Party.BRAND, "x")),
    Clash("red_lines", "rule", RedLine(Side.BRAND, "x", DeliverableRule("video", Limit.AT_MOST, 0)),
          RedLine(Side.BRAND, "x")),
    Clash("adjustment", "contact", Adjustment("half", TEXT, 3), Adjustment("half", "Ben", 3)),
)  # fmt: skip


@pytest.mark.parametrize("clash", CLASHES, ids=lambda clash: f"{clash.part} {clash.cell}")
def test_two_texts_of_one_field_come_back(clash):
    state = CallState(clashes=(clash,))
    assert read_call_state(write_call_state(state)) == state


def test_timer_and_waiting_lines_come_back():
    state = CallState(Timer(NOW, 3.5), {"a": Typed("window", {"new_notes_text": TEXT})})
    assert read_call_state(write_call_state(state)) == state


def test_the_timer_goes_on_over_a_stop():
    timer = Timer().turned(NOW)
    assert [timer.seconds_left(NOW + timedelta(minutes=after)) for after in (0, 10, 31)] == [1800, 1200, -60]
    stopped = timer.turned(NOW + timedelta(minutes=10))
    assert (stopped, stopped.seconds_left(NOW + timedelta(hours=5))) == (Timer(None, 600.0), 1200)
    assert stopped.turned(NOW + timedelta(hours=5)).seconds_left(NOW + timedelta(hours=5, minutes=1)) == 1140


def test_a_waiting_line_goes_once_it_is_added():
    state = CallState().with_typed("a", "s", "x", "one").with_typed("a", "s", "y", "two").with_typed("b", "t", "x", "b")
    assert state.with_typed("a", "s", "x", None).typed == {"a": Typed("s", {"y": "two"}), "b": Typed("t", {"x": "b"})}
    assert state.with_typed("b", "t", "x", "").typed == {"a": Typed("s", {"x": "one", "y": "two"})}


def test_a_clash_stands_once_and_goes_when_settled():
    first, second = CLASHES[:2]
    state = CallState().with_clashes((first,)).with_clashes((first, second))
    assert state.clashes == (first, second)
    assert state.with_clashes((CLASHES[2],), instead_of=(first,)).clashes == (second, CLASHES[2])
    assert state.without_clash(first).clashes == (second,)


def test_a_clash_of_a_part_that_nobody_knows_is_left_out():
    text = write_call_state(CallState(clashes=CLASHES[:1])).replace('"part": "brand_goal"', '"part": "gone"')
    assert read_call_state(text) == CallState()
