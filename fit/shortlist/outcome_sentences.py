"""Say in words what a creator's standard deliverable brings for its price: one wording for pages and documents."""

from __future__ import annotations

from fit import locale
from fit.brief import Brief, Goal
from fit.forecast import PriceBasis
from fit.locale import _, phrase
from fit.model import TOO_LITTLE
from fit.shortlist.groups import Group
from fit.shortlist.outcomes import Expected
from fit.shortlist.ranking import Candidate
from fit.shortlist.sentences import display_name
from fit.shortlist.shares import shares_sentence
from fit.text import words

PRICE_BASES: dict[str, str] = {
    PriceBasis.ASKING_PRICE: phrase("asking price"),
    PriceBasis.OWN_PAST_PRICE: phrase("own past prices"),
    PriceBasis.MARKET_PRICE: phrase("usual price"),
}


def outcome_count(expected: Expected) -> str:
    """ "about 9 purchases" or "about 16,600 people"; "under 1 purchase" below half of one; empty where unknown."""
    if expected.mean is None:
        return ""
    is_sale, number = expected.metric == "in_market_conversions", words.expected(expected.metric, expected.mean)
    if expected.mean == 0:
        return _("no purchase") if is_sale else _("nobody")
    if words.is_under_one(expected.metric, expected.mean):
        return _("under 1 purchase") if is_sale else _("under 1 person")
    if number == locale.decimal(1):
        return _("about one purchase") if is_sale else _("about one person")
    return (_("about {number} purchases") if is_sale else _("about {number} people")).format(number=number)


def outcome_range(expected: Expected) -> str:
    """ "4 to 20": eight in ten futures lie in it; "most likely none" where both ends are 0, empty where unknown."""
    if expected.p10 is None or expected.p90 is None:
        return ""
    low, high = words.rounded(expected.p10), words.rounded(expected.p90)
    if round(expected.p90) == 0:
        return _("most likely none")
    return low if low == high else words.between(low, high)


def outcome_cost(expected: Expected, currency: str | None) -> str:
    """ "49 EUR each", or "12 EUR per 1,000 people", with two digits; empty where price or outcome is unknown."""
    if expected.cost_per_outcome is None:
        return ""
    amount = words.unit_cost(expected.cost_per_outcome, currency)
    if expected.metric == "in_market_conversions":
        return _("{amount} each").format(amount=amount)
    return _("{amount} per 1,000 people").format(amount=amount)


def outcome_short(expected: Expected) -> str:
    """ "9 (4 to 20)" for a column whose heading says of what; empty where unknown.

    Below half of one it is "under 1" alone: the range would only add "0 to 1", and widen the column of a whole list.
    """
    if expected.mean is None or expected.p10 is None or expected.p90 is None:
        return ""
    mean = words.expected(expected.metric, expected.mean)
    if words.is_under_one(expected.metric, expected.mean) and round(expected.p90) <= 1:
        return mean
    return words.with_range(mean, expected.metric, expected.p10, expected.p90)


def outcome_words(candidate: Candidate, brief: Brief, where: str = "") -> str:
    """ "about 9 purchases (4 to 20) in Germany for 440 EUR: 49 EUR each"; why not, where nobody can say.

    where: the markets in other words than the brief's own.
    """
    expected = candidate.expected
    if expected.mean is None:
        missing = _("followers") if candidate.in_market_share is not None else _("audience by country")
        return _("not known: no {missing} loaded").format(missing=missing)
    parts = {"count": outcome_count(expected), "market": where or brief.words, "range": outcome_range(expected)}
    if candidate.cost is None:
        return _("{count} ({range}) in {market}").format(**parts)
    priced = parts | {"cost": words.price(candidate.cost, candidate.currency)}
    text = _("{count} ({range}) in {market} for {cost}").format(**priced)
    cost_of_one = outcome_cost(expected, candidate.currency)
    return _("{outcome}: {each}").format(outcome=text, each=cost_of_one) if cost_of_one else text


def to_find_out(candidate: Candidate) -> str:
    """What to find out before anybody can say what a creator brings, without a stop; empty where it is known."""
    if candidate.expected.mean is not None:
        return ""
    sentence = _("Find out where the audience of {name} lives before you book")
    if candidate.in_market_share is not None:
        sentence = _("Find out how many followers {name} has before you book")
    return sentence.format(name=display_name(candidate))


