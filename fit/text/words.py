"""Format numbers, shares, chances, money, dates and countries as words of a sentence."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import isfinite, isinf

from fit import locale
from fit.locale import _, ngettext, phrase
from fit.metrics import COMPUTED, COST, METRICS, Unit

SURE_ENOUGH = 0.97  # prose never claims more: the method is not calibrated beyond that
LEAST_COUNTED = 0.5  # an expected count below it would round to none
FAR_FROM_ONE_IN_20 = 0.04  # what is rarer is not said as 1 in 20
NEAR_A_TENTH = 0.025  # half a twentieth
JOINED = {"and": phrase("{first} and {last}"), "or": phrase("{first} or {last}"), "to": phrase("{first} to {last}")}
NO_CENT = 1e-6  # of a cent: what sums of prices in floats may be off
WHOLE_FROM = 100  # of a currency: estimated prices from there on have no cents
TYPED_DECIMALS = 2  # of a percentage that somebody typed; more of them come from a division
TIMES_FROM = 200  # an index from which "2.6 times" is clearer than "160 % more"
STAGE_WORDS = {"engage": phrase("engagement"), "click": phrase("clicks"), "convert": phrase("purchases per click")}
NOT_STATED = "ZZ"  # the code of campaigns whose report names no market
PLATFORM_NAMES = {"youtube": "YouTube", "tiktok": "TikTok", "linkedin": "LinkedIn", "whatsapp": "WhatsApp"}


def percent(share: float | None) -> str:
    """Say a share (0 to 1) in percent with up to three significant digits; None is "not measured"."""
    if share is None:
        return _("not measured")
    value = 100 * share
    if value == 0:
        return locale.in_percent(0)
    if value < 0.01:
        return _("under {percentage}").format(percentage=locale.in_percent(0.01, 2))
    return locale.in_percent(value, 0 if value >= 9.95 else 1 if value >= 0.95 else 2)


def percent_range(low: float, high: float) -> str:
    """Say two shares as one range: "38 to 45 %", or one value where both read the same."""
    first, last = percent(low), percent(high)
    return last if first == last else between(locale.without_percent_sign(first), last)


def between(low: str, high: str) -> str:
    """Say a range of two values that are said already: "38 to 45"."""
    return _("{low} to {high}").format(low=low, high=high)


def chance(probability: float) -> str:
    """Say a probability in percent, never above 97 or below 3 percent."""
    return percent(min(SURE_ENOUGH, max(1 - SURE_ENOUGH, probability)))


def tenths(probability: float) -> tuple[int, int]:
    """A probability as a count that people can picture: (7, 10), or (7, 20) where no tenth comes near enough.

    Twentieths are the dots of a forecast.
    """
    of = 10 if 0.1 <= probability <= 0.9 and abs(probability - round(10 * probability) / 10) < NEAR_A_TENTH else 20
    return max(1, min(of - 1, round(of * probability))), of


def frequency(probability: float) -> str:
    """Say a probability as a count: "7 in 10", "7 in 20", at the ends "under 1 in 20" and "over 19 in 20"."""
    if probability > 1 - FAR_FROM_ONE_IN_20:
        return _("over 19 in 20")
    if probability < FAR_FROM_ONE_IN_20:
        return _("under 1 in 20")
    hits, of = tenths(probability)
    hits, of = {(2, 10): (1, 5), (5, 20): (1, 4), (15, 20): (3, 4)}.get((hits, of), (hits, of))
    return _("{hits} in {of}").format(hits=hits, of=of)


def likelihood(probability: float) -> str:
    """Say a chance as percent and as a count: "71 %, 7 in 10"; at the ends "3.5 %, under 1 in 20"."""
    return _("{percentage}, {count}").format(percentage=bounded(probability), count=frequency(probability))


def bounded(probability: float) -> str:
    """Say a chance in percent, "over 97 %" and "under 3 %" at the ends."""
    if probability > SURE_ENOUGH:
        return _("over {percentage}").format(percentage=percent(SURE_ENOUGH))
    if probability < 1 - SURE_ENOUGH:
        return _("under {percentage}").format(percentage=locale.in_percent(100 * (1 - SURE_ENOUGH)))
    return percent(probability)


def spread(middle: str, low: str, high: str) -> str:
    """Say a value with its range: "128 (92 to 176)"; all three are said already."""
    return _("{middle} ({low} to {high})").format(middle=middle, low=low, high=high)


def count(number: float | None) -> str:
    """Say a whole number with thousands separated; None is "not measured"."""
    return _("not measured") if number is None else locale.decimal(round(number))


def about(number: float | None, digits: int = 3) -> str:
    """Say an estimate with so many significant digits: of three, 45,638 is "45,600"; None is "not known"."""
    if number is None:
        return _("not known")
    said = float(f"{number:.{digits}g}")
    return locale.short_decimal(said) if abs(number) < 100 else locale.decimal(said)


def rounded(number: float) -> str:
    """Say an expected count, as in sentences so in tables: whole, with three significant digits: 45,638 is "45,600"."""
    return about(round(number))


def amount(value: float | None, currency: str | None, digits: int = 3) -> str:
    """Say money with its currency: "1,550 EUR"; None is "not known"."""
    said = about(value, digits)
    return locale.money(said, currency) if value is not None and currency else said


def price(value: float | None, currency: str | None) -> str:
    """Say what is paid, in the digits of paid(): "1,234.50 EUR"; None is "not known"."""
    if value is None:
        return _("not known")
    number = paid(value)
    said = locale.decimal(number, 0 if number == round(number) else 2)
    return locale.money(said, currency) if currency else said


def paid(value: float) -> float:
    """A price or fee with every digit that somebody named, an estimated one in whole units (three digits below 100).

    A price that is no whole number of cents was estimated.
    """
    if _is_named(value):
        return round(value, 2)
    return float(round(value)) if value >= WHOLE_FROM else round(float(f"{value:.3g}"), 2)


def _is_named(amount: float) -> bool:
    """Whether an amount is a whole number of cents, as one that people name or count is."""
    return isfinite(amount) and abs(100 * amount - round(100 * amount)) < NO_CENT


def unit_cost(value: float | None, currency: str | None) -> str:
    """Say what one outcome costs, as in sentences so in tables: two digits, since no forecast knows it better."""
    return amount(value, currency, digits=2)


def metric(name: str) -> str:
    """Say what a metric, or the cost, is called in a sentence: "purchases per click" of conversion_rate."""
    return _("cost") if name == COST else _(METRICS[name].label)


def capitalized(text: str) -> str:
    """Return a text, often a translated word, as it begins a sentence; its other letters stay, such as a noun's."""
    return text[:1].upper() + text[1:]


