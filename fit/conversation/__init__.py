"""What a conversation needs beside the agreement: the call's timer, what was typed and waits, two texts of one field,
the words of the other side, and what differs between two versions.
"""

from fit.conversation.call_state import CallState, Timer, read_call_state, write_call_state
from fit.conversation.difference_words import clash_words, differences_in_words, place_words
from fit.conversation.needs import new_needs, with_needs
from fit.conversation.phrase_book import agreed_wording, suggested, with_wording
