"""Which forecasts do tests of reviews judge by? Invented, of one creator, so plain that results can be worked out."""

import numpy as np

from fit.agreement.agreement import Deliverable
from fit.agreement.frozen_forecast import Audience, FrozenForecast, futures_of, summary_of
from fit.forecast.inputs import ForecastInputs


def inputs(*, impressions: float = 10_000.0, spread: float = 0.4, cap: float = 3.0, lines: int = 1) -> ForecastInputs:
    """Terms of lines that are alike: half of the audience at home, rates of 4 %, 1 % and 2 %."""
    return ForecastInputs(
        impressions=np.tile([[np.log(impressions), spread]], (lines, 1)),
        frequency=np.tile([[0.2, 0.1]], (lines, 1)),
        share=np.tile([[0.5, 0.4, 0.6]], (lines, 1)),
        rates=np.tile([[0.04, 0.01, 0.02]], (lines, 1)),
        mean=np.zeros((lines, 3)),
        covariance=np.tile(np.eye(3)[None] * spread**2, (lines, 1, 1)),
        order_value=np.tile([[np.log(50.0), spread]], (lines, 1)),
        count=np.ones(lines),
        followers=np.full(lines, np.nan),
        cost=np.full(lines, np.nan),
        shared_errors=np.zeros((lines, 4, 0)),
        own_errors=np.zeros((lines, 4)),
        expected_purchases=np.full(lines, np.nan),
        expected_reach=np.full(lines, np.nan),
        caps=np.full(3, cap),
        out_click=1.0,
        out_convert=1.0,
        view_campaign_sd=min(spread, 0.3),
        overlap=0.5,
        overlap_sd=0.3,
        reach_limit=1.0,
    )


def frozen(of: ForecastInputs, audience: Audience | None = None) -> FrozenForecast:
    """A forecast of these inputs, as one agreement."""
    kinds = ("post", "story", "reel")[: len(of)]
    futures = futures_of(of, 500.0)
    return FrozenForecast(
        generation=3, is_demo=False, deliverables=tuple(Deliverable(kind) for kind in kinds), currency="EUR",
        cost=500.0, inputs=of, audience=audience or Audience(0.5, 0.1, (("US", 0.4),)), typical_share=0.6,
        has_own_rates=True, summary=summary_of(futures, 500.0), targets=(),
    )  # fmt: skip
