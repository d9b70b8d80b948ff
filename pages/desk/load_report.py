"""What became of each uploaded file, or what would become of it? Counts, every problem, and what to do next."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from fit import words
from pages.desk import answers, parts
from pages.desk.frame import Desk

# The form's fields, named here because messages of the command line point at them.
CREATOR = "Whose export is it? (creator id)"
MARKET = "Market of campaigns that name none"
MAPPING = "Columns that have other names (one FROM=TO per line)"
FIELD_OF = {"--creator": CREATOR, "--market": MARKET, "--map": MAPPING}
STATUS_BADGES = {
    "imported": "green", "partly imported": "primary", "refused": "red", "already imported": "gray",
    "passed over": "gray",
}  # fmt: skip
WOULD_BE = {"imported": "can be imported", "partly imported": "can be imported in part"}
PROBLEM_COLUMNS = {
    "file": "File",
    "row": "Row",
    "line": "Line",
    "column": "Column",
    "value": "Value",
    "reason": "Reason",
    "fix": "What mends it",
}
CHANGES = {"new": "New", "changed": "Changed", "gone": "Gone"}
FIRST_NAMES = 10  # ids named of a change; the rest is a number


def report(document: Mapping[str, object], desk: Desk) -> None:
    """The document of a load or of a preview (`load --json`), or why there is none ({"failed": why})."""
    is_preview = bool(document.get("preview"))
    st.header("What these files would change" if is_preview else "What became of your files", anchor=False)
    if "failed" in document:
        st.error(words.literal(document["failed"]), title="Nothing was loaded", icon=":material/error:")
        _fields_meant(document["failed"])
        return
    if is_preview:
        _changes(document["creators_by_change"])
    for file in document["files"]:
        _file(file, is_preview=is_preview)
    problems = problem_table(document["files"])
    if problems.height:
        st.dataframe(
            problems, hide_index=True, column_config=PROBLEM_COLUMNS, placeholder="",
            alt="Rows of these files that are set aside",
        )  # fmt: skip
        parts.download(
            "These problems as CSV", lambda: answers.table_csv(problems, desk.is_demo), "problems.csv", "problems_csv"
        )
    _fields_meant(" ".join([*[file["message"] for file in document["files"]], *problems["reason"], *problems["fix"]]))
    if ending := ending_words(document):
        st.markdown(words.literal(ending))


def has_news(document: Mapping[str, object]) -> bool:
    """Whether any row was imported, or would be."""
    return any(file["count_rows_imported"] for file in document.get("files", ()))


def ending_words(document: Mapping[str, object]) -> str:
    """What to do next where nothing came in; empty where something did."""
    statuses = {file["status"] for file in document["files"]}
    if document.get("preview"):
        nothing = "" if has_news(document) else " They hold nothing new."
        return f"This was a preview: nothing was changed.{nothing}"
    if has_news(document):
        return ""
    if "already imported" in statuses and statuses <= {"already imported", "passed over"}:
        return "These files were loaded before; nothing was changed."
    return "Nothing was changed. Mend what is listed, then load the files again."


def fields_meant(said: str) -> str:
    """Which field of the form stands for an option of the command line that a message names; empty for none."""
    named = [f'{option} is the field "{field}"' for option, field in FIELD_OF.items() if option in said]
    return f"In the form above, {words.listing(named)}." if named else ""


def _fields_meant(said: str) -> None:
    if meant := fields_meant(said):
        st.caption(words.literal(meant))


def _changes(creators: Mapping[str, list[str]]) -> None:
    """How many creators would be new, changed or gone; the first ids of each in an expander."""
    counts = [f"{words.counted(len(creators[kind]), 'creator')} {kind}" for kind in CHANGES]
    st.markdown(f"**{words.listing(counts)}**")
    if not any(creators.values()):
        return
    with st.expander("Which creators", icon=":material/group:"):
        for kind, label in CHANGES.items():
            if ids := creators[kind]:
                rest = len(ids) - FIRST_NAMES
                named = [*[words.plain(one) for one in ids[:FIRST_NAMES]], *([f"{rest:,} more"] if rest > 0 else [])]
                st.markdown(f"{label}: {words.literal(words.listing(named))}")


def shown_name(path: str) -> str:
    """A file's own name, without the folder that it was unpacked into."""
    return words.plain(path.replace("\\", "/").rsplit("/", 1)[-1])


def _file(file: Mapping[str, object], *, is_preview: bool) -> None:
    status = file["status"]
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{words.literal(shown_name(file['path']))}**", width="content")
            said = WOULD_BE.get(status, status) if is_preview else status
            st.badge(said, color=STATUS_BADGES.get(status, "gray"))
        st.markdown(words.literal(file["message"]))
        counts = (
            f"{words.counted(file['count_rows_read'], 'row')} read, {words.count(file['count_rows_imported'])} "
            f"{'good' if is_preview else 'imported'}, {words.count(file['count_rows_quarantined'])} set aside"
        )
        covered = [f"{c}: {words.percent(s)} of the audience listed" for c, s in list(file["coverage"].items())[:5]]
        st.caption(words.literal("; ".join([counts, *covered])))


def problem_table(files: list[dict]) -> pl.DataFrame:
    """Every problem of every file, one row each."""
    rows = [{"file": shown_name(file["path"]), **problem} for file in files for problem in file["problems"]]
    kinds = dict.fromkeys(PROBLEM_COLUMNS, pl.String) | {"row": pl.Int64, "line": pl.Int64}
    return pl.DataFrame(rows, schema=kinds, orient="row")
