"""Report what became of each uploaded file, or would: counts, every problem, and what to do next."""

from collections.abc import Mapping, Sequence
from functools import partial

import polars as pl
import streamlit as st

from fit import locale
from fit.locale import _, ngettext, phrase
from fit.text import literal, visible_literal, visible_table, visible_text, words
from pages.ui import blocks, store_access
from pages.ui.store_access import Code, FileStatus
from pages.ui.view_link import PageState
from pages.ui.your_data import creator_names
from pages.ui.your_data.upload_process import Batch, FileEntry, LoadDocument, Message, Stopped

# The form's fields, named here because sentences point at them.
CREATOR = phrase("Whose export is it? (creator id)")
MARKET = phrase("Market of campaigns that name none")
ON_THE_SERVER = phrase("load from a terminal on the server: python -m fit load FILE")
# Each status as a load says it and as a preview does, with colour and sign: the sign speaks where colours do not.
STATUSES: dict[FileStatus, tuple[str, str, blocks.Colour, str]] = {
    FileStatus.IMPORTED: (phrase("imported"), phrase("will be imported"), "green", "check"),
    FileStatus.PARTLY_IMPORTED: (phrase("partly imported"), phrase("will be imported in part"), "gray", "rule"),
    FileStatus.REFUSED: (phrase("refused"), phrase("will be refused"), "red", "block"),
    FileStatus.ALREADY_IMPORTED: (phrase("already imported"), phrase("already imported"), "gray", "history"),
    FileStatus.PASSED_OVER: (phrase("passed over"), phrase("passed over"), "gray", "redo"),
}
# Messages that this page says in its own words: the command line names its options in them, and this page has fields.
# A message that is not listed here is shown as the command line says it.
SENTENCES: dict[str, str] = {
    Code.ROWS_IMPORTED: phrase("{imported} of {read} rows imported"),
    Code.SAME_FILE_REPLACED: phrase("{rows} of the same file under other options replaced"),
    Code.ROWS_REPLACED: phrase("{rows} of earlier files replaced"),
    Code.ROWS_IN_ANOTHER_FILE: phrase("{rows} also in another of these files, counted once"),
    Code.ROWS_SUPERSEDED: phrase("{rows} of earlier files superseded, kept in the history"),
    Code.MARKET_KEPT: phrase("{rows} with the market that an earlier file gave"),
    Code.ANSWERS_KEPT: phrase("answered as for the earlier file of this name: {answers}"),
    Code.MARKET_NOT_STATED: phrase("no market is stated; to add one, load the file again and name it in the form"),
    Code.CREATOR_NEEDED: phrase("such a file never says whose it is: choose the creator below"),
    Code.CREATOR_COLUMN_NEEDED: phrase(
        "the file does not say whose it is (no column creator_id; it has {columns}): choose the creator below"
    ),
    Code.CODES_OF_NOBODY: phrase(
        'no {word} of this file is a known creator\'s ({codes}); say whose they are under "Whose codes are these?"'
    ),
    Code.CODES_LEFT_OUT: phrase("left out, because no creator is known for them: {word} {codes}"),
    Code.SEVERAL_ACCOUNTS: phrase(
        "this document holds several audiences of one kind ({audiences}): it holds more than one account or day; "
        "save each account's answer in a file of its own and load it with the creator's id"
    ),
    Code.UNKNOWN_COLUMNS: phrase(
        "no reader knows its columns ({columns}); needed are {needed}; say below what its columns are"
    ),
    Code.ALMOST_A_TABLE: phrase("as a table of {table} it lacks {needed}; add it, or say below which column it is"),
    Code.COLUMNS_NEEDED: phrase(
        "to be read as {reader} it needs {needed}; the file has {columns}; say below what its columns are"
    ),
    Code.ONE_COLUMN_NEEDED: phrase(
        "to be read as {reader} it needs at least one of {needed}; the file has {columns}; say below what its columns "
        "are"
    ),
    Code.CAMPAIGN_COLUMN_NEEDED: phrase(
        "a report of Meta's Ads Manager whose rows are no campaigns, ad sets or ads: it names no campaign (its "
        "columns: {columns}); add the column Campaign name and export it again, or say which column names campaigns "
        "from a terminal on the server: python -m fit load FILE --map FROM=campaign_id"
    ),
    Code.COUNTRY_COLUMN_NEEDED: phrase(
        "a Google Analytics export without users by country: it holds neither an audience nor campaigns of a creator "
        "(columns: {columns}); export the demographics report by country, or say which columns are meant from a "
        "terminal on the server: python -m fit load FILE --map FROM=country --map FROM=accounts"
    ),
    Code.VIEWS_COLUMN_NEEDED: phrase(
        "a table by country of YouTube Studio whose column of views can't be told (its columns: {columns}); say "
        "which one it is from a terminal on the server: python -m fit load FILE --map COLUMN=views"
    ),
    Code.SHEET_GAVE: phrase(
        "read as your own spreadsheet, with {creators} creators, {audiences} audiences and {campaign_rows} rows of "
        "campaigns"
    ),
    Code.COLUMNS_NOT_USED: phrase("columns not used: {columns}"),
    Code.COLUMNS_NOT_HERE: phrase("no column {columns} here, so what you said of it was not needed"),
    Code.RESULTS_MISSING: phrase("not used, because no row says what a campaign brought: {columns}"),
    Code.NAMES_MATCHED: phrase("{names} matched to creators that you have"),
    Code.COLUMNS_UNCLEAR: phrase("some columns can be read two ways; answer the questions below"),
    Code.PERIOD_NEEDED: phrase("no column says when the campaigns ran; say it below for all rows"),
    Code.CURRENCY_NEEDED: phrase("the sign {sign} stands for several currencies; choose the one that is meant below"),
    Code.PLATFORM_NEEDED: phrase(
        "some rows name several accounts; choose the platform of their results, or add a column Platform that says it"
    ),
    Code.PHOTO_IMPORTED: phrase("photo of {creator}"),
    Code.PHOTO_OF_NOBODY: phrase("no creator has the id or handle {name}: choose the creator below"),
    Code.PHOTO_OF_SEVERAL: phrase("{name} can be any of {creators}: choose the creator below"),
    Code.OPTION_UNUSABLE: phrase("{value} cannot be used. Nothing was changed."),
    Code.CREATOR_UNUSABLE: phrase("The creator's id needs 1 to {most} visible characters. Nothing was changed."),
    Code.MARKET_UNKNOWN: phrase(
        "Market {market} is no country. Write a code such as DE, or several as DE+AT. Nothing was changed."
    ),
    Code.COLUMN_NAMED_TWICE: phrase("Named twice: {columns}. Say once which column each is. Nothing was changed."),
    Code.STORE_BUSY: phrase("Another load is running. Wait until it has finished, then load your files again."),
    Stopped.TOO_MANY_BYTES: phrase(
        "These files have {size} MB; {most} MB can be read at once. Nothing was changed. Drop fewer, or {way}."
    ),
    Code.OUT_OF_MEMORY: phrase(
        "The files need more memory than the {most} GB that one upload may take, so reading them was stopped. "
        "Nothing was changed. Drop fewer at once, or {way}."
    ),
    Stopped.BUSY: phrase("Other people's files are being read. Nothing was changed. Try again in a minute."),
    Stopped.OUT_OF_TIME: phrase(
        "The files took longer than {minutes} minutes and were stopped. Nothing was changed. Drop fewer at once, or "
        "{way}."
    ),
}
# Of a file that has no form for its columns: a part of a zip or workbook, or another kind of file than CSV and Excel.
BY_ITSELF = phrase("save it as a file of its own (CSV or Excel) and drop that here, to say what its columns are")
SENTENCES_WITHOUT_FORM = {
    Code.UNKNOWN_COLUMNS: phrase("no reader knows its columns ({columns}); {by_itself}"),
    Code.ALMOST_A_TABLE: phrase("as a table of {table} it lacks {needed}; add it, or {by_itself}"),
    Code.COLUMNS_NEEDED: phrase("to be read as {reader} it needs {needed}; the file has {columns}; {by_itself}"),
    Code.ONE_COLUMN_NEEDED: phrase(
        "to be read as {reader} it needs at least one of {needed}; the file has {columns}; {by_itself}"
    ),
}
# In a preview nothing is imported yet.
SENTENCES_AHEAD = {
    Code.ROWS_IMPORTED: phrase("{imported} of {read} rows will be imported"),
    Code.SAME_FILE_REPLACED: phrase("{rows} of the same file under other options will be replaced"),
    Code.ROWS_REPLACED: phrase("{rows} of earlier files will be replaced"),
    Code.ROWS_SUPERSEDED: phrase("{rows} of earlier files will be superseded, kept in the history"),
}
CHANGES = {"new": phrase("New: {names}"), "changed": phrase("Changed: {names}"), "gone": phrase("Gone: {names}")}
READERS = {
    "plain_audience": phrase("Table of audiences"),
    "plain_campaigns": phrase("Table of campaigns"),
    "plain_creators": phrase("List of creators"),
    "plain_rates": phrase("Exchange rates"),
    "tracker": phrase("Your own spreadsheet"),
    "meta_audience": phrase("Meta Business Suite, audience"),
    "meta_ads": phrase("Meta Ads Manager, campaigns"),
    "ad_platforms": phrase("Another ad manager, campaigns"),
    "own_posts": phrase("Posts of an own account"),
    "google_ads": phrase("Google Ads, campaigns"),
    "youtube_geography": phrase("YouTube Studio, views by country"),
    "tiktok_territories": phrase("TikTok Studio, follower territories"),
    "country_table": phrase("Countries of one audience"),
    "vendor_json": phrase("Vendor's answer as JSON, audience"),
    "ga4_countries": phrase("Google Analytics, users by country"),
    "shopify_orders": phrase("Shopify, orders by discount code"),
    "affiliate_network": phrase("Partner network, campaigns"),
    "photo": phrase("Photo of a creator"),
}
PROBLEM_COLUMNS = {
    "file": phrase("File"),
    "row": phrase("Row"),
    "line": phrase("Line"),
    "creator": phrase("Creator"),
    "column": phrase("Column"),
    "value": phrase("Value"),
    "reason": phrase("Reason"),
    "fix": phrase("How to fix it"),
    "state": phrase("State"),  # of a problem that the store has
}
STORED_NAMES = {
    "file_name": "file", "sheet_row": "row", "physical_line": "line", "column_name": "column", "cell_value": "value",
}  # fmt: skip
PROBLEM_WIDTHS = {"row": 60, "line": 60, "value": 100, "reason": 230, "fix": 270}  # pixels
LINES_OF_PROBLEM = 66  # pixels of a row; from 65 on Streamlit wraps what is wider than its column
NO_READER = "unknown"  # of a file that no reader knows
SHEET = "tracker"  # the reader of sheets kept by hand
CREATOR_IS_UNKNOWN = {*(Code.CREATOR_NEEDED, Code.CREATOR_COLUMN_NEEDED, Code.PHOTO_OF_NOBODY, Code.PHOTO_OF_SEVERAL)}
ASKS_FOR = CREATOR_IS_UNKNOWN | {
    *(Code.COLUMNS_UNCLEAR, Code.PERIOD_NEEDED, Code.CURRENCY_NEEDED, Code.PLATFORM_NEEDED, Code.CODES_OF_NOBODY)
}
FIRST_NAMES = 10  # ids named of a change; the rest is a number
MOST_COVERED = 3  # audiences of one file whose share is told
MOST_SUPERSEDED = 50  # audiences named that no longer count
CORRECT = phrase(
    "To fix them: correct these cells in your file and load the whole file again. It replaces what "
    "was loaded before, so nothing counts twice."
)


