"""Show what the store holds, from which files, which rows were skipped, and what was learned from all."""

import json
from datetime import datetime
from functools import partial

import polars as pl
import streamlit as st

from fit import locale
from fit.forecast import shown_currency
from fit.locale import _, phrase
from fit.model import PRIOR_CREATORS, own_figures
from fit.shortlist import bands_table, bands_verdict, data_verdict
from fit.text import literal, visible_table, words
from pages.ui import blocks, store_access
from pages.ui.view_link import PageState
from pages.ui.your_data import creator_names, sheet_form, tabs
from pages.ui.your_data.report import CORRECT, problems_shown, reader_in_words
from pages.ui.your_data.sheet_form import LEFT_OUT

MOST_PROBLEMS = 500  # rows on the page; the download has all of them
EVERY_PROBLEM = 10**9
BAND_COLUMNS = {
    "quantity": phrase("Quantity"),
    "published": phrase("Published"),
    "grade": phrase("Grade"),
    "own": phrase("Your average creator"),
    "speaks": phrase("Which source counts"),
    "events": phrase("Own events behind it"),
    "prior": phrase("Starts at"),
    "source": phrase("Source"),
}


def verdict() -> tuple[str, str]:
    """The page's first line."""
    loaded = store_access.answer("sources")["loaded_at"].to_list()
    return data_verdict(_facts(), max(loaded, default=None), datetime.now())


def _facts() -> store_access.Row:
    """What the generation holds; of the skipped rows only those of files that were not loaded again since."""
    counts = store_access.answer_row("quarantine_counts")
    return store_access.answer_row("generation") | {"count_quarantined": counts["count_open"]}


def holdings(state: PageState) -> None:
    """Four figures: creators, audiences, campaigns, skipped rows; for sample data also the way to own ones."""
    facts = _facts()
    with_audience, aside = facts["count_creators_with_audience"], facts["count_quarantined"]
    if state.is_demo:
        sentence = _("Nothing of your own is loaded yet: these are sample data. Your first upload replaces them.")
        tabs.to_the_form(sentence, _("Load your own files"))
    blocks.figures(
        [
            (_("Creators"), words.count(facts["count_creators"]), _("Named by any loaded file")),
            (_("With an audience"), words.count(with_audience), _("Creators whose audience by country is known")),
            (_("Campaigns"), words.count(facts["count_campaigns"]), _("Report lines of one campaign count once")),
            (_("Rows skipped"), words.count(aside), _("Not imported; each with reason and fix below")),
        ]
    )


def files(state: PageState) -> None:
    """Every file that gave facts: what it was recognised as, its rows, and the options it was loaded with."""
    st.header(_("Files"), anchor=False)
    sources = store_access.answer("sources")
    table = sources.select(
        "file_name",
        pl.col("reader").map_elements(reader_in_words, return_dtype=pl.String).alias("recognised_as"),
        "loaded_at", "count_rows_read", "count_rows_imported", "count_rows_quarantined",
        pl.col("options").map_elements(options_in_words, return_dtype=pl.String).alias("chosen_by_you"),
        "message",
    )  # fmt: skip
    labels = {"count_rows_quarantined": _("Rows skipped")}
    blocks.table(visible_table(table), _("Files that gave the facts, the latest first"), labels)
    csv = partial(store_access.table_csv, table, state.is_demo)
    blocks.download(_("List of files as CSV"), csv, "files.csv", "files_csv")


def options_in_words(options: str) -> str:
    """What a user said of a file when it was loaded; options: the JSON that the store has of it."""
    given = json.loads(options)
    read, left_out = _("{heading} read as {column}"), _("{heading} not used")
    named = [
        (left_out if target == LEFT_OUT else read).format(heading=own, column=sheet_form.meaning_label(target))
        for own, target in given["map"]
    ]
    who = creator_names.with_ids([given["creator"]], 1) if given["creator"] else ""
    parts = [f"{what} {said}" for what, said in (("creator", who), ("market", given["market"])) if said]
    return "; ".join([*parts, *named])


def quarantine(state: PageState) -> None:
    """Every skipped row: where it stands, what was found, why, and how to fix it."""
    st.header(_("Rows skipped"), anchor=False)
    problems = _with_state(store_access.answer("quarantine", top=MOST_PROBLEMS))
    if problems.is_empty():
        st.markdown(_("None: every row of every file was imported."))
        return
    counts = store_access.answer_row("quarantine_counts")
    rows, again = (words.counted(counts[name], "row", "rows") for name in ("count_open", "count_loaded_again"))
    sentences = [_("{rows} to correct.").format(rows=rows)]
    if counts["count_loaded_again"]:
        sentences.append(_("{rows} of files that were loaded again since.").format(rows=again))
    st.markdown(" ".join([*sentences, _(CORRECT)]), width=blocks.READING_WIDTH)
    problems_shown(problems, _("Rows skipped"))
    if problems.height == MOST_PROBLEMS:
        sentence = _("The first {most} problems are shown; the download has all.")
        st.caption(sentence.format(most=words.count(MOST_PROBLEMS)))

    def every_problem() -> str:
        problems = _with_state(store_access.answer("quarantine", top=EVERY_PROBLEM))
        return store_access.table_csv(problems, state.is_demo)

    blocks.download(_("Skipped rows as CSV"), every_problem, "set-aside.csv", "quarantine_csv")


def _with_state(problems: pl.DataFrame) -> pl.DataFrame:
    state = pl.when("is_loaded_again").then(pl.lit(_("file loaded again since"))).otherwise(pl.lit(_("to correct")))
    return visible_table(problems.select(pl.exclude("is_loaded_again"), state.alias("state")))


def learned() -> None:
    """What the judgement learned from all campaigns together, beside what others published."""
    if not _facts()["count_campaigns"]:
        sentence = _("No campaign results are loaded yet, so every creator is judged by published ranges alone.")
        tabs.to_the_form(sentence, _("Load campaign results"))
    st.header(_("What was learned from all creators"), anchor=False)
    _bands()
    box = blocks.closed_box(_("Numbers behind every index, role and payoff"), "query_stats", key="box_facts")
    if not box.open:
        return
    with box:
        facts = store_access.answer("field_facts")
        blocks.table(facts, _("Numbers that describe all creators"), {"name": _("Number")})
        prices = store_access.answer("market_prices")
        if prices.height:
            st.caption(_("Usual price: the median cost of an expected impression, per currency"))
            named = [shown_currency(name) or _("not named") for name in prices["currency"].to_list()]
            shown = prices.with_columns(pl.Series("currency", named))
            blocks.table(shown, _("Usual price per currency"), {"log_sd": _("Spread (log)")})


def _bands() -> None:
    figures = own_figures(store_access.field_facts(), store_access.answer("benchmark_levels"))
    prices = store_access.answer("market_prices")
    st.subheader(literal(bands_verdict(figures)), anchor=False)
    meaning = _(
        "Each rate starts from a published range that counts as {count} creators, so your own data soon "
        "outweighs it. Grade A: peer-reviewed; B: vendor data with a stated sample; C: a range without "
        "data. That a range holds 80 % of cases is our assumption."
    )
    st.caption(meaning.format(count=PRIOR_CREATORS))
    rows, labels = bands_table(figures, prices).select(list(BAND_COLUMNS)), locale.labels(BAND_COLUMNS)
    alt = _("Published ranges beside your own campaigns")
    st.dataframe(rows, hide_index=True, column_config=labels, alt=alt)
