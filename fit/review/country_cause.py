"""Judge from facts whether the audience's country explains a miss, and say so.

Measured displays come first, then clicks by country, then the listed audience; the target plays no part."""

import numpy as np

from fit.agreement import FrozenForecast
from fit.locale import _
from fit.model import path_factor
from fit.review.case import Case, stage_of
from fit.text import words

LEAST_UNKNOWN = 0.005  # of the audience: less rounds to nothing
MOST_ELSEWHERE = 0.5  # of the audience: with more than that elsewhere, the audience lives elsewhere
BORDER = 0.75  # of a typical audience's purchases: where fewer follow from the share, the border matters
HANG_ON_COUNTRY = ("in_market_impressions", "clicks", "conversions", "revenue")


def is_abroad(case: Case) -> bool:
    """Whether a missed line hangs on the country, and facts say that most of what was reached lives elsewhere."""
    hangs = any(stage_of(promise) in HANG_ON_COUNTRY for promise, _actual in case.missed)
    return hangs and (_came_from_elsewhere(case) or _lives_elsewhere(case))


def _lives_elsewhere(case: Case) -> bool:
    """Whether most of the audience, as measured or else as listed, lives elsewhere, and that costs purchases."""
    share = _measured_share(case)
    if share is not None:
        return 1 - share > MOST_ELSEWHERE and _costs_purchases(case.frozen, share)
    if case.frozen is None or case.audience is None:
        return False
    elsewhere = 1 - case.audience.in_market - case.audience.unknown
    return elsewhere > MOST_ELSEWHERE and _costs_purchases(case.frozen, float(case.frozen.inputs.share[0, 0]))


def _measured_share(case: Case) -> float | None:
    """The share of those reached who live in the market, as the campaign itself shows; None where it does not."""
    if case.reached_there is not None:
        return case.reached_there
    clicks = next((origin for origin in case.origins if origin.metric == "clicks" and origin.says_something), None)
    if clicks is None or clicks.most is None:
        return None
    abroad = case.frozen.inputs.out_click if case.frozen else 1.0  # people abroad click less, so they are more
    inside, outside = clicks.most * abroad, 1 - clicks.most
    share = inside / (inside + outside) if inside + outside else clicks.most
    is_unclear = share < MOST_ELSEWHERE <= clicks.most
    return None if is_unclear else share


def _costs_purchases(frozen: FrozenForecast | None, share: float) -> bool:
    if frozen is None:
        return True
    shares = np.array([share, frozen.typical_share])
    actual, typical = path_factor(shares, frozen.inputs.out_click, frozen.inputs.out_convert).tolist()
    return actual / typical < BORDER


def _came_from_elsewhere(case: Case) -> bool:
    """Whether most purchases came from outside the market."""
    sales = (origin for origin in case.origins if origin.metric == "conversions" and origin.says_something)
    return any(origin.most is not None and 1 - origin.most > MOST_ELSEWHERE for origin in sales)


def country_words(case: Case) -> str:
    """The country as the likely reason, with where the audience lives as far as a source lists it."""
    audience, market = case.audience, case.agreement.brief.words
    if audience is None or 1 - audience.in_market - audience.unknown <= MOST_ELSEWHERE:
        return _("The likely reason is the country: most of those who were reached live outside {market}.").format(
            market=market
        )
    elsewhere = [f"{words.country(code)} {words.percent(share)}" for code, share in audience.elsewhere]
    if audience.unknown >= LEAST_UNKNOWN:
        elsewhere.append(_("{share} unknown").format(share=words.percent(audience.unknown)))
    return _(
        "The likely reason is the audience's country: {share} of it lives in {market} ({elsewhere}), and people "
        "elsewhere rarely buy."
    ).format(share=words.percent(audience.in_market), market=market, elsewhere=", ".join(elsewhere))


def elsewhere_values(case: Case) -> dict[str, str]:
    """Parts of sentences on the country: the fact, and what to consider instead."""
    audience, market, other = case.audience, case.agreement.brief.words, case.other
    abroad = is_abroad(case)
    is_listed = audience is not None and 1 - audience.in_market - audience.unknown > MOST_ELSEWHERE
    facts = _("most of those who were reached live elsewhere")
    if audience and is_listed:
        facts = _("{inside} of the audience lives there").format(inside=words.percent(audience.in_market))
    largest = audience.elsewhere[0] if audience and is_listed and audience.elsewhere else None
    instead = [_("the {other} stage").format(other=_(other))] if other else []
    if largest:
        share, country = words.percent(largest[1]), words.country(largest[0])
        campaign = _("a campaign in {country}, where {share} of the audience lives")
        instead.append(campaign.format(country=country, share=share))
    for_what = _(other) if other else words.country(largest[0]) if largest else ""
    inside = _("Few of those who were reached live in {market}.").format(market=market)
    if audience and is_listed:
        inside = _("{inside} of the audience lives in {market}.").format(
            inside=words.percent(audience.in_market), market=market
        )
    return {
        "facts": facts,
        "instead": _("; consider {what}").format(what=words.listing(instead, "or")) if instead else "",
        "next": _(": consider for {what}").format(what=for_what) if for_what else "",
        "inside": f" {inside}" if abroad else "",
    }
