"""Ask what a sheet kept by hand leaves open: what was understood, column by column, and only what is unclear as a
question; what holds for all rows is said once.

What is said of columns is remembered: the next file with the same header needs no words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl
import streamlit as st

from fit.locale import _, phrase
from fit.text import literal, visible_literal, visible_text, words
from pages.ui import column_labels
from pages.ui.store_access import Code, ColumnStatus, FileStatus
from pages.ui.your_data.answer_buttons import Answered, pressed
from pages.ui.your_data.report import MARKET, SHEET, has_form, market_problem, needs_answer, shown_name
from pages.ui.your_data.upload_process import Batch, FileEntry, FileOptions, SheetColumn

LEFT_OUT = "ignore"
NOT_SAID = ""
MOST_COLUMNS = 300  # columns that are listed; more is no sheet that somebody reads
PLATFORMS = ("instagram", "tiktok", "youtube", "facebook", "twitch", "x", "pinterest", "linkedin", "snapchat")
USUAL_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "PLN", "SEK", "DKK", "NOK", "CAD", "AUD", "BRL", "MXN", "INR", "JPY")
# Why a column is asked about or left out.
WHY = {
    "sales": phrase("Is this the number of sales, or what they were worth?"),
    "rate or count": phrase("Is this a rate, or how many engagements there were?"),
    "rate or fee": phrase("Is this a rate, or what the creator was paid?"),
    "twice": phrase("Another column looks like the same. Which one counts?"),
    "cells": phrase("The cells do not look like what the heading says."),
    "unsure": phrase("We are not certain from the heading."),
    "varies: followers": phrase(
        "The same creator has very different numbers. Are these followers, or what was gained?"
    ),
    "varies: home_country": phrase("The same creator has several, so it is not where the creator lives."),
    "currency": phrase("We do not know these currencies."),
    "whose currency": phrase("Is this the currency of all amounts?"),
    "by country": phrase("Are these shares of the audience in percent, or counts such as orders?"),
    "one country": phrase("Is this the share of the audience in this country, in percent?"),
    "marks by country": phrase("Are these shares of the audience, or marks with 1 for yes?"),
    "dates turned": phrase("The spreadsheet may have taken the day for the month in some of these dates."),
    "average": phrase("an average, not a result"),
    "rate": phrase("a rate; we count it ourselves"),
    "gained": phrase("what was gained, not how many there are"),
    "planned": phrase("planned, not measured"),
    "other_day": phrase("another day than the campaign's"),
    "taken": phrase("the day on which the numbers were taken, not the campaign's"),
    "about_others": phrase("age or gender, which we do not use"),
    "money_of_others": phrase("not what the creator was paid or brought"),
    "price of a kind": phrase("one of several prices, and one is kept: choose Asking price where you mean it"),
    "second": phrase("another column says it already"),
    "no share": phrase("no column says its share"),
    "no country": phrase("no column says which country"),
    "no heading": phrase("it has no heading"),
    "empty": phrase("empty"),
    "remarks": phrase("remarks, not a number of comments"),
    "yes or no": phrase("yes or no, not a number or a day"),
    "states": phrase("states of the USA, not countries"),
    "row number": phrase("numbers of rows, not of creators"),
    "unknown": phrase("not something we use"),
}


@dataclass
class Answers:
    """What the form says of one file: what its columns mean, by heading, and what holds for all rows."""

    meanings: dict[str, str] = field(default_factory=dict)
    campaign: str = ""
    market: str = ""
    platform: str = ""
    currency: str = ""
    days: tuple[date, ...] = ()
    is_open: bool = False  # a question has no answer yet


def ask(batch: Batch) -> Answered | None:
    """The sheets of a batch with what was understood; returns the batch with the answers when a button was pressed."""
    files = [_one_file(batch, file) for file in batch.document.get("files", ()) if is_asked(file)]
    return next((answered for answered in files if answered), None)


def _one_file(batch: Batch, file: FileEntry) -> Answered | None:
    """Questions, facts for all rows, and every column; returns the batch with them when a button is pressed."""
    name, upload = shown_name(file["path"]), file["upload"]
    assert upload is not None
    place = batch.document["files"].index(file) if file["is_packed"] else ""
    key = f"sheet_{upload}_{name}{place}"
    is_refused = file["status"] is FileStatus.REFUSED
    has_questions = needs_answer(file)
    if is_refused:
        box = st.container(border=True)
    else:
        box = st.expander(
            _("What we understood of {name}").format(name=visible_literal(name)), icon=":material/view_column:"
        )
    with box:
        if is_refused:
            title = _("A few questions about {name}") if has_questions else _("What are the columns of {name}?")
            st.subheader(title.format(name=visible_literal(name)), anchor=False)
        answers = Answers()
        columns = file.get("columns", [])
        for column in columns:
            if column["status"] == ColumnStatus.ASKED:
                _question(column, answers, key)
        _facts_of_all_rows(file, answers, key, batch)
        if columns:
            answers.meanings |= _all_columns(file, key, is_open=not has_questions)
        answered = pressed(batch, _("Preview with these answers"), key, disabled=answers.is_open)
        if problem := market_problem(answers.market):
            st.warning(literal(problem))
            return None
        if not answered:
            return None
        before = batch.named.get(upload, FileOptions())
        if not columns:
            return answered.about(upload, with_facts(answers, before))
        return answered.about(upload, options_of(answers, before, is_packed=file["is_packed"]))


def _question(column: SheetColumn, answers: Answers, key: str) -> None:
    """One column that can be read two ways."""
    heading = visible_text(column["heading"])
    sentence = _("{heading} ({examples})") if column["examples"] else "{heading}"
    examples = visible_text(", ".join(column["examples"]))
    choices, proposed = column["choices"], column.get("proposed")
    chosen = st.radio(
        visible_literal(sentence.format(heading=heading, examples=examples)), choices,
        choices.index(proposed) if proposed else None,
        format_func=meaning_label, key=f"{key}_ask_{column['heading']}", horizontal=True,
        captions=None, help=None,
    )  # fmt: skip
    why = _(WHY.get(column["why"], column["why"]))
    chosen_by_us = _("There are far fewer than clicks, so we chose the number.")
    st.caption(f"{why} {chosen_by_us}" if proposed else why)
    if chosen is None:
        answers.is_open = True
    else:
        answers.meanings[column["heading"]] = str(chosen)


def _facts_of_all_rows(file: FileEntry, answers: Answers, key: str, batch: Batch) -> None:
    """What the sheet lacks, said once for all rows; only what it lacks is asked."""
    if is_lacking(file):
        _facts_of_a_report(file, answers, key)
        return
    read = {column["meaning"] for column in file["columns"] if column["status"] == ColumnStatus.READ}
    has_results = bool(read & {"impressions", "reach", "engagements", "likes", "clicks", "conversions", "revenue"})
    money = [column for column in file["columns"] if column["meaning"] in ("cost", "asking_price", "revenue")]
    has_money = any(column["currencies"] or not column["currency"] for column in money)
    several = [part["values"] for part in file["message_parts"] if part["code"] == Code.PLATFORM_NEEDED]
    signed = next((column for column in file["columns"] if column["currencies"]), None)
    is_refused = file["status"] is FileStatus.REFUSED
    if several:
        answers.platform = _platform(several[0]["platforms"], key)
        answers.is_open = answers.is_open or not answers.platform
    if not (has_results or has_money):
        return
    st.markdown(_("For all rows that do not say it themselves:"))
    with st.grid(3, min_column_width=200) as grid:
        if has_results and "date" not in read:
            with grid.cell():
                answers.days = _days(key)
                answers.is_open = answers.is_open or (is_refused and not answers.days)
        if has_money and "currency" not in read:
            with grid.cell():
                answers.currency = (
                    _currency(signed["currency"], signed["currencies"], key) if signed else _any_currency(key)
                )
                answers.is_open = answers.is_open or (signed is not None and not answers.currency)
        if "platform" not in read and not several:
            with grid.cell():
                answers.platform = (
                    st.selectbox(
                        _("Platform"), PLATFORMS, None, format_func=words.platform, key=f"{key}_platform",
                        accept_new_options=True,
                    ) or NOT_SAID
                )  # fmt: skip
        if has_results and "campaign_id" not in read:
            with grid.cell():
                answers.campaign = st.text_input(_("Name of the campaign"), key=f"{key}_campaign").strip()
        if has_results and "market" not in read:
            with grid.cell():
                answers.market = st.text_input(
                    _(MARKET), batch.market, key=f"{key}_market", placeholder=_("DE or DE+AT")
                ).strip()


def _facts_of_a_report(file: FileEntry, answers: Answers, key: str) -> None:
    """What a report of a platform lacks: the days of its rows, or which of the currencies with its sign is meant."""
    values = {part["code"]: part["values"] for part in file["message_parts"]}
    if Code.PERIOD_NEEDED in values:
        answers.days = _days(key)
        answers.is_open = not answers.days
    if signed := values.get(Code.CURRENCY_NEEDED):
        answers.currency = _currency(signed["sign"], signed["currencies"], key)
        answers.is_open = answers.is_open or not answers.currency


def _platform(platforms: Sequence[str], key: str) -> str:
    """On which of their platforms the results were of rows that name several accounts; "" before a choice."""
    question = _("Some rows name several accounts. On which platform were the results?")
    return st.radio(
        question, platforms, None, format_func=words.platform, key=f"{key}_platform_of_results", horizontal=True
    ) or NOT_SAID  # fmt: skip


def _days(key: str) -> tuple[date, ...]:
    """The first and last day of all campaigns; empty before a choice."""
    chosen = st.date_input(_("When the campaigns ran"), [], key=f"{key}_days", format="YYYY-MM-DD")
    return tuple(chosen) if isinstance(chosen, tuple) else (chosen,)


def _any_currency(key: str) -> str:
    """The currency of all amounts, where no sign says anything."""
    return st.selectbox(_("Currency"), USUAL_CURRENCIES, None, key=f"{key}_currency") or NOT_SAID


def _currency(sign: str, currencies: Sequence[str], key: str) -> str:
    """The currency of all amounts, one of those that share their sign."""
    usual = [code for code in USUAL_CURRENCIES if code in currencies]
    could_be = [*usual, *(code for code in currencies if code not in usual)]
    label = _("Currency of {sign}").format(sign=literal(sign))
    return st.selectbox(label, could_be, None, key=f"{key}_currency") or NOT_SAID


def _all_columns(file: FileEntry, key: str, *, is_open: bool) -> dict[str, str]:
    """Every column with examples and what it is read as, to be changed; returns what was changed."""
    columns = [column for column in file["columns"][:MOST_COLUMNS] if column["status"] != ColumnStatus.ASKED]
    labels = {meaning: meaning_label(meaning) for meaning in column_labels.MEANINGS}
    rows = [
        {
            "column": visible_text(column["heading"]),
            "examples": visible_text(", ".join(column["examples"])),
            "read_as": _shown_meaning(column, labels),
            "why": _(WHY.get(column["why"], "")) if column["why"] else "",
        }
        for column in columns
    ]
    count = sum(column["status"] == ColumnStatus.READ for column in columns)
    sentence = _("{count} of {all} columns are read. Change what is wrong.")
    label = sentence.format(count=words.count(count), all=words.count(len(file["columns"])))
    box = st.container() if is_open else st.expander(label, icon=":material/view_column:")
    with box:
        if is_open:
            st.caption(label)
        edited = st.data_editor(
            pl.DataFrame(rows, schema=dict.fromkeys(("column", "examples", "read_as", "why"), pl.String)),
            hide_index=True, key=f"{key}_columns", disabled=["column", "examples", "why"],
            column_config={
                "column": st.column_config.TextColumn(_("Column of the file")),
                "examples": st.column_config.TextColumn(_("Examples")),
                "read_as": st.column_config.SelectboxColumn(_("Read as"), options=list(labels.values()), required=True),
                "why": st.column_config.TextColumn(_("Why not")),
            },
        )  # fmt: skip
    by_label = {label: meaning for meaning, label in labels.items()}
    after = list(edited["read_as"])
    return {
        column["heading"]: by_label[now]
        for column, row, now in zip(columns, rows, after, strict=True)
        if now != row["read_as"] and now in by_label
    }


def _shown_meaning(column: SheetColumn, labels: Mapping[str, str]) -> str:
    if column["status"] == ColumnStatus.LEFT_OUT:
        return labels[LEFT_OUT]
    return labels.get(column["meaning"]) or meaning_label(column["meaning"])


def meaning_label(meaning: str) -> str:
    """What a column is read as, in words."""
    return _(column_labels.SHEET[meaning]) if meaning in column_labels.SHEET else column_labels.label(meaning)


def options_of(answers: Answers, before: FileOptions, *, is_packed: bool = False) -> FileOptions:
    """The answers as options of one file; what an earlier answer said of other columns holds.

    is_packed: other sheets of the same file may be no sheets kept by hand.
    """
    said = {pair[0]: pair[1] for pair in before.get("map", [])} | answers.meanings
    options = FileOptions() if is_packed else FileOptions(kind=SHEET)
    if said:
        options["map"] = [[heading, meaning] for heading, meaning in said.items()]
    if answers.days:
        first, last = answers.days[0], answers.days[-1]
        options["date"] = f"{first.isoformat()}..{last.isoformat()}"
    facts = {
        name: getattr(answers, name) or before.get(name, "") for name in ("campaign", "currency", "platform", "market")
    }
    for name, value in facts.items():
        if value:
            options[name] = value  # type: ignore[literal-required]
    if "date" not in options and "date" in before:
        options["date"] = before["date"]
    return options


def with_facts(answers: Answers, before: FileOptions) -> FileOptions:
    """What was said of a report before, with the days of its rows and the currency of its amounts."""
    said: dict[str, str] = {"currency": answers.currency} if answers.currency else {}
    if answers.days:
        said["date"] = f"{answers.days[0].isoformat()}..{answers.days[-1].isoformat()}"
    return FileOptions(**(dict(before) | said))  # type: ignore[typeddict-item]


def is_lacking(file: FileEntry) -> bool:
    """Whether a report, which is no sheet kept by hand, only lacks the days of its rows or the currency of its sign."""
    codes = {part["code"] for part in file["message_parts"]}
    return not file.get("columns") and bool(codes & {Code.PERIOD_NEEDED, Code.CURRENCY_NEEDED})


def is_asked(file: FileEntry) -> bool:
    """Whether a file has a form of its own here."""
    is_whole = file["upload"] is not None and not file["is_packed"]
    return has_form(file) or (is_whole and is_lacking(file))


def asked_uploads(batch: Batch) -> Sequence[int]:
    """The uploads that have a form of their own here."""
    files = batch.document.get("files", ())
    return [file["upload"] for file in files if file["upload"] is not None and is_asked(file)]
