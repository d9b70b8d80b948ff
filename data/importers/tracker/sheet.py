"""Take the rows of a sheet apart: what they say of creators and campaigns, and where audiences are, as text cells.

Nothing is read as a number here; the rules of every import do that (rules.py), with the cells as they were written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from data.importers import subtotals
from data.importers.reading.reader import Record
from data.importers.report import Options, quoted
from data.importers.tracker import accounts, marks, platforms, same_names, scales, totals, words
from data.importers.tracker.accounts import Account, Ids
from data.importers.tracker.columns import NOT_MEASURED
from data.importers.tracker.headings import month_of
from data.importers.tracker.mixes import mix_of
from data.importers.tracker.readings import CURRENCIES, MONEY, RESULTS, ColumnMeanings, Reading
from data.importers.tracker.rows import names, notes
from data.importers.tracker.sheet_parts import FIELDS, NEXT, TEXTS, Audience, Sheet
from data.importers.values import countries, dates, numbers

BETWEEN_PLATFORMS = re.compile(r"[,;/|&+\n]| and | und | y | et | e ")
HANDLES = re.compile(r"@[\w.\-]+")
# 03.04.2026, 3.4.26; dates with / and - are written in both orders even under the heading of a language.
DOTTED_DAY = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$")
MONTHS = 12


def take_apart(
    records: Sequence[Record], meanings: ColumnMeanings, options: Options, ids: Ids, platform: str = ""
) -> Sheet:
    """The rows of a sheet as cells of our tables. records: its rows, as wide as the header or with a fault.

    platform: of rows that name none, until a row of its own says another for those below it.
    """
    sheet = Sheet(has_results=meanings.has_results, platform=platform)
    sheet.country_columns = {column.country: column.heading for column in meanings.read("country_share")}
    grouped = marks.between_thousands(records, meanings)
    day_first = {c.place for c in meanings.read("date", "end_date") if _is_day_first(records, c)}
    shares = meanings.read("country_share", "audience_share")
    in_percent = {column.place for column in shares if _is_in_percent(records, column)}
    if any(column.is_percent and column.place in in_percent for column in shares):  # 0.8 below "Austria %" is small
        in_percent |= {column.place for column in shares if column.is_percent}
    for record, cells in _rows_of_creators(records, meanings, sheet, grouped, ids):
        if len(platforms_of(cells, meanings)) > 1:
            sheet.several_platforms.append(record.row)
        if meanings.has_results and _is_planned(cells, meanings):
            sheet.planned.append(record.row)
        of_results = _platforms_of_results(cells, meanings)
        if len(of_results) > 1:
            sheet.rows_of_several.append(record.row)
        usual = next(iter(of_results), sheet.platform or options.platform or "")
        found = _accounts_of(cells, meanings, usual)
        main = _main_account(cells, meanings, found, sheet, record.row, usual)
        for number, (account, followers) in enumerate(found):
            row = _said_of_creator(cells, meanings, account, ids, grouped, options.creator or "")
            row["followers"] = marks.without_thousands(followers, grouped, meanings.place("followers"))
            key = record.row if number == main else record.row + NEXT * (number or len(found))
            if number == main:
                row |= _with_currencies(_said_of_campaign(cells, meanings, grouped, day_first), cells, meanings)
                if pairs := tuple(_countries_of(cells, meanings, in_percent)):
                    said = sheet.audiences.setdefault(row["creator_id"], [])
                    if not said or said[-1].pairs != pairs:
                        said.append(Audience(pairs, []))
                    said[-1].rows.append((record.row, record.line))
                sheet.odd_mixes += [(record.row, *odd) for odd in _odd_mixes(cells, meanings)]
            sheet.people.append(Record(key, record.line, [row.get(name, "") for name in FIELDS]))
    if not meanings.read("creator_id"):
        same_names.join(sheet, ids)
    return sheet


def _is_planned(cells: Sequence[str], meanings: ColumnMeanings) -> bool:
    """Whether a row has a fee and none of the results that others have."""
    filled = {c.meaning for c in meanings.read("cost", "views", *RESULTS) if _is_filled(cells[c.place])}
    return filled == {"cost"}


def _is_filled(cell: str) -> bool:
    return cell.casefold() not in NOT_MEASURED


def _rows_of_creators(
    records: Sequence[Record], meanings: ColumnMeanings, sheet: Sheet, grouped: Mapping[int, str], ids: Ids
) -> Iterator[tuple[Record, list[str]]]:
    """The rows that say something of a creator, with their cells; the others go where they belong in the sheet."""
    decimals = marks.before_decimals(records, meanings, grouped)
    sheet.totals = totals.find(records, meanings)
    rows_of_totals = {total.record.row for total in sheet.totals}
    seen_rows: set[int] = set()  # hashes: of 100,000 rows two differ under one hash once in a billion files
    for record in records:
        sheet.lines[record.row] = record.line
        cells = [cell.strip() for cell in record.fields]
        same = hash(tuple(cells))
        cells, unclear = scales.scaled(cells, meanings)
        fault = record.fault or (
            "same row" if same in seen_rows else unclear or _fault_of(cells, meanings, decimals, ids)
        )
        seen_rows.add(same)
        if record.row in rows_of_totals:
            continue
        if fault:
            sheet.names[record.row] = "" if record.fault else _named(cells, meanings)
            sheet.people.append(replace(record, fields=[" ".join(record.fields)], fault=fault))
        elif sum(map(bool, cells)) == 1 and len(meanings.columns) > 2:
            named = platforms.named_by(cells) if platforms.are_open(meanings) else ""
            sheet.platform = named or sheet.platform
            (sheet.sections if named else sheet.titles).append(record)
        elif notes.is_note(cells) and len(meanings.columns) > 2:
            sheet.notes.append(record)
        else:
            if name := names.alone(cells, meanings, ids):
                sheet.joined_names.append(f"{record.row} ({quoted(name)})")
            yield record, cells


def _named(cells: Sequence[str], meanings: ColumnMeanings) -> str:
    """The creator's name in a row, or what else says who it is."""
    columns = meanings.read("creator_name") + meanings.read("handle", "link", "creator_id")
    return next((cells[column.place] for column in columns if cells[column.place]), "")


