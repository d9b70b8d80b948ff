"""Rank creators for a brief, say how sure the order is, and say it in sentences.

The ranking asks the store's stored judgement; ties says who may be among the first; sentences are what pages and
documents print of it.
"""

from fit.shortlist.comparison import compared_facts, comparison_verdict, money_differs
from fit.shortlist.forecast_sentences import (
    MAIN_METRIC,
    ExpectedLine,
    at_its_price,
    below_price,
    compared_table,
    drawn_metrics,
    expected_line,
    expected_of,
    expected_revenue,
    forecast_caveat,
    forecast_finding,
    forecast_first_sentence,
    forecast_unknowns,
    in_all_sentence,
    metric_cell,
    metric_finding,
    metrics_table,
    one_currency,
    target_words,
    unmeasured_sentence,
)
from fit.shortlist.groups import GROUP_LABELS, GROUPS, ROLE_LABELS, Group
from fit.shortlist.headline import lack_followers, needed_to_settle, shortlist_verdict
from fit.shortlist.outcome_sentences import (
    PRICE_BASES,
    outcome_cost,
    outcome_count,
    outcome_range,
    outcome_sentence,
    outcome_short,
    outcome_words,
    price_basis,
    price_cell,
    recommendation_sentence,
    too_expensive,
    what_to_do,
)
from fit.shortlist.outcomes import COUNTED_BY, OUTCOME_METRIC, Expected
from fit.shortlist.ranking import (
    Candidate,
    Shortlist,
    count_matching,
    filter_warnings,
    first_creators,
    group_of_row,
    matching_rows,
    roles_of_all,
    shortlist,
)
from fit.shortlist.role_sentences import (
    FEW_CAMPAIGNS,
    MUCH_UNKNOWN,
    geography_warning,
    reasons_not_to,
    role_answer,
    role_warning,
)
from fit.shortlist.sentences import (
    WIDE_UNKNOWN,
    audience_age,
    bands_table,
    bands_verdict,
    data_verdict,
    display_name,
    geography_verdict,
    natural_words,
    order_note,
    price_sentence,
    price_words,
    prices_verdict,
    role_verdict,
    role_words,
    sources_table,
    strength_verdict,
    unlisted_markets,
)
from fit.shortlist.shares import gap_sentence, market_finding, share_words, shares_sentence
