"""How do files come in? The form, a preview of what they would change, and the load with its progress."""

import streamlit as st

from fit import words
from pages.desk import answers, load_report
from pages.desk.child_load import load_in_child
from pages.desk.frame import Desk
from pages.desk.load_report import CREATOR, MAPPING, MARKET

TYPES = ["csv", "tsv", "txt", "parquet", "zip", "gz", "xlsx", "json"]
MOST_NAMES = 20  # columns with other names; no export we know has more that matter


class UnclearForm(Exception):
    """A field of the form that cannot be meant; the message says what was found and what to write."""


def upload(desk: Desk) -> None:
    """Drop files, say whose they are where the files do not, look at what they would change, load."""
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
        options = _fields()
        with st.container(horizontal=True):
            is_load = st.form_submit_button("Load files", type="primary", icon=":material/upload:")
            is_preview = st.form_submit_button(
                "Preview", icon=":material/preview:", help="Read the files and say what would change; change nothing."
            )
    if is_load or is_preview:
        _bring(files, options, is_preview=is_preview)


def _fields() -> dict[str, str]:
    """The fields for what a file itself may not say, each as it was filled in."""
    left, right = st.columns(2)
    creator = left.text_input(
        CREATOR,
        key="upload_creator",
        help="Needed for platform exports, which never name their account. Leave empty for plain tables.",
    )
    market = right.text_input(
        MARKET,
        key="upload_market",
        placeholder="DE or DE+AT",
        help="Most ad reports do not say where they ran. Without it they count as market not stated.",
    )
    mapping = st.text_area(
        MAPPING,
        key="upload_map",
        placeholder="Total followers=followers",
        height=68,
        help="For a table of your own whose headings we do not know: its heading, =, and our name of the column.",
    )
    return {"creator": creator.strip(), "market": market.strip(), "mapping": mapping}


def child_options(creator: str, market: str, mapping: str) -> list[str]:
    """The command line's options for what the form says. Raises UnclearForm."""
    if market and answers.campaign_market(market) is None:
        raise UnclearForm(f"Market {market!r} is no country. Write a code such as DE, or several as DE+AT.")
    pairs = [line.strip() for line in mapping.splitlines() if line.strip()]
    unclear = next((pair for pair in pairs if not all(part.strip() for part in pair.partition("="))), None)
    if unclear:
        raise UnclearForm(f"The line {unclear!r} is not FROM=TO. Write for example Total followers=followers.")
    if len(pairs) > MOST_NAMES:
        raise UnclearForm(f"{len(pairs)} columns have other names; at most {MOST_NAMES} can be said. Leave some out.")
    return [
        *([f"--creator={creator}"] if creator else []),
        *([f"--market={market}"] if market else []),
        *[f"--map={pair}" for pair in pairs],
    ]


def _bring(files: list, fields: dict[str, str], *, is_preview: bool) -> None:
    """Load the files, or look at them first, and start the page over with the report."""
    if not files:
        st.warning("No file was chosen. Drop one or more files above, then press Load files or Preview.")
        return
    try:
        options = child_options(**fields)
    except UnclearForm as unclear:
        st.warning(words.literal(unclear))
        return
    bar = st.progress(0.0, text="Reading")
    given = [*options, "--preview"] if is_preview else options
    document = load_in_child(files, given, lambda step, part: bar.progress(min(1.0, part), text=words.literal(step)))
    st.session_state["load_report"] = document
    st.session_state["previewed"] = fields if is_preview and "failed" not in document else None
    st.rerun()  # the frame above was drawn from the facts before this load


def report(desk: Desk) -> None:
    """What became, or would become, of each file of the last upload of this session, and what to do next."""
    document = st.session_state.get("load_report")
    if not document:
        return
    load_report.report(document, desk)
    fields = st.session_state.get("previewed")
    if fields and load_report.has_news(document):
        if st.button("Load these files", type="primary", icon=":material/upload:"):
            _bring(st.session_state.get("files") or [], fields, is_preview=False)
    elif not fields and load_report.has_news(document):
        label = "See the shortlist judged on these files"
        st.page_link("pages/shortlist.py", label=label, icon=":material/arrow_forward:")