def _fault_of(cells: Sequence[str], meanings: ColumnMeanings, decimals: Mapping[int, frozenset[str]], ids: Ids) -> str:
    """Why a row can't be read as it stands: two people in a cell, or 1.250 in a column that has 99.50 too."""
    for column in meanings.read("handle", "creator_name"):
        if len(HANDLES.findall(cells[column.place])) > 1:
            return "several people"
    if names.are_two_people(names.alone(cells, meanings, ids)):
        return "several people"
    return "thousands or decimals" if marks.is_unclear(cells, decimals) else ""


def _accounts_of(cells: Sequence[str], meanings: ColumnMeanings, usual: str) -> list[tuple[Account, str]]:
    """The accounts that a row names, each with its followers; one, empty where it names none.

    usual: the platform of rows that name none.
    """
    by_platform: dict[str, tuple[str, str]] = {}
    stated = platforms_of(cells, meanings)
    platform = stated[0] if len(stated) == 1 else ""
    for column in meanings.read("handle", "link", "post_link", "followers"):
        cell = cells[column.place]
        if not cell or cell.casefold() in NOT_MEASURED:
            continue
        account = Account(column.platform, "")
        followers = cell if column.meaning == "followers" else ""
        if column.meaning in ("link", "post_link"):
            linked = accounts.of_link(cell)
            is_handle = cell.startswith("@") and accounts.is_handle(cell)  # between links
            account = Account(column.platform or linked.platform, cell[1:] if is_handle else linked.handle)
        elif column.meaning == "handle":
            linked = accounts.of_link(cell) if accounts.is_link(cell) else Account()
            named = accounts.of_handle(cell)
            account = Account(
                linked.platform if linked.handle else named.platform or linked.platform, linked.handle or named.handle
            )
            account = replace(account, platform=account.platform or column.platform)
        name = account.platform or platform
        handle, counted = by_platform.get(name, ("", ""))
        by_platform[name] = (handle or account.handle, counted or followers)
    if not any(handle for handle, _ in by_platform.values()):
        handle, name = names.name_and_handle(names.cell_of(cells, meanings))[1], platform or next(iter(by_platform), "")
        if handle:
            by_platform[name] = (handle, by_platform.get(name, ("", ""))[1])
    if "" in by_platform and len(by_platform) > 1:  # what names no platform belongs to the one account that is named
        handle, counted = by_platform.pop("")
        first = next(iter(by_platform))
        known = by_platform[first]
        by_platform[first] = (known[0] or handle, known[1] or counted)
    if not by_platform:
        by_platform[platform] = ("", "")
    handles = {handle for handle, _ in by_platform.values() if handle}
    only = next(iter(handles)) if len(handles) == 1 else ""
    return [(Account(name or usual, handle or only), counted) for name, (handle, counted) in by_platform.items()]


