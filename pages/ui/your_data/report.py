"""What became of each uploaded file, or what would become of it? Counts, every problem, and what to do next."""

import re
from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from fit import locale
from fit.locale import _, ngettext, phrase
from fit.text import literal, visible_literal, visible_table, visible_text, words
from pages.ui import blocks, store_access
from pages.ui.layout import PageState
from pages.ui.your_data.upload_state import BROUGHT, CHANGES, Batch

# The form's fields, named here because messages of the command line point at them.
CREATOR = phrase("Whose export is it? (creator id)")
MARKET = phrase("Market of campaigns that name none")
NAMING = phrase("Name the columns")
# What a message of the command line asks for, and where that stands on this page. Such messages are English.
ON_THIS_PAGE = (
    (re.compile(r"\bmap (other names|columns)? ?(with )?--map FROM=TO"), 'use "{naming}" below'),
    (re.compile(r"(with )?--map FROM=TO"), 'with "{naming}" below'),
    (re.compile(r"with (?=--map [A-Z]+=[a-z])"), "from a terminal on the server: python -m fit load FILE "),
    (re.compile(r"--creator( ID)?"), "the creator's id"),
    (re.compile(r"--market( M)?"), "a market in the form"),
)
# Colour and sign of each status: the sign speaks where colours do not.
BADGES = {
    "imported": ("green", ":material/check:"),
    "partly imported": ("gray", ":material/rule:"),
    "refused": ("red", ":material/block:"),
    "already imported": ("gray", ":material/history:"),
    "passed over": ("gray", ":material/redo:"),
}
WOULD_BE = {
    "imported": phrase("will be imported"),
    "partly imported": phrase("will be imported in part"),
    "refused": phrase("will be refused"),
}
STATUSES = (
    phrase("imported"), phrase("partly imported"), phrase("refused"), phrase("already imported"), phrase("passed over"),
)  # fmt: skip
READERS = {
    "plain_audience": phrase("Table of audiences"),
    "plain_campaigns": phrase("Table of campaigns"),
    "plain_creators": phrase("List of creators"),
    "meta_audience": phrase("Meta Business Suite, audience"),
    "meta_ads": phrase("Meta Ads Manager, campaigns"),
    "google_ads": phrase("Google Ads, campaigns"),
    "youtube_geography": phrase("YouTube Studio, views by country"),
    "tiktok_territories": phrase("TikTok Studio, follower territories"),
    "vendor_json": phrase("Vendor's answer as JSON, audience"),
    "ga4_countries": phrase("Google Analytics, users by country"),
    "shopify_orders": phrase("Shopify, orders by discount code"),
    "affiliate_network": phrase("Partner network, campaigns"),
}
UNKNOWN = "unknown"
# What the messages of a load say in the past, and a preview may not.
ROWS_IMPORTED = re.compile(r"^([\d,]+ of [\d,]+ rows?) imported\b")
ROWS_REPLACED = re.compile(r"\b(rows? of (?:earlier files|the same file under other options)) (replaced|superseded)\b")
PROBLEM_COLUMNS = {
    "file": phrase("File"),
    "row": phrase("Row"),
    "line": phrase("Line"),
    "column": phrase("Column"),
    "value": phrase("Value"),
    "reason": phrase("Reason"),
    "fix": phrase("What mends it"),
}
FIRST_NAMES = 10  # ids named of a change; the rest is a number
MOST_SUPERSEDED = 50  # audiences named that no longer count
CORRECT = phrase(
    "To correct them: change these cells in your own file and load the whole file again. What it brings "
    "takes the place of what stands there, so nothing counts twice."
)


def summary(batch: Batch) -> None:
    """All files of a load or of a preview together, or why there is no answer; what the user should know besides."""
    document = batch.document
    st.header(_("What these files would change") if batch.is_preview else _("What became of your files"), anchor=False)
    if "failed" in document:
        st.error(literal(on_this_page(document["failed"])), title=_("Nothing was loaded"), icon=":material/error:")
        return
    st.markdown(f"**{literal(verdict(batch))}**")
    if batch.is_preview and batch.has_news:
        _changes(document)
    for warning in document.get("warnings", ()):
        st.warning(visible_literal(on_this_page(warning)), icon=":material/compare_arrows:")


