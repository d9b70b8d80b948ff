"""Say from where results came: clicks or purchases by country, held against all that were measured.

Reports by country are often partial, so the listed countries are no whole: 140 clicks from the market of 2,600
measured are 5 %, whatever else is listed. Only where no total was measured is the listed sum the whole, and it is said.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from fit.locale import _
from fit.text import words

FEWEST_RESULTS = 10  # a share of fewer says nothing about a country
METRICS_BY_COUNTRY = ("conversions", "clicks")  # the one that is told first stands first


@dataclass(frozen=True)
class Origin:
    """Results of one metric. inside: from the market's countries; total: that they are held against; listed: of all
    countries reported; measured: reported in all, None where nobody measured it. unreported: countries of the market
    that the report does not list."""

    metric: str
    inside: float
    total: float
    listed: float
    measured: float | None
    unreported: tuple[str, ...] = ()
    only_market: bool = False

    @property
    def share(self) -> float | None:
        """Of the results that came from the market; None where the whole is not known, or nothing came."""
        if not self.total or (self.only_market and not self.is_of_all):
            return None
        return self.inside / self.total

    @property
    def most(self) -> float | None:
        """The largest share that may have come from the market, with what no country was reported of."""
        if self.share is None:
            return None
        return (self.inside + (self.total - self.listed if self.unreported else 0.0)) / self.total

    @property
    def is_of_all(self) -> bool:
        """Whether the share is of all that was measured, not of the listed countries alone."""
        return self.measured is not None and self.measured >= self.listed

    @property
    def says_something(self) -> bool:
        """Whether enough came to take a share for a fact."""
        return self.share is not None and self.total >= FEWEST_RESULTS

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "metric": self.metric, "in_market": self.inside, "of": self.total, "share": self.share,
            "of_all_measured": self.is_of_all, "unreported": list(self.unreported),
        }  # fmt: skip


def origins(known: Mapping[str, float], markets: Collection[str]) -> tuple[Origin, ...]:
    """Where purchases and clicks came from, as far as it was reported. known: metric or "clicks:DE" to value."""
    found = []
    for metric in METRICS_BY_COUNTRY:
        counts = {name.split(":", 1)[1]: value for name, value in known.items() if name.startswith(f"{metric}:")}
        if not counts:
            continue
        listed, measured = sum(counts.values()), known.get(metric)
        inside = sum(value for code, value in counts.items() if code in markets)
        total = measured if measured is not None and measured >= listed else listed
        unreported = tuple(code for code in markets if code not in counts)
        found.append(Origin(metric, inside, total, listed, measured, unreported, set(counts) <= set(markets)))
    return tuple(found)


def origin_words(found: Sequence[Origin], market: str) -> str:
    """The first that says something, in a sentence; empty where nothing came from anywhere."""
    first = next((origin for origin in found if origin.total), None)
    return _sentence(first, market) if first else ""


def _sentence(origin: Origin, market: str) -> str:
    values = {
        "inside": words.count(origin.inside), "total": words.count(origin.total), "market": market,
        "metric": words.metric(origin.metric), "share": words.percent(origin.share),
    }  # fmt: skip
    if origin.share is None and origin.measured is None:
        return _("{inside} {metric} came from {market}; the total was not measured.").format(**values)
    if origin.share is None:
        return _("{inside} {metric} came from {market}; that is more than the {measured} reported in all.").format(
            measured=words.count(origin.measured), **values
        )
    if origin.is_of_all:
        sentence = _("{inside} of {total} {metric} came from {market} ({share}).").format(**values)
    elif origin.measured is None:
        sentence = _(
            "{inside} of the {total} {metric} with a reported country came from {market} ({share}); "
            "the total was not measured."
        ).format(**values)
    else:
        sentence = _(
            "{inside} of the {total} {metric} with a reported country came from {market} ({share}); "
            "that is more than the {measured} reported in all."
        ).format(measured=words.count(origin.measured), **values)
    if not origin.unreported:
        return sentence
    countries = words.listing([words.country(code) for code in origin.unreported])
    missing = _("Not reported: {countries}.").format(countries=countries)
    return f"{sentence} {missing}"