def platforms_of(cells: Sequence[str], meanings: ColumnMeanings) -> list[str]:
    """The platforms that the column of platforms names in a row: one, or several ("Instagram + TikTok")."""
    place = meanings.place("platform")
    cell = "" if place is None or cells[place].casefold() in NOT_MEASURED else cells[place]
    if not cell:
        return []
    if whole := words.platform(cell):
        return [whole]
    parts = [words.platform(part) for part in BETWEEN_PLATFORMS.split(cell)]
    named = list(dict.fromkeys(part for part in parts if part))
    if not named and words.deliverable(cell)[0]:
        return []  # "Story" says what was posted, and not where
    return named if len(named) > 1 else [words.fold(cell)]


def _platforms_of_results(cells: Sequence[str], meanings: ColumnMeanings) -> list[str]:
    """The platforms that headings of filled results name: "TikTok views"."""
    columns = [c for c in meanings.read(*RESULTS, "views") if c.platform and _is_filled(cells[c.place])]
    return list(dict.fromkeys(column.platform for column in columns))


def _main_account(
    cells: Sequence[str], meanings: ColumnMeanings, found: Sequence[tuple[Account, str]], sheet: Sheet, row: int,
    usual: str,
) -> int:  # fmt: skip
    """Which of a row's accounts its results belong to. usual: the platform of rows that name none."""
    if len(found) == 1:
        return 0
    stated = platforms_of(cells, meanings) or ([words.platform(usual) or usual] if usual else [])
    for number, (account, _) in enumerate(found):
        if [account.platform] == stated:
            return number
    if any(cells[c.place] for c in meanings.read(*RESULTS, "cost")):
        sheet.unclear_rows.append(row)
        sheet.unclear_platforms.update(account.platform for account, _ in found)
    return 0


def _said_of_creator(
    cells: Sequence[str],
    meanings: ColumnMeanings,
    account: Account,
    ids: Ids,
    grouped: Mapping[int, str],
    given_creator: str,
) -> dict[str, str]:
    """Who a row is about; the creator that the user says where the sheet names none."""

    def cell(meaning: str) -> str:
        place = meanings.place(meaning)
        return "" if place is None or cells[place].casefold() in NOT_MEASURED else cells[place]

    named = names.cell_of(cells, meanings)
    name = "" if named.casefold() in NOT_MEASURED else names.name_and_handle(named)[0]
    given = cell("creator_id")
    who = account.handle or name
    if not meanings.says_who:
        given = given_creator.strip()
    row = {
        "creator_id": given or (ids.of(account.platform, who) if who else ""),
        "creator_name": name or account.handle,
        "platform": account.platform,
        "handle": account.handle,
        "vertical": numbers.visible(cell("vertical")),
        "language": numbers.visible(cell("language")),
        "home_country": cell("home_country"),
        "codes": words.codes(cell("codes")),
    }
    price = [c for c in meanings.read("asking_price") if c.platform in ("", account.platform)]
    row["asking_price"] = marks.without_thousands(cells[price[0].place], grouped, price[0].place) if price else ""
    if row["asking_price"]:
        row["currency"] = cell("currency")
    return _with_currencies(row, cells, meanings)


def _with_currencies(row: dict[str, str], cells: Sequence[str], meanings: ColumnMeanings) -> dict[str, str]:
    """A row whose amounts carry the currency that a column of their own gives, or a sign that several share."""
    column = next(iter(meanings.read("currency")), None)
    stated = _currency_of(row.get("currency", ""), column) if column else ""
    is_shared = stated in numbers.SHARED_SIGNS
    own = {CURRENCIES[c.meaning]: _currency_of(cells[c.place], c) for c in meanings.read(*CURRENCIES)}
    said = {name: own.get(name) or (stated if is_shared else "") for name in MONEY}
    amounts = {name: _in_currency(row[name], unit) for name, unit in said.items() if unit and row.get(name)}
    currency = {"currency": "" if is_shared else stated} if stated else {}
    if odd := [
        cells[c.place]
        for c in meanings.read(*CURRENCIES)
        if _is_filled(cells[c.place]) and not own[CURRENCIES[c.meaning]]
    ]:
        currency = {"currency": odd[0]}  # the rules of every import skip the row for it
    return row | amounts | currency


def _currency_of(cell: str, column: Reading) -> str:
    """The currency that a cell means; a sign that several share only where the whole column has it."""
    unit = words.currency(cell)
    return unit if unit not in numbers.SHARED_SIGNS or unit == column.currency else ""


def _in_currency(cell: str, unit: str) -> str:
    """An amount with its currency before it; a word ("gifted") as it is."""
    if not any(map(str.isdigit, cell)):
        return cell
    return f"{unit} {numbers.without_sign(cell, unit)[0]}"


