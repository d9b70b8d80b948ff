"""Which column of a file is which, where no reader knows? Its columns with samples, and one choice per column of ours.

What is chosen here is remembered: the next file with the same columns needs no words.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
import streamlit as st

from fit.locale import _
from fit.text import literal, visible_literal, visible_table, visible_text, words
from pages.ui import blocks, column_labels, store_access
from pages.ui.store_access import FileStatus
from pages.ui.your_data.report import CREATOR, MARKET, shown_name
from pages.ui.your_data.upload_state import Batch

NOT_HERE = -1  # the choice for a column of ours that the file does not have; places count from 0
MOST_COLUMNS = 300  # columns of a file that are listed; more is no table that somebody reads
LONGEST_HEADING = 40


class Unclear(Exception):
    """A choice that cannot be meant; the message says what was found and what to choose."""


def name_columns(batch: Batch) -> Batch | None:
    """The files whose columns can be named; returns the batch with the names when a file's button was pressed."""
    named = None
    for look in batch.looks:
        with _place_for(batch, look):
            own = _one_file(batch, look)
        if own is not None:
            named = replace(batch, named=dict(batch.named) | {look["upload"]: own})
    return named


def _place_for(batch: Batch, look: Mapping[str, object]):
    """An open box for a file that is refused as it stands; a closed one for a file that is understood already."""
    files = batch.document["files"]
    is_refused = any(file["upload"] == look["upload"] and file["status"] is FileStatus.REFUSED for file in files)
    if is_refused:
        return st.container(border=True)
    return st.expander(
        _("Name the columns of {name} otherwise").format(name=visible_literal(shown_name(look["path"]))),
        icon=":material/view_column:",
    )


def _one_file(batch: Batch, look: Mapping[str, object]) -> dict[str, object] | None:
    """Everything to name one file's columns; what is said of it when the button is pressed."""
    name = shown_name(look["path"])
    st.subheader(_("Name the columns of {name}").format(name=visible_literal(name)), anchor=False)
    st.markdown(
        _("Say once which column is which. It is remembered: the next file with the same columns needs no words."),
        width=blocks.READING_WIDTH,
    )
    key = f"map_{look['upload']}_{look['signature'][:12]}"
    earlier = remembered(look, batch.ours)
    if earlier:
        st.caption(
            _("Filled in as it was said for {file}, {day}.").format(
                file=visible_literal(earlier["file_name"]), day=words.day(earlier["loaded_at"])
            )
        )
    first = earlier.get("table") or look["table"]
    tables = list(batch.ours)
    table = st.radio(
        _("What does it list?"),
        tables,
        tables.index(first),
        format_func=lambda table: _(column_labels.TABLES[table]),
        key=f"{key}_table",
    )
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _columns_of_the_file(look)
    with right:
        chosen = _choices(batch, look, table, earlier.get("pairs", {}), f"{key}_{table}")
        said = _said_of_all_rows(batch, chosen, table, f"{key}_{table}")
    _first_rows(look, chosen, said)
    return _button(batch, look, table, chosen, said, key)


def remembered(look: Mapping[str, object], ours: Mapping[str, Sequence[Mapping]]) -> dict[str, object]:
    """How a file with the same columns was last named by hand; empty when nobody ever did.

    ours: the columns of each table. Gives table, pairs (our column to the file's heading), file_name, loaded_at.
    """
    found = store_access.answer("named_by_hand", signature=look["signature"])
    if found.is_empty():
        return {}
    row = found.row(0, named=True)
    options = json.loads(row["options"])
    pairs = {target: heading for heading, target in options["map"]}
    forced = str(options.get("kind") or "").removeprefix("plain_")
    named = {table: sum(column["name"] in pairs for column in columns) for table, columns in ours.items()}
    return {
        "table": forced if forced in ours else max(named, key=named.get),
        "pairs": pairs,
        "file_name": row["file_name"],
        "loaded_at": row["loaded_at"],
    }


def _columns_of_the_file(look: Mapping[str, object]) -> None:
    """The file's own columns, each with a few of its values."""
    rows = [
        {"column": visible_text(heading) or _("(no heading)"), "values": ", ".join(values) or _("(blank throughout)")}
        for heading, values in zip(look["header"][:MOST_COLUMNS], look["values"], strict=False)
    ]
    labels = {"column": _("Column of the file"), "values": _("First values")}
    st.dataframe(
        pl.DataFrame(rows), hide_index=True, column_config=labels, alt=_("Columns of the file with first values")
    )
    if len(look["header"]) > MOST_COLUMNS:
        st.caption(
            _("The first {most} of {count} columns.").format(most=MOST_COLUMNS, count=words.count(len(look["header"])))
        )


def prefilled(look: Mapping[str, object], table: str, pairs: Mapping[str, str]) -> dict[str, int]:
    """Where each of our columns likely stands in the file: as it was said before, else as guessed."""
    header = list(look["header"])
    said = {target: header.index(heading) for target, heading in pairs.items() if heading in header}
    guessed = look["guessed"][table]
    own = {column: place for column, place in look["own"][table].items() if place not in guessed.values()}
    return {column: place for column, place in (own | guessed).items() if place not in said.values()} | said


