"""What does the store hold, from which files, how fresh, and what was set aside?"""

from datetime import datetime

import streamlit as st

from fit import words
from fit.bands import PRIOR_EVENTS, own_figures
from pages.desk import answers, parts, sentences
from pages.desk.frame import Desk

MOST_PROBLEMS = 500  # rows on the page; the download has all of them
ALL = 10**9
BAND_COLUMNS = {
    "quantity": "Quantity",
    "published": "Published",
    "grade": "Grade",
    "own": "Your typical creator",
    "speaks": "Who is heard",
    "events": "Own events behind it",
    "prior": "Starts at",
    "source": "Source",
}
PROBLEM_COLUMNS = {
    "file_name": "File",
    "sheet_row": "Row",
    "physical_line": "Line",
    "column_name": "Column",
    "cell_value": "Value",
    "reason": "Reason",
    "fix": "What mends it",
}


def verdict() -> tuple[str, str]:
    """The page's first line."""
    newest = answers.answer("sources")["loaded_at"].max()
    return sentences.data_verdict(answers.answer("generation").row(0, named=True), newest, datetime.now())


def holdings() -> None:
    """Four figures: creators, audiences, campaigns, rows set aside."""
    facts = answers.answer("generation").row(0, named=True)
    st.header("What the store holds", anchor=False)
    parts.figures(
        [
            ("Creators", words.count(facts["count_creators"]), "Named by any loaded file"),
            (
                "With an audience",
                words.count(facts["count_creators_with_audience"]),
                "Creators whose audience by country is known",
            ),
            ("Campaigns", words.count(facts["count_campaigns"]), "Report lines of one campaign count once"),
            ("Rows set aside", words.count(facts["count_quarantined"]), "Not imported; each with reason and fix below"),
        ]
    )


def sources(desk: Desk) -> None:
    """Every file that gave facts, with its date and rows."""
    st.header("Files", anchor=False)
    files = answers.answer("sources").drop("source_id", "sha256", "options")
    parts.table(files, "Files that gave the facts, the latest first")
    parts.download("List of files as CSV", lambda: answers.table_csv(files, desk.is_demo), "files.csv", "files_csv")


def quarantine(desk: Desk) -> None:
    """Every row set aside: where it stands, what was found, why, and what mends it."""
    st.header("Rows set aside", anchor=False)
    problems = answers.answer("quarantine", top=MOST_PROBLEMS)
    if problems.is_empty():
        st.markdown("None: every row of every file was imported.")
        return
    st.dataframe(problems, hide_index=True, column_config=PROBLEM_COLUMNS, placeholder="", alt="Rows set aside")
    parts.download(
        "Rows set aside as CSV",
        lambda: answers.table_csv(answers.answer("quarantine", top=ALL), desk.is_demo),
        "set-aside.csv",
        "quarantine_csv",
    )


def learned() -> None:
    """What the judgement learned from all campaigns together, beside what others published."""
    st.header("What was learned from the whole field", anchor=False)
    _bands()
    with st.expander("Numbers behind every index, role and payoff", icon=":material/query_stats:"):
        parts.table(answers.answer("field_facts"), "Numbers that describe the whole field", {"name": "Number"})
        prices = answers.answer("market_prices")
        if prices.height:
            st.caption("Market price: the median cost of an expected impression, per currency")
            parts.table(prices, "Market price per currency", {"log_sd": "Spread (log)"})


def _bands() -> None:
    """Published starting bands with grade and source, and what the user's own data say instead."""
    own = own_figures(answers.field_facts(), answers.answer("benchmark_levels"))
    prices = answers.answer("market_prices")
    st.subheader(words.literal(sentences.bands_verdict(own)), anchor=False)
    st.caption(
        f"A published band is where a rate starts; it counts as {PRIOR_EVENTS} events, so your own data soon outweigh "
        "it. Grade A: peer-reviewed; B: vendor data with stated n; C: a range without data. That a band holds 80 % of "
        "cases is our assumption."
    )
    st.dataframe(
        sentences.bands_table(own, prices).select(list(BAND_COLUMNS)), hide_index=True, column_config=BAND_COLUMNS,
        alt="Published bands beside what the store's own campaigns say",
    )  # fmt: skip