def outcome_sentence(candidate: Candidate, brief: Brief) -> str:
    """The words of outcome_words(), and where the price comes from unless it is asked for; without a stop."""
    text = outcome_words(candidate, brief)
    if candidate.expected.mean is None or candidate.cost is None or _is_plainly_asked(candidate):
        return text
    return _("{outcome}, at {basis}").format(outcome=text, basis=_basis_said(candidate))


def price_cell(candidate: Candidate) -> str:
    """ "440 EUR", or "460 EUR (usual price)" for a table."""
    if candidate.cost is None:
        return _("not known")
    amount, basis = words.price(candidate.cost, candidate.currency), _(PRICE_BASES[candidate.cost_basis])
    if _is_plainly_asked(candidate):
        return amount
    if candidate.cost_basis == PriceBasis.ASKING_PRICE:
        basis = price_basis(candidate)
    return _("{amount} ({basis})").format(amount=amount, basis=basis)


def _is_plainly_asked(candidate: Candidate) -> bool:
    return candidate.cost_basis == PriceBasis.ASKING_PRICE and not candidate.rate_note


def _basis_said(candidate: Candidate) -> str:
    """The basis, and why it is not the asking price: "usual price: no asking price"."""
    basis = price_basis(candidate)
    if candidate.cost_basis == PriceBasis.ASKING_PRICE or candidate.rate_note:
        return basis
    return _("{basis}: no asking price").format(basis=basis)


def price_basis(candidate: Candidate) -> str:
    """Where the price comes from, and at which exchange rate: "usual price", "asking price, 1 USD = 0.92 EUR"."""
    basis = _(PRICE_BASES[candidate.cost_basis])
    return f"{basis}; {candidate.rate_note}" if candidate.rate_note else basis


def too_expensive(candidate: Candidate, brief: Brief) -> str:
    """A creator who fits the market but asks more than twice what this is worth at the usual price; else empty."""
    payoff = candidate.payoff[brief.goal]
    is_asked = candidate.cost_basis == PriceBasis.ASKING_PRICE and candidate.cost is not None
    if payoff is None or payoff >= TOO_LITTLE or not is_asked or candidate.group == Group.PASS:
        return ""
    what = _("these purchases are") if brief.goal == Goal.CONVERSION else _("this reach is")
    return _("Fits {market}, but {cost} is {times} times what {what} worth at the usual price.").format(
        market=brief.words,
        cost=words.price(candidate.cost, candidate.currency),
        times=locale.decimal(1 / payoff, 1),
        what=what,
    )


def what_to_do(candidate: Candidate, brief: Brief) -> str:
    """The group of a creator as what to do: "Book", "Test first", "Better for awareness", "Skip"."""
    if candidate.group == Group.OTHER_ROLE:
        return _("Better for awareness") if brief.goal == Goal.CONVERSION else _("Better for sales")
    return {Group.BOOK: _("Book"), Group.PILOT: _("Test first"), Group.PASS: _("Skip")}[candidate.group]


def recommendation_sentence(candidate: Candidate, brief: Brief, lives: tuple[str, float] | None) -> str:
    """What to do with a creator and why, in one sentence. lives: the largest country of the audience and its share."""
    name, outcome = display_name(candidate), outcome_sentence(candidate, brief)
    if candidate.group == Group.PASS:
        return _skipped(candidate, brief, lives)
    if candidate.group == Group.OTHER_ROLE:
        return _("{name} is {instead}: {outcome}.").format(name=name, instead=strong_instead(brief), outcome=outcome)
    if missing := to_find_out(candidate):
        return f"{missing}."
    sentence = _("Book {name}: {outcome}.")
    if candidate.group == Group.PILOT:
        sentence = _("Test {name} first, nothing is proven yet: {outcome}.")
    return sentence.format(name=name, outcome=outcome)


def strong_instead(brief: Brief) -> str:
    """How a creator of the group "other role" is called."""
    is_sales = brief.goal == Goal.CONVERSION
    return _("strong for awareness, not for sales") if is_sales else _("strong for sales, not for awareness")


def _skipped(candidate: Candidate, brief: Brief, lives: tuple[str, float] | None) -> str:
    name, here = display_name(candidate), shares_sentence(candidate.shares, brief)
    if lives is None or not here:
        return _("Skip {name}: hardly any audience in {market}.").format(name=name, market=brief.words)
    code, share = lives
    if code in candidate.shares:
        return _("Skip {name}: too little audience in your market, {here}.").format(name=name, here=here)
    return _("Skip {name}: {share} of the audience lives in {country}, {here}.").format(
        name=name, share=words.percent(share), country=words.country(code), here=here
    )
