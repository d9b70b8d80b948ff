"""Draw the shortlist: sorted and paged in the store, intervals drawn in the row, ticks written into the link.

A wide window gets a table, a phone the same rows in two columns of two lines each.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st
from streamlit.elements.lib.column_types import ButtonColumnResult, ColumnConfig

from fit.brief import Goal
from fit.charts import colours, interval_picture
from fit.documents import photo_address
from fit.locale import _, phrase
from fit.model import Confidence
from fit.shortlist import (
    GROUP_LABELS,
    ROLE_LABELS,
    Candidate,
    Shortlist,
    display_name,
    needed_to_settle,
    outcome_cost,
    outcome_short,
    price_basis,
    too_expensive,
)
from fit.text import plain, words
from pages.ui import blocks, store_access
from pages.ui.shortlist.controls import CHOSEN_COLUMNS, Shown, outcome_label, sort_by
from pages.ui.shortlist.ticks import note_list, show_ticks, take_ticks
from pages.ui.view_link import PageState, show_creator

Row = Mapping[str, Any]  # what one creator says in each column
Column = ColumnConfig | ButtonColumnResult

STAGES = {"engage": phrase("Engage"), "click": phrase("Click"), "convert": phrase("Buy")}
# What a click on the head of a column orders the list by.
SORT_OF = {"group": "group", "expected": "expected", "each": "cost_per_outcome", "cost": "cost", "rank": "per_1000"}
SORT_OF |= {"in_market_share": "in_market_share", "reach": "in_market_reach", "followers": "followers"}
SORT_OF |= {name: stage for stage in STAGES for name in (stage, f"{stage}_index")}
MOST_SHARES = 4  # markets that have a column each
ROOM = 1168  # pixels of a table beside the menu on a screen of 1,440
TICK, LETTER, MARGIN = 36, 6.7, 18  # pixels of the box to tick, of a letter, of what surrounds the text of a cell
PHOTO = 44  # pixels of its column
HEIGHT, ROW, HEAD = 564, 35, 38  # pixels: a table of 15 rows, a row, and what is above and around them
NARROW_HEIGHT, NARROW_ROW = 640, 66  # pixels; only rows above 64 break lines
STAGE_HELP = phrase(
    "Compared with similar creators (100, the thin line). Dot and number: the index; bar: likely "
    "range (8 times in 10). The scale runs from 25 to 400 and doubles with every step. Hollow: no "
    "data yet."
)
CREATOR_PAGE = "recommended_role"
HEADS = "heads_clicked"  # key of the session: how often a head has ordered the list
_NO_BREAK = "\N{NO-BREAK SPACE}"


def open_clicked() -> None:
    """Go to the page of the creator whose name was clicked."""
    if st.session_state.pop("open_page", None):
        blocks.turn_to(CREATOR_PAGE)


def table(state: PageState, creators: Shortlist, shown: Shown, next_times: Mapping[str, str]) -> None:
    """One row a creator; ticks go into the link, a name opens the creator's page, a head orders the whole list."""
    ids = tuple(creator.creator_id for creator in creators.candidates)
    note_list(ids)
    place = f"{shown.page}_{st.session_state.get(HEADS, 0)}"  # another page starts at its top, and no head stays marked
    wide = f"wide_{place}"
    with st.container(key="list_wide"):
        photos = store_access.photos(ids)
        rows = [
            {"photo": photo_address(photos.get(creator.creator_id))}
            | _row(creator, state, next_times.get(creator.creator_id))
            | (_further_row(creator, state) if shown.columns else {})
            for creator in creators.candidates
        ]
        columns = _columns(state, ids, rows, shown)
        st.dataframe(
            pl.DataFrame(rows, infer_schema_length=None).select(list(columns)).to_arrow(),
            key=show_ticks(wide, ids, state.ticked),
            hide_index=True,
            height=min(HEIGHT, ROW * len(rows) + HEAD),
            column_config=columns,
            on_select=lambda: _chosen(wide, ids, state.ticked),
            selection_mode=["multi-row", "single-column"],
            placeholder=_("not known"),
            alt=_(
                "Shortlist: one row per creator with what to do, expected outcome, price, shares, strengths and role"
            ),
        )
    with st.container(key="list_narrow"):
        _narrow(state, creators.candidates, f"narrow_{place}", next_times)


