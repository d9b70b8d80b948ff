"""What a conversation needs beside the agreement: the call's timer, what was typed and waits, two texts of one field,
the words of the other side, and what differs between two versions.
"""

from fit.conversation.call_state import CallState, Timer, Typed, read_call_state, write_call_state
from fit.conversation.difference_words import clash_words, differences_in_words, place_words, value_words
from fit.conversation.needs import needs_of, new_needs, with_needs
from fit.conversation.phrase_book import agreed_wording, suggested, with_wording

__all__ = [
    "CallState", "Timer", "Typed", "agreed_wording", "clash_words", "differences_in_words", "needs_of", "new_needs",
    "place_words", "read_call_state", "suggested", "value_words", "with_needs", "with_wording", "write_call_state",
]  # fmt: skip
