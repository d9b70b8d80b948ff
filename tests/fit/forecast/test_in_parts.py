"""Do creators that are priced in parts bring what they bring in the whole field?"""

from dataclasses import fields

import polars as pl
from polars.testing import assert_frame_equal

from fit.forecast.in_parts import OF_CREATORS, outcomes_of_part
from fit.forecast.outcomes import NO_RATES, common_outcome, standard_outcomes
from fit.model import FieldTables
from tests.worked_example import stored


def test_creators_of_a_part_bring_what_they_bring_among_all():
    whole, is_part = stored(), pl.col("creator_id").is_in(["ada", "eva"])
    field = FieldTables(**{one.name: getattr(whole, one.name) for one in fields(FieldTables)})
    answers = {question: getattr(whole, name).filter(is_part) for name, question in OF_CREATORS.items()}
    found = outcomes_of_part(field, common_outcome(whole), answers)
    assert_frame_equal(found["standard_outcomes"], standard_outcomes(whole, NO_RATES).filter(is_part), rel_tol=1e-12)