def _what_to_do(creator: Candidate, next_time: str | None) -> str:
    """The second line of a phone's row; where a review was closed, that is said instead of the role."""
    beside = _("see last review") if next_time else _(ROLE_LABELS[creator.role.label])
    return f"{_(GROUP_LABELS[creator.group])} · {beside}"


def _narrow(state: PageState, creators: Sequence[Candidate], key: str, next_times: Mapping[str, str]) -> None:
    """The list of a phone: who and what to do, what to expect and what one costs."""
    ids = tuple(creator.creator_id for creator in creators)
    rows = [
        {
            "who": _in_lines(display_name(creator), _what_to_do(creator, next_times.get(creator.creator_id))),
            "brings": _in_lines(outcome_short(creator.expected), outcome_cost(creator.expected, creator.currency))
            or None,
            "open": ":material/chevron_right:",
        }
        for creator in creators
    ]
    column = st.column_config
    st.dataframe(
        pl.DataFrame(rows).to_arrow(),
        key=show_ticks(key, ids, state.ticked),
        hide_index=True,
        row_height=NARROW_ROW,
        height=min(NARROW_HEIGHT, NARROW_ROW * len(rows) + HEAD),
        column_config={
            "who": column.TextColumn(_("Creator"), width=160, pinned=False),
            "brings": column.TextColumn(outcome_label(state.brief.goal), width=124),
            "open": column.ButtonColumn(
                "", width=40, type="tertiary", key="open_narrow", on_click=_open, args=("open_narrow", ids)
            ),
        },
        on_select=lambda: _chosen(key, ids, state.ticked),
        selection_mode="multi-row",
        placeholder=_("not known"),
        alt=_("Shortlist: one row per creator with what to do, expected outcome and what one costs"),
    )


def _chosen(key: str, ids: tuple[str, ...], before: tuple[str, ...]) -> None:
    """Tick whom the reader ticked in one of the two tables, or order the list by the head that was clicked."""
    for head in take_ticks(key, ids, before):
        st.session_state[HEADS] = st.session_state.get(HEADS, 0) + 1
        if sort := SORT_OF.get(head) or ("in_market_share" if head.startswith("share_") else None):
            sort_by(sort)


def _open(key: str, ids: tuple[str, ...]) -> None:
    show_creator(ids[st.session_state[key]["row"]])
    st.session_state["open_page"] = True


def _row(creator: Candidate, state: PageState, next_time: str | None) -> dict[str, object]:
    expected = creator.expected
    return {
        "creator": display_name(creator),
        "group": [_(GROUP_LABELS[creator.group])],
        "expected": outcome_short(expected) or None,
        "each": _two_digits(expected.cost_per_outcome),
        "cost": None if creator.cost is None else words.paid(creator.cost),
        **{f"share_{code}": [_share_words(creator, code)] for code in _codes(state)},
        **{stage: _picture(creator, stage, state) for stage in STAGES},
        "role": _(ROLE_LABELS[creator.role.label]),
        "gaps": creator.gaps,
        "currency": creator.currency,
        "in_market_share": creator.in_market_share,
        "next_time": plain(next_time or ""),
    }


def _further_row(creator: Candidate, state: PageState) -> dict[str, object]:
    """What stands in the table by choice."""
    strengths = creator.stages
    measured = max(strength.count_campaigns for strength in strengths.values())
    sure = [] if creator.role.confidence == Confidence.NONE else [_(creator.role.confidence)]
    return {
        "top_3": creator.p_top_3,
        "tied": "=" if creator.too_close_to_next else "",
        "next": needed_to_settle(creator) if creator.too_close_to_next else "",
        "rank": creator.rank,
        "price": price_basis(creator),
        "unknown": creator.unknown_share or None,
        "reach": None if creator.reached_there is None else float(f"{round(creator.reached_there):.3g}"),
        "followers": creator.followers,
        "platform": creator.platform and words.platform(creator.platform),
        "confidence": ", ".join([*sure, words.counted(measured, "campaign", "campaigns")]),
        "because": plain(" ".join(part for part in (too_expensive(creator, state.brief), creator.because) if part)),
        "creator_id": creator.creator_id,
        **{f"{stage}_index": own.index if own.measured else None for stage, own in strengths.items()},
    }


