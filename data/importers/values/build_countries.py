"""Build countries.json (names, codes, currencies, months) and fit's territories.json from one release of CLDR.

    npm install --prefix CLDR cldr-{core,localenames-full,numbers-full,dates-full}@47.0.0
    python -m data.importers.values.build_countries CLDR

Names are CLDR's in the languages of the exports plus the aliases below; the release is written into both files, so that
what a name means does not change with an installed package. A name that means two countries in two languages is kept
as ambiguous: the importer then asks instead of guessing.
"""

import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from data.importers.values.countries import COUNTRIES_FILE, fold

PACKAGES = ("cldr-core", "cldr-localenames-full", "cldr-numbers-full", "cldr-dates-full")
TERRITORIES_FILE = Path(__file__).parents[3] / "fit" / "locale" / "territories.json"
# Locales of the platforms' export languages and of the largest creator markets.
LOCALES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sk", "hu", "ro", "bg", "el", "tr", "ru"),
    *("uk", "sv", "da", "nb", "fi", "et", "lt", "hr", "ar", "he", "hi", "th", "vi", "id", "ja", "zh"),
    *("ko", "zh_Hant", "zh_Hant_HK", "pt_PT", "es_MX", "en_GB", "fr_CA", "sr", "sr_Latn", "sl", "lv", "ms", "fil"),
    *("ca", "eu", "gl", "is", "nn", "sq", "mk", "bs", "be", "ka", "hy", "az", "kk", "ky", "uz", "mn", "fa", "ur"),
    *("bn", "ta", "te", "mr", "gu", "pa", "kn", "ml", "si", "ne", "my", "km", "lo", "sw", "af", "zu", "am", "ga", "cy"),
)
# Where dates are written with the name of the month. Not Croatian: its listopad is October, the Polish one November.
MONTH_LOCALES = (
    *("en", "de", "es", "pt", "fr", "it", "nl", "pl", "tr", "ru", "uk", "sv", "da", "nb", "fi", "cs", "sk", "hu"),
    *("ro", "bg", "el", "id", "ca", "sl", "et", "lv", "lt"),
)
# Two-letter keys of CLDR that are no country: groupings, test regions, islands that ISO 3166 does not code.
NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# Codes of ISO 4217 that nobody is paid in: none, test, metals, bond units and units of account.
NO_CURRENCY = {"XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XBA", "XBB", "XBC", "XBD", "XDR", "XSU", "XUA"}
# What people and platforms write where CLDR has another form or none: codes, names, ambiguous, words, currency_signs,
# months.
OURS = tomllib.loads((Path(__file__).parent / "aliases.toml").read_text(encoding="utf-8"))


def names_of(names: Iterable[str]) -> list[str]:
    """The folded names of a list, sorted."""
    return sorted({fold(name) for name in names} - {""})


# Alpha-3 codes of CLDR's aliases that ISO has withdrawn.
RETIRED_ISO3 = {
    "BUR",
    "TMP",
    "ZAR",
    "ROM",
    "XKK",
    "FXX",
    "DDR",
    "YMD",
    "ANT",
    "SCG",
    "YUG",
    "SUN",
    "CSK",
    "ASC",
    "CPT",
    "TAA",
}


class Cldr:
    """The npm packages of one CLDR release, unpacked: cldr-core, cldr-localenames-full, -numbers-full, -dates-full."""

    def __init__(self, folder: Path) -> None:
        self._packages = folder / "node_modules"
        manifests = {name: json.loads((self._packages / name / "package.json").read_text("utf-8")) for name in PACKAGES}
        versions = {name: manifest["version"] for name, manifest in manifests.items()}
        if len(set(versions.values())) > 1:
            raise ValueError(f"packages of several CLDR releases: {versions}; install one version of all")
        self.release: str = versions["cldr-core"]

    def territories(self, locale: str) -> dict[str, str]:
        """Names of territories by code. locale: as babel writes it, such as zh_Hant_HK."""
        names = self._main("localenames", locale, "territories")["localeDisplayNames"]["territories"]
        return {code: name for code, name in names.items() if "-alt-" not in code}

    def currencies(self) -> set[str]:
        """Codes of all currencies."""
        return set(self._main("numbers", "en", "currencies")["numbers"]["currencies"])

    def months(self, locale: str) -> list[tuple[int, str]]:
        """Number and name of every month, wide and abbreviated, within dates and alone."""
        forms = self._main("dates", locale, "ca-gregorian")["dates"]["calendars"]["gregorian"]["months"]
        kinds = [forms[form][width] for form in ("format", "stand-alone") for width in ("wide", "abbreviated")]
        return [(int(month), name) for names in kinds for month, name in names.items()]

    def territory_aliases(self) -> dict[str, str]:
        """What a code of a territory was replaced by: one code, or several separated by blanks."""
        aliases = json.loads((self._packages / "cldr-core" / "supplemental" / "aliases.json").read_text("utf-8"))
        known = aliases["supplemental"]["metadata"]["alias"]["territoryAlias"]
        return {code: alias["_replacement"] for code, alias in known.items()}

    def _main(self, package: str, locale: str, name: str) -> dict:
        # CLDR writes no script where it is the usual one, and "no" for what babel calls nb.
        called = {"nb": "no"}.get(locale, locale.replace("_", "-"))
        path = self._packages / f"cldr-{package}-full" / "main" / called / f"{name}.json"
        return json.loads(path.read_text("utf-8"))["main"][called]


