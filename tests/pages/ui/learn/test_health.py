"""Does the health card stand whole on its page, and its worst line where something is to be done?"""

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
