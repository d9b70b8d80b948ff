"""What has to be said of a metric before two sides can agree on it?"""

from dataclasses import dataclass

STAGES = ("awareness", "engagement", "conversion")
KINDS = ("output", "outcome", "leading")
CONTROL = ("creator", "brand", "both", "neither")
UNITS = ("count", "rate", "amount", "ratio")


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One metric, as brief, charter and review name it.

    label: what it is called in a sentence. definition: one sentence. formula: of what it is computed, "" where it is
    counted. stage: of the funnel. kind: output (what the creator delivers), outcome (what the business gets), leading
    (an early signal that the creator controls). controlled_by: whose work moves it; neither where the platform or luck
    does. measured: where the number comes from. unit: count (whole number), rate (0 to 1), amount (money), ratio (of
    any size, or a duration in seconds). brand_words, creator_words: the same wish as each side would say it. aliases:
    what else people call it, lower case.
    """

    name: str
    label: str
    definition: str
    formula: str = ""
    stage: str
    kind: str
    controlled_by: str
    measured: str
    unit: str
    lower_is_better: bool = False
    is_forecast: bool = False
    brand_words: str
    creator_words: str
    aliases: tuple[str, ...] = ()
