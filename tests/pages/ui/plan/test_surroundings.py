"""Does the plan say in plain numbers what a limit or an exchange costs?"""

import pytest

from pages.ui.plan.surroundings import fewer


@pytest.mark.parametrize(
    ("goal", "number", "said"),
    [
        ("conversion", 1.2, "1 purchase fewer"),
        ("conversion", 3.0, "3 purchases fewer"),
        ("awareness", 45_638.0, "45,600 people fewer"),
    ],
)
def test_what_is_lost_is_counted_in_its_own_number(goal, number, said):
    assert fewer(goal, number) == said
