"""The judgement: how strong each creator is, in which role, and what a market's money buys.

Pure functions of frames and arrays (numpy, scipy, polars): benchmark, geography, strength, role, payoff.
No clock, no store, no prose but a verdict's reason.
"""

from fit.model.benchmark import FACTORS as BENCHMARK_FACTORS
from fit.model.benchmark import factors_of, past_errors
from fit.model.correlation import STAGES
from fit.model.deliverables import EVERY_KIND, kind_named, offered_kinds, plural_of
from fit.model.effects import Factor, numbered
from fit.model.funnel import STAGE_EVENTS, STAGE_TRIALS, StageStrength, strength_rows
from fit.model.geography import (
    DELIVERY_SIZE,
    NOT_STATED,
    SURVEY_SIZE,
    WHOLE,
    click_factor,
    convert_factor,
    country_parts,
    country_shares,
    homes,
    path_factor,
    shares_of_parts,
    with_unlisted,
)
from fit.model.index_explained import IndexExplained, explain_index
from fit.model.judgement import VIEWS, FieldTables, LearnedField, judge_field, judge_part, learn_field, usual_effect
from fit.model.observations import quarter_of
from fit.model.payoff import payoffs
from fit.model.pilot import Pilot, events_worth, pilot_effect, worth_tracking
from fit.model.prices import UNNAMED
from fit.model.published_bands import BANDS, PRIOR_CREATORS, Band, OwnFigure, own_figures
from fit.model.role import (
    ABOUT_AS_STRONG,
    BALANCED_SD,
    CLEAR,
    FEWEST_CAMPAIGNS,
    FEWEST_EVIDENCE,
    FEWEST_THERE,
    LEANING,
    TOO_LITTLE,
    Confidence,
    Role,
    RoleLabel,
    apart_from_similar,
    probably_apart,
    role_in_market,
)
from fit.model.strength import LARGEST_LOG, Z_80
from fit.model.view_rates import USUAL_FREQUENCY