def month_names(cldr: Cldr, locales: Sequence[str] = MONTH_LOCALES) -> dict[str, int]:
    """Names and short names of months in the languages of the exports, folded; what means two months is left out."""
    meant: defaultdict[str, set[int]] = defaultdict(set)
    for locale in locales:
        for month, name in cldr.months(locale):
            meant[name.casefold().strip(". ")].add(month)
    for name, month in OURS["months"].items():
        meant[name] = {month}
    return {
        name: min(months) for name, months in sorted(meant.items()) if len(months) == 1 and name.isalpha() and name[1:]
    }


def iso3_codes(cldr: Cldr, codes: set[str]) -> dict[str, str]:
    """ISO 3166-1 alpha-3 of every alpha-2 code, from CLDR's territory aliases."""
    iso3 = {"XK": "XKX"}
    for alias, code in sorted(cldr.territory_aliases().items()):
        if len(alias) == 3 and alias.isalpha() and code in codes and alias not in RETIRED_ISO3:
            iso3.setdefault(code, alias)
    return iso3


def _meanings(cldr: Cldr, codes: set[str], short: Mapping[str, str], locales: Sequence[str]) -> dict[str, set[str]]:
    """The countries that each folded name means, in any of the languages or as an alias."""
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for locale in locales:
        for code, name in cldr.territories(locale).items():
            if code in codes:
                meant[fold(name)].add(code)
    for code, names in OURS["names"].items():
        for name in names_of(names):
            meant[name] = {code}
    for name, several in OURS["ambiguous"].items():
        meant[fold(name)] = set(several)
    for word, code in short.items():
        if word in meant:
            meant[word].add(code)  # Vietnamese "Nga" is Russia, the code NGA is Nigeria: then it is asked
    for word in (*names_of(OURS["words"]["unknown"]), *names_of(OURS["words"]["total"]), ""):
        meant.pop(word, None)
    return dict(meant)


def collect(cldr: Cldr, locales: Sequence[str] = LOCALES, months: Sequence[str] = MONTH_LOCALES) -> dict[str, object]:
    """The whole content of countries.json. `names` holds, language by language, the names not met before."""
    english = cldr.territories("en")
    codes = {code for code in english if len(code) == 2 and code.isalpha()} - NO_COUNTRY
    iso3 = iso3_codes(cldr, codes)
    short = {code.casefold(): code for code in codes} | {three.casefold(): code for code, three in iso3.items()}
    short |= {alias.casefold(): code for alias, code in OURS["codes"].items()}
    meant = _meanings(cldr, codes, short, locales)
    clear = {name: min(countries) for name, countries in sorted(meant.items()) if len(countries) == 1}
    names: dict[str, dict[str, str]] = {}
    for locale in locales:
        own = sorted({fold(name) for code, name in cldr.territories(locale).items() if code in codes})
        names[locale] = {name: clear.pop(name) for name in own if name in clear}
    return {
        "cldr": cldr.release,
        "countries": {code: [iso3[code], english[code]] for code in sorted(codes)},
        "codes": dict(sorted(short.items())),
        "names": names | {"aliases": clear},
        "ambiguous": {name: sorted(countries) for name, countries in sorted(meant.items()) if len(countries) > 1},
        "unknown": names_of(OURS["words"]["unknown"]),
        "total": names_of(OURS["words"]["total"]),
        "us_states": names_of(OURS["words"]["us_states"]),
        "currencies": sorted(cldr.currencies() - NO_CURRENCY),
        "currency_signs": OURS["currency_signs"],
        "months": month_names(cldr, months),
    }


def english_territories(cldr: Cldr) -> dict[str, object]:
    """The content of fit's territories.json: alpha-3 code ("" for what is no country) and English name by code."""
    names = {code: name for code, name in cldr.territories("en_001").items() if len(code) == 2 and code.isalpha()}
    iso3 = iso3_codes(cldr, set(names))
    return {"cldr": cldr.release, "territories": {code: [iso3.get(code, ""), names[code]] for code in sorted(names)}}


def as_lines(content: Mapping[str, Any]) -> str:
    """JSON with one line a group, and one a language, so that a change of CLDR can be read as a diff."""
    lines = [
        _lines(key, value) if isinstance(value, dict) and key == "names" else _line(key, value)
        for key, value in content.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _lines(key: str, value: Mapping[str, object]) -> str:
    return f"{json.dumps(key)}: {{\n" + ",\n".join(_line(*entry) for entry in value.items()) + "\n}"


def _line(key: str, value: object) -> str:
    return f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"


if __name__ == "__main__":
    release = Cldr(Path(sys.argv[1]))
    COUNTRIES_FILE.write_text(as_lines(collect(release)), encoding="utf-8")
    TERRITORIES_FILE.write_text(as_lines(english_territories(release)), encoding="utf-8")
