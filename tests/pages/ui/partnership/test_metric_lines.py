"""Does each metric have one line, however somebody types its name?"""

from dataclasses import replace

import pytest

from fit.agreement.agreement import MetricLine
from tests.pages.driver import troubles
from tests.pages.ui.partnership.partnerships import SMALL, on_paper

REACH = MetricLine("reach", "creator", 70_000.0, matters_to=("creator",))


def added(app, name, definition="what the platform shows", **chosen):
    """The page after a metric of one's own was typed and added."""
    app.text_input(key="own_name").set_value(name)
    app.text_input(key="own_definition").set_value(definition)
    for part, value in chosen.items():
        app.selectbox(key=f"own_{part}").set_value(value)
    (button,) = (one for one in app.button if one.label == "Add this metric")
    return button.click().run()


@pytest.mark.parametrize("name", ["Reach", " REACH", "unique reach"])
def test_a_metric_that_has_a_line_gets_no_second_one(kept, desk, name):
    app = added(desk(replace(SMALL, metrics=(REACH,)), "brief"), name)
    assert (troubles(app), on_paper(kept).metrics, app.text_input(key="own_name").value) == ([], (REACH,), name)
    assert "There is a line for reach already. Change its target there, or give your metric another name." in [
        warning.value.replace("\\", "") for warning in app.warning
    ]


def test_a_typed_metric_of_the_library_becomes_that_one(kept, desk):
    app = added(desk(SMALL, "brief"), "Link click", side="brand", kind="outcome")
    assert on_paper(kept).metrics == (MetricLine("clicks", "brand", matters_to=("brand",)),)
    assert (troubles(app), app.text_input(key="own_name").value) == ([], "")


def test_leading_indicators_are_offered_in_a_closed_box_until_there_is_one(kept, desk):
    app = desk(SMALL, "brief")
    label = "Leading indicators (optional)"
    (box,) = (box for box in app.expander if box.label == label)
    assert not box.proto.expanded
    app.selectbox(key="add_creator_leading").set_value("thoughtful_replies_48h").run()
    assert [line.name for line in on_paper(kept).metrics] == ["thoughtful_replies_48h"]
    assert label not in [box.label for box in app.expander]
    assert troubles(app) == []


def test_a_metric_of_ones_own_is_added_once(kept, desk):
    app = added(added(desk(SMALL, "brief"), "Thank-you notes"), " thank-you  NOTES")
    assert [line.name for line in on_paper(kept).metrics] == ["Thank-you notes"]
    assert troubles(app) == []
