"""The metric library: what every metric of a brief, a charter or a review means to both sides, as data (metrics.toml).

The one list of metrics' names: the forecast, the pages and the documents take theirs from here.
"""

from fit.metrics.library import (
    COMPUTED,
    COST,
    METRICS,
    TEXTS,
    Control,
    Metric,
    MetricKind,
    Unit,
    UnknownMetric,
    metric,
    named_metric,
)
