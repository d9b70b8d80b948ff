"""Map the columns of a file that no reader knows: its columns with samples, and one choice for each column of ours.

What is chosen here is remembered: the next file with the same columns needs no words.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from fit.locale import _
from fit.text import literal, visible_literal, visible_table, visible_text, words
from pages.ui import blocks, column_labels, store_access
from pages.ui.store_access import FileStatus
from pages.ui.your_data.report import CREATOR, MARKET, market_problem, shown_name
from pages.ui.your_data.upload_process import Batch, FileColumns, FileOptions, OurColumn

NOT_HERE = -1  # the choice for a column of ours that the file does not have; indices count from 0
MOST_COLUMNS = 300  # columns of a file that are listed; more is no table that somebody reads
LONGEST_HEADING = 40


class UnclearMapping(Exception):
    """A choice that cannot be used; the message says what was found and what to choose."""


def name_columns(batch: Batch) -> Batch | None:
    """The files whose columns can be named; returns the batch with the names when a file's button was pressed."""
    named = None
    for listing in batch.listings:
        with _box(batch, listing):
            options = _one_file(batch, listing)
        if options is not None:
            named = replace(batch, named={**batch.named, listing["upload"]: options})
    return named


def _box(batch: Batch, listing: FileColumns) -> DeltaGenerator:
    """An open box for a file that is refused as it stands; a closed one for a file that is understood already."""
    files = batch.document["files"]
    is_refused = any(file["upload"] == listing["upload"] and file["status"] is FileStatus.REFUSED for file in files)
    if is_refused:
        return st.container(border=True)
    label = _("Name the columns of {name} otherwise").format(name=visible_literal(shown_name(listing["path"])))
    return st.expander(label, icon=":material/view_column:")


def _one_file(batch: Batch, listing: FileColumns) -> FileOptions | None:
    """Everything to name one file's columns; returns its options when the button is pressed."""
    name = shown_name(listing["path"])
    st.subheader(_("Name the columns of {name}").format(name=visible_literal(name)), anchor=False)
    st.markdown(
        _("Choose once which column is which. We remember it for the next file with the same columns."),
        width=blocks.READING_WIDTH,
    )
    key = f"map_{listing['upload']}_{listing['signature'][:12]}"
    earlier = earlier_mapping(listing, batch.columns)
    if earlier:
        file, day = visible_literal(earlier["file_name"]), words.day(earlier["loaded_at"])
        st.caption(_("Filled in as it was said for {file}, {day}.").format(file=file, day=day))
    tables = list(batch.columns)
    first = tables.index(earlier["table"] if earlier else listing["table"])
    names = {table: _(column_labels.TABLES[table]) for table in tables}
    table = st.radio(_("What does it list?"), tables, first, key=f"{key}_table", format_func=names.__getitem__)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _columns_of_the_file(listing)
    with right:
        chosen = _choices(batch, listing, table, earlier["pairs"] if earlier else {}, f"{key}_{table}")
        constants = _constants(batch, chosen, table, f"{key}_{table}")
    _first_rows(listing, chosen, constants)
    return _button(batch, listing, table, chosen, constants, key)


def earlier_mapping(listing: FileColumns, columns: Mapping[str, Sequence[OurColumn]]) -> store_access.Row:
    """How a file with the same columns was last named by hand; empty when nobody ever did.

    columns: of each of our tables. Gives table, pairs (our column to the file's heading), file_name, loaded_at.
    """
    sources = store_access.answer("named_by_hand", signature=listing["signature"])
    if sources.is_empty():
        return {}
    row = sources.row(0, named=True)
    options = json.loads(row["options"])
    pairs = {target: heading for heading, target in options["map"]}
    forced = str(options.get("kind") or "").removeprefix("plain_")
    named = {table: sum(column["name"] in pairs for column in own) for table, own in columns.items()}
    return {
        "table": forced if forced in columns else max(named, key=named.__getitem__),
        "pairs": pairs,
        "file_name": row["file_name"],
        "loaded_at": row["loaded_at"],
    }


def _columns_of_the_file(listing: FileColumns) -> None:
    rows = [
        {"column": visible_text(heading) or _("(no heading)"), "values": ", ".join(values) or _("(blank throughout)")}
        for heading, values in zip(listing["header"][:MOST_COLUMNS], listing["values"], strict=False)
    ]
    labels, alt = (
        {"column": _("Column of the file"), "values": _("First values")},
        _("Columns of the file with first values"),
    )
    st.dataframe(pl.DataFrame(rows), hide_index=True, column_config=labels, alt=alt)
    if len(listing["header"]) > MOST_COLUMNS:
        count = words.count(len(listing["header"]))
        st.caption(_("The first {most} of {count} columns.").format(most=MOST_COLUMNS, count=count))


def likely_columns(listing: FileColumns, table: str, pairs: Mapping[str, str]) -> dict[str, int]:
    """Where each of our columns likely stands in the file: as it was named before, else as guessed."""
    header = listing["header"]
    named = {target: header.index(heading) for target, heading in pairs.items() if heading in header}
    guessed = listing["guessed"][table]
    exact = {column: index for column, index in listing["own"][table].items() if index not in guessed.values()}
    return {column: index for column, index in (exact | guessed).items() if index not in named.values()} | named


