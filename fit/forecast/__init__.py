"""Forecast a line of a brief: what is asked, what is known, simulated futures and their summary.

One requested deliverable (or a briefs file) goes in; draws, quantiles and the chance of each target come out.
Everything is seeded.
"""

from fit.forecast.benchmark_fits import read_fits
from fit.forecast.brief_lines import BRIEF_COLUMNS, MOST_COST, asked_line, lines_of_rows
from fit.forecast.brief_payoffs import payoffs_of_briefs
from fit.forecast.correction import (
    Correction,
    changes_in,
    correction_note,
    correction_of,
    correction_sentence,
    rows_of_corrections,
)
from fit.forecast.dot_places import ACROSS, Dot, DotPlot, needs_roots, place_dots
from fit.forecast.in_parts import JUDGED, OF_CREATORS, judged_part, outcomes_of_part, stored_part
from fit.forecast.inputs import (
    ForecastInputs,
    inputs_of,
    inputs_of_known,
    known_of,
    measured_kinds,
    unmeasured_kinds,
    usual_currency,
)
from fit.forecast.order_value import count_own_orders
from fit.forecast.outcomes import CommonOutcome, common_outcome, market_effects_table, standard_outcomes
from fit.forecast.prices import PriceBasis, price_currency, rate_between, shown_currency, usual_log_costs
from fit.forecast.request import (
    CURRENCY_LETTERS,
    MOST_COUNT,
    CostBasis,
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
    FIGURES,
    FORECAST_METRICS,
    LARGEST_COUNT,
    QUANTILES,
    SEED,
    SHARE_SIZE,
    campaign_rates,
    combined_reach,
    cost_per_expected_sale,
    draw,
    draw_apart,
    draw_together,
    drawn_impressions,
    exact_means,
    fit_errors,
    forecast_figures,
    forecasts,
    luck_of_lines,
    of_brief,
    p_hit,
    ratios,
    shares,
    summarise,
)
from fit.forecast.stored_basis import FitBasis, StoredBasis
from fit.forecast.summary import (
    DOTS,
    LARGEST_TARGET,
    TARGETS,
    LineForecast,
    Target,
    dots_of,
    field_basis,
    forecast_line,
    inputs_of_lines,
    parse_target,
    read_stored,
)