def platform(name: str) -> str:
    """A platform as it writes itself: "YouTube" of youtube; a name that is not known begins with a capital letter."""
    return PLATFORM_NAMES.get(name.lower(), capitalized(name))


def stage(name: str) -> str:
    """Say what is measured at a stage of the funnel: "purchases per click" of convert."""
    return _(STAGE_WORDS[name])


def measure(metric: str, value: float | None, currency: str | None = None) -> str:
    """Say the value of a metric in its unit: "8.3 %" of a rate, "1,550 EUR" of revenue, "249" clicks."""
    if value is None:
        return _("not known")
    unit = METRICS[metric].unit
    if unit is Unit.RATE:
        return percent(value)
    if unit is Unit.AMOUNT:
        return amount(value, currency)
    if unit is Unit.RATIO:
        return times(value, digits=3) if metric == "return_on_ad_spend" else about(value)
    return about(round(value))


def exact(metric: str, value: float, currency: str | None = None) -> str:
    """Say what people agreed or counted, in its unit and with every digit: what is signed is not rounded.

    metric: of the library, or a name of their own, whose numbers have no unit.
    """
    unit = METRICS[metric].unit if metric in METRICS else Unit.COUNT
    if unit is Unit.RATE:
        return exact_percent(value)
    number = exact_number(value)
    if metric == "return_on_ad_spend":
        return _("{number} times").format(number=number)
    return locale.money(number, currency) if unit is Unit.AMOUNT and currency else number


def exact_number(value: float) -> str:
    """Say a number with every digit that was typed."""
    return locale.decimal(value, _decimals(value))


def result(metric: str, value: float, currency: str | None = None) -> str:
    """Say what was measured: counts whole, money to the cent, rates as typed; what was divided as measure() does.

    "no purchases" of what a purchase cost where there was none.
    """
    if isinf(value):
        return _("no {metric}").format(metric=_(METRICS[COMPUTED[metric][1]].label))
    unit = METRICS[metric].unit if metric in METRICS else Unit.COUNT
    if unit is Unit.AMOUNT:
        return price(value, currency) if _is_named(value) else measure(metric, value, currency)
    is_typed = unit is Unit.RATE and _decimals(float(f"{100 * value:.12g}")) <= TYPED_DECIMALS
    return exact(metric, value) if unit is Unit.COUNT or is_typed else measure(metric, value)


