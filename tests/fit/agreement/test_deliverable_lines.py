"""Does every kind keep a line of its own, whoever spells it how?"""

import pytest

from fit.agreement.agreement import Deliverable
from fit.agreement.deliverable_lines import merged_kinds


@pytest.mark.parametrize(
    ("written", "known", "merged"),
    [
        ([("post", 5), ("story", 3)], ["post"], [("post", 5), ("story", 3)]),
        ([("Stories", 10), ("Reels", 2)], ["post", "reel"], [("story", 10), ("reel", 2)]),
        ([("Stories", 10), ("story", 2), ("STORY", 1)], [], [("story", 13)]),
        ([("Unboxing", 1), ("unboxings", 2), ("house tour", 1)], [], [("Unboxing", 3), ("house tour", 1)]),
        ([("reel", 2)], ["Reels"], [("Reels", 2)]),
    ],
)
def test_kinds_are_merged_by_what_they_are_and_never_with_others(written, known, merged):
    found = merged_kinds([Deliverable(*item) for item in written], known)
    assert [(item.kind, item.count) for item in found] == merged