def files(batch: Batch, state: PageState) -> None:
    """Every file with what became of it, or would; every problem; what the load superseded."""
    found = batch.document.get("files", ())
    for file in found:
        _file(file, is_preview=batch.is_preview)
    _problems(found, state)
    if batch.has_news and not batch.is_preview:
        _superseded()


def verdict(batch: Batch) -> str:
    """What became, or would become, of all files together, in a sentence, and what that means for the store."""
    document = batch.document
    statuses = [file["status"] for file in document["files"]]
    said = [
        f"{statuses.count(status)} {WOULD_BE.get(status, status) if batch.is_preview else status}"
        for status in dict.fromkeys(statuses)
    ]
    files = f"{words.counted(len(statuses), 'file', 'files')}: {words.listing(said)}." if statuses else ""
    return f"{files} {_ending(batch, set(statuses))}".strip()


def _ending(batch: Batch, statuses: set[str]) -> str:
    if batch.is_preview:
        if batch.has_news:
            return _("Nothing is changed yet.")
        if "refused" in statuses:
            return _("As they stand, nothing would change.")
        return _("They hold nothing new; nothing would change.")
    if batch.has_news:
        return _("Generation {generation} counts now, on every page.").format(generation=batch.document["generation"])
    if "already imported" in statuses and statuses <= {"already imported", "passed over"}:
        return _("These files were loaded before; nothing was changed.")
    return _("Nothing was changed. Mend what is listed, then load the files again.")


def on_this_page(message: str) -> str:
    """A message of the command line that names what stands for its options on this page."""
    for option, place in ON_THIS_PAGE:
        message = option.sub(place.format(naming=_(NAMING)), message)
    return message


def _changes(document: Mapping[str, object]) -> None:
    """How many creators would be new, changed or gone and how many rows come in; the first ids in an expander."""
    creators, files = document["creators_by_change"], document["files"]
    blocks.figures(
        [
            (_("New creators"), words.count(len(creators["new"])), _("Creators that no file has named before")),
            (_("Changed creators"), words.count(len(creators["changed"])), _("Known creators that get other facts")),
            (
                _("Rows to import"),
                words.count(sum(f["count_rows_imported"] for f in files)),
                _("Good rows of all files"),
            ),
            (
                _("Rows to set aside"),
                words.count(sum(f["count_rows_quarantined"] for f in files)),
                _("Not imported; each is listed below with its reason and what mends it"),
            ),
        ]
    )
    if taken := sum(file["count_rows_replaced"] for file in files):
        st.markdown(
            _("They take the place of {rows} of earlier files.").format(rows=words.counted(taken, "row", "rows"))
        )
    if creators["gone"]:
        gone = words.counted(len(creators["gone"]), "creator", "creators")
        st.warning(_("{creators} would be gone.").format(creators=gone), icon=":material/person_remove:")
    if any(creators.values()):
        with st.expander(_("Which creators"), icon=":material/group:"):
            for kind in CHANGES:
                if ids := creators[kind]:
                    st.markdown(f"{kind.capitalize()}: {visible_literal(first_names(ids))}")


def first_names(ids: Sequence[str]) -> str:
    """The first ids as a sentence lists them, and how many more there are."""
    rest = len(ids) - FIRST_NAMES
    return words.listing(
        [
            *map(visible_text, ids[:FIRST_NAMES]),
            *([_("{rest} more").format(rest=words.count(rest))] if rest > 0 else []),
        ]
    )


def shown_name(path: str) -> str:
    """A file's own name, without the folder that it was unpacked into."""
    return visible_text(path.rsplit("/", 1)[-1])


def in_words(message: str, *, is_preview: bool) -> str:
    """A file's message as a sentence; that of a preview says what will be, for nothing is imported yet."""
    if is_preview:
        message = ROWS_IMPORTED.sub(r"\1 will be imported", message)
        message = ROWS_REPLACED.sub(r"\1 will be \2", message)
    said = on_this_page(f"{message[:1].upper()}{message[1:]}")
    return said if said.endswith(".") else f"{said}."


