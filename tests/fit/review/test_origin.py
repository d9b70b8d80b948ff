"""Are results by country held against all that was measured, and is it said where that is not known?"""

import pytest

from fit.review.origin import origin_words, origins


def said(markets: tuple[str, ...] = ("DE",), **known: float) -> str:
    return origin_words(origins({name.replace("_in_", ":"): value for name, value in known.items()}, markets), "M")


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({"clicks": 2_600.0, "clicks_in_DE": 140.0}, "140 of 2,600 clicks came from M (5.4\u00a0%)."),
        ({"clicks": 412.0, "clicks_in_DE": 35.0}, "35 of 412 clicks came from M (8.5\u00a0%)."),
        ({"clicks": 20.0, "clicks_in_DE": 5.0, "clicks_in_BR": 15.0}, "5 of 20 clicks came from M (25\u00a0%)."),
        (
            {"clicks_in_DE": 9.0, "clicks_in_BR": 1.0},
            "9 of the 10 clicks with a reported country came from M (90\u00a0%); the total was not measured.",
        ),
        ({"clicks_in_DE": 35.0}, "35 clicks came from M; the total was not measured."),
        (
            {"clicks": 7.0, "clicks_in_DE": 9.0, "clicks_in_BR": 1.0},
            "9 of the 10 clicks with a reported country came from M (90\u00a0%); that is more than the 7 reported in "
            "all.",
        ),
        ({"clicks": 7.0, "clicks_in_DE": 9.0}, "9 clicks came from M; that is more than the 7 reported in all."),
        ({"clicks_in_DE": 0.0}, ""),
        ({"clicks": 9.0}, ""),
        (
            {"clicks": 9.0, "clicks_in_DE": 9.0, "conversions": 4.0, "conversions_in_BR": 3.0},
            "0 of 4 purchases came from M (0\u00a0%). Not reported: Germany.",
        ),
    ],
)  # fmt: skip
def test_results_from_the_market_are_a_share_of_all_that_were_measured(known, sentence):
    assert said(**known) == sentence


def test_a_country_of_the_market_without_a_report_is_named_and_counts_at_most_as_all_that_is_left():
    (clicks,) = origins({"clicks": 100.0, "clicks:DE": 10.0, "clicks:BR": 60.0}, ("DE", "AT"))
    assert (clicks.share, clicks.most) == (0.1, 0.4)
    assert said(("DE", "AT"), clicks=100.0, clicks_in_DE=10.0).endswith("(10\u00a0%). Not reported: Austria.")


@pytest.mark.parametrize(("total", "says"), [(10.0, True), (9.0, False)])
def test_a_share_of_fewer_than_ten_is_no_fact(total, says):
    (clicks,) = origins({"clicks": total, "clicks:DE": 1.0}, ("DE",))
    assert clicks.says_something is says
