"""The metric library: every metric that a brief or a charter may name.

Definition, unit, kind, who controls it and how it is measured; read from metrics.toml.
"""

from fit.metrics.library import METRICS, Metric, UnknownMetric, metric

__all__ = [
    "METRICS",
    "Metric",
    "UnknownMetric",
    "metric",
]
