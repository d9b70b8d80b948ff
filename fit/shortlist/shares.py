"""Say how an audience is spread over the markets of a brief: each by name, and the ones that it misses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fit.brief import Brief
from fit.locale import _
from fit.model import FEWEST_THERE, WHOLE
from fit.text import country, listing, percent


def market_shares_of(row: Mapping[str, Any], brief: Brief) -> dict[str, float]:
    """The listed share of each market of the brief, 0 to 1; 0 where a source names nobody, empty without an audience.

    row: of the question list_page.
    """
    pairs = zip(brief.markets, row["market_ppm"] or (), strict=False)
    return {code: (ppm or 0) / WHOLE for (code, _weight), ppm in pairs}


def gaps_of(shares: Mapping[str, float], unknown: float) -> tuple[str, ...]:
    """The markets where fewer than 1 in 20 live, even if all of the unknown part did."""
    return tuple(code for code, share in shares.items() if share + unknown < FEWEST_THERE)


def share_words(share: float | None) -> str:
    """The share of a market; a source that lists nobody there does not say that nobody is."""
    return _("not listed") if share == 0 else percent(share)


def shares_sentence(shares: Mapping[str, float], brief: Brief) -> str:
    """ "72 % in France, 0.4 % in Germany (60 % of your brief)"; the part of the brief only where markets differ."""
    weights = brief.weights
    parts = []
    for code in sorted(shares, key=lambda code: -weights[code]):
        named = {"share": percent(shares[code]), "market": country(code), "part": percent(weights[code])}
        text = _("{market} not listed") if shares[code] == 0 else _("{share} in {market}")
        if len(shares) > 1:
            text = _("{said} ({part} of your brief)").format(said=text, part="{part}")
        parts.append(text.format(**named))
    return ", ".join(parts)


def market_finding(shares: Mapping[str, float], brief: Brief) -> str:
    """Which market an audience falls short of most, against its part of the brief; without a stop at the end."""
    weights = brief.weights
    code = max(shares, key=lambda code: weights[code] - shares[code])
    if shares[code] >= weights[code]:
        return _("Each market has at least the share that your brief asks for")
    sentence = _("{market} has the biggest gap: {share} of the audience for {part} of your brief")
    if shares[code] == 0:
        sentence = _("{market} has the biggest gap: not listed, for {part} of your brief")
    return sentence.format(market=country(code), share=percent(shares[code]), part=percent(weights[code]))


def gap_words(gaps: tuple[str, ...], brief: Brief) -> str:
    """ "Hardly any audience in Germany (60 % of your brief)", without a stop; empty where there is no gap."""
    weights = brief.weights
    part = _("{market} ({part} of your brief)") if len(weights) > 1 else _("{market}")
    missed = [part.format(market=country(code), part=percent(weights[code])) for code in gaps]
    return _("Hardly any audience in {markets}").format(markets=listing(missed)) if missed else ""


def gap_sentence(shares: Mapping[str, float], gaps: tuple[str, ...], brief: Brief) -> str:
    """The markets of several that an audience misses; empty where there is none, or only one market."""
    if len(brief.markets) < 2 or not gaps:
        return ""
    return _("Hardly any audience in {markets}: {shares}.").format(
        markets=listing([country(code) for code in gaps]), shares=shares_sentence(shares, brief)
    )
