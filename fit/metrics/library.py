"""Which metrics can a brief or a charter name, and what does each mean to both sides?

The one list of names: the forecast, the pages and the documents take theirs from here.
"""

import difflib

from fit.metrics.awareness import AWARENESS
from fit.metrics.conversion import CONVERSION
from fit.metrics.engagement import ENGAGEMENT
from fit.metrics.metric import CONTROL, KINDS, STAGES, UNITS, Metric

__all__ = ["CONTROL", "KINDS", "METRICS", "STAGES", "UNITS", "Metric", "UnknownMetric", "metric"]

METRICS: dict[str, Metric] = {one.name: one for one in (*AWARENESS, *ENGAGEMENT, *CONVERSION)}
_BY_ANY_NAME = {called: one for one in METRICS.values() for called in (one.name, one.label.lower(), *one.aliases)}
# Price lists for "earned media value" differ tenfold from tool to tool, so nothing could be agreed on by one.
_NEVER = {"emv": "media value", "earned_media_value": "media value", "media_value": "media value"}
NEAREST = 3  # names that a refusal offers


class UnknownMetric(ValueError):
    """A name that no metric has; the message names the nearest."""


def metric(name: str) -> Metric:
    """Return the metric of a name, of one of its aliases ("cpm", "ROAS") or of its label.

    Blanks, hyphens and capitals do not matter. Raises UnknownMetric.
    """
    asked = name.strip().lower()
    found = _BY_ANY_NAME.get(asked) or _BY_ANY_NAME.get(asked.replace(" ", "_").replace("-", "_"))
    if found is None:
        raise UnknownMetric(_refusal(name, asked.replace(" ", "_").replace("-", "_")))
    return found


def _refusal(name: str, asked: str) -> str:
    if asked in _NEVER:
        return f"{name!r} is never computed: its price lists differ tenfold. Choose reach, clicks or revenue."
    near = difflib.get_close_matches(asked, _BY_ANY_NAME, n=NEAREST * 2, cutoff=0.5)
    names = list(dict.fromkeys(_BY_ANY_NAME[called].name for called in near))[:NEAREST]
    nearest = f" The nearest are {', '.join(names)}." if names else ""
    return f"{name!r} is no metric of the library.{nearest} `python -m fit metrics` lists all {len(METRICS)}."