def files(batch: Batch, state: PageState) -> None:
    """Behind folds: every skipped row, and every file with what became of it, or would; what the load superseded."""
    entries = batch.document.get("files", ())
    if not entries:
        return
    problems = problem_table(entries)
    if problems.height:
        count = words.counted(problems.height, "cell or row", "cells and rows")
        with st.expander(_("What to correct: {count}").format(count=count), icon=":material/rule:"):
            _problems(problems, state)
    with st.expander(literal(statuses_in_words(batch)), icon=":material/description:"):
        for file in entries:
            _file(file, is_preview=batch.is_preview)
    if batch.has_news and not batch.is_preview:
        _superseded()


def verdict(batch: Batch) -> str:
    """What became, or would become, of all files together, in a sentence, and what that means for the store."""
    files = f"{statuses_in_words(batch)}." if batch.document["files"] else ""
    return f"{files} {_ending(batch, {file['status'] for file in batch.document['files']})}".strip()


def statuses_in_words(batch: Batch) -> str:
    """How many files there are and what became, or would become, of them: "3 files: 2 imported and 1 refused"."""
    statuses = [status_in_words(file, is_preview=batch.is_preview) for file in batch.document["files"]]
    counts = [f"{words.count(statuses.count(status))} {status}" for status in dict.fromkeys(statuses)]
    return f"{words.counted(len(statuses), 'file', 'files')}: {words.listing(counts)}"


