"""Is every country text read as the country it names, and is every doubtful one asked?"""

import pytest
from babel import Locale

from data.importers.values import countries
from data.importers.values.build_countries import LOCALES, collect
from data.importers.values.countries import TOTAL, UNKNOWN, Meaning


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            ("de", "DE"),
            ("Es", "ES"),
            (" mx ", "MX"),
            ("ESP", "ES"),
            ("UK", "GB"),
            ("EL", "GR"),
            ("XK", "XK"),
            ("NA", "NA"),
        ),
        *(("Great Britain", "GB"), ("England", "GB"), ("Scotland", "GB"), ("Holland", "NL"), ("The Netherlands", "NL")),
        *(
            ("DR Congo", "CD"),
            ("Republic of Korea", "KR"),
            ("Hong Kong SAR", "HK"),
            ("U.S.A.", "US"),
            ("Türkiye", "TR"),
        ),
        *(("Mainland China", "CN"), ("Côte d’Ivoire", "CI"), ("México", "MX"), ("日本", "JP"), ("Alemanha", "DE")),
        *(
            ("Germany (DE)", "DE"),
            ("Myanmar (Burma)", "MM"),
            ("Korea (Republic of)", "KR"),
            ("Brazil (estimated)", "BR"),
        ),
        *(("ABD", "US"), ("США", "US"), ("アメリカ", "US"), ("대한민국", "KR"), ("美國", "US"), ("Србија", "RS")),
        *(("Pilipinas", "PH"), ("Amerika Syarikat", "US"), ("Costa de Marfil", "CI"), ("Тайланд", "TH")),
        *(("St. Lucia", "LC"), ("Trinidad & Tobago", "TT"), ("Ger\u00admany", "DE"), ("\u200eEspaña", "ES")),
    ],
)
def test_a_clear_text_names_its_country(text, code):
    assert countries.country(text) == Meaning(code)


@pytest.mark.parametrize(
    "text", ["ZZ", "Others", "(not set)", "Unknown", "n/a", "Rest of world", "Sonstige", "undefined", "その他"]
)
def test_words_for_the_rest_are_unknown(text):
    assert countries.country(text) == Meaning(UNKNOWN)


@pytest.mark.parametrize(
    "text", ["Total", "Grand total", "Gesamt", "Worldwide", "Итоговое значение", "총계", "Łącznie"]
)
def test_words_for_a_sum_are_totals(text):
    assert countries.country(text) == Meaning(TOTAL)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Congo", ("CD", "CG")),
        ("Korea", ("KP", "KR")),
        ("Конго", ("CD", "CG")),
        ("剛果", ("CD", "CG")),
        ("Corée", ("KP", "KR")),
        ("Georgia (US)", ("GE", "US")),
        ("Ireland (Northern)", ("IE",)),
        ("XX", ()),
        ("Atlantis", ()),
        ("Europe", ()),
    ],
)
def test_a_doubtful_text_is_asked_and_never_guessed(text, candidates):
    assert countries.country(text) == Meaning(None, candidates)


def test_georgia_is_a_country_beside_countries_and_unclear_beside_states():
    assert countries.countries(["Georgia", "Armenia"])["Georgia"] == Meaning("GE")
    assert countries.countries(["Georgia", "Texas"])["Georgia"] == Meaning(None, ("GE", "US"))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_name_of_a_locale_means_its_country_or_is_asked(locale):
    wrong = {}
    for code, name in Locale(locale).territories.items():
        if code in countries.all_codes():
            meaning = countries.country(name)
            if meaning.code != code and code not in meaning.candidates:
                wrong[code] = (name, meaning)
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "market"),
    [("DE", "DE"), ("de + at", "DE+AT"), ("Germany+Austria", "DE+AT"), ("DE+DE", "DE"), ("zz", "ZZ")],
)
def test_a_market_is_one_country_or_several(text, market):
    assert countries.market(text) == market


@pytest.mark.parametrize("text", ["DE+XX", "", "Others", "DE,AT", "DE+ZZ", "Total"])
def test_what_is_no_market_is_refused(text):
    assert countries.market(text) is None


@pytest.mark.parametrize(
    ("text", "code"), [("eur", "EUR"), ("€", "EUR"), ("JPY", "JPY"), ("R$", "BRL"), ("$", None), ("XXX", None)]
)
def test_a_currency_is_a_code_or_a_sign_that_means_one(text, code):
    assert countries.currency(text) == code


def test_names_and_codes_serve_tables_and_maps():
    assert [countries.name("DE"), countries.iso3("DE"), countries.iso3("XK")] == ["Germany", "DEU", "XKX"]
    assert len(countries.all_codes()) == 250
    assert len({countries.iso3(code) for code in countries.all_codes()}) == 250


def test_the_file_is_what_its_script_builds():
    assert countries.known() == collect()
