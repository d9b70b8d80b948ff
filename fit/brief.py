"""The brief: markets with weights, goal and filters; and how their texts are read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fit.locale import _
from fit.text import country, listing, shortened

MOST_MARKETS = 12  # the shortlist's question has twelve places; a plan with more countries is a plan for a region
MOST_FOLLOWERS = 10**12  # a bound far above what there is; larger numbers fit no column
LEAST_WEIGHT, MOST_WEIGHT = 0.001, 999_999
MOST_DELIVERABLES = 10**6 - 1
MOST_LISTED = 10**9  # creators of one list
COUNTRY_CODE = re.compile(r"[A-Z]{2}")


class Goal(StrEnum):
    """What a brief is for: purchases, or people reached in the market."""

    CONVERSION = "conversion"
    AWARENESS = "awareness"


GOALS = tuple(goal.value for goal in Goal)  # as links, files and options name them


class BriefError(ValueError):
    """A brief that cannot be understood; the message says what was found, what is needed and what to do."""


@dataclass(frozen=True)
class Brief:
    """One brief. markets: (ISO 3166-1 alpha-2 code, weight above 0) in the order given; min_share: of all markets
    together, min_share_each: of every one, 0 to 1."""

    markets: tuple[tuple[str, float], ...]
    goal: str = Goal.CONVERSION.value
    platforms: tuple[str, ...] = ()
    verticals: tuple[str, ...] = ()
    followers_min: int | None = None
    followers_max: int | None = None
    min_share: float | None = None
    min_share_each: float | None = None

    @property
    def weights(self) -> dict[str, float]:
        """Each market's part of the whole, summing to 1, rounded where only floating point would show."""
        total = sum(weight for _, weight in self.markets)
        return {code: round(weight / total, 12) for code, weight in self.markets}

    @property
    def words(self) -> str:
        """The markets as a person would say them: "Germany", "Germany and Austria"."""
        return listing([country(code) for code, _ in self.markets])

    def as_parameters(self) -> dict[str, object]:
        """The parameters of queries/shortlist.sql, sorting and paging aside."""
        return {
            "goal": self.goal,
            "targets": [{"country": code, "weight": weight} for code, weight in self.markets],
            "platforms": _in_one_text(self.platforms),
            "verticals": _in_one_text(self.verticals),
            "followers_min": self.followers_min,
            "followers_max": self.followers_max,
            "min_share": self.min_share,
            "min_share_each": self.min_share_each,
        }


def _in_one_text(names: Sequence[str]) -> str:
    """Names as one parameter of a question: in small letters between bars; a bar of a name is ~1, and its ~ is ~0."""
    return f"|{'|'.join(name.lower().replace('~', '~0').replace('|', '~1') for name in names)}|" if names else ""


def followers_text(low: int | None, high: int | None) -> str:
    """A follower range as text: "10000:50000", open on either side, empty when it is not narrowed."""
    return "" if low is None and high is None else f"{'' if low is None else low}:{'' if high is None else high}"


def parse_count(text: str, most: int) -> int | None:
    """Read a whole number of 0 to `most` in plain digits; None for any other text, however long."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits.lstrip("0")) > len(str(most)):
        return None
    count = int(digits.lstrip("0") or 0)
    return count if count <= most else None


def parse_followers(text: str) -> tuple[int | None, int | None]:
    """Read "MIN:MAX", either side open, up to a trillion. Raises BriefError."""
    if not text.strip():
        return None, None
    parts = [part.strip().replace("_", "") for part in text.split(":")]
    bounds = [parse_count(part, MOST_FOLLOWERS) if part else None for part in parts]
    if len(parts) != 2 or any(bound is None and part for bound, part in zip(bounds, parts, strict=True)):
        raise BriefError(
            _("Follower range {text!r} is not understood. Write MIN:MAX, for example 10000:50000 or 10000:.").format(
                text=shortened(text)
            )
        )
    low, high = bounds
    if low is not None and high is not None and low > high:
        raise BriefError(
            _("Follower range {text!r} begins above its end. Write the smaller number first.").format(text=text)
        )
    return low, high


def parse_share(text: str) -> float | None:
    """Read a share of 0 to 1. Raises BriefError."""
    if not text.strip():
        return None
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise BriefError(
            _("Minimum share in market {text!r} is not a number from 0 to 1. Write 0.3 for 30 %.").format(text=text)
        )
    return share


def market_code(text: str) -> str:
    """The code of a market, in any case; two countries go by another one as well."""
    code = text.strip().upper()
    return {"UK": "GB", "EL": "GR"}.get(code, code)


def parse_markets(texts: Sequence[str], known: Mapping[str, str] | frozenset[str]) -> tuple[tuple[str, float], ...]:
    """Read markets such as "DE=60" or "DE" (weight 1), given in any case.

    known: all country codes that exist. Raises BriefError for an unknown code, a weight out of bounds, a market given
    twice, none at all, or more than twelve.
    """
    markets: dict[str, float] = {}
    for text in texts:
        code, _equals, weight_text = text.partition("=")
        code = market_code(code)
        if not COUNTRY_CODE.fullmatch(code) or code not in known:
            raise BriefError(
                _("{value!r} is not a country code. Use two letters of ISO 3166, for example DE=60.").format(
                    value=shortened(code or text)
                )
            )
        try:
            weight = float(weight_text) if weight_text.strip() else 1.0
        except ValueError:
            weight = 0.0
        if not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
            sentence = _("The weight of {code} is {weight!r}; from 0.001 to 999999 is needed, for example {code}=60.")
            raise BriefError(sentence.format(code=code, weight=shortened(weight_text)))
        if code in markets:
            raise BriefError(_("{code} is given twice. Give each market once, with one weight.").format(code=code))
        markets[code] = weight
    if not markets:
        raise BriefError(_("No target market is given. Name at least one, for example DE=60."))
    if len(markets) > MOST_MARKETS:
        raise BriefError(
            _("{count} target markets are given; at most {most_markets} can be weighed at once.").format(
                count=len(markets), most_markets=MOST_MARKETS
            )
        )
    return tuple(markets.items())


def parse_market_link(text: str, known: Mapping[str, str] | frozenset[str]) -> tuple[tuple[str, float], ...]:
    """Read the markets of a link, "DE-60_AT-40". Raises BriefError."""
    return parse_markets([part.replace("-", "=", 1) for part in text.split("_") if part], known)


def parse_deliverable(text: str) -> tuple[str | None, int]:
    """Read "post=2", or "post" for one; empty is one of the creator's usual kind. Raises BriefError."""
    kind, _equals, count_text = text.partition("=")
    count = parse_count(count_text or "1", MOST_DELIVERABLES)
    if not count:
        sentence = _("Deliverable {text!r} is not understood. Write KIND=COUNT, for example post=2.")
        raise BriefError(sentence.format(text=shortened(text)))
    return kind.strip() or None, count