def _picture(creator: Candidate, stage: str, state: PageState) -> str:
    own = creator.stages[stage]
    return interval_picture(own.index, own.low, own.high, measured=own.measured, dark=state.dark)


def _share_words(creator: Candidate, code: str) -> str:
    """The share of a market; "-" where the source lists nobody there, "?" where there is no source."""
    share = creator.shares.get(code)
    return "?" if share is None else "-" if share == 0 else words.percent(share)


def _two_digits(amount: float | None) -> float | None:
    """The cost of one outcome with the digits of words.unit_cost()."""
    return None if amount is None else float(f"{amount:.2g}")


def _codes(state: PageState) -> list[str]:
    """The markets that have a column each."""
    codes = [code for code, _weight in state.brief.markets]
    return codes if len(codes) <= MOST_SHARES else []


def _columns(state: PageState, ids: tuple[str, ...], rows: Sequence[Row], shown: Shown) -> dict[str, Column]:
    """The columns of the table in their order: what decides first, then what the reader chose."""
    name = min(206, _as_wide_as([_("Creator")], [row["creator"] for row in rows]))
    first = {**_first_columns(state, rows), **_share_columns(state, rows), **_last_columns()}
    photo: dict[str, Column] = {"photo": _photo()} if any(row["photo"] for row in rows) else {}
    if any(row["next_time"] for row in rows):
        first["next_time"] = _further_columns(state)["next_time"]
    for spare in ("role", "convert" if state.brief.goal == Goal.AWARENESS else "engage"):  # what decides least
        if TICK + PHOTO * len(photo) + name + sum(_pixels(column) for column in first.values()) > ROOM:
            del first[spare]
    chosen = {key: column for key, column in _further_columns(state).items() if key in shown.columns}
    for key, column in (first | chosen).items():
        if SORT_OF.get(key) == shown.sort and shown.sort != "group":
            column["label"] = f"{column['label']} {'↓' if shown.descending else '↑'}"
    return {**photo, "creator": _names(ids, name), **first, **chosen}


def _pixels(column: ColumnConfig) -> int:
    width = column["width"]
    return width if isinstance(width, int) else 0


def _photo() -> ColumnConfig:
    return st.column_config.ImageColumn("", width=PHOTO, pinned=True)


def _names(ids: tuple[str, ...], width: int) -> Column:
    return st.column_config.ButtonColumn(
        _("Creator"), width=width, type="tertiary", alignment="left", pinned=True, key="open_creator", on_click=_open,
        args=("open_creator", ids), help=_("Click a name to open its page."),
    )  # fmt: skip


def _first_columns(state: PageState, rows: Sequence[Row]) -> dict[str, ColumnConfig]:
    column, is_sales = st.column_config, state.brief.goal == Goal.CONVERSION
    each = _("{currency} each") if is_sales else _("{currency} per 1,000")
    as_wide = _as_wide_as([str(row["expected"] or "") for row in rows], [])
    return {
        "group": column.MultiselectColumn(
            _("Do"), width=80, options=[_(label) for label in GROUP_LABELS.values()],
            color=[blocks.GROUP_BADGES[group] for group in GROUP_LABELS],
            help=_("Book: proven for this goal. Test first: not proven yet. Other role: proven for the other goal. "
                   "Skip: not for this market."),
        ),
        "expected": column.TextColumn(
            outcome_label(state.brief.goal), width=min(190, max(88, as_wide)), alignment="right",
            help=_("What one standard deliverable is expected to bring in your markets; likely range in brackets."),
        ),
        "each": column.NumberColumn(
            words.capitalized(each.format(currency=_currency(rows)).strip()),
            width=74 if is_sales else 98, format="localized",
            help=_("Price divided by what is expected: of a purchase, or of 1,000 people reached."),
        ),
        "cost": column.NumberColumn(
            _("Price"), width=62, format="localized", help=_("For one standard deliverable.")
        ),
    }  # fmt: skip


def _currency(rows: Sequence[Row]) -> str:
    """The one currency of all prices; empty where there are several."""
    currencies = {row["currency"] for row in rows if row["currency"]}
    return currencies.pop() if len(currencies) == 1 else ""