def _choices(
    batch: Batch, look: Mapping[str, object], table: str, pairs: Mapping[str, str], key: str
) -> dict[str, int]:
    """One choice per column of ours: what is needed or found at once, the rest behind a fold."""
    columns = [column["name"] for column in batch.ours[table]]
    needed = {column["name"] for column in batch.ours[table] if column["needed"]}
    likely = prefilled(look, table, pairs)
    first = [name for name in columns if name in needed or name in likely]
    chosen = _grid(look, first, needed, likely, key)
    rest = [name for name in columns if name not in first]
    if rest:
        with st.expander(
            _("{columns} that the file may have").format(
                columns=words.counted(len(rest), "more column", "more columns")
            )
        ):
            chosen |= _grid(look, rest, needed, likely, key)
    return {name: place for name, place in chosen.items() if place != NOT_HERE}


def _grid(
    look: Mapping[str, object],
    names: Sequence[str],
    needed: set[str],
    likely: Mapping[str, int],
    key: str,
) -> dict[str, int]:
    found = {}
    with st.grid(2, min_column_width=220) as grid:
        for name in names:
            places = [place for place, heading in enumerate(look["header"][:MOST_COLUMNS]) if heading.strip()]
            options = [NOT_HERE, *places]
            place, label = likely.get(name, NOT_HERE), column_labels.label(name)
            with grid.cell():
                found[name] = st.selectbox(
                    _("{column} (needed)").format(column=label) if name in needed else label,
                    options,
                    options.index(place) if place in options else 0,
                    format_func=lambda place: _heading(look, place),
                    key=f"{key}_{name}",
                    help=column_labels.meaning(name),
                )
    return found


def _heading(look: Mapping[str, object], place: int) -> str:
    if place == NOT_HERE:
        return _("not in this file")
    heading = visible_text(look["header"][place])
    return heading if len(heading) <= LONGEST_HEADING else f"{heading[: LONGEST_HEADING - 1]}…"


def _said_of_all_rows(batch: Batch, chosen: Mapping[str, int], table: str, key: str) -> dict[str, str]:
    """What holds for the whole file where no column says it: the creator and the market."""
    said = {}
    if table != "creators" and "creator_id" not in chosen:
        said["creator_id"] = st.text_input(
            _(CREATOR), batch.creator, key=f"{key}_whose", help=_("All rows are this creator's.")
        )
    if table == "campaigns" and "market" not in chosen:
        said["market"] = st.text_input(_(MARKET), batch.market, key=f"{key}_where", placeholder=_("DE or DE+AT"))
    return {name: text.strip() for name, text in said.items() if text.strip()}


def _first_rows(look: Mapping[str, object], chosen: Mapping[str, int], said: Mapping[str, str]) -> None:
    """What the names give: the first rows under our columns."""
    if not chosen:
        return
    texts = {column_labels.label(name): [text] * len(look["rows"]) for name, text in said.items()}
    cells = {column_labels.label(name): [row[place] for row in look["rows"]] for name, place in chosen.items()}
    st.caption(_("With these names the first rows read"))
    st.dataframe(
        visible_table(pl.DataFrame(texts | cells, schema=dict.fromkeys(texts | cells, pl.String))),
        hide_index=True, placeholder="", alt=_("The first rows under the chosen names"),
    )  # fmt: skip


def said_of(
    ours: Sequence[Mapping[str, object]],
    look: Mapping[str, object],
    table: str,
    chosen: Mapping[str, int],
    said: Mapping[str, str],
) -> dict[str, object]:
    """What was chosen, as a batch says it of one file. Raises Unclear.

    ours: the columns of the table. chosen: our column to its place in the file. said: creator_id and market of all
    rows, where no column says them.
    """
    missing = [c["name"] for c in ours if c["needed"] and c["name"] not in chosen and c["name"] not in said]
    if missing:
        raise Unclear(
            _("Still needed: {columns}.").format(columns=words.listing([column_labels.label(name) for name in missing]))
        )
    for place in chosen.values():
        same = [column_labels.label(name) for name, own in chosen.items() if own == place]
        if len(same) > 1:
            heading = visible_text(look["header"][place])
            raise Unclear(
                _("The column {heading} is chosen for {same}. Choose another for one of them.").format(
                    heading=heading, same=words.listing(same)
                )
            )
    for name, place in look["own"][table].items():
        if name not in chosen and place not in chosen.values():
            heading, label = visible_text(look["header"][place]), column_labels.label(name)
            raise Unclear(
                _("The column {heading} is read as {label}, for it is called so. Choose it, or rename it.").format(
                    heading=heading, label=label
                )
            )
    if "market" in said and store_access.campaign_market(said["market"]) is None:
        raise Unclear(
            _("Market {market!r} is no country. Write a code such as DE, or several as DE+AT.").format(
                market=said["market"]
            )
        )
    other = {name: place for name, place in chosen.items() if look["own"][table].get(name) != place}
    chosen_of_all = {"creator": said.get("creator_id"), "market": said.get("market")}
    return {
        "kind": f"plain_{table}",
        "map": [[look["header"][place], name] for name, place in other.items()],
        **{name: text for name, text in chosen_of_all.items() if text},
    }


def _button(
    batch: Batch, look: Mapping[str, object], table: str, chosen: dict[str, int], said: dict[str, str], key: str
) -> dict[str, object] | None:
    """The way on, or what is still missing; what is said of the file once it is pressed."""
    try:
        own, unclear = said_of(batch.ours[table], look, table, chosen, said), ""
    except Unclear as found:
        own, unclear = None, str(found)
    is_pressed = st.button(
        _("Preview with these names"),
        type="primary",
        icon=":material/preview:",
        key=f"{key}_go",
        disabled=bool(unclear),
    )
    if unclear:
        st.caption(literal(unclear))
    return own if is_pressed else None
