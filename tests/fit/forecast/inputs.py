"""Inputs of a simulation from four numbers."""

import numpy as np

from fit.forecast.inputs import ForecastInputs


def inputs(impressions: float, share: float, spread: float, cap: float) -> ForecastInputs:
    """Inputs of one line. share: in market, 0 to 1; spread: of log impressions; cap: most evidence of one campaign."""
    return ForecastInputs(
        impressions=np.array([[impressions, spread]]),
        frequency=np.array([[0.2, 0.2]]),
        share=np.array([[share, share / 2, min(2 * share, 1.0)]]),
        rates=np.array([[0.04, 0.01, 0.02]]),
        mean=np.zeros((1, 3)),
        covariance=np.eye(3)[None] * 0.2,
        order_value=np.array([[3.8, 0.2]]),
        count=np.array([1.0]),
        followers=np.array([np.nan]),
        cost=np.array([100.0]),
        shared_errors=np.zeros((1, 4, 1)),
        own_errors=np.zeros((1, 4)),
        expected_purchases=np.array([np.nan]),
        expected_reach=np.array([np.nan]),
        caps=np.full(3, cap),
        out_click=0.6,
        out_convert=0.05,
        view_campaign_sd=min(spread, 0.4),
        overlap=0.5,
        overlap_sd=0.3,
        reach_limit=1.0,
    )
