"""What is each column of the plain format called on screen, and what is in it?"""

TABLES = {
    "audience": "Where an audience lives: one row per creator and country",
    "campaigns": "Past campaigns: one row per campaign, or per campaign and day",
    "creators": "Who the creators are: one row per creator",
}
# Name of the column to its label and what stands in it.
COLUMNS = {
    "creator_id": ("Creator id", "The key that all your tables share, such as the account's name"),
    "creator_name": ("Creator's name", "As people know them"),
    "country": ("Country", "As a name or a two-letter code"),
    "audience_share": ("Share of the audience", "Of the whole audience, as 0.52 or 52 %"),
    "audience_type": ("Type of audience", "viewers, followers or likers; followers when nothing is said"),
    "source": ("Source", "Who measured; 'own table' when nothing is said"),
    "as_of": ("Measured on", "The day of the measurement"),
    "followers": ("Followers", "Accounts that follow the creator"),
    "followers_as_of": ("Followers counted on", "The day of that count"),
    "platform": ("Platform", "Such as instagram, tiktok or youtube"),
    "is_top_n": ("Largest countries only", "Yes where the list leaves smaller countries out"),
    "count_total": ("Views or accounts behind it", "How many were counted for the shares"),
    "campaign_id": ("Campaign id", "One key per campaign"),
    "market": ("Market", "The country that it ran for, or several as DE+AT"),
    "date": ("Date", "The day of the campaign or of the row"),
    "end_date": ("End date", "The last day"),
    "vertical": ("Vertical", "The topic, such as home or beauty"),
    "deliverable": ("Deliverable", "What was published: post, story, reel, video"),
    "count_deliverables": ("Number of deliverables", "How many of them"),
    "impressions": ("Impressions", "Displays, repeats included; views on video platforms"),
    "reach": ("Reach", "People that saw it at least once"),
    "engagements": ("Engagements", "Likes, comments, shares and saves together"),
    "clicks": ("Clicks", "Clicks on the link"),
    "conversions": ("Purchases", "Orders, or whatever the campaign counts as a conversion"),
    "revenue": ("Revenue", "An amount of money"),
    "cost": ("Cost", "What was paid for it"),
    "currency": ("Currency", "Three-letter code such as EUR"),
    "objective": ("Objective", "What it was booked for"),
    "attribution_window_days": ("Attribution window in days", "How long after a click a purchase counts"),
    "paid": ("Paid by an ad account", "Yes for rows of an ad account"),
    "home_country": ("Home country", "Where the creator lives, as a name or a two-letter code"),
    "handle": ("Handle", "The account's @name"),
    "language": ("Language", "That the creator speaks in"),
    "asking_price": ("Asking price", "Of one standard deliverable"),
}


def label(column: str) -> str:
    """A column's label; a column that has none yet shows its own name."""
    return COLUMNS.get(column, (column,))[0]


def meaning(column: str) -> str:
    """What stands in a column, and what the plain format calls it."""
    said = COLUMNS.get(column, (column, ""))[1]
    return f"{said}. In the plain format: {column}" if said else column
