"""Build countries.json (names, codes, currencies, months) and fit's territories.json from one release of CLDR.

    npm install --prefix CLDR cldr-{core,localenames-full,numbers-full,dates-full}@47.0.0
    python -m data.importers.values.build_countries CLDR

Names are CLDR's in the languages of the exports plus the aliases below; the release is written into both files, so that
what a name means does not change with an installed package. A name that means two countries in two languages is kept
as ambiguous: the importer then asks instead of guessing.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
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
MORE_MONTHS = {"sept": 9, "jän": 1, "jänner": 1, "mrz": 3, "gen": 1, "ene": 1}
# Two-letter keys of CLDR that are no country: groupings, test regions, islands that ISO 3166 does not code.
NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
NO_CURRENCY = {"XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XBA", "XBB", "XBC", "XBD", "XDR", "XSU", "XUA"}
# Signs that mean one currency only; "$", "kr" and the yen sign mean several and are asked.
CURRENCY_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "R$": "BRL",
    "US$": "USD",
    "zł": "PLN",
    "₺": "TRY",
    "₫": "VND",
    "₱": "PHP",
    "฿": "THB",
    "₴": "UAH",
    "₦": "NGN",
    "₪": "ILS",
    "A$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "MX$": "MXN",
    "HK$": "HKD",
    "NT$": "TWD",
    "S$": "SGD",
    "Kč": "CZK",
    "Ft": "HUF",
    "lei": "RON",
    "Rp": "IDR",
    "RM": "MYR",
    "₽": "RUB",
    "₸": "KZT",
    "₾": "GEL",
}
CODE_ALIASES = {
    "UK": "GB",
    "EL": "GR",
    "XKX": "XK",
    "XKK": "XK",
    "ROM": "RO",
    "GER": "DE",
    "SUI": "CH",
    "NED": "NL",
}

ALIASES = {
    "AE": "UAE;U.A.E.;Emirates;Vereinigte Arabische Emirate",
    "BA": "Bosnia;Bosnia and Herzegovina;Bosnien",
    "BN": "Brunei Darussalam",
    "BO": "Bolivia, Plurinational State of;Bolivia (Plurinational State of)",
    "BY": "Belarus;Byelorussia;Weißrussland;Belarus'",
    "CC": "Cocos (Keeling) Islands;Cocos Islands;Keeling Islands",
    "CD": (
        "DR Congo;DRC;D.R. Congo;Democratic Republic of the Congo;Democratic Republic of Congo;"
        "Congo-Kinshasa;Congo, Democratic Republic of the;Congo, The Democratic Republic of the;"
        "Congo, Dem. Rep.;Congo (DRC);Zaire;Congo (Democratic Republic)"
    ),
    "CG": (
        "Republic of the Congo;Republic of Congo;Congo Republic;Congo-Brazzaville;Congo, Rep.;Congo, Republic of the"
    ),
    "CH": "Swiss Confederation",
    "CI": "Ivory Coast;Republic of Côte d'Ivoire;The Ivory Coast",
    "CN": "Mainland China;China mainland;PRC;People's Republic of China;China (mainland);P.R. China",
    "CV": "Cape Verde;Cabo Verde",
    "CZ": "Czech Republic;Czechia;The Czech Republic;Tschechische Republik",
    "DE": "Federal Republic of Germany;BRD;Bundesrepublik Deutschland",
    "FK": "Falkland Islands;Falkland Islands (Malvinas)",
    "FM": "Micronesia, Federated States of;Federated States of Micronesia",
    "GB": (
        "Great Britain;Britain;England;Scotland;Wales;Northern Ireland;U.K.;"
        "United Kingdom of Great Britain and Northern Ireland;Großbritannien;Gran Bretaña;"
        "Grande-Bretagne;Gran Bretagna;Grã-Bretanha"
    ),
    "GM": "The Gambia;Gambia, The",
    "HK": "Hong Kong;Hong Kong SAR;Hong Kong S.A.R.;Hong Kong, China;Hongkong;Hong Kong SAR China;香港",
    "IR": "Iran, Islamic Republic of;Islamic Republic of Iran;Iran (Islamic Republic of)",
    "KG": "Kyrgyz Republic;Kirghizia",
    "KN": "St Kitts and Nevis;Saint Kitts & Nevis",
    "KP": (
        "DPRK;D.P.R.K.;Democratic People's Republic of Korea;Korea, Democratic People's Republic of;"
        "Korea, North;N. Korea"
    ),
    "KR": (
        "Republic of Korea;Korea, Republic of;Korea (Republic of);Korea, South;S. Korea;South Korea;"
        "Korea, Rep.;대한민국;한국"
    ),
    "LA": "Lao People's Democratic Republic;Lao PDR;Laos",
    "LC": "St Lucia",
    "LY": "Libyan Arab Jamahiriya",
    "MD": "Moldova, Republic of;Republic of Moldova",
    "MF": "Saint Martin (French part)",
    "MK": "Macedonia;North Macedonia;FYROM;Macedonia, the former Yugoslav Republic of;Republic of North Macedonia",
    "MM": "Burma;Myanmar (Burma);Myanmar/Burma",
    "MO": "Macau;Macao;Macao SAR;Macau SAR;Macao, China",
    "NL": "Holland;The Netherlands;Netherlands, The;Kingdom of the Netherlands",
    "PH": "The Philippines;Republic of the Philippines",
    "PS": (
        "Palestine;Palestine, State of;State of Palestine;Palestinian Territory, Occupied;"
        "Occupied Palestinian Territory"
    ),
    "RE": "Reunion;Réunion Island",
    "RU": "Russian Federation;The Russian Federation",
    "SA": "KSA;Kingdom of Saudi Arabia",
    "SH": "Saint Helena, Ascension and Tristan da Cunha",
    "SX": "Sint Maarten (Dutch part)",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland;Eswatini",
    "TL": "East Timor;Timor-Leste",
    "TR": "Turkey;Türkiye;Turkiye;Republic of Türkiye",
    "TW": "Taiwan;Taiwan, Province of China;Taiwan (Province of China);Taiwan, China;Chinese Taipei;Republic of China",
    "TZ": "Tanzania, United Republic of;United Republic of Tanzania",
    "US": (
        "USA;U.S.A.;U.S.;United States of America;The United States;The United States of America;"
        "America (USA);Estados Unidos de América;EEUU;EE. UU.;EUA;Stati Uniti d'America;"
        "États-Unis d'Amérique"
    ),
    "VA": "Holy See;Vatican;Vatican City State;Holy See (Vatican City State)",
    "VC": "St Vincent and the Grenadines",
    "VE": "Venezuela, Bolivarian Republic of;Venezuela (Bolivarian Republic of);Bolivarian Republic of Venezuela",
    "VG": "Virgin Islands, British;British Virgin Islands",
    "VI": "Virgin Islands, U.S.;US Virgin Islands;United States Virgin Islands",
    "VN": "Viet Nam;Vietnam;Socialist Republic of Viet Nam",
    "XK": "Kosovo;Republic of Kosovo",
}
# What people and platforms write in other languages, where CLDR has only the official form.
ALIASES_ELSEWHERE = {
    "AE": "VAE;EAU;BAE;阿联酋",
    "BA": "Bosnia-Herzegovina",
    "BY": "Wit-Rusland",
    "CD": (
        "Demokratische Republik Kongo;République démocratique du Congo;RD Congo;"
        "República Democrática do Congo;República Democrática del Congo"
    ),
    "CG": "République du Congo;Republik Kongo;República del Congo;República do Congo",
    "CI": "Elfenbeinküste;Costa de Marfil;Wybrzeże Kości Słoniowej;Fildişi Sahili",
    "CN": "Volksrepublik China;中国大陆;中國;中國大陸;中国本土",
    "CZ": (
        "République tchèque;República Checa;República Tcheca;Repubblica Ceca;Tsjechische Republiek;"
        "Republika Czeska;Česká republika;Republica Cehă;Çek Cumhuriyeti;Češka Republika"
    ),
    "GB": (
        "Groot-Brittannië;Velká Británie;Veľká Británia;Marea Britanie;Nagy-Britannia;Velika Britanija;"
        "İngiltere;Inggris;Anh;英國;英国;بريطانيا;Великобритания"
    ),
    "HK": "中国香港;香港特別行政区;홍콩",
    "IE": "Republic of Ireland",
    "IO": "Chagosøyane",
    "IR": "Irão;Irã",
    "KR": "Южная Корея;南韓;韓國;南韩;大韓民國;República da Coreia;República de Corea",
    "MD": "Moldawien",
    "MK": "Mazedonien;Macedonië;Macedônia;Macédoine",
    "MM": "Birma;Birmanie;Birmania",
    "MO": "澳門;澳门;마카오",
    "NL": "Holanda;Olanda;Hollande;Niderlandy;Holandia;Holandsko",
    "NZ": "Nueva Zelandia",
    "PH": "Pilipinas",
    "PS": "Palästina;Palestina;Autonomía Palestina",
    "RU": "Российская Федерация;Russische Föderation;Fédération de Russie;Federación Rusa",
    "SZ": "Swasiland;Suazilandia",
    "TR": "터키",
    "TW": "臺灣;台灣;대만",
    "US": (
        "ABD;США;САЩ;Statele Unite;Spojené štáty;Spojené státy;Sjedinjene Države;Združene države;"
        "Amerika Syarikat;アメリカ;米国;美国;美國;미국;Vereinigte Staaten von Amerika;Verenigde Staten van Amerika;"
        'VS;Stany Zjednoczone Ameryki;Соединенные Штаты Америки;Соединённые Штаты Америки;ארה"ב;'
        "الولايات المتحدة الأمريكية;ΗΠΑ;JAV;АҚШ"
    ),
    "VN": "베트남",
    "ZA": "RPA;Republika Południowej Afryki",
}
AMBIGUOUS = {
    **dict.fromkeys(
        (
            "Congo",
            "Kongo",
            "Конго",
            "Конґо",
            "Конга",
            "Κονγκό",
            "الكونغو",
            "קונגו",
            "コンゴ",
            "콩고",
            "刚果",
            "剛果",
            "คองโก",
        ),
        "CD;CG",
    ),
    **dict.fromkeys(
        ("Korea", "Corea", "Corée", "Coreia", "Корея", "Κορέα", "Kore", "كوريا", "קוריאה", "เกาหลี"), "KR;KP"
    ),
    "Virgin Islands": "VG;VI",
    "Saint Martin": "MF;SX",
    "St Martin": "MF;SX",
    "America": "US;UM",
    "Guiana": "GF;GY",
    "Timor": "TL;ID",
    "Micronesia region": "FM;GU",
}
UNKNOWN = """ZZ;Other;Others;Other countries;All other countries;Other country;Other regions;Other territories;
Rest;Rest of world;Rest of the world;Unknown;Unknown region;Unknown or invalid region;Unknown country;(not set);
Not set;Not specified;Unspecified;Undefined;(other);None;Null;N/A;(none);Not available;Undetermined;Andere;
Sonstige;Sonstiges;Übrige;Unbekannt;Andere Länder;Weitere;(nicht festgelegt);Otros;Otras;Otro;Otros países;Desconocido;
Desconocida;(no definido);Outros;Outras;Outro;Outros países;Desconhecido;(não definido);Altri;Altro;Altre;Altri paesi;
Sconosciuto;(non impostato);Autres;Autre;Autres pays;Inconnu;(non défini);Overige;Overig;Anders;Onbekend;Inne;Inny;
Pozostałe;Pozostali;Nieznany;Nieznane;Ostatní;Jiné;Neznámé;Ostatné;Iné;Egyéb;Ismeretlen;Altele;Alții;Necunoscut;Други;
Друго;Άλλα;Άλλες;Άλλο;Λοιπά;Άγνωστο;Diğer;Diğerleri;Bilinmeyen;Другие;Другое;Остальные;Прочие;Неизвестно;Інші;Інше;
Невідомо;Övriga;Övrigt;Annat;Okänt;Okänd;Andre;Andet;Øvrige;Ukendt;Annet;Ukjent;Muut;Muu;Tuntematon;Teised;Muud;Kiti;
Kita;Citi;Ostalo;Ostali;Nepoznato;Остало;Остали;Drugo;Drugi;أخرى;غير معروف;אחר;אחרים;לא ידוע;अन्य;อื่นๆ;อื่น ๆ;ไม่ทราบ;
Khác;Không xác định;Lainnya;Tidak diketahui;Lain-lain;Iba pa;その他;不明;其他;其它;未知;기타;알 수 없음"""
TOTAL = """Total;Totals;Grand total;Overall;Overall total;All countries;All;Worldwide;World;Global;Sum;Gesamt;
Summe;Insgesamt;Gesamtsumme;Gesamtwert;Totale;Totaal;Eindtotaal;Total général;Total general;Total geral;Totale generale;
Suma;Łącznie;Razem;Ogółem;Celkem;Celkom;Spolu;Összesen;Végösszeg;Итого;Всего;Итоговое значение;Усього;Загалом;Разом;
Підсумок;Общо;Toplam;Genel toplam;Totalt;I alt;Yhteensä;Kokku;Kopā;Viso;Iš viso;Ukupno;Укупно;Skupaj;Σύνολο;Jumlah;
Jumlah keseluruhan;Kabuuan;Tổng;Tổng cộng;Tổng số;รวม;ทั้งหมด;ผลรวม;الإجمالي;المجموع;סה"כ;סך הכול;कुल;合計;総計;总计;總計;
合计;总和;總和;합계;총계;총합계"""
# Georgia is a country beside other countries and a state beside these.
US_STATES = """Alabama;Alaska;Arizona;Arkansas;California;Colorado;Connecticut;Delaware;Florida;Hawaii;Idaho;
Illinois;Indiana;Iowa;Kansas;Kentucky;Louisiana;Maine;Maryland;Massachusetts;Michigan;Minnesota;Mississippi;
Missouri;Montana;Nebraska;Nevada;New Hampshire;New Jersey;New Mexico;New York;North Carolina;North Dakota;Ohio;
Oklahoma;Oregon;Pennsylvania;Rhode Island;South Carolina;South Dakota;Tennessee;Texas;Utah;Vermont;Virginia;
Washington;West Virginia;Wisconsin;Wyoming"""


def names_of(text: str) -> list[str]:
    """The folded names of a list written with semicolons."""
    return sorted({fold(name) for name in text.replace("\n", " ").split(";")} - {""})


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
        """What a code of a territory was replaced by: one code, or several parted by blanks."""
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
    for name, month in MORE_MONTHS.items():
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
    for code, names in (*ALIASES.items(), *ALIASES_ELSEWHERE.items()):
        for name in names_of(names):
            meant[name] = {code}
    for name, several in AMBIGUOUS.items():
        meant[fold(name)] = set(several.split(";"))
    for word, code in short.items():
        if word in meant:
            meant[word].add(code)  # Vietnamese "Nga" is Russia, the code NGA is Nigeria: then it is asked
    for word in (*names_of(UNKNOWN), *names_of(TOTAL), ""):
        meant.pop(word, None)
    return dict(meant)


def collect(cldr: Cldr, locales: Sequence[str] = LOCALES, months: Sequence[str] = MONTH_LOCALES) -> dict[str, object]:
    """The whole content of countries.json. `names` holds, language by language, the names not met before."""
    english = cldr.territories("en")
    codes = {code for code in english if len(code) == 2 and code.isalpha()} - NO_COUNTRY
    iso3 = iso3_codes(cldr, codes)
    short = {code.casefold(): code for code in codes} | {three.casefold(): code for code, three in iso3.items()}
    short |= {alias.casefold(): code for alias, code in CODE_ALIASES.items()}
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
        "unknown": names_of(UNKNOWN),
        "total": names_of(TOTAL),
        "us_states": names_of(US_STATES),
        "currencies": sorted(cldr.currencies() - NO_CURRENCY),
        "currency_signs": CURRENCY_SIGNS,
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
