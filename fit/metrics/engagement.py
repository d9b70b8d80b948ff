"""Which metrics say that people cared, and which of them does the creator control early?"""

from fit.locale import phrase
from fit.metrics.metric import Metric

ENGAGEMENT = (
    Metric(
        name="engagements",
        label=phrase("engagements"),
        definition=phrase("Likes, comments, shares and saves together."),
        formula=phrase("likes + comments + shares + saves"),
        stage="engagement", kind="output", controlled_by="creator", unit="count", is_forecast=True,
        measured=phrase("The platform's insights of each deliverable."),
        brand_words=phrase("We need interactions with our content."),
        creator_words=phrase("We hope that it moves your people enough to react."),
        aliases=("interactions",),
    ),
    Metric(
        name="engagement_rate",
        label=phrase("engagement rate"),
        definition=phrase("Engagements per impression. By reach or followers the same post has another rate."),
        formula=phrase("engagements / impressions"),
        stage="engagement", kind="output", controlled_by="creator", unit="rate", is_forecast=True,
        measured=phrase("The platform's insights; engagements and impressions of the same content and time."),
        brand_words=phrase("We need an engagement rate of 8 %."),
        creator_words=phrase("We want the content to be as much yours as anything that your audience reacts to."),
        aliases=("er",),
    ),
    Metric(
        name="comments",
        label=phrase("comments"),
        definition=phrase("Comments below the content, the creator's own left out."),
        stage="engagement", kind="output", controlled_by="creator", unit="count",
        measured=phrase("The platform's insights of each deliverable."),
        brand_words=phrase("We want conversation around the product."),
        creator_words=phrase("Ask your audience something that it likes to answer."),
    ),
    Metric(
        name="thoughtful_replies_48h",
        label=phrase("thoughtful replies in 48 hours"),
        definition=phrase(
            "Comments within 48 hours that say more than a greeting: a question, an experience, an opinion."
        ),
        stage="engagement", kind="leading", controlled_by="creator", unit="count",
        measured=phrase("Both sides read the comments 48 hours after posting and count by the same rule."),
        brand_words=phrase("We want quality engagement."),
        creator_words=phrase("We want a real conversation below your post in its first two days."),
        aliases=("thoughtful_replies", "thoughtful_comments"),
    ),
    Metric(
        name="comments_from_target",
        label=phrase("comments from the target market"),
        definition=phrase("Comments in the target market's language or by people who say that they live there."),
        stage="engagement", kind="leading", controlled_by="creator", unit="count",
        measured=phrase("Both sides read the comments in the first week and count by the same rule."),
        brand_words=phrase("The engagement has to come from our market."),
        creator_words=phrase(
            "Invite those of your audience who live where the product is sold to say what they think."
        ),
        aliases=("target_comments",),
    ),
    Metric(
        name="product_questions",
        label=phrase("questions about the product"),
        definition=phrase("Comments and messages that ask what it costs, where it is sold or how it works."),
        stage="engagement", kind="leading", controlled_by="creator", unit="count",
        measured=phrase("Comments and messages of the first week, counted by the creator."),
        brand_words=phrase("We want consideration."),
        creator_words=phrase("Make your audience curious enough to ask you about it."),
    ),
    Metric(
        name="answers_in_48h",
        label=phrase("questions answered in 48 hours"),
        definition=phrase(
            "Part of the questions about the product that the creator or the brand answered within 48 hours."
        ),
        formula=phrase("questions answered in 48 hours / questions asked"),
        stage="engagement", kind="leading", controlled_by="both", unit="rate",
        measured=phrase("Comments and messages of the campaign, counted by the creator."),
        brand_words=phrase("Nobody's question should stay open."),
        creator_words=phrase("You answer what you know from using it; we answer the rest, quickly and by name."),
    ),
    Metric(
        name="saves",
        label=phrase("saves"),
        definition=phrase("How often people kept the content to come back to it."),
        stage="engagement", kind="output", controlled_by="creator", unit="count",
        measured=phrase("The platform's insights of each deliverable."),
        brand_words=phrase("We want content with lasting value."),
        creator_words=phrase("Make something that your audience wants to come back to."),
        aliases=("bookmarks",),
    ),
    Metric(
        name="shares_of_content",
        label=phrase("shares of the content"),
        definition=phrase("How often people passed the content on."),
        stage="engagement", kind="output", controlled_by="creator", unit="count",
        measured=phrase("The platform's insights of each deliverable."),
        brand_words=phrase("We want it to spread."),
        creator_words=phrase("Make something that your people want to show to a friend."),
        aliases=("shares", "reposts"),
    ),
    Metric(
        name="profile_visits",
        label=phrase("visits of the brand's profile"),
        definition=phrase("Visits of the brand's profile that came from the content."),
        stage="engagement", kind="outcome", controlled_by="both", unit="count",
        measured=phrase("The brand's own insights during the campaign, above the usual number."),
        brand_words=phrase("We want people to find our own channel."),
        creator_words=phrase(
            "Tell your audience where they can see more of it; we will have something there for them."
        ),
    ),
    Metric(
        name="cost_per_engagement",
        label=phrase("cost per engagement"),
        definition=phrase("What one engagement costs."),
        formula=phrase("cost / engagements"),
        stage="engagement", kind="outcome", controlled_by="both", unit="amount", lower_is_better=True,
        measured=phrase("The agreed price and the platform's insights."),
        brand_words=phrase("An interaction may cost us so much."),
        creator_words=phrase("Your price should be fair for both of us; this is how we compare it."),
        aliases=("cpe",),
    ),
    Metric(
        name="own_words_rate",
        label=phrase("content in the creator's own words"),
        definition=phrase(
            "Part of the deliverables that went out as the creator wrote them: facts checked, words untouched."
        ),
        formula=phrase("deliverables published in the creator's words / deliverables"),
        stage="engagement", kind="leading", controlled_by="both", unit="rate",
        measured=phrase("Draft and published text of each deliverable, compared by both sides."),
        brand_words=phrase("The content has to be authentic."),
        creator_words=phrase("Show your followers something that you genuinely find interesting about this product."),
        aliases=("authenticity",),
    ),
    Metric(
        name="deliverables_on_time",
        label=phrase("deliverables on time"),
        definition=phrase("Part of the agreed deliverables that were published by the agreed day."),
        formula=phrase("deliverables published on time / deliverables agreed"),
        stage="engagement", kind="output", controlled_by="creator", unit="rate",
        measured=phrase("The day of each post against the plan of the charter."),
        brand_words=phrase("We rely on the agreed dates."),
        creator_words=phrase("Choose days that you can keep; tell us early when something comes between."),
    ),
)  # fmt: skip