def _choices(batch: Batch, listing: FileColumns, table: str, pairs: Mapping[str, str], key: str) -> dict[str, int]:
    """One choice per column of ours: what is needed or found at once, the rest behind a fold."""
    columns = [column["name"] for column in batch.columns[table]]
    needed = {column["name"] for column in batch.columns[table] if column["needed"]}
    likely = likely_columns(listing, table, pairs)
    first = [name for name in columns if name in needed or name in likely]
    chosen = _grid(listing, first, needed, likely, key)
    rest = [name for name in columns if name not in first]
    if rest:
        more = words.counted(len(rest), "more column", "more columns")
        with st.expander(_("{columns} that the file may have").format(columns=more)):
            chosen |= _grid(listing, rest, needed, likely, key)
    return {name: index for name, index in chosen.items() if index != NOT_HERE}


def _grid(
    listing: FileColumns, names: Sequence[str], needed: set[str], likely: Mapping[str, int], key: str
) -> dict[str, int]:
    chosen = {}
    indices = [index for index, heading in enumerate(listing["header"][:MOST_COLUMNS]) if heading.strip()]
    headings = {NOT_HERE: _("not in this file")} | {index: _heading(listing["header"][index]) for index in indices}
    options = list(headings)
    with st.grid(2, min_column_width=220) as grid:
        for name in names:
            index, label = likely.get(name, NOT_HERE), column_labels.label(name)
            with grid.cell():
                chosen[name] = st.selectbox(
                    _("{column} (needed)").format(column=label) if name in needed else label, options,
                    options.index(index) if index in options else 0, format_func=headings.__getitem__,
                    key=f"{key}_{name}", help=column_labels.meaning(name),
                )  # fmt: skip
    return chosen


def _heading(text: str) -> str:
    heading = visible_text(text)
    return heading if len(heading) <= LONGEST_HEADING else f"{heading[: LONGEST_HEADING - 1]}…"


def _constants(batch: Batch, chosen: Mapping[str, int], table: str, key: str) -> dict[str, str]:
    """What holds for the whole file where no column says it: the creator and the market."""
    constants = {}
    if table != "creators" and "creator_id" not in chosen:
        whose = _("All rows are this creator's.")
        constants["creator_id"] = st.text_input(_(CREATOR), batch.creator, key=f"{key}_whose", help=whose)
    if table == "campaigns" and "market" not in chosen:
        constants["market"] = st.text_input(_(MARKET), batch.market, key=f"{key}_where", placeholder=_("DE or DE+AT"))
    return {name: text.strip() for name, text in constants.items() if text.strip()}


def _first_rows(listing: FileColumns, chosen: Mapping[str, int], constants: Mapping[str, str]) -> None:
    if not chosen:
        return
    texts = {column_labels.label(name): [text] * len(listing["rows"]) for name, text in constants.items()}
    cells = {column_labels.label(name): [row[index] for row in listing["rows"]] for name, index in chosen.items()}
    rows = visible_table(pl.DataFrame(texts | cells, schema=dict.fromkeys(texts | cells, pl.String)))
    st.caption(_("With these names the first rows read"))
    st.dataframe(rows, hide_index=True, placeholder="", alt=_("The first rows under the chosen names"))


def file_options(
    columns: Sequence[OurColumn],
    listing: FileColumns,
    table: str,
    chosen: Mapping[str, int],
    constants: Mapping[str, str],
) -> FileOptions:
    """What was chosen, as the options of one file. Raises UnclearMapping.

    columns: of the table. chosen: our column to its index in the file. constants: creator_id and market of all rows,
    where no column says them.
    """
    needed = {column["name"]: column_labels.label(column["name"]) for column in columns if column["needed"]}
    missing = [label for name, label in needed.items() if name not in chosen and name not in constants]
    if missing:
        raise UnclearMapping(_("Still needed: {columns}.").format(columns=words.listing(missing)))
    for index in chosen.values():
        same = [column_labels.label(name) for name, own in chosen.items() if own == index]
        if len(same) > 1:
            sentence = _("The column {heading} is chosen for {same}. Choose another for one of them.")
            heading = visible_text(listing["header"][index])
            raise UnclearMapping(sentence.format(heading=heading, same=words.listing(same)))
    for name, index in listing["own"][table].items():
        if name not in chosen and index not in chosen.values():
            sentence = _("The column {heading} is read as {label} because of its name. Choose it, or rename it.")
            heading = visible_text(listing["header"][index])
            raise UnclearMapping(sentence.format(heading=heading, label=column_labels.label(name)))
    if problem := market_problem(constants.get("market", "")):
        raise UnclearMapping(problem)
    other = {name: index for name, index in chosen.items() if listing["own"][table].get(name) != index}
    pairs = [[listing["header"][index], name] for name, index in other.items()]
    options = FileOptions(kind=f"plain_{table}", map=pairs)
    if "creator_id" in constants:
        options["creator"] = constants["creator_id"]
    if "market" in constants:
        options["market"] = constants["market"]
    return options


def _button(
    batch: Batch, listing: FileColumns, table: str, chosen: dict[str, int], constants: dict[str, str], key: str
) -> FileOptions | None:
    options, problem = None, ""
    try:
        options = file_options(batch.columns[table], listing, table, chosen, constants)
    except UnclearMapping as error:
        problem = str(error)
    icon, is_off = ":material/preview:", bool(problem)
    is_pressed = st.button(_("Preview with these names"), type="primary", icon=icon, key=f"{key}_go", disabled=is_off)
    if problem:
        st.caption(literal(problem))
    return options if is_pressed else None
