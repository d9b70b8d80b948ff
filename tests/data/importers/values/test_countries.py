"""Is every country text read as the country it names, and is every doubtful one asked?"""

import json
from pathlib import Path

import pytest

from data.importers.values import countries
from data.importers.values.build_countries import LOCALES, PACKAGES, Cldr, as_lines, collect, english_territories
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
        *(
            ("Egypt, Arab Rep.", "EG"),
            ("Yemen, Rep.", "YE"),
            ("Korea, Dem. People's Rep.", "KP"),
            ("Bahamas, The", "BS"),
            ("China, Hong Kong SAR", "HK"),
            ("Slovak Republic", "SK"),
            ("🇩🇪", "DE"),
            ("🇩🇪 Germany", "DE"),
            ("Korea 🇰🇷", "KR"),
            ("DE - Germany", "DE"),
            ("Germany, DE", "DE"),
            ("GE: Georgia", "GE"),
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
    "text", ["ZZ", "Others", "(not set)", "Unknown", "n/a", "Rest of world", "RoW", "Sonstige", "undefined", "その他"]
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
        ("🇩🇪 France", ("DE", "FR")),
        ("🇽🇽", ()),
        ("Portland, OR", ()),
        ("IN - Indiana", ()),
        ("Berlin, DE", ()),
        ("Atlantis", ()),
        ("Europe", ()),
    ],
)
def test_a_doubtful_text_is_asked_and_never_guessed(text, candidates):
    assert countries.country(text) == Meaning(None, candidates)


def test_georgia_is_a_country_beside_countries_and_unclear_beside_states():
    assert countries.countries(["Georgia", "Armenia"])["Georgia"] == Meaning("GE")
    assert countries.countries(["Georgia", "Texas"])["Georgia"] == Meaning(None, ("GE", "US"))


STORED = json.loads(countries.COUNTRIES_FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", [*LOCALES, "aliases"])
def test_every_stored_name_means_its_country(language):
    names = STORED["names"][language]
    assert {name: countries.country(name).code for name in names} == names


def test_the_stored_names_state_their_release_and_hold_every_language():
    assert STORED["cldr"] == "47.0.0"
    assert list(STORED["names"]) == [*LOCALES, "aliases"]
    assert sum(len(names) for names in STORED["names"].values()) == 12_576
    assert len(countries.known()["names"]) == 12_576  # no name stands in two languages


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
    assert countries.name("DE") == "Germany"
    assert len(countries.all_codes()) == 250


def cldr_folder(folder: Path) -> Path:
    """Two languages, four territories, one alias: the few files of CLDR that the script reads."""
    territories = {
        "en": {"DE": "Germany", "AT": "Austria", "GE": "Georgia", "GE-alt-short": "GA", "EU": "European Union"},
        "en-001": {"DE": "Germany", "AT": "Austria", "GE": "Georgia", "EU": "European Union", "150": "Europe"},
        "no": {"DE": "Tyskland", "AT": "Østerrike", "GE": "Georgia"},
    }
    months = {form: {"wide": {"1": "januar", "5": "mai"}, "abbreviated": {"1": "jan.", "5": "mai"}}
              for form in ("format", "stand-alone")}  # fmt: skip
    aliases = {"DEU": "DE", "DDR": "DE", "AUT": "AT", "GEO": "GE", "SUN": "RU AM"}
    files: dict[str, object] = {
        **{f"{name}/package.json": {"version": "47.0.0"} for name in PACKAGES},
        "cldr-core/supplemental/aliases.json": {
            "supplemental": {
                "metadata": {"alias": {"territoryAlias": {a: {"_replacement": c} for a, c in aliases.items()}}}
            }
        },
        "cldr-numbers-full/main/en/currencies.json": {
            "main": {"en": {"numbers": {"currencies": {"EUR": {}, "GEL": {}, "XXX": {}}}}}
        },
        "cldr-dates-full/main/no/ca-gregorian.json": {
            "main": {"no": {"dates": {"calendars": {"gregorian": {"months": months}}}}}
        },
    } | {
        f"cldr-localenames-full/main/{locale}/territories.json": {
            "main": {locale: {"localeDisplayNames": {"territories": names}}}
        }
        for locale, names in territories.items()
    }
    for name, content in files.items():
        path = folder / "node_modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_packages_of_two_releases_are_refused(tmp_path):
    folder = cldr_folder(tmp_path)
    (folder / "node_modules" / "cldr-dates-full" / "package.json").write_text('{"version": "48.2.0"}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"several CLDR releases: .*'cldr-dates-full': '48\.2\.0'"):
        Cldr(folder)


def test_the_script_builds_names_codes_and_months_of_a_release(tmp_path):
    cldr = Cldr(cldr_folder(tmp_path))
    content = collect(cldr, locales=("en", "nb"), months=("nb",))
    assert content["cldr"] == "47.0.0"
    assert content["countries"] == {"AT": ["AUT", "Austria"], "DE": ["DEU", "Germany"], "GE": ["GEO", "Georgia"]}
    assert content["names"]["en"] == {"austria": "AT", "georgia": "GE", "germany": "DE"}
    assert content["names"]["nb"] == {"tyskland": "DE", "østerrike": "AT"}
    assert content["names"]["aliases"]["brd"] == "DE"
    assert content["currencies"] == ["EUR", "GEL"]
    assert {name: content["months"][name] for name in ("januar", "jan", "mai")} == {"januar": 1, "jan": 1, "mai": 5}
    assert json.loads(as_lines(content)) == content
    assert english_territories(cldr)["territories"] == {
        "AT": ["AUT", "Austria"],
        "DE": ["DEU", "Germany"],
        "EU": ["", "European Union"],
        "GE": ["GEO", "Georgia"],
    }


@pytest.mark.parametrize(
    ("text", "market"),
    [
        ("Deutschland, Österreich", "DE+AT"),
        ("Germany and Austria", "DE+AT"),
        ("Deutschland und Österreich + Schweiz", "DE+AT+CH"),
        ("DE/AT & CH", "DE+AT+CH"),
        ("Bosnia and Herzegovina", "BA"),
        ("DACH", "DE+AT+CH"),
        ("d-a-ch and Benelux", "DE+AT+CH+BE+NL+LU"),
        ("Trinidad and Tobago, Jamaica and Cuba", "TT+JM+CU"),
        ("Deutschland, Atlantis", None),
        ("DE+", None),
        ("Germany, Others", None),
    ],
)
def test_a_market_of_several_countries_is_read_as_people_write_it(text, market):
    assert countries.market_answered(text) == market
