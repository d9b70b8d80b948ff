"""Is what somebody types as money, a count or a rate read as it is meant, and else kept with the reason?"""

from dataclasses import replace

import pytest

from tests.pages.driver import troubles
from tests.pages.ui.partnership.partnerships import LINES, SMALL, WHOLE, on_paper


def typed(app, key, text):
    """The page after a text was typed into a field."""
    app.text_input(key=key).set_value(text).run()
    assert troubles(app) == []
    return app


def warnings(app) -> list[str]:
    return [warning.value.replace("\\", "") for warning in app.warning]


@pytest.mark.parametrize(("text", "cost"), [("1.800", 1800.0), ("1800 EUR", 1800.0), ("€1.800,50", 1800.5), ("", None)])
def test_a_fee_is_read_as_people_write_it(kept, desk, text, cost):
    app = typed(desk(WHOLE, "brief"), "field_cost", text)
    assert (on_paper(kept).cost, on_paper(kept).currency) == (cost, "EUR")
    assert [said for said in warnings(app) if "Not saved" in said] == []


def test_a_currency_beside_the_fee_counts_where_none_is_chosen(kept, desk):
    typed(desk(SMALL, "brief"), "field_cost", "1,800 CHF")
    assert (on_paper(kept).cost, on_paper(kept).currency) == (1800.0, "CHF")


@pytest.mark.parametrize("text", ["abc", "1800 USD"])
def test_what_cannot_be_read_stays_in_its_field_with_what_is_needed(kept, desk, text):
    app = typed(desk(WHOLE, "brief"), "field_cost", text)
    assert (on_paper(kept), app.text_input(key="field_cost").value) == (WHOLE, text)
    assert f'Not saved: "{text}" was found; an amount in EUR is needed, such as 1,800.' in warnings(app)
    assert "Not saved" not in " ".join(warnings(typed(app, "field_cost", "1,800")))


def test_a_target_of_a_count_has_thousands_and_one_of_a_rate_has_none(kept, desk):
    app = desk(replace(SMALL, metrics=LINES), "brief")
    typed(typed(app, "metric_1_target", "70.000"), "metric_0_target", "3.125")
    assert [line.target for line in on_paper(kept).metrics] == [0.03125, 70_000.0, None]
    app = typed(app, "metric_0_target", "a lot")
    assert 'Not saved: "a lot" was found; a percentage from 0 to 100 is needed, such as 5.0\u00a0%.' in warnings(app)


def test_an_amount_with_three_decimals_is_shown_so_that_it_is_read_back(desk):
    app = desk(replace(WHOLE, order_margin=1.234), "brief")
    assert app.text_input(key="field_order_margin").value == "1.2340"
    assert 'Not saved: "0" was found; an amount in EUR above 0 is needed, such as 1,800.' in warnings(
        typed(app, "field_order_margin", "0")
    )
