"""Does the health card stand whole on its page, and its worst line where something is to be done?"""

import pytest

from tests.pages.driver import opened, troubles


def test_the_card_puts_the_most_serious_first(thin_store, in_store):
    in_store(thin_store)
    app = opened("forecast_accuracy", market="DE-1")
    assert troubles(app) == []
    texts = [text.value for text in app.markdown]
    assert "1 of 8 checks passed." in texts
    said = [text for text in texts if text.startswith("**")]
    assert [text.split("**")[1] for text in said] == [
        "Creators and campaigns", "Purchases tracked", "Age of audiences", "Prices and currencies",
        "Luck of one campaign", "Buyers abroad", "Past forecasts", "Whose data",
    ]  # fmt: skip
    needed = [caption.value for caption in app.caption if caption.value.startswith("Needed: half of the campaigns")]
    assert len(needed) == 1


@pytest.mark.parametrize("page", ["shortlist", "compare", "recommended_role", "present", "your_data"])
def test_the_worst_finding_stands_where_a_decision_is_shown(thin_store, in_store, page):
    in_store(thin_store)
    app = opened(page, market="DE-1", s="c0-c1")
    assert troubles(app) == []
    assert [text.value for text in app.markdown if "Creators and campaigns" in text.value] == [
        ":red[:material/error:] Creators and campaigns\\: 2 creators with 8 campaigns\\. Load more past campaigns\\; "
        "until then chances of a target may be off by 10 to 20 points\\."
    ]


@pytest.mark.parametrize(
    ("page", "count"), [("shortlist", 0), ("compare", 0), ("recommended_role", 0), ("your_data", 1)]
)
def test_sample_data_are_marked_already_and_need_no_line_beside_a_decision(demo_store, in_store, page, count):
    in_store(demo_store)
    app = opened(page, market="DE-1")
    assert (
        troubles(app),
        len([text for text in app.markdown if text.value.startswith(":red[:material/error:] ")]),
    ) == ([], count)
