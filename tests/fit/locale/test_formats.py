"""Are numbers, dates and money said as the reader's locale says them, and does nobody get another reader's text?"""

from datetime import date

import pytest
from babel.localedata import locale_identifiers
from streamlit.testing.v1 import AppTest

from fit.brief import Brief
from fit.charts.audience import audience_split
from fit.charts.drawing import QUARTERS, share_ticks
from fit.forecast.request import RequestedLine
from fit.locale import formats as locale
from fit.locale.formats import ENGLISH, speaking, spoken
from fit.text import words
from fit.text.escape import literal
from pages.ui import store_access
from pages.ui.present.files import file_of
from tests.pages.driver import opened_by, troubles

DE, AT = "\u00a0", "Germany and Austria"
DAY = date(2025, 11, 8)


def said() -> list[str]:
    """One of each kind of value."""
    return [
        words.count(1234567), words.percent(0.0834), words.about(7.123), words.amount(1550.0, "EUR"), words.day(DAY),
        words.percent_range(0.38, 0.45), words.times(1.336), words.counted(45638, "click", "clicks"),
    ]  # fmt: skip


EN = [
    "1,234,567",
    "8.3\u00a0%",
    "7.12",
    "1,550 EUR",
    "8 November 2025",
    "38 to 45\u00a0%",
    "1.3 times",
    "45,638 clicks",
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, EN),
        ("en-GB", EN),
        ("en-US", [*EN[:4], "November 8, 2025", *EN[5:]]),
        ("en-IN", ["12,34,567", *EN[1:]]),
        ("de-DE", ["1.234.567", "8,3\u00a0%", "7,12", "1.550 EUR", "08.11.2025", "38 to 45\u00a0%", "1,3 times",
                   "45.638 clicks"]),
        ("fr-FR", ["1\u202f234\u202f567", "8,3\u00a0%", "7,12", "1\u202f550 EUR", "08/11/2025", "38 to 45\u00a0%",
                   "1,3 times", "45\u202f638 clicks"]),
        ("tr-TR", ["1.234.567", "%8,3", "7,12", "EUR\u00a01.550", "8.11.2025", "%38 to %45", "1,3 times",
                   "45.638 clicks"]),
        ("ja-JP", ["1,234,567", "8.3%", "7.12", "EUR\u00a01,550", "2025/11/08", "38 to 45%", "1.3 times",
                   "45,638 clicks"]),
        ("de-CH", ["1’234’567", "8.3%", "7.12", "EUR\u00a01’550", "08.11.2025", "38 to 45%", "1.3 times",
                   "45’638 clicks"]),
        ("en-CH", ["1’234’567", "8.3\u00a0%", "7.12", "1’550 EUR", "8 November 2025", "38 to 45\u00a0%", "1.3 times",
                   "45’638 clicks"]),
        ("hi-IN", ["12,34,567", "8.3%", "7.12", "EUR\u00a01,550", "8/11/2025", "38 to 45%", "1.3 times",
                   "45,638 clicks"]),
        ("es-ES", ["1.234.567", "8,3\u00a0%", "7,12", "1.550 EUR", "8/11/2025", "38 to 45\u00a0%", "1,3 times",
                   "45.638 clicks"]),
        ("pl-PL", ["1\u00a0234\u00a0567", "8,3%", "7,12", "1\u00a0550 EUR", "8.11.2025", "38 to 45%", "1,3 times",
                   "45\u00a0638 clicks"]),
        ("pt-PT", ["1\u00a0234\u00a0567", "8,3%", "7,12", "1\u00a0550 EUR", "08/11/2025", "38 to 45%", "1,3 times",
                   "45\u00a0638 clicks"]),
        ("pt-BR", ["1.234.567", "8,3%", "7,12", "EUR\u00a01.550", "08/11/2025", "38 to 45%", "1,3 times",
                   "45.638 clicks"]),
        ("sv-SE", ["1\u00a0234\u00a0567", "8,3\u00a0%", "7,12", "1\u00a0550 EUR", "2025-11-08", "38 to 45\u00a0%",
                   "1,3 times", "45\u00a0638 clicks"]),
    ],
)  # fmt: skip
def test_values_are_said_as_the_locale_says_them(name, expected):
    with speaking(name):
        assert said() == expected


@pytest.mark.parametrize(
    ("name", "thousands", "small", "negative"),
    [
        ("en-GB", "1,234,567.89", "999.50", "-1,234.00"),
        ("de-CH", "1’234’567.89", "999.50", "-1’234.00"),
        ("de-LI", "1’234’567.89", "999.50", "-1’234.00"),
        ("it-CH", "1’234’567.89", "999.50", "-1’234.00"),
        ("en-IN", "12,34,567.89", "999.50", "-1,234.00"),
        ("nb-NO", "1\u00a0234\u00a0567,89", "999,50", "-1\u00a0234,00"),
    ],
)
def test_thousands_are_parted_with_the_locales_sign_at_every_place(name, thousands, small, negative):
    with speaking(name):
        values = (1234567.891, 999.5, -1234.0)
        assert [locale.decimal(value, 2) for value in values] == [thousands, small, negative]


