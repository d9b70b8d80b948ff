"""List the advertising disclosure rules of the countries where the audience lives, for both sides to look up.

Notes with source and date (disclosure.toml), not legal advice. Only countries with a note of their own are named; for
the others the charter says that nobody here knows.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
    """One rule, as disclosure.toml says it."""

    where: str
    text: str
    source: str
    since: date


NOTES = {
    code: RuleNote(**note)
    for code, note in tomllib.loads(Path(__file__).with_name("disclosure.toml").read_text(encoding="utf-8")).items()
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
    notes = [NOTES[code] for code in codes if code in NOTES]
    if EU & set(codes):
        notes.append(NOTES["EU"])
    without = [country(code) for code in codes if code not in NOTES and code not in EU]
    remarks = []
    if "FR" in codes:
        remarks.append(_french_contract(shares.get("FR"), cost, currency))
    if without:
        remarks.append(f"There is no note here for {listing(without)}: ask somebody who knows the rules there.")
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
