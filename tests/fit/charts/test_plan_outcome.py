"""Does the picture of a plan draw every booked creator and the total with the numbers of the table?"""

from fit.charts import OutcomeRow, plan_outcome

ROWS = [OutcomeRow("Ada", 15.2, 2.1, 35.4), OutcomeRow("Bo <b>", 1.86, 0.0, 5.0)]
TOTAL = OutcomeRow("All 2", 17.06, 3.9, 37.2)


def test_every_row_and_the_total_have_a_bar_a_dot_and_their_numbers():
    chart = plan_outcome(ROWS, TOTAL, "Ada brings most")
    bars = [list(trace.x) for trace in chart.figure.data if trace.mode == "lines"]
    dots = [trace.x[0] for trace in chart.figure.data if trace.mode == "markers"]
    assert bars == [[2.1, 35.4], [0.0, 5.0], [3.9, 37.2]]
    assert dots == [15.2, 1.86, 17.06]
    assert [note.text for note in chart.figure.layout.annotations] == [
        "15 (2 to 35)",
        "2 (0 to 5)",
        "<b>17 (4 to 37)</b>",
    ]
    assert chart.table.rows() == [("Ada", 2, 15, 35), ("Bo <b>", 0, 2, 5), ("All 2", 4, 17, 37)]
    assert chart.alt == "Ada brings most. Ada 15 (2 to 35); Bo <b> 2 (0 to 5); All 2 17 (4 to 37)."


def test_a_name_stays_text_and_a_long_one_is_cut_beside_the_axis():
    chart = plan_outcome([OutcomeRow("x" * 40, 1.0, 0.0, 2.0), ROWS[1]], TOTAL, "")
    assert chart.figure.layout.yaxis.ticktext == (f"{'x' * 27}…", "Bo &lt;b&gt;", "<b>All 2</b>")


def test_nothing_expected_at_all_is_drawn_on_an_axis_that_has_a_length():
    chart = plan_outcome([], OutcomeRow("All 0", 0.0, 0.0, 0.0), "")
    assert chart.figure.layout.xaxis.range == (-0.02, 1.0)
