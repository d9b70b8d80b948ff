"""Is every part and entry in which two versions differ found, each once?"""

from dataclasses import replace

from fit.agreement.agreement import Agreement, Need, Note, Task
from fit.agreement.differences import Difference, differences

BEGUN = Agreement("ada", (("DE", 1.0),), brand_goal="a", notes=(Note("one"), Note("two")), alignment=(Need("a", "b"),))


def test_each_part_and_entry_is_found_once_in_the_order_of_an_agreement():
    now = replace(
        BEGUN, brand_goal="b", markets=(("FR", 1.0),), notes=(Note("two"), Note("three")),
        alignment=(Need("a", "b", 4),), decisions=(Task("brand", "x"),),
    )  # fmt: skip
    assert list(differences(BEGUN, now)) == [
        Difference("markets", (("DE", 1.0),), (("FR", 1.0),)),
        Difference("brand_goal", "a", "b"),
        Difference("alignment", Need("a", "b"), Need("a", "b", 4)),
        Difference("notes", Note("one"), None),
        Difference("notes", None, Note("three")),
        Difference("decisions", None, Task("brand", "x")),
    ]
    assert list(differences(now, now)) == []
