"""Name the columns of tables on screen: a label, and what stands in each column of the plain format."""

from fit.locale import _, phrase
from fit.text import words

# Name of the column to its label and what stands in it.
COLUMNS = {
    "creator_id": (phrase("Creator id"), phrase("The key that all your tables share, such as the account's name")),
    "creator_name": (phrase("Creator's name"), phrase("As people know them")),
    "country": (phrase("Country"), phrase("As a name or a two-letter code")),
    "audience_share": (phrase("Share of the audience"), phrase("Of the whole audience, as 0.52 or 52 %")),
    "audience_type": (
        phrase("Type of audience"),
        phrase("viewers, followers or likers; followers when nothing is said"),
    ),
    "source": (phrase("Source"), phrase("Who measured; 'own table' when nothing is said")),
    "as_of": (phrase("Measured on"), phrase("The day of the measurement")),
    "followers": (phrase("Followers"), phrase("Accounts that follow the creator")),
    "followers_as_of": (phrase("Followers counted on"), phrase("The day of that count")),
    "platform": (phrase("Platform"), phrase("Such as instagram, tiktok or youtube")),
    "is_top_n": (phrase("Largest countries only"), phrase("Yes where the list leaves smaller countries out")),
    "count_total": (phrase("Views or accounts behind it"), phrase("How many were counted for the shares")),
    "campaign_id": (phrase("Campaign id"), phrase("One key per campaign")),
    "market": (phrase("Market"), phrase("The country that it ran for, or several as DE+AT")),
    "date": (phrase("Date"), phrase("The day of the campaign or of the row")),
    "end_date": (phrase("End date"), phrase("The last day")),
    "vertical": (phrase("Vertical"), phrase("The topic, such as home or beauty")),
    "deliverable": (phrase("Deliverable"), phrase("What was published: post, story, reel, video")),
    "count_deliverables": (phrase("Number of deliverables"), phrase("How many of them")),
    "impressions": (phrase("Impressions"), phrase("Displays, repeats included; views on video platforms")),
    "reach": (phrase("Reach"), phrase("People that saw it at least once")),
    "engagements": (phrase("Engagements"), phrase("Likes, comments, shares and saves together")),
    "clicks": (phrase("Clicks"), phrase("Clicks on the link")),
    "conversions": (phrase("Purchases"), phrase("Orders, or whatever the campaign counts as a conversion")),
    "revenue": (phrase("Revenue"), phrase("An amount of money")),
    "cost": (phrase("Cost"), phrase("What was paid for it")),
    "currency": (phrase("Currency"), phrase("Three-letter code such as EUR")),
    "objective": (phrase("Objective"), phrase("What it was booked for")),
    "attribution_window_days": (
        phrase("Attribution window in days"),
        phrase("How long after a click a purchase counts"),
    ),
    "paid": (phrase("Paid by an ad account"), phrase("Yes for rows of an ad account")),
    "home_country": (phrase("Home country"), phrase("Where the creator lives, as a name or a two-letter code")),
    "handle": (phrase("Handle"), phrase("The account's @name")),
    "language": (phrase("Language"), phrase("That the creator speaks in")),
    "asking_price": (phrase("Asking price"), phrase("For one standard deliverable")),
}


# What a column of a sheet kept by hand can be read as, beside the columns of the plain format.
SHEET = {
    "handle": phrase("Handle (@name)"),
    "link": phrase("Link to the profile"),
    "post_link": phrase("Link to the post"),
    "campaign_id": phrase("Campaign"),
    "codes": phrase("Discount code"),
    "likes": phrase("Likes"),
    "comments": phrase("Comments"),
    "saves": phrase("Saves"),
    "shares": phrase("Shares (forwarded)"),
    "conversions": phrase("Number of sales (orders, code uses)"),
    "revenue": phrase("Value of sales (revenue)"),
    "cost": phrase("What the creator was paid"),
    "impressions": phrase("Views or impressions"),
    "count_deliverables": phrase("Number of posts"),
    "audience_country": phrase("Country of the audience"),
    "cost_currency": phrase("Currency of the cost"),
    "asking_price_currency": phrase("Currency of the asking price"),
    "revenue_currency": phrase("Currency of the revenue"),
    "views": phrase("Views, where impressions are blank"),
    "country_share": phrase("Share of the audience in this country"),
    "audience_mix": phrase("Countries and shares of the audience"),
    "ignore": phrase("Not used"),
}