def _said_of_campaign(
    cells: Sequence[str], meanings: ColumnMeanings, grouped: Mapping[int, str], day_first: Set[int]
) -> dict[str, str]:
    """What a row says of a campaign, cells as they are written, but for the codes of several markets."""
    row = {}
    for name in (*TEXTS, *RESULTS, "cost"):
        place = meanings.place(name)
        if place is not None:
            row[name] = marks.without_thousands(cells[place], grouped, place)
    row |= {name: numbers.visible(row[name]) for name in ("vertical", "campaign_id", "objective") if name in row}
    if row.get("market"):
        row["market"] = countries.market_answered(row["market"]) or row["market"]
    place = meanings.place("views")
    if place is not None and not row.get("impressions"):
        row["impressions"] = marks.without_thousands(cells[place], grouped, place)
    if row.get("count_deliverables"):
        row["count_deliverables"] = words.count_of(row["count_deliverables"])
    place = meanings.place("deliverable")
    if place is not None and cells[place]:
        row["deliverable"], count = words.deliverable(cells[place])
        row["count_deliverables"] = row.get("count_deliverables") or count
    elif (at := meanings.place("platform")) is not None and not platforms_of(cells, meanings):
        row["deliverable"] = words.deliverable(cells[at])[0]
    first, last = meanings.place("date"), meanings.place("end_date")
    if first is not None:
        row["date"], row["end_date"] = days_of(cells[first], is_day_first=first in day_first)
    if last is not None and cells[last]:
        start, end = days_of(cells[last], is_day_first=last in day_first)
        row["end_date"] = end or start
    return row


def _is_day_first(records: Sequence[Record], column: Reading) -> bool:
    """Whether dates with dots begin with the day, and no cell speaks against it.

    No locale of the world (CLDR) writes 03.04.2026 for a day in March; 3.4.26 is left to the language of the heading.
    """
    texts = (dates.without_time(r.fields[column.place].strip()) for r in records if not r.fault)
    days = [day for text in texts if (day := DOTTED_DAY.match(text))]
    are_printed = all(len(day[0]) == len("03.04.2026") for day in days)
    is_said = are_printed or words.fold(column.heading) in words.day_first()
    return is_said and all(int(day[2]) <= MONTHS for day in days)


def days_of(cell: str, *, is_day_first: bool = False) -> tuple[str, str]:
    """First and last day of a cell with a month or a range of days; else the cell as it is, and "" .

    is_day_first: the heading says that 03.04.2026 is in April.
    """
    if is_day_first and (day := DOTTED_DAY.match(dates.without_time(cell))):
        read = dates.read(f"{day[1]}.{day[2]}.{day[3] if len(day[3]) == 4 else '20' + day[3]}", is_day_first=True)
        return (read.isoformat() if read else cell), ""
    if month := month_of(cell):
        year, number = map(int, month.split("-"))
        last = dates.last_day(year, number)
        return f"{month}-01", last.isoformat()
    if dates.RANGE.search(cell) and (days := dates.day_range(cell)):
        return days[0].isoformat(), days[1].isoformat()
    return cell, ""


def _is_in_percent(records: Sequence[Record], column: Reading) -> bool:
    """Whether the shares of a column are percentages: one of them is more than the whole."""
    return any((subtotals.amount(record.fields[column.place]) or 0) > 1 for record in records if not record.fault)


def _countries_of(cells: Sequence[str], meanings: ColumnMeanings, in_percent: Set[int]) -> Iterator[tuple[str, str]]:
    """Countries of the audience and their shares, as written; a share under a heading in percent gets its sign."""

    def share(column: Reading) -> str:
        cell = cells[column.place]
        return f"{cell}%" if column.place in in_percent and cell[-1:].isdigit() else cell

    for column in meanings.read("country_share"):
        if cells[column.place] and cells[column.place].casefold() not in NOT_MEASURED:
            yield column.country, share(column)
    for column in meanings.read("audience_mix"):
        yield from mix_of(cells[column.place])
    shares = {column.group: column for column in meanings.read("audience_share")}
    for column in meanings.read("audience_country"):
        name = cells[column.place]
        if name and name.casefold() not in NOT_MEASURED and column.group in shares:
            yield name, share(shares[column.group])


def _odd_mixes(cells: Sequence[str], meanings: ColumnMeanings) -> Iterator[tuple[str, str]]:
    """Heading and cell where countries and shares should stand, and not every part of it is certain."""
    for column in meanings.read("audience_mix"):
        cell = cells[column.place]
        if cell.casefold() not in NOT_MEASURED and not mix_of(cell):
            yield column.heading, cell
