"""Name the columns of tables on screen."""

from fit.locale import _, phrase
from fit.text import words

# Name of the column to its label.
COLUMNS = {
    "creator_id": phrase("Creator id"),
    "creator_name": phrase("Creator's name"),
    "country": phrase("Country"),
    "audience_share": phrase("Share of the audience"),
    "audience_type": phrase("Type of audience"),
    "source": phrase("Source"),
    "as_of": phrase("Measured on"),
    "followers": phrase("Followers"),
    "followers_as_of": phrase("Followers counted on"),
    "platform": phrase("Platform"),
    "is_top_n": phrase("Largest countries only"),
    "count_total": phrase("Views or accounts behind it"),
    "campaign_id": phrase("Campaign id"),
    "market": phrase("Market"),
    "date": phrase("Date"),
    "end_date": phrase("End date"),
    "vertical": phrase("Vertical"),
    "deliverable": phrase("Deliverable"),
    "count_deliverables": phrase("Number of deliverables"),
    "impressions": phrase("Impressions"),
    "reach": phrase("Reach"),
    "engagements": phrase("Engagements"),
    "clicks": phrase("Clicks"),
    "conversions": phrase("Purchases"),
    "revenue": phrase("Revenue"),
    "cost": phrase("Cost"),
    "currency": phrase("Currency"),
    "objective": phrase("Objective"),
    "attribution_window_days": phrase("Attribution window in days"),
    "paid": phrase("Paid by an ad account"),
    "home_country": phrase("Home country"),
    "handle": phrase("Handle"),
    "language": phrase("Language"),
    "asking_price": phrase("Asking price"),
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
    return _(COLUMNS.get(column, column))
