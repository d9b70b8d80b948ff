"""Forecast a line of a brief: what is asked, what is known, simulated futures and their summary.

One requested deliverable (or a briefs file) goes in; draws, quantiles and the chance of each target come out.
Everything is seeded.
"""

from fit.forecast.brief_lines import BRIEF_COLUMNS, MOST_COST, asked_line, lines_of_rows
from fit.forecast.brief_payoffs import payoffs_of_briefs
from fit.forecast.inputs import ForecastInputs, StoredBasis, known_of, log_impressions
from fit.forecast.request import (
    CURRENCY_LETTERS,
    MOST_COUNT,
    CreatorLine,
    RequestedLine,
    cost_text,
    deliverable_text,
    line_of_creator,
    read_line,
    targets_text,
)
from fit.forecast.simulate import (
    DRAWS,
    FORECAST_METRICS,
    LARGEST_COUNT,
    SEED,
    SHARE_SIZE,
    campaign_rates,
    cost_per_expected_sale,
    draw_together,
    forecasts,
    luck_of_lines,
    p_hit,
    ratios,
    seen,
    shares,
    summarise,
)
from fit.forecast.summary import (
    DOTS,
    TARGETS,
    LineForecast,
    Target,
    dots_of,
    forecast_line,
    parse_target,
    read_stored,
    terms_of_lines,
)

__all__ = [
    "BRIEF_COLUMNS",
    "CURRENCY_LETTERS",
    "DOTS",
    "DRAWS",
    "FORECAST_METRICS",
    "LARGEST_COUNT",
    "MOST_COST",
    "MOST_COUNT",
    "SEED",
    "SHARE_SIZE",
    "TARGETS",
    "CreatorLine",
    "ForecastInputs",
    "LineForecast",
    "RequestedLine",
    "StoredBasis",
    "Target",
    "asked_line",
    "campaign_rates",
    "cost_per_expected_sale",
    "cost_text",
    "deliverable_text",
    "dots_of",
    "draw_together",
    "forecast_line",
    "forecasts",
    "known_of",
    "line_of_creator",
    "lines_of_rows",
    "log_impressions",
    "luck_of_lines",
    "p_hit",
    "parse_target",
    "payoffs_of_briefs",
    "ratios",
    "read_line",
    "read_stored",
    "seen",
    "shares",
    "summarise",
    "targets_text",
    "terms_of_lines",
]
