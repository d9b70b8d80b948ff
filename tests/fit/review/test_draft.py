"""Does a draft come back as it was typed, and does every commitment of the agreement stand in it?"""

from fit.agreement.agreement import Task
from fit.review.draft import LONGEST_NOTE, ReviewDraft, read_draft, write_draft
from fit.review.review import CommitmentResult, Talk

TYPED = ReviewDraft({"clicks": 3.0, "cost": 0.5}, {"posts on Monday": False}, "Größe\nzwei", "kept", "again")


def test_a_draft_is_read_back_as_it_was_written():
    assert read_draft(write_draft(TYPED)) == TYPED
    assert read_draft("{}") == ReviewDraft({}, {}, "", "", "")


def test_a_draft_is_written_in_one_way_with_letters_as_they_are():
    assert write_draft(TYPED) == (
        '{\n "actuals": {\n  "clicks": 3.0,\n  "cost": 0.5\n },\n "kept": {\n  "posts on Monday": false\n },\n'
        ' "next_time": "again",\n "notes": "Größe\\nzwei",\n "outcome": "kept"\n}'
    )
    turned = ReviewDraft({"cost": 0.5, "clicks": 3.0}, TYPED.kept, TYPED.notes, TYPED.outcome, TYPED.next_time)
    assert write_draft(turned) == write_draft(TYPED)
    assert LONGEST_NOTE == 5_000


def test_a_commitment_that_nobody_judged_stays_open():
    first, second = Task("creator", "posts on Monday"), Task("brand", "sends the product")
    assert TYPED.talk((first, second)) == Talk(
        (CommitmentResult(first, False), CommitmentResult(second, None)), "Größe\nzwei", "kept", "again"
    )
