"""Is every market of a brief named, and what an audience misses said?"""

import pytest

from fit.brief import Brief
from fit.shortlist.shares import gap_words, market_finding

BOTH = Brief((("DE", 60.0), ("FR", 40.0)))
SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("shares", "finding"),
    [
        (
            {"DE": 0.72, "FR": 0.004},
            f"France has the biggest gap: 0.40{SPACE}% of the audience for 40{SPACE}% of your brief",
        ),
        (
            {"DE": 0.3, "FR": 0.2},
            f"Germany has the biggest gap: 30{SPACE}% of the audience for 60{SPACE}% of your brief",
        ),
        ({"DE": 0.6, "FR": 0.4}, "Each market has at least the share that your brief asks for"),
    ],
)
def test_the_market_that_is_missed_most_is_the_finding(shares, finding):
    assert market_finding(shares, BOTH) == finding


def test_a_gap_is_said_with_its_part_of_the_brief():
    assert gap_words(("DE", "FR"), BOTH) == (
        f"Hardly any audience in Germany (60{SPACE}% of your brief) and France (40{SPACE}% of your brief)"
    )
    assert (gap_words((), BOTH), gap_words(("DE",), Brief((("DE", 1.0),)))) == ("", "Hardly any audience in Germany")