# What a user may say that a column of a sheet is, in the order of a list to choose from.
MEANINGS = (
    *("creator_name", "handle", "link", "platform", "creator_id", "followers", "home_country", "vertical", "language"),
    *("campaign_id", "date", "end_date", "market", "deliverable", "count_deliverables", "post_link", "objective"),
    *("impressions", "reach", "engagements", "likes", "comments", "saves", "shares", "clicks", "conversions"),
    *("revenue", "cost", "asking_price", "currency", "codes"),
    *("audience_country", "audience_share", "country_share", "ignore"),
)


# Headings of tables whose columns are no columns of the plain format; a heading not listed here stays English.
HEADINGS = (
    phrase("Use"), phrase("Date"), phrase("Coverage"), phrase("Unknown share"), phrase("Countries"), phrase("Total"),
    phrase("File name"), phrase("Loaded at"), phrase("Audience share"), phrase("As of"), phrase("Metric"),
    phrase("Low"), phrase("Expected"), phrase("High"), phrase("None"), phrase("Creator"), phrase("Line"),
    phrase("In market impressions"), phrase("Cost per expected sale"), phrase("Return on ad spend"), phrase("Part"),
    phrase("Name"), phrase("Target weight"), phrase("Kind"), phrase("Stage"), phrase("Index"), phrase("Measured"),
    phrase("Step"), phrase("Number"), phrase("Of"), phrase("Events"), phrase("Trials"), phrase("Campaigns"),
    phrase("Leads to"), phrase("Chances"), phrase("Engagement rate"), phrase("Click rate"), phrase("Conversion rate"),
    phrase("Recognised as"), phrase("Rows read"), phrase("Rows imported"), phrase("Rows skipped"),
    phrase("Chosen by you"), phrase("Message"), phrase("Value"), phrase("Effect"), phrase("Level"), phrase("Factor"),
    phrase("Sources"), phrase("Superseded"), phrase("Creator id"), phrase("Creator name"),
    phrase("Cost per impression"), phrase("Low share"), phrase("High share"),
    phrase("Attribution window days"), phrase("Home country"), phrase("Unknown"), phrase("Campaign id"),
    phrase("Deliverables"), phrase("Source"), phrase("Audience type"), phrase("Country"), phrase("Creators"),
    phrase("Audiences"), phrase("Result"), phrase("Leans to"), phrase("Meaning"), phrase("Newest"), phrase("Oldest"),
    phrase("Paid"), phrase("Rows"), phrase("Amount"), phrase("Undated"),
    phrase("KPIs locked"), phrase("Sample"), phrase("Why stopped"), phrase("Since"),
    phrase("Amendments"), phrase("Partnership"), phrase("Completed"), phrase("Ended"), phrase("Completion"),
)  # fmt: skip


def heading(column: str) -> str:
    """The heading of a table's column that has no label of its own: its name in words."""
    return _(words.capitalized(column.replace("_", " ").removeprefix("count ")))


def label(column: str) -> str:
    """A column's label; a column that has none yet shows its own name."""
    return _(COLUMNS.get(column, (column,))[0])


def meaning(column: str) -> str:
    """What stands in a column, and what the plain format calls it."""
    text = COLUMNS.get(column, (column, ""))[1]
    return _("{meaning}. In the plain format: {column}").format(meaning=_(text), column=column) if text else column
