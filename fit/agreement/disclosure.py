"""List the advertising disclosure rules of the countries where the audience lives, for both sides to look up.

Notes with source and date, not legal advice. Only countries with a note of their own are named; for the others the
charter says that nobody here knows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fit.text import country, listing, percent

NOT_ADVICE = "Not legal advice: notes to look up, as far as known in November 2026."
LEAST_SHARE = 0.05  # of an audience from which a country's rules are worth a line
FRENCH_CONTRACT = 1_000.0  # EUR before tax, for one advertiser and one promotion in a year
_FRENCH = f"EUR {FRENCH_CONTRACT:,.0f}"
EU = frozenset(
    re.findall("..", "ATBEBGHRCYCZDKEEFIFRDEGRHUIEITLVLTLUMTNLPLPTROSKSIESSE")  # member states, two letters each
)


@dataclass(frozen=True)
class RuleNote:
    """One rule: where it holds, what it asks for, where it stands, and since when (its newest part)."""

    where: str
    text: str
    source: str
    since: date


_EU = RuleNote(
    "European Union",
    "Advertising in the guise of a personal post is an unfair practice: say plainly and at first sight that it is paid "
    "for, and use the platform's own label for it.",
    "Directive 2005/29/EC, annex I no. 11; Regulation (EU) 2022/2065, article 26(2)",
    date(2024, 2, 17),
)
_OF_COUNTRY = {
    "DE": RuleNote(
        "Germany",
        'A commercial purpose must be recognisable at once: "Werbung" or "Anzeige" at the beginning of the post.',
        "UWG section 5a(4); Medienstaatsvertrag section 22",
        date(2022, 5, 28),
    ),
    "AT": RuleNote(
        "Austria",
        'Paid content is marked "Anzeige", "entgeltliche Einschaltung" or "Werbung" unless nobody can doubt it.',
        "Mediengesetz section 26; UWG annex no. 11",
        date(2007, 12, 12),
    ),
    "FR": RuleNote(
        "France",
        'Show "Publicité" or "Collaboration commerciale" clearly, readably and on every format; since 1 January 2026 a '
        "contract worth EUR 1,000 or more before tax (one advertiser, one promotion, one year, gifts included) must be "
        "in writing with the clauses that the law lists, or it is void.",
        "Law no. 2023-451 of 9 June 2023, articles 5 and 8; decree no. 2025-1137 of 28 November 2025",
        date(2026, 1, 1),
    ),
    "GB": RuleNote(
        "United Kingdom",
        "Make it obvious before anybody engages that the post is an ad, for example #ad at the very beginning.",
        "CAP Code, section 2; Digital Markets, Competition and Consumers Act 2024, schedule 20",
        date(2025, 4, 6),
    ),
    "US": RuleNote(
        "United States",
        "Disclose money, gifts and ties clearly and conspicuously, in the post itself and in the audience's language.",
        "FTC Endorsement Guides, 16 CFR part 255",
        date(2023, 7, 26),
    ),
}


@dataclass(frozen=True)
class Disclosure:
    """The notes for one partnership, and a sentence each on what they do not cover or what follows from them."""

    notes: tuple[RuleNote, ...]
    remarks: tuple[str, ...]


def disclosure_notes(
    markets: Mapping[str, float], shares: Mapping[str, float], cost: float | None, currency: str | None
) -> Disclosure:
    """The notes for the markets and for every country with 5 % of the audience or more, largest share first.

    markets: target countries. shares: of the whole audience by country code, 0 to 1; empty where nobody knows. cost: of
    all deliverables together.
    """
    large = [code for code, share in shares.items() if share >= LEAST_SHARE]
    codes = sorted({*markets, *large}, key=lambda code: (-shares.get(code, 0.0), code))
    notes = [_OF_COUNTRY[code] for code in codes if code in _OF_COUNTRY]
    if EU & set(codes):
        notes.append(_EU)
    without = [country(code) for code in codes if code not in _OF_COUNTRY and code not in EU]
    remarks = []
    if "FR" in codes:
        remarks.append(_french_contract(shares.get("FR"), cost, currency))
    if without:
        remarks.append(f"No note is kept here for {listing(without)}: ask somebody who knows the rules there.")
    if not shares:
        remarks.append("No audience by country is loaded: the notes follow the target markets alone.")
    return Disclosure(tuple(notes), tuple(remarks))


def _french_contract(share: float | None, cost: float | None, currency: str | None) -> str:
    lives = f"{percent(share)} of the audience lives in France. " if share else "France is a target market. "
    if cost is None or currency != "EUR":
        return f"{lives}Check whether pay and gifts of the year reach {_FRENCH}: then a written contract is needed."
    if cost >= FRENCH_CONTRACT:
        return f"{lives}The price of EUR {cost:,.2f} reaches {_FRENCH}: a written contract is needed."
    return f"{lives}The price of EUR {cost:,.2f} is under {_FRENCH}, but gifts and other orders of the year count too."