def _share_columns(state: PageState, rows: Sequence[Row]) -> dict[str, ColumnConfig]:
    """A column a market, gaps in red; of many markets one column with all of them together."""
    codes, column, own = _codes(state), st.column_config, colours(state.dark)
    if not codes:
        return {"in_market_share": _further_columns(state)["in_market_share"]}
    columns = {}
    for code in codes:
        texts = list(dict.fromkeys(text for row in rows for text in row[f"share_{code}"]))
        gaps = {text for row in rows if code in row["gaps"] for text in row[f"share_{code}"]}
        columns[f"share_{code}"] = column.MultiselectColumn(
            words.country(code), width=_as_wide_as([words.country(code)], texts),
            options=texts,
            color=["red" if text in gaps else f"{own.paper}00" for text in texts],
            help=_("Share of the audience in {market}; - if the source does not list it. Red: fewer than 1 in 20 "
                   "live there, even counting the unknown part.").format(market=words.country(code)),
        )  # fmt: skip
    return columns


def _last_columns() -> dict[str, ColumnConfig]:
    column = st.column_config
    pictures = {
        stage: column.ImageColumn(_(label), width=76, help=_(STAGE_HELP), alignment="left")
        for stage, label in STAGES.items()
    }
    return pictures | {"role": _role()}


def _role() -> ColumnConfig:
    return st.column_config.TextColumn(_("Role"), width=86, help=_("What the creator's past campaigns are strong in."))


def _further_columns(state: PageState) -> dict[str, ColumnConfig]:
    """The columns that stand in the table by choice, under the names of the chooser."""
    column, label = st.column_config, {name: _(text) for name, text in CHOSEN_COLUMNS.items()}
    indices = {
        f"{stage}_index": column.NumberColumn(label[f"{stage}_index"], width=110, format="%.0f") for stage in STAGES
    }
    return {
        "role": _role(),
        "in_market_share": column.ProgressColumn(
            label["in_market_share"], width=96, format="percent", min_value=0, max_value=1,
            color=colours(state.dark).in_market, help=_("Listed audience in all your markets together."),
        ),
        "top_3": column.NumberColumn(label["top_3"], width=68, format="percent", help=_("How likely in the top 3.")),
        "tied": column.TextColumn(
            label["tied"], width=56, help=_("= nearly tied with the next (under 70 % sure).")
        ),
        "next": column.TextColumn(
            label["next"], width=190, help=_("More clicks or purchases of each that would tell the two apart.")
        ),
        "rank": column.NumberColumn(label["rank"], width=60, help=_("Position by expected outcome for the money, "
                                                                    "among all creators.")),
        "price": column.TextColumn(
            label["price"], width=150, help=_("Usual price: what similar creators were paid.")
        ),
        "unknown": column.NumberColumn(
            label["unknown"], width=84, format="percent", help=_("Audience that the source does not list.")
        ),
        "reach": column.NumberColumn(
            label["reach"], width=120, format="localized", help=_("People one standard deliverable reaches there.")
        ),
        "followers": column.NumberColumn(label["followers"], width=92, format="localized"),
        "platform": column.TextColumn(label["platform"], width=92),
        "confidence": column.TextColumn(
            label["confidence"], width=160, help=_("How sure the role is, and from how many campaigns.")
        ),
        "next_time": column.TextColumn(
            label["next_time"], width=88, help=_("What the last closed review of a campaign with this creator says.")
        ),
        "because": column.TextColumn(label["because"], width="large"),
        "creator_id": column.TextColumn(label["creator_id"], width=110),
        **indices,
    }  # fmt: skip


def _as_wide_as(plain_texts: Sequence[str], framed: Sequence[str]) -> int:
    """Pixels of the longest text; a frame, of a badge or a button, has a margin of its own."""
    widths = [LETTER * len(text) + MARGIN for text in plain_texts] + [
        LETTER * len(text) + 2 * MARGIN for text in framed
    ]
    return round(max(widths))


def _in_lines(first: str, then: str) -> str:
    """Two parts of a cell that breaks lines; the second stays whole where it can."""
    return f"{first} {then.replace(' ', _NO_BREAK)}".strip()
