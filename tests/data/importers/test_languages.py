"""Does an audience in any language of the world give its countries, or nothing, and never another number?

The titles are what Meta could write; the names of countries are CLDR's for that language, whether we list it or not.
"""

from itertools import product

import pytest
from babel import Locale

from tests.data.importers.load_export import load_text

pytestmark = pytest.mark.thorough

SHARES = {"DE": 38.3, "AT": 9.1, "CH": 7.4, "TR": 4.2, "US": 3.9, "FR": 2.2, "IT": 1.4, "GB": 1.1, "NL": 0.9, "PL": 0.5}
# Towns whose names are names of countries too: which section is which, only its title says.
TOWNS = (
    "Singapore",
    "Luxembourg",
    "Berlin",
    "Wien",
    "Monaco",
    "Guatemala",
    "Panama",
    "Kuwait",
    "Djibouti",
    "Gibraltar",
)
# Followers, age, towns, countries.
TITLES = {
    "en": ("Instagram followers", "Age & gender", "Top towns/cities", "Top countries"),
    "de": ("Instagram-Follower", "Alter und Geschlecht", "Top-Städte", "Top-Länder"),
    "fr": ("Followers Instagram", "Âge et genre", "Principales villes", "Principaux pays"),
    "es": ("Seguidores de Instagram", "Edad y sexo", "Principales ciudades", "Principales países"),
    "it": ("Follower di Instagram", "Età e genere", "Città principali", "Paesi principali"),
    "pt": ("Seguidores do Instagram", "Idade e gênero", "Principais cidades", "Principais países"),
    "pl": ("Obserwujący na Instagramie", "Wiek i płeć", "Najpopularniejsze miasta", "Najpopularniejsze kraje"),
    "tr": ("Instagram takipçileri", "Yaş ve Cinsiyet", "En Popüler Şehirler", "En Popüler Ülkeler"),
    "ru": ("Подписчики в Instagram", "Возраст и пол", "Популярные города", "Популярные страны"),
    "ja": ("Instagramフォロワー", "年齢と性別", "上位の市区町村", "上位の国"),
    "ko": ("Instagram 팔로워", "연령 및 성별", "상위 도시", "상위 국가"),
    "ar": ("متابعو Instagram", "العمر والجنس", "أهم المدن", "أهم البلدان"),
    "el": ("Ακόλουθοι στο Instagram", "Ηλικία και φύλο", "Κορυφαίες πόλεις", "Κορυφαίες χώρες"),
    "hi": ("Instagram फ़ॉलोअर", "उम्र और जेंडर", "टॉप शहर", "टॉप देश"),
    "nl": ("Instagram-volgers", "Leeftijd en geslacht", "Topsteden", "Toplanden"),
    "sv": ("Instagram-följare", "Ålder och kön", "Populäraste städerna", "Populäraste länderna"),
    "da": ("Instagram-følgere", "Alder og køn", "Mest populære byer", "Mest populære lande"),
    "nb": ("Instagram-følgere", "Alder og kjønn", "Mest populære byer", "Mest populære land"),
    "fi": ("Instagram-seuraajat", "Ikä ja sukupuoli", "Suosituimmat kaupungit", "Suosituimmat maat"),
    "cs": ("Sledující na Instagramu", "Věk a pohlaví", "Nejčastější města", "Nejčastější země"),
    "hu": ("Instagram-követők", "Életkor és nem", "Legnépszerűbb városok", "Legnépszerűbb országok"),
    "ro": ("Urmăritori pe Instagram", "Vârstă și gen", "Orașe de top", "Țări de top"),
    "vi": ("Người theo dõi trên Instagram", "Tuổi và giới tính", "Thành phố hàng đầu", "Quốc gia hàng đầu"),
    "th": ("ผู้ติดตาม Instagram", "อายุและเพศ", "เมืองอันดับต้นๆ", "ประเทศอันดับต้นๆ"),
    "id": ("Pengikut Instagram", "Usia & gender", "Kota Teratas", "Negara Teratas"),
    "zh_Hans": ("Instagram 粉丝", "年龄和性别", "热门城市", "热门国家/地区"),
    "zh_Hant": ("Instagram 粉絲", "年齡和性別", "熱門城市", "熱門國家／地區"),
    "he": ("עוקבים ב-Instagram", "גיל ומגדר", "ערים מובילות", "מדינות מובילות"),
    "uk": ("Підписники в Instagram", "Вік і стать", "Популярні міста", "Популярні країни"),
    "bg": ("Последователи в Instagram", "Възраст и пол", "Водещи градове", "Водещи държави"),
    "hr": ("Instagram pratitelji", "Dob i spol", "Najpopularniji gradovi", "Najpopularnije zemlje"),
    "sr": ("Instagram пратиоци", "Узраст и пол", "Водећи градови", "Водеће земље"),
    "sk": ("Sledujúci na Instagrame", "Vek a pohlavie", "Najčastejšie mestá", "Najčastejšie krajiny"),
    "sl": ("Sledilci na Instagramu", "Starost in spol", "Najpogostejša mesta", "Najpogostejše države"),
    "lt": ("Instagram sekėjai", "Amžius ir lytis", "Populiariausi miestai", "Populiariausios šalys"),
    "lv": ("Instagram sekotāji", "Vecums un dzimums", "Populārākās pilsētas", "Populārākās valstis"),
    "et": ("Instagrami jälgijad", "Vanus ja sugu", "Populaarsemad linnad", "Populaarsemad riigid"),
    "fa": ("دنبال‌کنندگان Instagram", "سن و جنسیت", "شهرهای برتر", "کشورهای برتر"),
    "sw": ("Wafuasi wa Instagram", "Umri na jinsia", "Miji maarufu", "Nchi maarufu"),
    "fil": ("Mga follower sa Instagram", "Edad at kasarian", "Mga Nangungunang Lungsod", "Mga Nangungunang Bansa"),
    "ms": ("Pengikut Instagram", "Umur & jantina", "Bandar Teratas", "Negara Teratas"),
    "bn": ("Instagram ফলোয়ার", "বয়স ও লিঙ্গ", "শীর্ষ শহর", "শীর্ষ দেশ"),
    "ta": ("Instagram பின்தொடர்பவர்கள்", "வயது", "முக்கிய நகரங்கள்", "முக்கிய நாடுகள்"),
    "ca": ("Seguidors d'Instagram", "Edat i gènere", "Ciutats principals", "Països principals"),
    "az": ("Instagram izləyiciləri", "Yaş", "Ən populyar şəhərlər", "Ən populyar ölkələr"),
    "ka": ("Instagram-ის გამომწერები", "ასაკი", "ტოპ ქალაქები", "ტოპ ქვეყნები"),
}
WAYS = tuple(product((".", ","), ("", "%", " %"), ((2, 3), (3, 2)), (True, False)))


