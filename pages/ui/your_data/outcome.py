"""Say in sentences what a load brought in, which rows need a look, and what it left out on purpose."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from fit.locale import _, ngettext
from fit.text import visible_text, words
from pages.ui.store_access import Code, FileStatus
from pages.ui.your_data.creator_names import in_sentence
from pages.ui.your_data.report import follows_from_another, in_words, needs_answer, shown_name, why_refused
from pages.ui.your_data.upload_process import FileEntry

Problem = Mapping[str, Any]  # a cell or row that was skipped, as `load --json` says it


class Table(StrEnum):
    """What the rows of a file are."""

    CREATORS = "creators"
    AUDIENCES = "audiences"
    CAMPAIGNS = "campaigns"
    RATES = "rates"
    SHEET = "sheet"
    PHOTOS = "photos"
    ROWS = "rows"


TABLES = {
    "plain_creators": Table.CREATORS,
    "plain_audience": Table.AUDIENCES, "meta_audience": Table.AUDIENCES, "youtube_geography": Table.AUDIENCES,
    "tiktok_territories": Table.AUDIENCES, "vendor_json": Table.AUDIENCES, "ga4_countries": Table.AUDIENCES,
    "country_table": Table.AUDIENCES,
    "plain_campaigns": Table.CAMPAIGNS, "meta_ads": Table.CAMPAIGNS, "google_ads": Table.CAMPAIGNS,
    "shopify_orders": Table.CAMPAIGNS, "affiliate_network": Table.CAMPAIGNS,
    "plain_rates": Table.RATES, "tracker": Table.SHEET, "photo": Table.PHOTOS,
}  # fmt: skip


SAID_ELSEWHERE = (Code.ROWS_IMPORTED, Code.SHEET_GAVE, Code.PHOTO_IMPORTED)  # by brought_in


def creators_of(files: Sequence[FileEntry]) -> list[str]:
    """The ids of all creators that these files brought rows of, each once."""
    return list(dict.fromkeys(who for file in files if file["status"].has_rows for who in file["creators"]))


def brought_in(files: Sequence[FileEntry], names: Mapping[str, str]) -> str:
    """What is in now, a sentence for each kind of table; "" where nothing came in."""
    sentences: list[str] = []
    named: set[str] = set()
    for table in Table:
        of_table = [f for f in files if f["status"].has_rows and TABLES.get(f["reader"], Table.ROWS) is table]
        if of_table:
            who = creators_of(of_table)
            sentences.append(_of_table(table, of_table, who, names, are_said=bool(who) and named == {*who}))
            named = {*who} or named
    return " ".join(sentences)


def _of_table(
    table: Table, files: Sequence[FileEntry], who: Sequence[str], names: Mapping[str, str], *, are_said: bool
) -> str:
    """are_said: whether the sentence before named the same creators."""
    read, good = (sum(file[name] for file in files) for name in ("count_rows_read", "count_rows_imported"))
    values = {"names": in_sentence(who, names), "some": words.count(good), "count": words.count(len(who))}
    if table is Table.RATES:
        rates = ngettext("{count} exchange rate is in.", "{count} exchange rates are in.", good)
        return rates.format(count=words.count(good))
    if table is Table.PHOTOS:
        singular, plural = _("The photo of {names} is in."), _("The photos of {count} creators are in: {names}.")
        return (singular if len(who) == 1 else plural).format(**values)
    if table is Table.SHEET:
        singular, plural = _("{names} is in"), _("{count} creators are in: {names}")
        given = _given(files)
        brought = (singular if len(who) == 1 else plural).format(**values)
        return _("{said}, with {given}.").format(said=brought, given=words.listing(given)) if given else f"{brought}."
    if table is Table.AUDIENCES:
        if are_said:
            return ngettext("The audience is in too.", "Their audiences are in too.", len(who))
        singular, plural = _("The audience of {names} is in."), _("The audiences of {count} creators are in: {names}.")
        return (singular if len(who) == 1 else plural).format(**values)
    if table is Table.CREATORS:
        if good == read:
            singular, plural = _("{names} is in."), _("{count} creators are in: {names}.")
            return (singular if len(who) == 1 else plural).format(**values)
        of_all = words.counted(read, "creator", "creators")
        return _("{some} of {creators} are in: {names}.").format(creators=of_all, **values)
    rows = words.counted(read, "row", "rows")
    rows = rows if good == read else _("{some} of {rows}").format(rows=rows, **values)
    if are_said:
        values["names"] = ngettext("the same creator", "the same creators", len(who))
    if not who:
        return _("{rows} are in.").format(rows=rows)
    sentence = (
        _("Campaign results of {names} are in: {rows}.") if table is Table.CAMPAIGNS else _("In for {names}: {rows}.")
    )
    return sentence.format(rows=rows, names=values["names"])


def _given(files: Sequence[FileEntry]) -> list[str]:
    """What sheets kept by hand gave beside their creators."""
    parts = [part["values"] for file in files for part in file["message_parts"] if part["code"] == Code.SHEET_GAVE]
    audiences, rows = (sum(values[name] for values in parts) for name in ("audiences", "campaign_rows"))
    given = [words.counted(audiences, "audience", "audiences")] if audiences else []
    if rows:
        given.append(_("{rows} of campaign results").format(rows=words.counted(rows, "row", "rows")))
    return given


def needs_a_look(files: Sequence[FileEntry], *, is_preview: bool) -> list[str]:
    """Rows that were skipped, the cell at fault first, then each file that was refused and why; a sentence each."""
    sentences = []
    count = sum(file["count_rows_quarantined"] for file in files if file["status"].has_rows)
    found = [(file, problem) for file in files if file["status"].has_rows for problem in file["problems"]]
    if found:
        file, problem = first_at_fault(found)
        rows = words.counted(count, "row", "rows")
        sentence = ngettext("{rows} needs a look: {cell}.", "{rows} need a look, first {cell}.", count)
        cell = cell_in_words(problem, shown_name(file["path"]) if len(files) > 1 else "")
        sentences.append(f"{sentence.format(rows=rows, cell=cell)} {words.capitalized(problem['fix'].rstrip('.'))}.")
    for file in files:
        if file["status"] is FileStatus.REFUSED:
            why = why_refused(file, is_preview=is_preview)
            sentence = _("{file} will not be loaded. {why}") if is_preview else _("{file} is not in. {why}")
            sentence = _("{file} waits for your answer. {why}") if needs_answer(file) else sentence
            sentences.append(sentence.format(file=shown_name(file["path"]), why=why))
    return sentences


def first_at_fault(found: Sequence[tuple[FileEntry, Problem]]) -> tuple[FileEntry, Problem]:
    """The problem to look at first: of a cell's own, not one that follows from another row; then the rarest reason."""
    how_often = Counter(problem["reason"] for _file, problem in found)

    def weight(entry: tuple[FileEntry, Problem]) -> tuple[bool, int]:
        return follows_from_another(entry[1]), how_often[entry[1]["reason"]]

    return min(found, key=weight)  # of equals the first in the order of files and rows


