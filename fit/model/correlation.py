"""Learn how the three stages correlate between creators, and judge each creator's stages together.

Who is strong at clicks tends to be strong (or weak) at purchases, and a stage that nobody measured is known only
through the others. The three log indices of the field's creators are taken as one normal with mean m and covariance S,
both learned by EM; a creator's own campaigns then move it away from m.
"""

from dataclasses import dataclass

import numpy as np

STAGES = ("engage", "click", "convert")
PRIOR_SPREAD = 0.25  # variance of a log index before any creator is seen: tau of .5
PRIOR_CREATORS = 4  # creators that this guess of S counts for
LEVEL_CREATORS = 5  # creators that "the field's mean is the benchmark" counts for
SPREAD_DOUBT = 4  # of a covariance of three: its mean exceeds its mode by (3 + 1) / creators; at most by a quarter
EM_PASSES = 60
FIT_CREATORS = 20_000  # creators that m and S are learned from


@dataclass(frozen=True)
class Field:
    """Mean (3,) and covariance (3, 3) of the log indices over the creators of a field."""

    mean: np.ndarray
    covariance: np.ndarray


def message(
    mean: np.ndarray, variance: np.ndarray, prior_mean: float, prior_variance: float
) -> tuple[np.ndarray, np.ndarray]:
    """Divide a normal prior out of a posterior: what the campaigns alone say, as (mean, precision).

    mean, variance: (creators,), of log indices. Precision 0 means that the campaigns say nothing.
    """
    precision = 1 / variance - 1 / prior_variance
    weighted = mean / variance - prior_mean / prior_variance
    informs = precision > 1e-6 / prior_variance
    return np.where(informs, weighted / np.where(informs, precision, 1.0), 0.0), np.where(informs, precision, 0.0)


def combine(means: np.ndarray, precisions: np.ndarray, field: Field) -> tuple[np.ndarray, np.ndarray]:
    """Combine the stages: posterior mean (creators, 3) and covariance (creators, 3, 3) of the log indices.

    means, precisions: (creators, 3), what the campaigns alone say of each stage; see message().
    """
    prior = np.linalg.inv(field.covariance)
    covariance = np.linalg.inv(prior + precisions[:, :, None] * np.eye(3))
    weighted = precisions * means + np.einsum("ij,j->i", prior, field.mean)
    return np.einsum("cij,cj->ci", covariance, weighted), covariance


def learn(means: np.ndarray, precisions: np.ndarray) -> Field:
    """Learn m and S by EM from the creators that have any measured stage.

    M-step: m = sum of means / (C + 5); S = (sum of outer products and covariances + 4 x .25 I) / (C + 4).
    At the end S is widened where few creators are known well: EM finds the likeliest S, but larger ones are about as
    likely and matter more.
    """
    measured = np.flatnonzero(precisions.any(axis=1))
    chosen = measured[:: -(-len(measured) // FIT_CREATORS) or 1]
    means, precisions = means[chosen], precisions[chosen]
    field = Field(np.zeros(3), PRIOR_SPREAD * np.eye(3))
    for _ in range(EM_PASSES):
        mean, covariance = combine(means, precisions, field)
        centre = mean.sum(axis=0) / (len(chosen) + LEVEL_CREATORS)
        off = mean - centre
        total = np.einsum("ci,cj->ij", off, off) + covariance.sum(axis=0) + PRIOR_CREATORS * PRIOR_SPREAD * np.eye(3)
        field = Field(centre, total / (len(chosen) + PRIOR_CREATORS))
    reliability = 1 - np.diagonal(covariance, axis1=1, axis2=2) / np.diag(field.covariance)
    creators_worth = (np.clip(reliability, 0.0, 1.0) ** 2).sum(axis=0)
    widen = np.sqrt(1 + SPREAD_DOUBT / (creators_worth + SPREAD_DOUBT**2))
    return Field(field.mean, field.covariance * np.outer(widen, widen))
