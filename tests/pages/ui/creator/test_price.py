"""Does Recommended role say what a creator may cost, in the numbers of the price command?"""

from fit.plan import PriceRequest, price_of
from fit.text import words
from tests.pages.driver import opened, troubles


def test_four_prices_stand_on_one_line(demo_store, in_store, ask_demo):
    in_store(demo_store)
    app = opened("recommended_role", market="DE-1", creator="demo-001", worth="40", tab="Price")
    assert troubles(app) == []
    price = price_of(ask_demo, PriceRequest("demo-001", ("DE",), "conversion", order_margin=40.0))
    assert price.because.rstrip(".") in [text.value.replace("\\", "") for text in app.subheader]
    assert any("your margin per purchase" in text.value for text in app.caption)


def test_a_deal_is_shown_beside_the_flat_fee(demo_store, in_store, ask_demo):
    in_store(demo_store)
    app = opened("recommended_role", market="DE-1", creator="demo-001", worth="40", commission="10", tab="Price")
    assert troubles(app) == []
    asked = PriceRequest("demo-001", ("DE",), "conversion", order_margin=40.0, commission=0.1)
    deal = price_of(ask_demo, asked).deal
    table = next(frame.value for frame in app.dataframe if "offer" in frame.value.columns)
    assert list(table["loss"]) == [words.chance(deal.p_loss_flat), words.chance(deal.p_loss_deal)]
