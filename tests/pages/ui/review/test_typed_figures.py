"""Is a typed figure read as people write it, the same on every page of a partnership?"""

import pytest

from fit.locale.formats import speaking
from fit.metrics import Unit
from pages.ui.review.typed_figures import typed_figure, typed_result


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
@pytest.mark.parametrize(
    ("text", "unit", "currency", "read"),
    [
        ("1.800", Unit.AMOUNT, "EUR", (1800.0, "")),
        ("1,800", Unit.AMOUNT, "EUR", (1800.0, "")),
        ("1 800", Unit.AMOUNT, None, (1800.0, "")),
        ("1'800", Unit.AMOUNT, None, (1800.0, "")),
        ("1.800 EUR", Unit.AMOUNT, "EUR", (1800.0, "EUR")),
        ("€1800,50", Unit.AMOUNT, "EUR", (1800.5, "EUR")),
        ("1800 EUR", Unit.AMOUNT, None, (1800.0, "EUR")),
        ("$250", Unit.AMOUNT, "USD", (250.0, "USD")),
        ("12.5", Unit.AMOUNT, "EUR", (12.5, "")),
        ("1.234.567", Unit.AMOUNT, "EUR", (1_234_567.0, "")),
        ("70.000", Unit.COUNT, None, (70_000.0, "")),
        ("70,000", None, None, (70_000.0, "")),
        ("0", Unit.COUNT, None, (0.0, "")),
        ("3.1", Unit.RATE, None, (0.031, "")),
        ("3,1 %", Unit.RATE, None, (0.031, "")),
        ("1800 USD", Unit.AMOUNT, "EUR", None),
        ("$250", Unit.AMOUNT, None, None),
        ("abc", Unit.AMOUNT, "EUR", None),
        ("-5", Unit.COUNT, None, None),
        ("70.5", Unit.COUNT, None, None),
        ("101", Unit.RATE, None, None),
    ],
)
def test_a_typed_figure(language, text, unit, currency, read):
    with speaking(language):
        assert typed_figure(text, unit, currency) == read


@pytest.mark.parametrize(("language", "rate"), [("en-GB", 3.125), ("de-DE", 3125.0)])
def test_a_ratio_has_the_readers_decimal_mark(language, rate):
    with speaking(language):
        assert typed_figure("3.125", Unit.RATIO, None) == (rate, "")


@pytest.mark.parametrize(("name", "value"), [("cost", 1800.0), ("reach", 1800.0), ("thank-you notes", 1800.0)])
def test_a_result_is_read_as_the_target_was(name, value):
    assert typed_result(name, "1.800", "It", "EUR") == value