def creator_unused(file: Mapping[str, object]) -> str:
    """Why the creator that was chosen is not whose rows these are; empty where it is, or where nobody was chosen."""
    chosen, own = file.get("chosen_creator"), file["creators"]
    if not chosen or not own or chosen in own:
        return ""
    return _("The chosen creator {chosen} was not used: this file names its own ({names}).").format(
        chosen=chosen, names=first_names(own)
    )


def reader_in_words(reader: str) -> str:
    """What a file was recognised as."""
    return _(READERS.get(reader, reader.replace("_", " ").capitalize()))


def _file(file: Mapping[str, object], *, is_preview: bool) -> None:
    status, reader = file["status"], file["reader"]
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{literal(shown_name(file['path']))}**", width="content")
            said = WOULD_BE.get(status, status) if is_preview else status
            color, icon = BADGES[status]
            st.badge(_(said), color=color, icon=icon)
            if reader != UNKNOWN:
                recognised = _("Recognised as: {reader}").format(reader=literal(reader_in_words(reader)))
                st.caption(recognised, width="content")
        st.markdown(visible_literal(in_words(file["message"], is_preview=is_preview)))
        if unused := creator_unused(file):
            st.markdown(f":material/person_off: {visible_literal(unused)}")
        if status == "refused" and reader == UNKNOWN and file.get("is_packed"):
            st.caption(_("It is packed: to name its columns, unpack it (or save the sheet as CSV) and drop it alone."))
        if file["creators"] and status in BROUGHT:
            st.caption(
                visible_literal(
                    "; ".join([_("Creators: {names}").format(names=first_names(file["creators"])), *_covered(file)])
                )
            )


def _covered(file: Mapping[str, object]) -> list[str]:
    covered = list(file["coverage"].items())
    said = [
        _("{creator}: {share} of the audience listed").format(creator=creator, share=words.percent(share))
        for creator, share in covered[:3]
    ]
    return [
        *said,
        *([_("{count} more audiences").format(count=words.count(len(covered) - 3))] if len(covered) > 3 else []),
    ]


def problem_table(files: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Every problem of every file, one row each."""
    rows = [
        {"file": shown_name(file["path"]), **problem, "fix": on_this_page(problem["fix"])}
        for file in files
        for problem in file["problems"]
    ]
    kinds = dict.fromkeys(PROBLEM_COLUMNS, pl.String) | {"row": pl.Int64, "line": pl.Int64}
    return visible_table(pl.DataFrame(rows, schema=kinds, orient="row"))


def _problems(files: Sequence[Mapping[str, object]], state: PageState) -> None:
    """The rows set aside, with a file to take along, and how they are corrected."""
    problems = problem_table(files)
    if problems.is_empty():
        return
    st.subheader(_("Rows of these files that are set aside"), anchor=False)
    st.markdown(CORRECT, width=blocks.READING_WIDTH)
    st.dataframe(
        problems, hide_index=True, column_config=locale.labels(PROBLEM_COLUMNS), placeholder="",
        alt=_("Rows of these files that are set aside"),
    )  # fmt: skip
    blocks.download(
        _("These problems as CSV"),
        lambda: store_access.table_csv(problems, state.is_demo),
        "problems.csv",
        "problems_csv",
    )


def _superseded() -> None:
    """Which audiences the load made history of, and which of its own came too late to count."""
    pairs = store_access.answer("superseded_lately", top=MOST_SUPERSEDED)
    if pairs.is_empty():
        return
    late = pairs["is_of_newest_load"].sum()
    old = pairs.height - late
    said = []
    if old:
        gone = ngettext(
            "{count} audience loaded before no longer counts.", "{count} audiences loaded before no longer count.", old
        )
        said.append(gone.format(count=words.count(old)))
    if late:
        audiences = words.counted(late, "audience", "audiences")
        said.append(_("{audiences} of these files did not count: a newer one is there.").format(audiences=audiences))
    said.append(_("Of one source and type the newest date counts, without dates the latest load."))
    st.markdown(" ".join(said))
    with st.expander(_("Which audiences were superseded"), icon=":material/history:"):
        rows = visible_table(pairs.drop("is_of_newest_load", "source_id"))
        labels = {"as_of": _("Date"), "newer_as_of": _("Newer date"), "newer_file_name": _("Superseded by")}
        blocks.table(rows, _("Audiences that the newest load superseded, or that it brought too late"), labels)
