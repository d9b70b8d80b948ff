"""What the two sides of a sample partnership say: an invented brand with one product for each vertical."""

from dataclasses import dataclass

from fit.agreement import Insight, Need

BRAND_SIGNER = "Sample brand"
BRAND_CONTACT = "Sam Sample, partnerships@brand.example"


@dataclass(frozen=True)
class Product:
    """What a partnership is about. short: in its name; brand_goal, goal, story, reason, benefit: as in an agreement."""

    short: str
    brand_goal: str
    goal: str
    story: str
    reason: str
    benefit: str
    insight: Insight


PRODUCTS = {
    "food": Product(
        "oat drink", "sell the new oat drink in Germany and Austria",
        "people who cook every day try the oat drink in a dish of their own",
        "Three weekday dinners, each with the oat drink where cream used to be.",
        "The audience saves recipes and asks which brand was used.", "A dinner that works on a Tuesday.",
        Insight("my followers cook from saved posts at the weekend", "saves peak on Fridays"),
    ),
    "home": Product(
        "drawer system", "sell drawer systems in Germany and Austria",
        "people who plan a kitchen see how the drawer system works",
        "One messy drawer, sorted for good, with everything that went wrong on the way.",
        "The audience plans kitchens and asks for measurements.", "Know before buying whether it fits.",
        Insight("my audience researches for weeks before buying", "questions under the last kitchen posts"),
    ),
    "beauty": Product(
        "sun cream", "sell the mineral sun cream in Germany and Austria",
        "people with sensitive skin find a sun cream that they wear every day",
        "Two weeks with one sun cream, at the desk and at the lake.",
        "The audience asks for products that do not sting.", "An honest answer on white marks.",
        Insight("my followers trust a product after the second week, not the first", "comments on follow-up posts"),
    ),
    "tech": Product(
        "desk lamp", "sell the desk lamp in Germany and Austria",
        "people who work at home see what good light changes",
        "A dark desk in November, before and after.",
        "The audience compares technical data before it buys.", "Numbers instead of adjectives.",
        Insight("my viewers click when the measurement is on screen", "click times of the last three videos"),
    ),
}  # fmt: skip
NEEDS = (
    Need("sales in both markets", "keep my own voice", 4, 4),
    Need("the product is shown in use", "time to try it for two weeks", 4, 5),
    Need("content that may run as an ad", "say first where it runs", 4, 3),
)
DISPUTED = (
    Need("sales within two weeks", "no discount code in every post", 2, 4),
    Need("three messages in each post", "keep my own voice", 4, 1),
    Need("the product is shown in use", "time to try it for two weeks", 4, 5),
)
BRAND_ANSWERS = (
    "Orders that we would not have had without this. And comments that show people understood what it is for.",
    "Content is on time, the link works, and nobody has to chase anybody.",
    "No competitor in the same week\nThe claim on the pack is quoted as it is",
    "We answer product questions within a day\nSamples arrive two weeks before the first post",
)
CREATOR_ANSWERS = (
    "People write weeks later that they still use it.",
    "I could say what I did not like, and you were glad that I did.",
    "No scripted captions\nNo more than one discount code",
    "First version a week before it goes live\nI answer comments for two days",
)
TRADE_OFF = "fewer posts, more time for each"
REVIEW_NOTES = (
    "Both sides met for half an hour. The link was changed once, on the second day.",
    "The creator answered every question; most were about delivery to Austria.",
    "The brand's page was slow on the first evening; nobody can say what it cost.",
    "Calm talk. Both would do it again with one post less.",
)
STOPPED_EARLY = "the product launch moved to next year"
STOPPED_LATE = "out of stock; both sides agreed to stop"
