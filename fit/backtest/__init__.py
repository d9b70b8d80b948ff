"""Hold the forecasts against past campaigns: walk forward with what was known then, score, check the data's health.

Facts of any day go in, an accuracy with its sentence and a health card come out. Everything is seeded.
"""

from fit.backtest.accuracy import HIGH, LOW, Accuracy, Decile, Held, accuracy_line, accuracy_of, back_test
from fit.backtest.health import Finding, Status, health_of, worst
from fit.backtest.known_before import Facts, judged, read_facts
from fit.backtest.walk import TooFewCampaigns, walk_forward