def export(language: str, mark: str, sign: str, order: tuple[int, int], is_across: bool) -> str:
    """An Audience.csv with sections of age, towns and countries, names above their numbers or one a line."""
    names = [Locale.parse(language).territories[code] for code in SHARES]
    rows: dict[int, list[tuple[str, float]]] = {
        2: [(town, 5 - 0.3 * place) for place, town in enumerate(TOWNS)],
        3: list(zip(names, SHARES.values(), strict=True)),
    }
    titles = TITLES[language]
    lines = [[titles[0]], ["1629"], [titles[1]], ["18-24", number(10.1, mark, sign), number(8.2, mark, sign)]]
    for section in order:
        cells = [(name, number(share, mark, sign)) for name, share in rows[section]]
        lines += [[titles[section]], *(list(map(list, zip(*cells, strict=True))) if is_across else map(list, cells))]
    return "sep=,\n" + "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)


def number(share: float, mark: str, sign: str) -> str:
    return f"{share:.1f}".replace(".", mark) + sign


@pytest.mark.parametrize("language", TITLES)
def test_an_audience_in_any_language_is_right_or_nothing(tmp_path, language):
    truth = {code: round(share * 10_000) for code, share in SHARES.items()}
    mark, sign, order, is_across = WAYS[list(TITLES).index(language) % len(WAYS)]
    found = load_text(tmp_path, export(language, mark, sign, order, is_across).encode("utf-16"))
    assert found.shares.items() <= truth.items(), found.report.message
    assert len(found.shares) >= 9, found.report.message
