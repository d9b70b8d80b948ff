"""Do the templates have the columns that are read, and the tracker the headings that are documented?"""

from data.importers.exports.plain_format import AUDIENCE_COLUMNS, CAMPAIGN_COLUMNS, CREATOR_COLUMNS
from data.importers.templates.columns import TEMPLATES, TEXTS

TRACKER = [
    "Creator", "Handle", "Platform", "Profile link", "Followers", "Fee", "Currency", "Campaign", "Post date",
    "Deliverable", "Posts", "Views", "Reach", "Likes", "Comments", "Saves", "Shares", "Clicks", "Discount code",
    "Code uses", "Revenue", "Top country 1", "Share 1", "Top country 2", "Share 2", "Top country 3", "Share 3",
]  # fmt: skip


def headings(name: str) -> list[str]:
    return [column.heading for column in TEMPLATES[name]]


def test_the_plain_templates_have_every_column_that_a_person_fills_in():
    read = {"creators": CREATOR_COLUMNS, "audience": AUDIENCE_COLUMNS, "campaigns": CAMPAIGN_COLUMNS}
    for name, columns in read.items():
        assert headings(name) == [column.name for column in columns if column.name != "count_newer"]
        assert list(TEXTS[name]) == headings(name)
        assert [c.heading for c in TEMPLATES[name] if c.is_needed] == [c.name for c in columns if c.needed]


def test_the_trackers_headings_are_stable():
    assert headings("tracker") == TRACKER


def test_a_column_is_said_in_one_line():
    creator = TEMPLATES["tracker"][0]
    assert creator.in_words == "Creator (needed): the name that people know, or the account's name"
    assert TEMPLATES["creators"][7].in_words == "handle: the account's @name"
