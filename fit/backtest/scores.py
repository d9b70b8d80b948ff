"""Score forecasts against results: where the result fell, and the weighted interval score of their ranges."""

from __future__ import annotations

import numpy as np

RANGES = (0.5, 0.8, 0.95)  # the central ranges that are scored, beside the median
LEVELS = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
TENTHS = (np.arange(10) + 0.5) / 10


def randomised_pit(actual: np.ndarray, futures: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Where each result falls among its futures, 0 to 1; among its equals at `place` (campaigns,), 0 to 1.

    actual: (campaigns,); futures: sorted (campaigns, draws). Even if the forecasts are right, whole numbers included
    (Czado, Gneiting and Held 2009, Biometrics 65, 1254-1261).
    """
    below = (futures < actual[:, None]).mean(axis=1)
    equal = (futures == actual[:, None]).mean(axis=1)
    return below + place * equal


def weighted_interval_score(actual: np.ndarray, quantiles: np.ndarray) -> np.ndarray:
    """Score each forecast, lower is better; NaN where it has none.

    actual: (campaigns,) counts; quantiles: (campaigns, 7) at LEVELS. Of log(1 + count), so that a miss by half weighs
    alike for small and large creators: (|y - m| / 2 + sum of a/2 x interval score) / (ranges + 1/2) (Bracher et al.
    2021, PLOS Computational Biology 17(2), e1008618; on logs Bosse et al. 2023, e1011393).

    >>> weighted_interval_score(np.array([np.e - 1]), np.zeros((1, 7))).round(6).tolist()
    [1.0]
    """
    log_actual, log_quantiles = np.log1p(actual), np.log1p(quantiles)
    total = np.abs(log_actual - log_quantiles[:, 3]) / 2
    for number, held in enumerate(RANGES):
        low, high, miss = log_quantiles[:, 2 - number], log_quantiles[:, 4 + number], 1 - held
        outside = np.maximum(low - log_actual, 0) + np.maximum(log_actual - high, 0)
        total += miss / 2 * (high - low) + outside
    return np.asarray(total / (len(RANGES) + 0.5))


def tried_targets(actual: np.ndarray, futures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Try ten targets a campaign: chances said and whether each was hit, both (campaigns, 10); NaN for no target.

    The targets are drawn futures with a chance of 5, 15 ... 95 %, so every tenth of chances is filled; whole numbers
    make the chance said differ from that, and 0 is no target. futures: sorted (campaigns, draws).
    """
    draws = futures.shape[1]
    targets = futures[:, (draws - np.round(TENTHS * draws)).astype(int)]
    chances = np.stack([(futures >= target[:, None]).mean(axis=1) for target in targets.T], axis=1)
    is_target = targets > 0
    hit = (actual[:, None] >= targets).astype(float)
    return np.where(is_target, chances, np.nan), np.where(is_target, hit, np.nan)
