"""Does the picture of the matrix show both ratings of each pair, who said what, and what practice asks for?"""

import pytest

from fit.agreement.agreement import Agreement, Need
from fit.agreement.alignment import align
from fit.charts.overlap import overlap_dumbbells, overlap_finding
from fit.charts.palette import DARK, LIGHT
from tests.fit.charts.contrast import contrast

ROWS = (Need("sales <b>", "authentic & real", 4, 2), Need("same", "same", 5, 5), Need("open", "open", 3, None))


def drawn(*rows: Need):
    return overlap_dumbbells(align(Agreement("ada", (("DE", 1.0),), alignment=rows)))


def test_every_rating_is_a_mark_with_its_letter():
    chart = drawn(*ROWS)
    marks = [(trace.text[0], trace.x[0], trace.y[0]) for trace in chart.figure.data if trace.mode == "markers+text"]
    assert marks == [("B", 4, 0), ("C", 2, 0), ("B", 4.93, 1), ("C", 5.07, 1), ("B", 3, 2)]
    assert [line.x0 for line in chart.figure.layout.shapes] == [3.5]
    assert "sales &lt;b&gt; / authentic &amp; real" in [note.text for note in chart.figure.layout.annotations]


def test_the_alt_sentence_and_the_table_say_the_same():
    chart = drawn(*ROWS[:2])
    assert chart.alt == (
        "The needs overlap by 4 of 5 on average (3.5 is a rule of thumb); 1 pair seen differently. "
        "sales <b> / authentic & real: brand 4, creator 2. same / same: brand 5, creator 5."
    )
    assert chart.table.rows() == [("sales <b>", "authentic & real", 4, 2, 3.0, 2), ("same", "same", 5, 5, 5.0, 0)]


def test_a_missing_rating_is_said_and_not_averaged():
    found = align(Agreement("ada", (("DE", 1.0),), alignment=ROWS))
    assert overlap_finding(found) == "No average yet: 1 rating missing"
    assert "creator not rated" in drawn(*ROWS).alt
    assert overlap_finding(align(Agreement("ada", (("DE", 1.0),)))) == "No pair of needs is written down yet"


@pytest.mark.parametrize("own", [LIGHT, DARK])
def test_letters_are_readable_on_their_marks(own):
    assert min(contrast(own.on_in_market, own.in_market), contrast(own.on_in_market, own.strength)) >= 4.5
