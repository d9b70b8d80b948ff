"""What the columns of somebody's own spreadsheet are taken for: one Reading a column, together ColumnMeanings."""

from dataclasses import dataclass, replace

from data.importers.report import ColumnStatus as Status
from data.importers.tracker import words
from data.importers.values import numbers

COUNTS = ("impressions", "reach", "engagements", "likes", "comments", "saves", "shares", "clicks", "conversions")
RESULTS = (*COUNTS, "revenue")
MONEY = ("cost", "asking_price", "revenue")
# Columns that say in what currency one of the amounts is ("Fee currency").
CURRENCIES = {f"{name}_currency": name for name in MONEY}
WHO = ("person", "handle", "creator_name", "link")
# What lists of creators have, and lists of customers or staff have not.
OF_CREATORS = {
    *("followers", "platform", "post_link", "count_deliverables"),
    *("impressions", "reach", "engagements", "likes"),
}
# A sheet may have several columns of these: the first is taken, or the one that is filled.
DESCRIBES = ("vertical", "language", "codes", "post_link", "creator_name", "deliverable", "campaign_id", "objective")
LEFT_OUT = "ignore"
# What a column can be said to be (--map 'Sales=revenue'), beside the names of the plain tables.
MEANINGS = (
    *("creator_id", "creator_name", "handle", "link", "post_link", "platform", "vertical", "home_country", "language"),
    *("followers", "codes", "campaign_id", "date", "end_date", "deliverable", "count_deliverables", "market"),
    *("objective", *COUNTS, *MONEY, "currency", "audience_country", "audience_share", "country_share", LEFT_OUT),
)


@dataclass(frozen=True)
class Reading:
    """What one column is taken for.

    meaning: one of MEANINGS, "country_share" (the heading is the country), "audience_mix" (countries and shares in one
    cell), "cost_currency" and the like (CURRENCIES) or "". group: which of several pairs of country and share. country:
    of a country_share. platform: where the heading names one. currency: code or sign in the heading, or a sign of its
    cells that several share. times: 1000 where the heading says thousands. choices: what an asked column could be;
    proposed: the one of them that its cells speak for. why: the reason why it is asked or left out. examples: some of
    its cells.
    """

    heading: str
    place: int
    meaning: str = ""
    status: Status = Status.LEFT_OUT
    group: int = 0
    country: str = ""
    platform: str = ""
    currency: str = ""
    is_percent: bool = False
    times: int = 1
    choices: tuple[str, ...] = ()
    proposed: str = ""
    why: str = ""
    examples: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether its cells are taken."""
        return self.status is Status.READ

    def as_json(self) -> dict[str, object]:
        """The column in the JSON of a load, and in a question."""
        return {
            "heading": self.heading,
            "status": str(self.status),
            "meaning": self.meaning,
            "choices": list(self.choices),
            "proposed": self.proposed,
            "why": self.why,
            "examples": list(self.examples),
            "currency": self.currency,
            "currencies": sorted(numbers.SHARED_SIGNS.get(self.currency, ())),
        }


@dataclass(frozen=True)
class ColumnMeanings:
    """What a sheet is taken for: one Reading a column, in order."""

    columns: tuple[Reading, ...]

    def read(self, *meanings: str) -> list[Reading]:
        """The columns that are read as one of these."""
        return [column for column in self.columns if column.is_read and column.meaning in meanings]

    def place(self, meaning: str) -> int | None:
        """Where the one column of a meaning stands."""
        return next((column.place for column in self.read(meaning)), None)

    @property
    def questions(self) -> list[Reading]:
        """The columns that have to be asked about."""
        return [column for column in self.columns if column.status is Status.ASKED]

    @property
    def parts_of_name(self) -> tuple[int, int] | None:
        """Where first and last names stand, if the creator's name is in columns of both."""
        headings = {words.fold(column.heading): column.place for column in self.columns if column.heading}
        first, last = (
            next((headings[name] for name in words.folded_cells(kind) if name in headings), None)
            for kind in ("first_name", "last_name")
        )
        is_name = self.place("creator_name") in (first, last)
        return (first, last) if is_name and first is not None and last is not None else None

    @property
    def says_who(self) -> bool:
        """Whether its rows name creators."""
        return bool(self.read("creator_id", "handle", "link", "creator_name"))

    @property
    def has_results(self) -> bool:
        """Whether it says what campaigns brought."""
        return bool(self.read(*RESULTS))

    @property
    def has_audience(self) -> bool:
        """Whether it says where audiences are."""
        return bool(self.read("country_share", "audience_mix", "audience_share"))

    def is_sheet(self, *, of_one: bool = False) -> bool:
        """Whether this is a list of creators, what they did, or where their audience is, rather than another table.

        of_one: the user says whose rows these are; then they need to be posts or campaigns, not days of an account.
        """
        if of_one and not self.says_who:
            return self.has_results and bool(self.read("campaign_id", "post_link"))
        more = {c.meaning for c in self.columns if c.status is not Status.LEFT_OUT}
        more -= {"creator_id", "handle", "link", "creator_name", "home_country"}
        is_called_so = any(words.fields().get(words.fold(column.heading)) == "person" for column in self.columns)
        is_of_creators = is_called_so or bool(self.read("creator_id", "link", *OF_CREATORS)) or self.has_audience
        return self.says_who and bool(more) and is_of_creators


def left_out(column: Reading, why: str) -> Reading:
    """A column whose cells are not taken, and why."""
    return replace(column, meaning="", status=Status.LEFT_OUT, why=why, choices=())