def status_in_words(file: FileEntry, *, is_preview: bool) -> str:
    """What became, or would become, of a file; one that is asked about is waiting."""
    return _("waiting for your answer") if needs_answer(file) else _(STATUSES[file["status"]][is_preview])


def has_form(file: FileEntry) -> bool:
    """Whether the page asks what the columns of a file are: of a whole file, or of a part known as a sheet."""
    may_ask = file["upload"] is not None and bool(file.get("columns"))
    return may_ask and (not file["is_packed"] or file["reader"] == SHEET)


def why_refused(file: FileEntry, *, is_preview: bool) -> str:
    """Why a file is not in, and what to do, in a sentence."""
    return in_words(file["message_parts"], is_preview=is_preview, has_form=has_form(file))


def needs_answer(file: FileEntry) -> bool:
    """Whether a file is understood, and only what it leaves open has to be said."""
    return file["status"] is FileStatus.REFUSED and any(part["code"] in ASKS_FOR for part in file["message_parts"])


def _ending(batch: Batch, statuses: set[FileStatus]) -> str:
    if not batch.has_news and any(map(needs_answer, batch.document["files"])):
        return _("Nothing is changed yet: answer the questions below.")
    if batch.is_preview:
        if batch.has_news:
            return _("Nothing is changed yet.")
        if FileStatus.REFUSED in statuses:
            return _("Nothing would change.")
        return _("These files are loaded already; nothing would change.")
    if batch.has_news:
        return _("Your data is live (data version {number}).").format(number=batch.document["generation"])
    if FileStatus.ALREADY_IMPORTED in statuses and all(status.is_whole for status in statuses):
        return _("These files are loaded already; nothing was changed.")
    return _("Nothing was changed. Fix what is listed, then load the files again.")


