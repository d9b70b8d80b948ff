"""Do numbers read right, and does nothing in a name become markup?"""

from datetime import date

import pytest

from fit.text import words
from fit.text.escape import chart_text, literal

HOSTILE = [
    "![p](http://x/a.png)",
    ":red[TOP]",
    ":blue-badge[VERIFIED]",
    "<img src=x onerror=alert(1)>",
    "$x$ and $$y$$",
    "http://evil.example/x",
    "www.evil.example",
    "me@evil.example",
    ":streamlit: :material/check: :tada:",
    "a -> b <- c -- d >= e",
    "# heading\n- list",
    "`code` **bold** ~strike~",
    "\u202egnp.exe",
    "[x](javascript:alert)",
]
SPECIAL = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@pytest.mark.parametrize(
    ("metric", "mean", "alone", "inside"),
    [
        ("conversions", 0.0, "0", "none"),
        ("conversions", 0.001, "under 1", "under 1"),
        ("conversions", 0.4999, "under 1", "under 1"),
        ("conversions", 0.5, "1", "about 1"),
        ("conversions", 0.9, "1", "about 1"),
        ("conversions", 1.4, "1", "about 1"),
        ("in_market_reach", 16_559.0, "16,600", "about 16,600"),
        ("click_rate", 0.004, "0.40\u00a0%", "about 0.40\u00a0%"),
        ("revenue", 0.3, "0.3 EUR", "about 0.3 EUR"),
    ],
)
def test_a_count_that_is_expected_is_never_said_to_be_none_where_some_may_come(metric, mean, alone, inside):
    assert words.expected(metric, mean, "EUR") == alone
    assert words.about_expected(metric, mean, "EUR") == inside


@pytest.mark.parametrize("name", HOSTILE)
def test_every_punctuation_sign_of_a_name_stands_behind_a_backslash(name):
    shown = literal(name)
    assert all(shown[i - 1] == "\\" for i, sign in enumerate(shown) if sign in SPECIAL and sign != "\\" and i)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("http://x.y", "http\\:\u2060\\/\\/x\\.\u2060y"),
        ("www.x", "w\u2060ww\\.\u2060x"),
        ("a@b", "a\\@\u2060b"),
        (":tada:", "\\:\u2060tada\\:"),
        ("->", "\\-\u2060\\>"),
        ("a\x00b\nc", "ab c"),
        ("\u202egnp", "gnp"),
        ("Mara", "Mara"),
        (12, "12"),
        ("2.97", "2\\.97"),
        ("1:2", "1\\:2"),
        ("0.5.x", "0\\.5\\.\u2060x"),
        ("1:100:2", "1\\:\u2060100\\:2"),
        (":100:", "\\:\u2060100\\:"),
        ("5:b", "5\\:\u2060b"),
    ],
)
def test_what_survives_backslashes_is_parted_by_a_word_joiner(name, shown):
    assert literal(name) == shown


def test_a_chart_label_holds_no_tag_and_no_entity():
    assert chart_text("<b>&amp;") == "&lt;b&gt;&amp;amp;"
    assert chart_text("x" * 40) == "x" * 29 + "…"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, "not measured"),
        (0, "0\u00a0%"),
        (0.00002, "under 0.01\u00a0%"),
        (0.0042, "0.42\u00a0%"),
        (0.0834, "8.3\u00a0%"),
        (0.0999, "10\u00a0%"),
        (0.384, "38\u00a0%"),
        (1, "100\u00a0%"),
    ],
)
def test_a_share_is_said_with_as_many_digits_as_it_deserves(share, said):
    assert words.percent(share) == said


def test_ranges_say_one_value_when_both_ends_read_the_same():
    assert words.percent_range(0.38, 0.45) == "38 to 45\u00a0%"
    assert words.percent_range(0.381, 0.383) == "38\u00a0%"


@pytest.mark.parametrize(
    ("probability", "percent", "frequency"),
    [
        (0.71, "71\u00a0%", "7 in 10"),
        (0.999, "97\u00a0%", "over 19 in 20"),
        (0.0, "3.0\u00a0%", "under 1 in 20"),
        (0.5, "50\u00a0%", "5 in 10"),
    ],
)
def test_a_probability_is_clipped_and_said_as_percent_and_frequency(probability, percent, frequency):
    assert (words.chance(probability), words.frequency(probability)) == (percent, frequency)