@pytest.mark.thorough
def test_no_locale_writes_a_large_number_without_parting_it():
    whole = []
    for name in locale_identifiers():
        with speaking(name):
            if "1234567" in words.count(1234567) or "1234" in words.count(1234):
                whole.append(name)
    assert whole == []


@pytest.mark.parametrize("odd", ["", "xx", "tlh", "und", "../../etc", "x-y-z", "a" * 500, "i-default", "\u0000", "%s"])
def test_an_odd_locale_is_spoken_to_in_english_without_an_error(odd):
    with speaking(odd):
        assert said()[:4] == EN[:4]


@pytest.mark.parametrize("name", ["C", "c", "POSIX", "C.UTF-8", "C-DE", "en-US-POSIX", "en_US_POSIX"])
def test_a_machine_without_a_locale_is_spoken_to_in_english_of_no_country(name):
    with speaking(name):
        assert said() == EN
        assert (spoken(), locale.language(), locale.separators()) == (ENGLISH, "en", ".,")


@pytest.mark.parametrize(
    ("name", "known"), [("de-XX", "de"), ("de-DE-u-nu-latn", "de_DE"), ("zh-Hant-TW", "zh_Hant_TW")]
)
def test_what_is_known_of_a_locale_counts(name, known):
    with speaking(name):
        assert spoken() == known


@pytest.mark.thorough
def test_every_locale_that_there_is_can_say_every_value():
    failed = []
    for name in locale_identifiers():
        with speaking(name):
            values = [*said(), locale.date_pattern(), locale.separators()]
            if not all(values) or not {"Y", "M", "D"} <= set(values[8]) or "8" not in values[4]:
                failed.append(name)
    assert failed == []


def test_after_a_while_the_reader_before_is_spoken_to_again():
    assert spoken() == ENGLISH
    with speaking("de-DE"), speaking("en-US"):
        assert spoken() == "en_US"
    assert spoken() == ENGLISH


def test_names_and_codes_stay_english_and_whole_where_texts_are_english():
    with speaking("de-DE"):
        assert (words.country("DE"), words.market("DE+AT"), words.country("ZZ")) == (
            "Germany",
            "Germany and Austria",
            "market not stated",
        )


def test_numbers_survive_markdown_and_charts_in_every_notation():
    with speaking("de-DE"):
        assert literal("1.234,5 am 18.11.2025") == "1\\.234\\,5 am 18\\.11\\.2025"
        assert share_ticks(QUARTERS)["ticktext"][1] == "25\u00a0%"
        chart = audience_split(0.3825, 0.075, "Germany")
        assert chart.figure.layout.separators == ",."
        assert "7,5\u00a0% is unknown" in chart.title
    assert audience_split(0.3825, 0.075, "Germany").figure.layout.separators == ".,"


def texts(app: AppTest) -> str:
    return " ".join(element.value for kind in (app.header, app.markdown, app.caption) for element in kind)


@pytest.mark.thorough
def test_two_readers_of_one_server_never_get_each_others_numbers(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    for _ in range(2):
        german, english = opened_by("de-DE", "recommended_role"), opened_by("en-US", "recommended_role")
        assert troubles(german) == troubles(english) == []
        (comma,), (point,) = (
            [m.value for m in app.metric if m.label == "No purchase at all"] for app in (german, english)
        )
        assert comma != point
        assert comma.replace(",", ".") == point.replace(",", ".")


def test_prose_that_is_kept_goes_by_the_locale_it_was_written_for(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    brief = Brief((("DE", 60.0), ("FR", 40.0)), "conversion")  # hardly anybody of demo-005 lives in France
    with speaking("de-DE"):
        german = store_access.candidate(brief, "demo-005").because
        csv = store_access.shortlist_csv(brief, "group", True, True)
    english = store_access.candidate(brief, "demo-005").because
    assert "," in german
    assert german != english
    with speaking("de-DE"):
        assert store_access.candidate(brief, "demo-005").because == german
    assert csv == store_access.shortlist_csv(brief, "group", True, True)
    assert english in csv.replace('""', '"')


@pytest.mark.thorough
def test_every_page_opens_for_a_reader_who_writes_numbers_otherwise(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    for page in ("audience_geography", "natural_strength", "recommended_role", "present", "your_data"):
        assert troubles(opened_by("de-DE", page)) == [], page
    for tab in ("loaded", "judged"):
        assert troubles(opened_by("de-DE", "your_data", tab)) == [], tab


def test_a_file_made_outside_of_the_page_speaks_to_the_reader_of_the_page(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    brief = Brief((("AT", 40.0),), "conversion")
    with speaking("de-DE"):
        story = store_access.story(brief, ("demo-005",), RequestedLine())
        write = file_of(story, ".html")
    written = write().decode()
    assert (spoken(), "data of 02.03.2026" in written) == (ENGLISH, True)
    assert (
        "data of 2 March 2026" in file_of(store_access.story(brief, ("demo-005",), RequestedLine()), ".html")().decode()
    )