def changes(document: LoadDocument) -> None:
    """What a preview would change: four figures, rows that give way, and which creators."""
    creators, files = document["creators_by_change"], document["files"]
    good, aside = (sum(file[name] for file in files) for name in ("count_rows_imported", "count_rows_quarantined"))
    fate = _("Not imported; each is listed below with the reason and the fix")
    blocks.figures(
        [
            (_("New creators"), words.count(len(creators["new"])), _("Creators that no file has named before")),
            (_("Changed creators"), words.count(len(creators["changed"])), _("Known creators that get other facts")),
            (_("Rows to import"), words.count(good), _("Good rows of all files")),
            (_("Rows to skip"), words.count(aside), fate),
        ]
    )
    if taken := sum(file["count_rows_replaced"] for file in files):
        rows = words.counted(taken, "row", "rows")
        st.markdown(_("They replace {rows} of earlier files.").format(rows=rows))
    if creators["gone"]:
        gone = words.counted(len(creators["gone"]), "creator", "creators")
        st.warning(_("{creators} would be gone.").format(creators=gone), icon=":material/person_remove:")
    if any(creators.values()):
        with st.expander(_("Which creators"), icon=":material/group:"):
            for change, sentence in CHANGES.items():
                if ids := creators[change]:
                    named = creator_names.with_ids(ids[:FIRST_NAMES], len(ids))
                    st.markdown(visible_literal(_(sentence).format(names=named)))


