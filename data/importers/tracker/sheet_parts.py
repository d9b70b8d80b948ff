"""What a sheet is taken apart into: cells of our tables by row, and the rows that are none of a creator."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from data.importers.reading.reader import Record
from data.importers.reading.tables import Where
from data.importers.tracker.readings import RESULTS
from data.importers.tracker.totals import Total

# What a row says of its creator and campaign, in the order of the table that is typed.
FIELDS = (
    *("creator_id", "creator_name", "platform", "vertical", "home_country", "followers", "handle", "language"),
    "codes",
    *("asking_price", "campaign_id", "market", "date", "end_date", "deliverable", "count_deliverables"),
    *("impressions", "reach", "engagements", "likes", "comments", "saves", "shares", "clicks", "conversions"),
    *("revenue", "cost", "objective", "currency"),
)
TEXTS = ("vertical", "language", "campaign_id", "market", "count_deliverables", "objective", "currency")
NUMBERS = ("followers", "asking_price", "cost", "views", *RESULTS)
AUDIENCE = ("creator_id", "country", "audience_share", "platform")
# A further account of a row, or a country of it, stands under the row's number and a multiple of this.
NEXT = 100_000_000


class PlacesInSheet(Mapping[tuple[int, str], Where]):
    """Where a value of a table made from a sheet stands in it: (key, column name) to row, line and heading."""

    def __init__(self, sheet: "Sheet", headings: Mapping[str, str]) -> None:
        self._lines, self._odd_shares = sheet.lines, sheet.odd_shares
        self._headings = headings

    def __getitem__(self, key: tuple[int, str]) -> Where:
        number, name = key
        row = number % NEXT
        heading = self._odd_shares.get(number, "") if name in ("audience_share", "country") else ""
        return Where(row, self._lines[row], heading or self._headings.get(name, name))

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return iter(())

    def __len__(self) -> int:
        return len(self._lines)


Pairs = tuple[tuple[str, str], ...]  # country and share, as written


@dataclass
class Audience:
    """What some rows say of a creator's audience. rows: where it stands, as row and line."""

    pairs: Pairs
    rows: list[tuple[int, int]]


@dataclass
class Sheet:
    """A sheet taken apart. people: FIELDS by row; audiences: by creator, in the order of rows.

    totals, titles, notes: rows that add up others, hold one cell, or a note. platform: of rows that name none, as the
    sheet's name or the last of sections (rows of one cell) says. several_platforms: rows that name several and so none.
    joined_names: rows whose name may be that of two people.
    planned: rows with a fee and no results. rows_of_several: rows with results on several platforms.
    unclear_rows: rows whose results could be of several accounts, and unclear_platforms: on which platforms these are.
    names: of creators, by rows that can't be read. names_matched: those that joined rows with creators of earlier
    files. has_results: of campaigns. country_columns: headings of columns that are a country each. odd_shares: that
    heading, by rows whose share is no number. odd_mixes: row, heading and cell where countries and shares stand in one
    cell that can't be read.
    """

    people: list[Record] = field(default_factory=list)
    audiences: dict[str, list[Audience]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    names_matched: set[str] = field(default_factory=set)
    has_results: bool = False
    totals: list[Total] = field(default_factory=list)
    titles: list[Record] = field(default_factory=list)
    notes: list[Record] = field(default_factory=list)
    platform: str = ""
    sections: list[Record] = field(default_factory=list)
    several_platforms: list[int] = field(default_factory=list)
    joined_names: list[str] = field(default_factory=list)
    planned: list[int] = field(default_factory=list)
    rows_of_several: list[int] = field(default_factory=list)
    unclear_rows: list[int] = field(default_factory=list)
    unclear_platforms: set[str] = field(default_factory=set)
    lines: dict[int, int] = field(default_factory=dict)
    country_columns: dict[str, str] = field(default_factory=dict)
    odd_shares: dict[int, str] = field(default_factory=dict)
    odd_mixes: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def count_rows(self) -> int:
        """How many rows say something of a creator, or should."""
        return len(self.lines) - len(self.totals) - len([*self.titles, *self.notes, *self.sections])

    @property
    def platforms(self) -> Set[str]:
        """The platforms of all accounts that rows name."""
        place = FIELDS.index("platform")
        return {record.fields[place] for record in self.people if not record.fault}

    def audience_without(self, bad: Set[int]) -> list[Record]:
        """AUDIENCE by row and country: what the last row of each creator says that is none of the bad ones."""
        records = []
        for creator_id, audiences in self.audiences.items():
            good = [
                (audience.pairs, sound[-1])
                for audience in audiences
                if (sound := [row for row in audience.rows if row[0] not in bad])
            ]
            if not good:
                continue
            pairs, (number, line) = good[-1]
            if not self.has_results and all(len(pairs) == 1 for pairs, _ in good):  # a row a country
                pairs = tuple({country: share for pairs, _ in good for country, share in pairs}.items())
            for place, (country, share) in enumerate(pairs):
                key = number + NEXT * place
                records.append(Record(key, line, [creator_id, country, share, ""]))
                if country in self.country_columns and not (share[:1].isdigit() and share.endswith("%")):
                    self.odd_shares[key] = self.country_columns[country]
        return records
