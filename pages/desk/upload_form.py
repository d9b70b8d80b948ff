"""How do files come in, and what became of each? The upload, its progress, and the report with every problem."""

import polars as pl
import streamlit as st

from fit import words
from fit.brief import BriefError, parse_markets
from pages.desk import answers, parts
from pages.desk.child_load import load_in_child
from pages.desk.frame import Desk

STATUS_BADGES = {
    "imported": "green", "partly imported": "primary", "refused": "red", "already imported": "gray",
    "passed over": "gray",
}  # fmt: skip
PROBLEM_COLUMNS = {
    "file": "File",
    "row": "Row",
    "line": "Line",
    "column": "Column",
    "value": "Value",
    "reason": "Reason",
    "fix": "What mends it",
}
TYPES = ["csv", "tsv", "txt", "parquet", "zip", "gz", "xlsx", "json"]


def upload(desk: Desk) -> None:
    """Drop files, say whose they are where the files do not, load."""
    st.header("Load files", anchor=False)
    if desk.is_demo:
        st.markdown("The first load replaces the invented field whole.")
    with st.form("upload", border=True):
        files = st.file_uploader(
            "creators, audience and campaigns as CSV or Parquet, a platform's own export, or a zip of them",
            type=TYPES,
            accept_multiple_files=True,
            key="files",
        )
        left, right = st.columns(2)
        creator = left.text_input(
            "Whose export is it? (creator id)",
            key="upload_creator",
            help="Needed for platform exports, which never name their account. Leave empty for plain tables.",
        )
        market = right.text_input(
            "Market of campaigns that name none",
            key="upload_market",
            placeholder="DE or DE+AT",
            help="Most ad reports do not say where they ran. Without it they count as market not stated.",
        )
        pressed = st.form_submit_button("Load files", type="primary", icon=":material/upload:")
    if pressed:
        _load(files, creator.strip(), market.strip())


def _options(creator: str, market: str) -> list[str]:
    """The command line's options. Raises BriefError for a market that is none."""
    if market:
        parse_markets(market.upper().split("+"), answers.country_codes())
    return [*([f"--creator={creator}"] if creator else []), *([f"--market={market.upper()}"] if market else [])]


def _load(files: list, creator: str, market: str) -> None:
    if not files:
        st.warning("No file was chosen. Drop one or more files above, then press Load files.")
        return
    try:
        options = _options(creator, market)
    except BriefError as error:
        st.warning(words.literal(error))
        return
    bar = st.progress(0.0, text="Reading")
    document = load_in_child(files, options, lambda step, part: bar.progress(min(1.0, part), text=words.literal(step)))
    st.session_state["load_report"] = document
    st.rerun()  # the frame above was drawn from the facts before this load


def report(desk: Desk) -> None:
    """What became of each file of the last upload of this session, and what to do next."""
    document = st.session_state.get("load_report")
    if not document:
        return
    st.header("What became of your files", anchor=False)
    if "failed" in document:
        st.error(words.literal(document["failed"]), title="Nothing was loaded", icon=":material/error:")
        return
    for file in document["files"]:
        _file(file)
    problems = _problems(document["files"])
    if problems.height:
        st.dataframe(
            problems,
            hide_index=True,
            column_config=PROBLEM_COLUMNS,
            placeholder="",
            alt="Rows of this load that were set aside",
        )
        parts.download(
            "These problems as CSV", lambda: answers.table_csv(problems, desk.is_demo), "problems.csv", "problems_csv"
        )
    if any(file["count_rows_imported"] for file in document["files"]):
        st.page_link(
            "pages/shortlist.py", label="See the shortlist judged on these files", icon=":material/arrow_forward:"
        )
    else:
        st.markdown("Nothing was changed. Mend what is listed, then load the files again.")


def _shown_name(path: str) -> str:
    return words.plain(path.replace("\\", "/").rsplit("/", 1)[-1])


def _file(file: dict) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{words.literal(_shown_name(file['path']))}**", width="content")
            st.badge(file["status"], color=STATUS_BADGES.get(file["status"], "gray"))
        st.markdown(words.literal(file["message"]))
        counts = (
            f"{words.count(file['count_rows_read'])} rows read, {words.count(file['count_rows_imported'])} imported, "
            f"{words.count(file['count_rows_quarantined'])} set aside"
        )
        covered = [f"{c}: {words.percent(s)} of the audience listed" for c, s in list(file["coverage"].items())[:5]]
        st.caption(words.literal("; ".join([counts, *covered])))


def _problems(files: list[dict]) -> pl.DataFrame:
    rows = [{"file": _shown_name(file["path"]), **problem} for file in files for problem in file["problems"]]
    kinds = {
        "file": pl.String,
        "row": pl.Int64,
        "line": pl.Int64,
        "column": pl.String,
        "value": pl.String,
        "reason": pl.String,
        "fix": pl.String,
    }
    return pl.DataFrame(rows, schema=kinds, orient="row")
