"""Judge and price some creators of a field that is judged in parts, each part on its own.

The functions take and return frames by the names of questions and tables, so that whoever hands the parts around needs
to know nothing of them.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from fit.forecast.outcomes import NO_RATES, CommonOutcome, standard_outcomes
from fit.forecast.stored_basis import StoredBasis
from fit.model import FieldTables, LearnedField, judge_part

# The questions that judging reads, in the order of judge_field().
JUDGED = ("judge_creators", "judge_campaigns", "judge_audience", "judge_audience_sets", "judge_audience_history")
# The questions whose answers have rows of creators, by what they are called in StoredBasis.
OF_CREATORS = {
    "creators": "judge_creators",
    "audience": "judge_audience",
    "audience_sets": "judge_audience_sets",
    "strengths": "strengths",
    "natural_roles": "natural_roles",
    "payoff_parts": "payoff_parts",
    "view_rates": "view_rates",
    "price_rates": "price_rates",
    "measured_levels": "measured_levels",
    "own_order_values": "own_order_values",
}


def judged_part(learned: LearnedField, answers: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Judge the creators of a part. answers: to JUDGED. Returns tables of creators by name."""
    return dict(vars(judge_part(learned, *(answers[question] for question in JUDGED))))


def stored_part(field: FieldTables, answers: Mapping[str, pl.DataFrame]) -> StoredBasis:
    """What forecasts of a part's creators read. answers: to the questions of OF_CREATORS."""
    return StoredBasis(**{name: answers[question] for name, question in OF_CREATORS.items()}, **vars(field))


def outcomes_of_part(
    field: FieldTables, common: CommonOutcome, answers: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """Expect what one deliverable of each creator of a part brings and costs: the table standard_outcomes.

    common: what all creators of the field share. No exchange rates are known where creators are judged in parts.
    """
    return {"standard_outcomes": standard_outcomes(stored_part(field, answers), NO_RATES, common)}