def first_names(ids: Sequence[str]) -> str:
    """The first ids as a sentence lists them, and how many more there are."""
    names, rest = list(map(visible_text, ids[:FIRST_NAMES])), len(ids) - FIRST_NAMES
    return words.listing([*names, _("{rest} more").format(rest=words.count(rest))] if rest > 0 else names)


def shown_name(path: str) -> str:
    """A file's own name, without the folder that it was unpacked into."""
    return visible_text(path.rsplit("/", 1)[-1])


def market_problem(market: str) -> str:
    """What is wrong with a market as it was typed; empty for none, and where none was."""
    if not market or store_access.campaign_market(market) is not None:
        return ""
    return _("Market {market!r} is no country. Write a code such as DE, or several as DE+AT.").format(market=market)


def in_words(messages: Sequence[Message], *, is_preview: bool, has_form: bool = True) -> str:
    """Messages as one sentence of this page; that of a preview says what will be, for nothing is imported yet.

    has_form: whether the page has fields for what the messages ask.
    """
    sentences = SENTENCES | ({} if has_form else SENTENCES_WITHOUT_FORM) | (SENTENCES_AHEAD if is_preview else {})
    sentence = "; ".join(_one_in_words(message, sentences) for message in messages)
    sentence = f"{sentence[:1].upper()}{sentence[1:]}"
    return sentence if sentence.endswith(".") else f"{sentence}."


def _one_in_words(message: Message, sentences: Mapping[str, str]) -> str:
    """One message from its code and values, or as the command line says it where this page has no words of its own."""
    sentence = sentences.get(message["code"] or "")
    if sentence is None:
        return message["message"]
    values = {name: _value(value) for name, value in message["values"].items() if name != "brought"}
    if "reader" in values:
        values["reader"] = reader_in_words(message["values"]["reader"])
    if "count" in values:
        values["rows"] = words.counted(message["values"]["count"], "row", "rows")
        values["names"] = words.counted(message["values"]["count"], "name", "names")
    return _(sentence).format(way=_(ON_THE_SERVER), by_itself=_(BY_ITSELF), **values)


def _value(value: str | float | list[str]) -> str:
    if isinstance(value, list):
        return first_names(value)
    if isinstance(value, int):
        return words.count(value)
    return locale.short_decimal(value) if isinstance(value, float) else visible_text(value)


def creator_unused(file: FileEntry) -> str:
    """Why the creator that was chosen is not whose rows these are; empty where it is, or where nobody was chosen."""
    chosen, names = file.get("chosen_creator"), file["creators"]
    if not chosen or not names or chosen in names:
        return ""
    sentence = _("The chosen creator {chosen} was not used: this file names its own ({names}).")
    return sentence.format(chosen=chosen, names=first_names(names))


def reader_in_words(reader: str) -> str:
    """What a file was recognised as."""
    return _(READERS.get(reader, reader.replace("_", " ").capitalize()))


def _file(file: FileEntry, *, is_preview: bool) -> None:
    status, reader = file["status"], file["reader"]
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{literal(shown_name(file['path']))}**", width="content")
            color, icon = STATUSES[status][2:]
            color, icon = ("orange", "help") if needs_answer(file) else (color, icon)
            st.badge(status_in_words(file, is_preview=is_preview), color=color, icon=f":material/{icon}:")
            if reader != NO_READER:
                recognised = _("Recognised as: {reader}").format(reader=literal(reader_in_words(reader)))
                st.caption(recognised, width="content")
        st.markdown(visible_literal(why_refused(file, is_preview=is_preview)))
        if unused := creator_unused(file):
            st.markdown(f":material/person_off: {visible_literal(unused)}")
        if file["creators"] and status.has_rows:
            who = creator_names.with_ids(file["creators"][:FIRST_NAMES], len(file["creators"]))
            st.caption(visible_literal("; ".join([_("Creators: {names}").format(names=who), *_covered(file)])))


