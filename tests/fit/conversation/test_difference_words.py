"""Is each difference of two versions said in words, by what it is called on screen?"""

from dataclasses import replace
from datetime import date

from fit.agreement.agreement import Agreement, MetricLine, Need, Note, Party, Side, Task
from fit.agreement.differences import Difference
from fit.agreement.merge import Clash
from fit.conversation.difference_words import clash_words, differences_in_words, place_words
from fit.locale.formats import speaking

BEGUN = Agreement("ada", (("DE", 1.0),), brand_goal="a", notes=(Note("one"), Note("two")), currency="EUR")


def test_fields_and_entries_are_told_apart():
    now = replace(
        BEGUN, brand_goal="b", start=date(2026, 3, 1), notes=(Note("two"), Note("three")), cost=1200.0,
        metrics=(MetricLine("clicks", Side.BRAND, 4000.0, matters_to=(Side.BRAND,)),), present=(Party.BRAND,),
    )  # fmt: skip
    assert differences_in_words(BEGUN, now) == (
        Difference("The brand's goal", "a", "b"),
        Difference("First day", "", "1 March 2026"),
        Difference("Fee", "", "1,200"),
        Difference("Who is present", "", "brand"),
        Difference("Metrics", "", "Clicks · 4,000 · brand · brand"),
        Difference("Note", "one", ""),
        Difference("Note", "", "three"),
    )
    assert differences_in_words(now, now) == ()


def test_numbers_are_said_in_the_signs_of_the_reader():
    now = replace(BEGUN, cost=1234.5)
    with speaking("de-DE"):
        assert differences_in_words(BEGUN, now) == (Difference("Fee", "", "1.234,5"),)


def test_a_changed_entry_is_one_difference():
    begun = replace(BEGUN, decisions=(Task(Party.BRAND, "sends samples"),))
    now = replace(BEGUN, decisions=(Task(Party.BRAND, "sends samples", date(2026, 3, 1)),))
    assert differences_in_words(begun, now) == (
        Difference("Decision", "brand · sends samples", "brand · sends samples · 1 March 2026"),
    )


def test_a_clash_shows_the_field_alone():
    clash = Clash("alignment", "brand_rating", Need("a", "b", 4), Need("a", "b", 5))
    assert (place_words(clash.part, clash.cell), clash_words(clash)) == (
        "Pair of needs: what the brand says",
        ("4", "5"),
    )
    assert place_words("some_part", "some_cell") == "Some part: some cell"
