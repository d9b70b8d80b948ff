"""Say from the command line what a creator may cost."""

from argparse import Namespace
from math import isfinite

from fit.brief import BriefError, Goal, parse_deliverable
from fit.cli.brief_arguments import markets_of
from fit.cli.output import ExitCode, Refused, WrongUsage, print_json, unknown_creator
from fit.cli.store_access import asking, opened
from fit.forecast import MOST_COST, MOST_COUNT
from fit.plan import PlanRefused, Price, PriceRequest, price_of
from fit.text import words


def price(arguments: Namespace) -> ExitCode:
    """Price one line of one creator."""
    request = _request(arguments)
    generation = opened(arguments)
    ask = asking(generation)
    names = ask("creator_names").rows()
    if request.creator_id not in {creator_id for creator_id, _ in names}:
        raise unknown_creator(request.creator_id, names)
    try:
        priced = price_of(ask, request)
    except PlanRefused as error:
        raise Refused(str(error)) from error
    if arguments.json:
        print_json(priced.as_json())
    else:
        _print_price(priced)
    return ExitCode.DONE


def _request(arguments: Namespace) -> PriceRequest:
    """What the options ask. Raises WrongUsage for what cannot be meant."""
    goal = arguments.goal or (Goal.CONVERSION if arguments.per_thousand is None else Goal.AWARENESS).value
    if goal == Goal.CONVERSION and arguments.per_thousand is not None:
        raise WrongUsage("--per-thousand is what reach is worth. Use --goal awareness, or --order-margin.")
    if goal == Goal.AWARENESS and arguments.order_margin is not None:
        raise WrongUsage("--order-margin is what a purchase is worth. Use --goal conversion, or --per-thousand.")
    for option, value in (("--order-margin", arguments.order_margin), ("--per-thousand", arguments.per_thousand)):
        if value is not None and not (0 < value < MOST_COST and isfinite(value)):
            raise WrongUsage(f"{option} {value:g} is no amount above 0.")
    if arguments.commission is not None and not 0 < arguments.commission < 1:
        raise WrongUsage(f"--commission {arguments.commission:g} is not above 0 and below 1. Write 0.1 for 10 %.")
    try:
        kind, count = parse_deliverable(arguments.deliverable or "")
    except BriefError as error:
        raise WrongUsage(error) from error
    if count > MOST_COUNT:
        raise WrongUsage(
            f"--deliverable {arguments.deliverable!r} is more than one line holds; write up to {MOST_COUNT}."
        )
    return PriceRequest(
        arguments.creator,
        tuple(code for code, _ in markets_of(arguments)),
        goal,
        (kind, count),
        arguments.order_margin,
        arguments.per_thousand,
        arguments.commission,
    )


def _print_price(priced: Price) -> None:
    """The advice, then the four prices, then the deal."""
    money = priced.currency
    print(priced.because)
    for name in ("safe", "break_even", "market_price", "asking_price"):
        print(f"{name.replace('_', ' ')}: {words.amount(getattr(priced, name), money)}")
    print(f"worth by: {priced.worth_basis}")
    if priced.p_profit_at_asking is not None:
        print(f"no loss at the asking price: {words.likelihood(priced.p_profit_at_asking)}")
    deal = priced.deal
    if deal is not None:
        low, high = words.amount(deal.creator_p10, money), words.amount(deal.creator_p90, money)
        print(
            f"deal: {words.amount(deal.base, money)} and {words.percent(deal.commission)} of each order; "
            f"the creator gets {words.amount(deal.creator_mean, money)} on average ({low} to {high})"
        )
        print(f"loss with the deal: {words.likelihood(deal.p_loss_deal)}; flat: {words.likelihood(deal.p_loss_flat)}")