def exact_percent(share: float) -> str:
    """Say a share in percent with every digit that was typed."""
    percentage = float(f"{100 * share:.12g}")
    return locale.in_percent(percentage, _decimals(percentage))


def _decimals(value: float) -> int:
    exponent = Decimal(f"{value:.12g}").normalize().as_tuple().exponent
    return max(0, -int(exponent))


def is_under_one(metric: str, mean: float) -> bool:
    """Whether a mean is of a count, above none and below one half: "0" would say that nothing comes."""
    return METRICS[metric].unit is Unit.COUNT and 0 < mean < LEAST_COUNTED


def expected(metric: str, mean: float | None, currency: str | None = None) -> str:
    """Say the mean of a metric as measure() does; a count below one half is "under 1", and from there on "1"."""
    if mean is None or METRICS[metric].unit is not Unit.COUNT or not 0 < mean < 1:
        return measure(metric, mean, currency)
    return _("under 1") if is_under_one(metric, mean) else locale.decimal(1)


def about_expected(metric: str, mean: float, currency: str | None = None) -> str:
    """Say a mean inside a sentence: "about 9", "under 1", "none"."""
    if METRICS[metric].unit is Unit.COUNT and mean == 0:
        return _("none")
    said = expected(metric, mean, currency)
    return said if is_under_one(metric, mean) else _("about {number}").format(number=said)


def with_range(said: str, metric: str, low: float, high: float, currency: str | None = None) -> str:
    """Put its range behind a mean that is said already: "9 (4 to 20)"; of a count "0 to 0" adds nothing, so it goes."""
    if METRICS[metric].unit is Unit.COUNT and round(high) == 0:
        return said
    return spread(said, measure(metric, low, currency), measure(metric, high, currency))


def index(value: float) -> str:
    """Say an index (100 = typical) without decimals, and with thousands separated when it is that large."""
    return locale.decimal(value)


def difference(value: float, *, signed: bool = True) -> str:
    """Say an index (100 = typical) as the difference from it: "+60 %", "-12 %"; signed: with its sign."""
    apart = round(value) - 100
    sign = ("+" if apart > 0 else "\u2212" if apart < 0 else "") if signed else ""
    return f"{sign}{locale.in_percent(abs(apart))}"


def differences(low: float, high: float) -> str:
    """Say two indices as differences: "+12 to +130 %"."""
    return between(locale.without_percent_sign(difference(low)), difference(high))


def ratio(value: float) -> str:
    """Say an index (100 = typical) as a bare multiple: "2.6"."""
    return locale.short_decimal(float(f"{value / 100:.2g}"))


def index_times(value: float) -> str:
    """Say an index (100 = typical) as a multiple: "2.6 times"."""
    return times(value / 100)


def times(value: float, digits: int = 2) -> str:
    """Say a multiple with so many significant digits, two in sentences: "4.1 times"."""
    return _("{number} times").format(number=about(value, digits))


def rate(events: float | None, trials: float | None) -> str:
    """Say events of trials in percent; "not measured" where either is missing, "no trials" where there were none."""
    if events is None or trials is None:
        return _("not measured")
    return percent(events / trials) if trials else _("no trials")


def counted(number: int, thing: str, things: str) -> str:
    """Say a number with its noun: "1 campaign", "4 campaigns". Both forms are texts to translate."""
    return f"{locale.decimal(number)} {ngettext(thing, things, number)}"


def listing(parts: Sequence[str], last: str = "and") -> str:
    """Join parts as a sentence does: "A, B and C". last: "and", "or" or "to"."""
    if len(parts) < 2:
        return "".join(parts)
    return _(JOINED[last]).format(first=", ".join(parts[:-1]), last=parts[-1])


def day(when: date | None) -> str:
    """Say a date without doubt about day and month: "7 March 2026"; None is "no date stated"."""
    return _("no date stated") if when is None else locale.day(when)


def country(code: str | None) -> str:
    """Say an ISO 3166-1 alpha-2 code as its name; ZZ is "market not stated", an unknown code stays itself."""
    if code in (None, "", NOT_STATED):
        return _("market not stated")
    is_country = len(code) == 2 and code.isalpha()
    return locale.territories().get(code, code) if is_country else code


def market(code: str | None) -> str:
    """Say a campaign's market: "Germany and Austria" for DE+AT."""
    return listing([country(part) for part in (code or NOT_STATED).split("+")])


def shortened(text: str, longest: int = 60) -> str:
    """A text as it is quoted in a message: its beginning where it is long."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
