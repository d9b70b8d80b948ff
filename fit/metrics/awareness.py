"""Which metrics say who saw it, and how many of them live where the brand sells?"""

from fit.locale import phrase
from fit.metrics.metric import Metric

AWARENESS = (
    Metric(
        name="followers",
        label=phrase("followers"),
        definition=phrase(
            "Accounts that follow the creator. Other tools call the sum of them reach; here it never is."
        ),
        stage="awareness", kind="output", controlled_by="neither", unit="count",
        measured=phrase("The creator's profile on the day that the file names."),
        brand_words=phrase("We look for a creator of a certain size."),
        creator_words=phrase("We know that a number of followers says little; we look at who sees and answers you."),
    ),
    Metric(
        name="followers_gained",
        label=phrase("followers gained"),
        definition=phrase("Accounts that began to follow the creator during the campaign, less those that left."),
        formula=phrase("followers at the end - followers at the start"),
        stage="awareness", kind="output", controlled_by="creator", unit="count",
        measured=phrase("The creator's insights at the start and at the end of the campaign."),
        brand_words=phrase("The creator's audience grows along with ours."),
        creator_words=phrase("The content should bring you people who stay with you after the campaign."),
        aliases=("audience_growth", "follower_growth"),
    ),
    Metric(
        name="impressions",
        label=phrase("impressions"),
        definition=phrase("How often the content was displayed, repeats included; on video platforms the views."),
        stage="awareness", kind="output", controlled_by="neither", unit="count", is_forecast=True,
        measured=phrase("The platform's insights of each deliverable. How widely a post is shown is partly luck."),
        brand_words=phrase("We need a number of impressions."),
        creator_words=phrase("We hope that your post is seen often; how often is partly luck, and we will not hold it "
        "against you."),
        aliases=("views", "displays"),
    ),
    Metric(
        name="in_market_impressions",
        label=phrase("in-market impressions"),
        definition=phrase("Displays to people who live in the target countries."),
        formula=phrase("impressions x in-market share"),
        stage="awareness", kind="outcome", controlled_by="neither", unit="count", is_forecast=True,
        measured=phrase(
            "The platform's impressions by country; where it gives none, impressions times the in-market share."
        ),
        brand_words=phrase("Impressions only count where we sell."),
        creator_words=phrase("We would like to meet those of your audience who can buy the product where they live."),
    ),
    Metric(
        name="reach",
        label=phrase("reach"),
        definition=phrase("Unique accounts that saw the content at least once."),
        stage="awareness", kind="output", controlled_by="neither", unit="count", is_forecast=True,
        measured=phrase("The platform's insights of each deliverable; the reach of several posts does not add up."),
        brand_words=phrase("We need to reach a number of people."),
        creator_words=phrase(
            "We want as many of your people as possible to come across this once, without tiring them."
        ),
        aliases=("unique_reach", "accounts_reached"),
    ),
    Metric(
        name="in_market_reach",
        label=phrase("in-market reach"),
        definition=phrase("Expected reach of one standard deliverable among people who live in the target countries."),
        formula=phrase("reach x in-market share"),
        stage="awareness", kind="outcome", controlled_by="neither", unit="count",
        measured=phrase("The reach of past campaigns, or what followers lead to expect, times the in-market share."),
        brand_words=phrase("We need to reach people in our market."),
        creator_words=phrase("We want those of your audience who live where the product is sold to hear of it."),
        aliases=("effective_reach",),
    ),
    Metric(
        name="in_market_share",
        label=phrase("in-market share"),
        definition=phrase(
            "Part of the audience that lives in the target countries; what no source lists stays unknown."
        ),
        formula=phrase("sum of the audience's listed shares in the target countries"),
        stage="awareness", kind="output", controlled_by="neither", unit="rate",
        measured=phrase("The creator's audience by country, exported from the platform."),
        brand_words=phrase("The audience has to be in our target market."),
        creator_words=phrase("Tell us where your people live, so that we offer them something they can get."),
        aliases=("market_share_of_audience", "target_audience_share"),
    ),
    Metric(
        name="frequency",
        label=phrase("displays per person"),
        definition=phrase("How often a person who saw the content saw it on average."),
        formula=phrase("impressions / reach"),
        stage="awareness", kind="output", controlled_by="both", unit="ratio",
        measured=phrase("The platform's insights; both counts of the same content and time."),
        brand_words=phrase("People have to see it more than once."),
        creator_words=phrase("One mention is easily missed: we would like the product to come up again where it fits."),
    ),
    Metric(
        name="cost_per_thousand_impressions",
        label=phrase("cost per thousand impressions"),
        definition=phrase("What a thousand displays cost."),
        formula=phrase("cost / impressions x 1000"),
        stage="awareness", kind="outcome", controlled_by="both", unit="amount", lower_is_better=True, is_forecast=True,
        measured=phrase("The agreed price and the platform's impressions."),
        brand_words=phrase("The price per thousand impressions has to fit our plan."),
        creator_words=phrase("Your price should be fair for both of us; this is how we compare it."),
        aliases=("cpm", "cost_per_mille"),
    ),
    Metric(
        name="in_market_cpm",
        label=phrase("cost per thousand in-market impressions"),
        definition=phrase("What a thousand displays to people in the target countries cost."),
        formula=phrase("cost / in-market impressions x 1000"),
        stage="awareness", kind="outcome", controlled_by="both", unit="amount", lower_is_better=True,
        measured=phrase("The agreed price, the platform's impressions and the in-market share."),
        brand_words=phrase("We only pay for people we can sell to."),
        creator_words=phrase(
            "We value the part of your audience that can buy; that is what our offer is computed from."
        ),
        aliases=("effective_cpm", "cost_per_thousand_in_market_impressions"),
    ),
    Metric(
        name="video_completion_rate",
        label=phrase("videos watched to the end"),
        definition=phrase("Part of the started views that went on to the end."),
        formula=phrase("complete views / views"),
        stage="awareness", kind="leading", controlled_by="creator", unit="rate",
        measured=phrase("The platform's insights of each video, in the first days."),
        brand_words=phrase("People should watch the whole message."),
        creator_words=phrase("Tell it so that your audience wants to know how it ends."),
        aliases=("view_through_rate", "vtr", "completion_rate"),
    ),
    Metric(
        name="story_completion_rate",
        label=phrase("stories seen to the last frame"),
        definition=phrase("Part of those who saw a story's first frame who also saw its last."),
        formula=phrase("reach of the last frame / reach of the first frame"),
        stage="awareness", kind="leading", controlled_by="creator", unit="rate",
        measured=phrase("The insights of the story, frame by frame, within 24 hours."),
        brand_words=phrase("Viewers must not drop off before the call to action."),
        creator_words=phrase("Build the story so that people stay until you say what you think of the product."),
    ),
    Metric(
        name="average_watch_time",
        label=phrase("average watch time"),
        definition=phrase("Seconds that a view lasts on average."),
        formula=phrase("seconds watched / views"),
        stage="awareness", kind="leading", controlled_by="creator", unit="ratio",
        measured=phrase("The platform's insights of each video, in seconds."),
        brand_words=phrase("We want attention, not just views."),
        creator_words=phrase("Give it the time that your audience gives you for things it cares about."),
    ),
    Metric(
        name="awareness_lift",
        label=phrase("rise in awareness"),
        definition=phrase(
            "By how much more of the people reached know the product than of comparable people not reached."
        ),
        formula=phrase("known among people reached - known among people not reached"),
        stage="awareness", kind="outcome", controlled_by="both", unit="rate",
        measured=phrase("A survey of both groups; without one it cannot be known."),
        brand_words=phrase("We want to increase awareness by 30 %."),
        creator_words=phrase("We want your audience to see the product and understand what makes it different."),
        aliases=("awareness", "brand_lift", "ad_recall"),
    ),
    Metric(
        name="branded_searches",
        label=phrase("searches for the brand"),
        definition=phrase("Searches for the brand's or product's name during the campaign, above the usual number."),
        formula=phrase("searches during the campaign - searches in a usual time of that length"),
        stage="awareness", kind="outcome", controlled_by="both", unit="count",
        measured=phrase("The brand's search console or a search engine's trends, for the target countries."),
        brand_words=phrase("People should look for our brand by name."),
        creator_words=phrase("After your post people should be curious enough to look the product up."),
    ),
)  # fmt: skip