def cell_in_words(problem: Problem, file_name: str) -> str:
    """Where a cell is, what it holds and what is wrong with it: row 14 (Ada), audience share "1.73": more than the
    whole."""
    column = visible_text(str(problem["column"]).replace("_", " "))
    if problem["row"] is None:
        place = file_name or _("the whole file")
    else:
        who = visible_text(problem.get("creator", ""))
        row = words.count(problem["row"]) + (f" ({who})" if who else "")
        sentence = _("row {row} of {file}") if file_name else _("row {row}")
        place = sentence.format(row=row, file=file_name)
    cell = f'{column} "{visible_text(problem["value"])}"' if problem["value"] else column
    return f"{', '.join(filter(None, [place, cell]))}: {problem['reason'].rstrip('.')}"


def left_out(files: Sequence[FileEntry], *, is_preview: bool) -> list[str]:
    """What a load left out on purpose or took otherwise than it stood: columns, totals, codes; a sentence a file."""
    sentences = []
    for file in files:
        notes = [part for part in file["message_parts"] if part["code"] not in SAID_ELSEWHERE]
        if file["count_rows_quarantined"]:
            notes = notes[1:]  # the first of these says what needs_a_look says
        if notes and file["status"].has_rows:
            text = in_words(notes, is_preview=is_preview)
            sentences.append(_("{file}: {said}").format(file=shown_name(file["path"]), said=text))
    return sentences
