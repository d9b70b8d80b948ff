"""Answer what pages ask of the judgement: forecasts of a line, plans, prices, stories, and what agreements rest on."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import streamlit as st

from data import store
from fit.agreement import (
    PRICE_FIELDS,
    Agreement,
    BriefPrice,
    CreatorContext,
    FrozenForecast,
    UnknownCreator,
    brief_price,
    frozen_rates,
    read_creator_context,
)
from fit.ask import Ask
from fit.brief import Brief
from fit.documents import LOGOS, Brand, BrandError, brand_in
from fit.forecast import CreatorLine, LineForecast, RequestedLine, forecast_line, line_of_creator
from fit.plan import Plan, PlanRequest, Price, PriceRequest, candidates_of_brief, make_plan, price_of
from fit.review import LastReview
from fit.shortlist import Candidate
from fit.story import Story, build_story
from pages.ui.store_access.answers import profile
from pages.ui.store_access.opened import per_generation

MOST_FUTURES = 64  # cached forecasts; 2,000 futures of 14 metrics are a quarter of a megabyte each
MOST_CONTEXTS = 32  # cached forecasts of agreements, with the draws of each
MOST_PLANS = 16  # cached
MOST_STORIES = 16  # cached; each holds the futures of up to twelve creators, two megabytes at most
# What a forecast depends on, of everything that an agreement says:
FORECAST_FIELDS = ("creator", "markets", "goal", "platform", "vertical", "start", "cost", "currency", "deliverables")


@per_generation(MOST_FUTURES)
def forecast_of(ask: Ask, line: CreatorLine, targets: tuple[tuple[str, float], ...]) -> LineForecast:
    """The forecast of one creator's line, with the chance of each target."""
    return forecast_line(ask, line.as_row(), targets)


@per_generation(MOST_PLANS, has_prose=True, spinner="Choosing the best set")
def planned(ask: Ask, brief: Brief, asked: PlanRequest) -> Plan:
    """The best set of creators for a budget. Raises PlanRefused with the limit that cannot hold."""
    return make_plan(candidates_of_brief(ask, brief), asked)


@per_generation(MOST_PLANS, has_prose=True)
def priced(ask: Ask, asked: PriceRequest) -> Price:
    """What a creator may cost. Raises PlanRefused where its outcome or its worth cannot be known."""
    return price_of(ask, asked)


@per_generation(MOST_STORIES, has_prose=True, spinner="Judging the chosen creators")
def _story(
    ask: Ask,
    brief: Brief,
    creator_ids: tuple[str, ...],
    line: RequestedLine,
    made_on: date,
    reviews: dict[str, LastReview],
    accuracy: str,
) -> Story:
    return build_story(ask, brief, creator_ids, line, made_on, reviews, accuracy)


def story(
    brief: Brief,
    creator_ids: tuple[str, ...],
    line: RequestedLine,
    reviews: Mapping[str, LastReview] = MappingProxyType({}),
    accuracy: str = "",
) -> Story:
    """The story of one to twelve known creators, made today. reviews: last closed, by creator; accuracy: how often past
    ranges held, "" where that is not known. Raises StoryError."""
    own = {creator_id: reviews[creator_id] for creator_id in creator_ids if creator_id in reviews}
    return _story(brief, creator_ids, line, date.today(), own, accuracy)


@st.cache_data(max_entries=1, show_spinner=False)
def _brand(folder: str, changed: tuple[float, ...]) -> tuple[Brand, str]:
    try:
        return brand_in(Path(folder)), ""
    except BrandError as error:
        return Brand(), str(error)


def brand() -> tuple[Brand, str]:
    """Whose documents these are, and what is wrong with the brand file of the store: the usual look stands in then."""
    folder = store.store_folder()
    beside = [*folder.glob("brand.toml"), *(path for kind in LOGOS for path in folder.glob(f"*{kind}"))]
    return _brand(str(folder), tuple(sorted(path.stat().st_mtime for path in beside)))


def creator_line(line: RequestedLine, brief: Brief, creator: Candidate) -> CreatorLine:
    """The line as this creator would be asked for it."""
    return line_of_creator(line, brief, profile(creator.creator_id), creator.deliverable)


def _forecast_part(agreement: Agreement) -> Agreement:
    """Only what a forecast depends on, so that a text that is typed changes no cache key."""
    return Agreement(**{name: getattr(agreement, name) for name in FORECAST_FIELDS})


@per_generation(MOST_CONTEXTS, has_prose=True)
def _creator_context(ask: Ask, agreement: Agreement, made_on: date) -> CreatorContext:
    return read_creator_context(ask, agreement, made_on)


def creator_context(agreement: Agreement) -> CreatorContext | None:
    """What the store knows of an agreement's creator, with its forecast; None for a creator that it does not know."""
    try:
        return creator_context_to_freeze(_forecast_part(agreement))
    except UnknownCreator:
        return None


@per_generation(MOST_CONTEXTS, has_prose=True)
def _brief_price(ask: Ask, agreement: Agreement, made_on: date) -> BriefPrice:
    return brief_price(ask, agreement, _creator_context(_forecast_part(agreement), made_on).frozen)


def price_in_brief(agreement: Agreement) -> BriefPrice:
    """What the deliverables of an agreement may cost together. Raises UnknownCreator."""
    given = Agreement(**{name: getattr(agreement, name) for name in (*FORECAST_FIELDS, *PRICE_FIELDS)})
    return _brief_price(given, date.today())


def creator_context_to_freeze(agreement: Agreement) -> CreatorContext:
    """The same with the chance of every target of the agreement, to be frozen. Raises UnknownCreator."""
    return _creator_context(agreement, date.today())


@per_generation(MOST_CONTEXTS)
def _rates(ask: Ask, agreement: Agreement) -> FrozenForecast:
    return frozen_rates(ask, agreement)


def rates(agreement: Agreement) -> FrozenForecast:
    """What is known of an agreement's creator now: its forecast, or only the rates of those who are like it."""
    return _rates(_forecast_part(agreement))
