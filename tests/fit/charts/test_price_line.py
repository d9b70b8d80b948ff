"""Does the line of prices mark each where it is, and say it in words and in a table?"""

from fit.charts import price_line


def test_prices_stand_in_their_order_with_the_asked_one_hollow():
    prices = [("safe", 200.0), ("break-even", 300.0), ("usual price", 250.0)]
    chart = price_line(prices, 900.0, "EUR", "Offer 200 EUR")
    assert chart.table["price"].to_list() == ["safe", "usual price", "break-even", "asking price"]
    assert chart.table["amount"].to_list() == [200.0, 250.0, 300.0, 900.0]
    marks = [trace for trace in chart.figure.data if trace.mode == "markers"]
    assert [mark.x[0] for mark in marks] == [200.0, 250.0, 300.0, 900.0]
    assert len({mark.marker.color for mark in marks}) == 2
    assert chart.alt == (
        "Offer 200 EUR. safe 200 EUR, usual price 250 EUR, break-even 300 EUR and asking price 900 EUR."
    )


def test_without_an_asking_price_the_others_stand_alone():
    chart = price_line([("safe", 0.0), ("break-even", 0.0)], None, None, "Worth nothing here")
    assert chart.table["amount"].to_list() == [0.0, 0.0]
    assert chart.figure.layout.xaxis.range == (0, 1.0)
