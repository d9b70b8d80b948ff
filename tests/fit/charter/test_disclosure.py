"""Which rules about showing advertising are named, for whom, and does the note say what it is not?"""

from fit.charter.disclosure import disclosure_notes


def places(found) -> list[str]:
    return [note.where for note in found.notes]


def test_markets_and_large_parts_of_the_audience_get_their_notes_largest_first():
    found = disclosure_notes({"DE": 1.0}, {"US": 0.3, "DE": 0.2, "GB": 0.06, "FR": 0.04}, None, None)
    assert places(found) == ["United States", "Germany", "United Kingdom", "European Union"]


def test_a_french_audience_and_a_price_of_a_thousand_need_a_written_contract():
    def said(cost, currency):
        (sentence,) = disclosure_notes({"FR": 1.0}, {"FR": 0.5}, cost, currency).remarks
        return sentence

    assert said(1_000, "EUR").endswith("The price of EUR 1,000.00 reaches EUR 1,000: a written contract is needed.")
    assert "is under EUR 1,000, but gifts" in said(999, "EUR")
    assert "Check whether pay and gifts" in said(2_000, "USD")
    assert "Check whether pay and gifts" in said(None, "EUR")


def test_a_country_without_a_note_is_said():
    assert disclosure_notes({"BR": 1.0}, {"BR": 0.9}, None, None).remarks == (
        "There is no note here for Brazil: ask somebody who knows the rules there.",
    )


def test_an_unknown_audience_is_said():
    found = disclosure_notes({"IT": 1.0}, {}, None, None)
    assert places(found) == ["European Union"]
    assert found.remarks == ("No audience by country is loaded: the notes follow the target markets alone.",)
