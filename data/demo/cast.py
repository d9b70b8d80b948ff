"""Cast the demo by hand: one creator for every verdict and every state of the evidence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One hand-cast creator; None leaves the value to the dice of data/demo/field.py.

    engage, click, convert: natural log of the true rate over a typical creator's. home_share, coverage: 0 to 1.
    price: asking price over market price, 0 = none stated. days_back: how old the oldest campaign may be.
    """

    shows: str
    name: str
    platform: str | None = None
    vertical: str | None = None
    home: str | None = None
    followers: int | None = None
    engage: float | None = None
    click: float | None = None
    convert: float | None = None
    home_share: float | None = None
    coverage: float | None = None
    count_campaigns: int | None = None
    days_back: int | None = None
    market: str | None = None
    price: float | None = None
    currency: str | None = None
    has_clicks: bool | None = None
    has_conversions: bool | None = None
    has_profile: bool = True
    has_audience: bool = True
    has_followers_too: bool = False
    has_older_audience: bool = False
    is_top_n: bool | None = None
    is_daily: bool = False
    is_paid: bool = False


CAST = (
    Part(
        "conversion, clear", "Copper Cuckoo Studio", "instagram", "food", "DE", 84_000, -0.7, 0.7, 0.6, 0.74,
        count_campaigns=12, days_back=400, price=1.0, has_clicks=True, has_conversions=True,
    ),
    Part(
        "conversion, leaning", "Hazel Heron Studio", "youtube", "home", "AT", 41_000, -0.26, 0.29, 0.21, 0.66,
        count_campaigns=5, days_back=420, price=0.9, has_clicks=True, has_conversions=True,
    ),
    Part(
        "awareness, clear", "Rosy Raccoon Studio", "tiktok", "beauty", "DE", 310_000, 0.9, -0.7, -0.5, 0.71,
        count_campaigns=12, days_back=400, price=1.1, has_clicks=True, has_conversions=True,
    ),
    Part(
        "awareness, leaning", "Indigo Ibis Studio", "instagram", "beauty", "DE", 62_000, 0.36, 0.0, -0.22, 0.64,
        count_campaigns=4, days_back=420, price=0.8, has_clicks=True, has_conversions=True,
    ),
    Part(
        "balanced: evidence, no side", "Olive Otter Studio", "instagram", "beauty", "DE", 128_000, 0.2, 0.14, -0.18,
        0.7, count_campaigns=20, days_back=300, price=1.0, has_clicks=True, has_conversions=True,
    ),
    Part(
        "pilot: one campaign is little", "Nimble Newt Studio", "youtube", "tech", "DE", 9_400, -0.1, 0.0, 0.1, 0.72,
        count_campaigns=1, days_back=200, price=0.9, has_clicks=True, has_conversions=True,
    ),
    Part(
        "not for this market: strong engagement, audience elsewhere, flat conversions", "Moonlit Marmot Studio",
        "instagram", "home", "BR", 540_000, 0.9, 0.1, 0.1, 0.86,
        count_campaigns=6, days_back=400, market="DE", price=1.2, has_clicks=True, has_conversions=True,
    ),
    Part(
        "10,000 impressions, 500 clicks, 50 purchases", "Paper Puffin Studio", "instagram", "home", "DE", 26_000,
        0.1, 1.4, 1.4, 0.69, count_campaigns=1, days_back=90, price=1.0, has_clicks=True, has_conversions=True,
    ),
    Part(
        "no campaign at all", "Quiet Quail Studio", "tiktok", "food", "AT", 15_200, home_share=0.61,
        count_campaigns=0, price=1.1,
    ),
    Part(
        "no profile yet: a file of its audience is all there is", "Yonder Yak Studio", "instagram", "tech", "DE",
        33_000, home_share=0.58, count_campaigns=0, price=0, has_profile=False,
    ),
    Part(
        "audience partly unknown: the source lists 60 %", "Velvet Vole Studio", "youtube", "beauty", "DE", 176_000,
        home_share=0.7, coverage=0.6, count_campaigns=5, price=1.0, has_clicks=True, has_conversions=True,
    ),
    Part(
        "clicks and conversions never measured", "Dapper Dormouse Studio", "instagram", "beauty", "DE", 1_350_000,
        home_share=0.55, count_campaigns=7, price=1.0, has_clicks=False, has_conversions=False,
    ),
    Part(
        "two audiences side by side: viewers and followers", "Teal Toad Studio", "youtube", "tech", "AT", 97_000,
        home_share=0.5, count_campaigns=6, price=1.0, has_followers_too=True,
    ),
    Part(
        "a newer audience superseded an older one; too expensive", "Amber Alpaca Studio", "tiktok", "tech", "DE",
        210_000, home_share=0.52, count_campaigns=6, price=2.6, has_older_audience=True,
    ),
    Part(
        "campaigns reported day by day", "Brisk Badger Studio", "instagram", "tech", "DE", 57_000, home_share=0.68,
        count_campaigns=4, price=1.0, has_clicks=True, has_conversions=True, is_daily=True,
    ),
    Part(
        "campaigns in Germany and Austria together", "Frosty Finch Studio", "instagram", "beauty", "AT", 71_000,
        home_share=0.48, count_campaigns=5, market="DE+AT", price=1.0, has_clicks=True, has_conversions=True,
    ),
    Part(
        "paid in another currency", "Kindly Kestrel Studio", "youtube", "tech", "CH", 118_000, home_share=0.5,
        count_campaigns=6, price=1.0, currency="CHF", has_clicks=True, has_conversions=True,
    ),
    Part(
        "ad account rows, market not stated", "Lucky Lynx Studio", "instagram", "beauty", "DE", 245_000,
        home_share=0.66, count_campaigns=5, market="ZZ", price=1.0, is_paid=True,
    ),
    Part(
        "an audience in Singapore", "Sunny Salamander Studio", "tiktok", "food", "SG", 152_000, home_share=0.63,
        count_campaigns=5, price=0.8, currency="USD",
    ),
    Part(
        "an audience in Malta", "Zesty Zebra Studio", "instagram", "home", "MT", 6_800, home_share=0.57,
        count_campaigns=3, price=0.8,
    ),
    Part(
        "campaigns, but nobody has measured the audience", "Umber Urchin Studio", "youtube", "tech", "DE", 48_000,
        count_campaigns=4, price=1.0, has_audience=False,
    ),
    Part(
        "no asking price: judged at market price", "Golden Grouse Studio", "tiktok", "food", "DE", 830_000,
        home_share=0.6, count_campaigns=8, price=0,
    ),
)  # fmt: skip
