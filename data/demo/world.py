"""True rates of the invented world: made-up constants, none of them evidence about any real market or platform."""

import numpy as np

PLATFORMS = ("instagram", "tiktok", "youtube")
VERTICALS = ("beauty", "food", "home", "tech")  # few, so that each has enough creators to compare with
COUNTRIES = (
    "DE", "AT", "CH", "US", "GB", "FR", "NL", "IT", "ES", "PL", "TR", "IN", "BR", "ID", "MX", "SG", "MT", "SE",
)  # fmt: skip
HOMES = ("DE", "AT", "CH", "US", "GB", "FR", "IT", "ES", "PL", "TR", "BR", "IN")
HOME_CHANCES = (0.50, 0.20, 0.05, 0.05, 0.05, 0.03, 0.03, 0.02, 0.02, 0.02, 0.02, 0.01)

# Who else follows a creator of a country: parts of the audience that is not at home; what remains is spread over the
# rest of the world.
NEIGHBOURS = {
    "DE": {"AT": 0.34, "CH": 0.26, "TR": 0.05},
    "AT": {"DE": 0.62, "CH": 0.12},
    "CH": {"DE": 0.48, "AT": 0.16, "FR": 0.12},
    "US": {"GB": 0.24, "IN": 0.18, "MX": 0.14},
    "GB": {"US": 0.34, "IN": 0.14},
    "FR": {"CH": 0.18, "US": 0.10},
    "IT": {"CH": 0.16, "ES": 0.10},
    "ES": {"MX": 0.36, "US": 0.12},
    "PL": {"GB": 0.20, "DE": 0.24},
    "TR": {"DE": 0.40, "AT": 0.08},
    "BR": {"US": 0.30, "MX": 0.22, "ES": 0.20},
    "IN": {"US": 0.30, "GB": 0.18},
    "SG": {"ID": 0.36, "IN": 0.20},
    "MT": {"GB": 0.34, "IT": 0.30},
}
REST_OF_WORLD = np.array([4, 1, 1, 14, 7, 6, 3, 5, 6, 4, 5, 12, 9, 8, 7, 1, 0.2, 2], dtype=float)

DELIVERABLES = ("post", "story", "reel", "video", "short")
DELIVERABLE_CHANCES = np.array([[0.35, 0.35, 0.30, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0.7, 0.3]])  # a row per platform

# Rates of a typical creator: engagements and clicks of impressions, conversions of clicks.
STAGES = ("engage", "click", "convert")
BASE_RATES = np.array([[0.045, 0.008, 0.020], [0.065, 0.005, 0.014], [0.035, 0.010, 0.025]])  # a row per platform
DELIVERABLE_LOGS = np.array([[0, 0, 0], [-0.9, 0.55, 0.1], [0.25, -0.15, 0], [0, 0, 0], [0.2, -0.4, -0.1]])
VERTICAL_LOGS = np.array([[0.1, 0.1, 0.2], [0.2, 0, 0.1], [-0.1, 0.1, -0.1], [-0.2, 0, -0.2]])
SPREAD = np.array([0.40, 0.40, 0.35])  # of true log rates between creators
LUCK = np.array([0.60, 0.80, 0.68])  # of log rates between one creator's campaigns: as wild as on real accounts
VIEWS_LUCK = 0.35  # of log views between one creator's campaigns
HIGHEST_RATE = 0.6  # of people who saw it
ELSEWHERE_CLICKS = 0.60  # how often people outside the campaign's market click, relative to people inside
ELSEWHERE_BUYS = 0.05  # and how often those who clicked buy

VIEWS_PER_FOLLOWER = np.array([0.26, 0.38, 0.22])
VIEWS_BY_DELIVERABLE = np.array([1.0, 0.35, 1.25, 1.0, 0.7])
COST_PER_THOUSAND = np.array([16.0, 12.0, 22.0])
LOWEST_FEE = 50.0  # EUR for one deliverable: nobody films for less, however few follow
ORDER_VALUES = np.array([34.0, 29.0, 72.0, 110.0])  # a value per vertical
CURRENCY_OF = {"CH": "CHF", "US": "USD", "GB": "GBP", "BR": "USD", "IN": "USD", "SG": "USD", "TR": "USD"}  # else EUR
UNITS_PER_EUR = {"EUR": 1.0, "USD": 1.1, "GBP": 0.85, "CHF": 0.95}


def rows_of(names: tuple[str, ...], wanted: np.ndarray) -> np.ndarray:
    """Positions of `wanted` (array of str) in `names`."""
    positions = {name: position for position, name in enumerate(names)}
    return np.array([positions[name] for name in wanted.tolist()], dtype=int)