def _covered(file: FileEntry) -> list[str]:
    sentence = _("{creator}: {share} of the audience listed")
    first = dict(list(file["coverage"].items())[:MOST_COVERED])
    names = store_access.names_of(first)
    covered = [sentence.format(creator=names.get(who, who), share=words.percent(share)) for who, share in first.items()]
    rest = len(file["coverage"]) - MOST_COVERED
    return covered + ([_("{count} more audiences").format(count=words.count(rest))] if rest > 0 else [])


def follows_from_another(problem: Mapping[str, object]) -> bool:
    """Whether a cell was skipped for what another row of the same audience says, and may be right itself."""
    return str(problem["reason"]).startswith(store_access.FOLLOWS_FROM_ANOTHER)


def problem_table(files: Sequence[FileEntry]) -> pl.DataFrame:
    """Every problem of every file, one row each; of each file the cells at fault first."""
    sorted_problems = [(file, sorted(file["problems"], key=follows_from_another)) for file in files]
    rows = [{"file": shown_name(file["path"]), **one} for file, problems in sorted_problems for one in problems]
    kinds = {name: pl.Int64 if name in ("row", "line") else pl.String for name in PROBLEM_COLUMNS if name != "state"}
    return visible_table(pl.DataFrame(rows, schema=kinds, orient="row"))


def problems_shown(problems: pl.DataFrame, alt: str) -> None:
    """A table of problems, its columns named as problem_table or as queries/quarantine.sql names them.

    The line of the file is shown only where it is not the row of the sheet.
    """
    shown = problems.rename(STORED_NAMES, strict=False)
    if shown["line"].equals(shown["row"]):
        shown = shown.drop("line")
    if "creator" in shown.columns and not shown["creator"].str.len_chars().sum():
        shown = shown.drop("creator")
    columns = {
        name: st.column_config.Column(label, width=PROBLEM_WIDTHS.get(name))
        for name, label in locale.labels({name: PROBLEM_COLUMNS[name] for name in shown.columns}).items()
    }
    st.dataframe(
        shown, hide_index=True, column_config=columns, placeholder="", alt=alt, row_height=LINES_OF_PROBLEM,
    )  # fmt: skip


def _problems(problems: pl.DataFrame, state: PageState) -> None:
    st.markdown(_(CORRECT), width=blocks.READING_WIDTH)
    problems_shown(problems, _("Skipped rows of these files"))
    csv = partial(store_access.table_csv, problems, state.is_demo)
    blocks.download(_("These problems as CSV"), csv, "problems.csv", "problems_csv")


def _superseded() -> None:
    pairs = store_access.answer("superseded_lately", top=MOST_SUPERSEDED)
    if pairs.is_empty():
        return
    late = pairs["is_of_newest_load"].to_list().count(True)
    old = pairs.height - late
    gone = ngettext(
        "{count} audience loaded before is no longer used.", "{count} audiences loaded before are no longer used.", old
    ).format(count=words.count(old))
    audiences = words.counted(late, "audience", "audiences")
    unused = _("{audiences} of these files not used, because a newer one exists.").format(audiences=audiences)
    rule = _("For each source and type we use the newest date; without dates, the latest load.")
    st.markdown(" ".join([*[gone] * bool(old), *[unused] * bool(late), rule]))
    with st.expander(_("Which audiences were superseded"), icon=":material/history:"):
        rows = visible_table(creator_names.named(pairs.drop("is_of_newest_load", "source_id")))
        labels = {"as_of": _("Date"), "newer_as_of": _("Newer date"), "newer_file_name": _("Superseded by")}
        blocks.table(rows, _("Audiences that the newest load superseded, or that it brought too late"), labels)
