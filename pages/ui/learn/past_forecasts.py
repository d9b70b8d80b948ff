"""Walk through the past of the current generation once for all visitors, for its accuracy and the data's health."""

from collections.abc import Callable
from datetime import date
from threading import Lock

import streamlit as st

from fit.backtest import Accuracy, Finding, TooFewCampaigns, back_test, health_of, read_facts
from fit.backtest import accuracy_line as said_line
from pages.ui import decisions_access, store_access
from pages.ui.decisions_access import Did

MOST_WALKED = 20_000  # campaigns that a page forecasts again, in about a minute; more belong to the command line
MOST_KEPT = 2  # back-tests: of the current generation, and of the one before
LOOK_EVERY = 0.5  # seconds, at a back-test that another visitor began
Progress = Callable[[float, str], None]  # part done from 0 to 1, and the quarter that is being walked


class _BackTest:
    """The back-test of one generation. found: its result, None before; part and quarter: how far it is."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.found: Accuracy | TooFewCampaigns | None = None
        self.part, self.quarter = 0.0, ""


@st.cache_resource(max_entries=MOST_KEPT, show_spinner=False)
def _back_test(key: str) -> _BackTest:
    """The one of the generation that the key names."""
    return _BackTest()


def is_too_much() -> bool:
    """Whether there are more campaigns than a page may forecast again."""
    return bool(store_access.answer_row("generation")["count_campaigns"] > MOST_WALKED)


def accuracy_line() -> str:
    """How often past ranges held, in one line; "" until somebody has checked the forecasts of these data."""
    counts = store_access.saved_accuracy()
    return said_line(*counts) if counts else ""


def past_accuracy(progress: Progress) -> Accuracy:
    """How good past forecasts were. Raises TooFewCampaigns.

    Who comes second watches how far the first visitor is; where that one leaves, the second begins anew.
    """
    back_test = _back_test(store_access.facts().key)

    def tell(part: float, quarter: str) -> None:
        back_test.part, back_test.quarter = part, quarter
        progress(part, quarter)

    while not back_test.lock.acquire(timeout=LOOK_EVERY):
        progress(back_test.part, back_test.quarter)
    try:
        if back_test.found is None:
            back_test.found = _walk(tell)
    finally:
        back_test.lock.release()
    if isinstance(back_test.found, TooFewCampaigns):
        raise back_test.found
    return back_test.found


def _walk(progress: Progress) -> Accuracy | TooFewCampaigns:
    key, facts = store_access.facts().key, read_facts(store_access.answer)
    if store_access.facts().key != key:
        st.rerun()  # a load in between: some answers may be of the one, some of the other
    try:
        accuracy = back_test(facts, progress=progress)
        store_access.save_accuracy(*accuracy.counts)
        return accuracy
    except TooFewCampaigns as error:
        return error


def apply(accuracy: Accuracy) -> None:
    """Correct the forecasts of these data by what is earned. Raises StoreBusy and StoreError.

    The past was forecast without the correction, and the facts stay, so what was found of the past stays as well.
    """
    store_access.apply_corrections(accuracy.earned)
    _back_test(store_access.facts().key).found = accuracy
    store_access.save_accuracy(*accuracy.counts)
    decisions_access.note_activity(Did.CORRECT, [str(store_access.facts().number)])


def data_health() -> tuple[Finding, ...]:
    """The health card; past forecasts stand on it once somebody has walked through them."""
    found = _back_test(store_access.facts().key).found
    accuracy = found if isinstance(found, Accuracy) else None
    return health_of(store_access.answer, accuracy, date.today(), is_walked=found is not None)