def test_numbers_and_lists_read_as_a_sentence_needs_them():
    assert [words.count(None), words.count(45638), words.about(45638), words.about(7.123)] == [
        "not measured",
        "45,638",
        "45,600",
        "7.12",
    ]
    assert [words.rate(50, 500), words.rate(None, 500), words.rate(0, 0)] == ["10\u00a0%", "not measured", "no trials"]
    said = [words.counted(number, "country", "countries") for number in (0, 1, 2, 1234)]
    assert said == ["0 countries", "1 country", "2 countries", "1,234 countries"]
    assert [words.listing(x) for x in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
    assert [words.day(date(2026, 3, 7)), words.day(None)] == ["7 March 2026", "no date stated"]
    assert [words.index(128.4), words.index(1234.5)] == ["128", "1,234"]


def test_multiples_are_said_with_two_digits_and_a_return_that_meets_a_target_with_three():
    said = [words.times(value) for value in (0.454, 1.336, 4.07, 12.34, 123.4, 45_678.0)]
    assert said == ["0.45 times", "1.3 times", "4.1 times", "12 times", "120 times", "46,000 times"]
    assert words.index_times(264.0) == "2.6 times"
    assert words.measure("return_on_ad_spend", 2.255) == "2.25 times"


def test_countries_are_said_by_name():
    assert [words.country(c) for c in ("DE", "SG", "ZZ", None, "QQ")] == [
        "Germany",
        "Singapore",
        "market not stated",
        "market not stated",
        "QQ",
    ]
    assert words.market("DE+AT") == "Germany and Austria"


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.71, "71\u00a0%, 7 in 10"),
        (0.2, "20\u00a0%, 1 in 5"),
        (0.346, "35\u00a0%, 7 in 20"),
        (0.75, "75\u00a0%, 3 in 4"),
        (0.05, "5.0\u00a0%, 1 in 20"),
        (0.96, "96\u00a0%, 19 in 20"),
        (0.035, "3.5\u00a0%, under 1 in 20"),
        (0.968, "97\u00a0%, over 19 in 20"),
        (0.0, "under 3\u00a0%, under 1 in 20"),
        (1.0, "over 97\u00a0%, over 19 in 20"),
    ],
)
def test_a_chance_is_said_as_percent_and_count_and_never_as_certain(probability, said):
    assert words.likelihood(probability) == said


def test_the_cost_of_one_outcome_has_two_digits():
    said = [words.unit_cost(value, "EUR") for value in (0.3333, 27.81, 1_060.4, None)]
    assert said == ["0.33 EUR", "28 EUR", "1,100 EUR", "not known"]


def test_a_metric_is_said_in_its_own_unit():
    assert [words.measure(*given) for given in (
        ("clicks", 249.4), ("conversions", 0.4), ("engagement_rate", 0.0834), ("revenue", 1550.0, "EUR"),
        ("revenue", 1550.0), ("return_on_ad_spend", 1.336), ("cost_per_click", 0.5, "USD"), ("reach", None),
    )] == ["249", "0", "8.3\u00a0%", "1,550 EUR", "1,550", "1.34 times", "0.5 USD", "not known"]  # fmt: skip


@pytest.mark.parametrize(("number", "said"), [(0.4, "0"), (9.3, "9"), (129.6, "130"), (16_559.0, "16,600")])
def test_an_expected_count_prints_alike_in_sentences_and_tables(number, said):
    assert words.rounded(number) == said == words.measure("in_market_reach", number)


def test_what_is_paid_keeps_every_digit_and_an_estimate_has_whole_units():
    said = [words.price(value, "EUR") for value in (1_234.0, 1_234.5, 37.55, 902.4755, 3_929.146, 12.345678, None)]
    assert said == ["1,234 EUR", "1,234.50 EUR", "37.55 EUR", "902 EUR", "3,929 EUR", "12.30 EUR", "not known"]
    assert words.price(0.1 + 0.2, None) == "0.30"  # a sum of cents in floats is a price too


def test_what_is_agreed_is_never_rounded():
    agreed = (
        ("impressions", 45_638.0), ("engagement_rate", 0.0835), ("cost_per_click", 2.5, "EUR"), ("revenue", 1_234.0),
        ("return_on_ad_spend", 2.25), ("mentions of ours", 12_345.0),
    )  # fmt: skip
    assert [words.exact(*one) for one in agreed] == [
        "45,638", "8.35\u00a0%", "2.5 EUR", "1,234", "2.25 times", "12,345",
    ]  # fmt: skip


def test_results_are_whole_counts_and_typed_rates():
    measured = (
        ("clicks", 12_345.0),
        ("engagement_rate", 0.0835),
        ("engagement_rate", 1 / 3),
        ("revenue", 1_999.99, "EUR"),
        ("cost_per_click", 0.2119, "EUR"),
    )
    said = ["12,345", "8.35\u00a0%", "33\u00a0%", "1,999.99 EUR", "0.212 EUR"]
    assert [words.result(*one) for one in measured] == said
    assert words.result("cost_per_conversion", float("inf"), "EUR") == "no purchases"
