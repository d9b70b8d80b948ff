"""Compare the sources of audiences: what each says of a creator, which one counts and why, what was superseded."""

from collections.abc import Sequence
from datetime import date
from math import ceil

import polars as pl
import streamlit as st

from fit.locale import _, phrase
from fit.text import visible_literal, visible_table, visible_text, words
from pages.ui import blocks, store_access
from pages.ui.creator_search import one_creator
from pages.ui.store_access import Row
from pages.ui.view_link import PageState, show_creator

ROWS_PER_PAGE = 50
MOST_SOURCES = 50
MOST_CARDS = 6  # sources side by side; of more nobody sees the differences
MOST_COUNTRIES = 12  # of the comparison; the rest is small
DAYS_OF_MONTH = 30.44
NOTHING_YET = phrase("no audience by country")


def age(as_of: date | None, today: date) -> str:
    """How old a measurement is, in the unit that people would use: "7 months old"."""
    if as_of is None:
        return _("no date stated")
    days = (today - as_of).days
    if days < 1:
        return _("of today") if days == 0 else _("dated ahead")
    if days < 14:
        return _("{days} old").format(days=words.counted(days, "day", "days"))
    if days < 61:
        return _("{weeks} old").format(weeks=words.counted(round(days / 7), "week", "weeks"))
    if days < 730:
        return _("{months} old").format(months=words.counted(round(days / DAYS_OF_MONTH), "month", "months"))
    return _("{years} old").format(years=words.counted(round(days / 365.25), "year", "years"))


def freshness(sources: pl.DataFrame, campaigns: Row, today: date) -> str:
    """How old audiences and campaigns are, in two sentences; sources: queries/source_freshness.sql, campaigns: the row
    of queries/campaign_period.sql."""
    sentences = []
    if sources.is_empty():
        sentences.append(_("No audience by country is loaded."))
    else:
        newest = max(sources["newest"].drop_nulls().to_list(), default=None)
        oldest = min(sources["oldest"].drop_nulls().to_list(), default=None)
        undated = sum(sources["count_undated"].to_list())
        if newest is None:
            sentences.append(_("No audience states its date."))
        elif age(newest, today) == age(oldest, today):
            sentences.append(_("The audience data is {age}.").format(age=age(newest, today)))
        else:
            ages = _("The newest audience data is {age}, the oldest {oldest}.")
            sentences.append(ages.format(age=age(newest, today), oldest=age(oldest, today)))
        if newest is not None and undated:
            audiences = words.counted(undated, "audience", "audiences")
            sentences.append(_("{audiences} without a date.").format(audiences=audiences))
    if campaigns["count_campaigns"]:
        first, last = campaigns["first_date"], campaigns["last_date"]
        period = _("Campaigns run from {first} to {last}; the newest is {age}.")
        sentences.append(period.format(first=words.day(first), last=words.day(last), age=age(last, today)))
    return " ".join(sentences)


def sources() -> None:
    """Every source of audiences with its dates, its coverage and how fresh it is."""
    st.header(_("Sources and how fresh they are"), anchor=False)
    audiences, today = store_access.answer("source_freshness", top=MOST_SOURCES), date.today()
    campaigns = store_access.answer_row("campaign_period")
    st.markdown(freshness(audiences, campaigns, today), width=blocks.READING_WIDTH)
    if audiences.is_empty():
        return
    labels = {"count_judged": _("Counts for"), "mean_coverage": _("Mean coverage")}
    order = [
        "source", "audience_type", "newest", "oldest", "count_audiences", "count_judged", "mean_coverage",
        "count_superseded", "count_undated",
    ]  # fmt: skip
    dated = audiences.with_columns(dates_in_words(audiences[name], today) for name in ("newest", "oldest"))
    blocks.table(visible_table(dated.select(order)), _("Sources of audiences"), labels)


def dates_in_words(days: pl.Series, today: date) -> pl.Series:
    """Days of measurements in words, each with how old it is."""
    texts = [f"{words.day(day)}, {age(day, today)}" if day else words.day(None) for day in days]
    return pl.Series(days.name, texts, dtype=pl.String)


def creators(state: PageState) -> None:
    """Creator by creator: the audience that counts and its age; then all sources of one creator side by side."""
    st.header(_("Audience data of each creator"), anchor=False)
    audiences = _overview()
    if audiences.is_empty():
        st.markdown(_("No creator has these letters in id or name. Try fewer letters."))
        return
    side_by_side(_chooser(state, audiences))


def _overview() -> pl.DataFrame:
    """One page of creators, those first whose audience is missing, undated or old."""
    count_creators = store_access.answer_row("generation")["count_creators"]
    letters, skip = "", 0
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if count_creators > ROWS_PER_PAGE:
            typed = st.text_input(_("Find a creator"), key="find_creator", placeholder=_("id or name"), width=280)
            letters = typed.strip()
            if not letters:
                pages = ceil(count_creators / ROWS_PER_PAGE)
                skip = ROWS_PER_PAGE * (st.pagination(pages, key="creators_page") - 1)
    audiences = store_access.answer("audience_overview", words=letters, top=ROWS_PER_PAGE, skip=skip)
    if audiences.height:
        is_there, dates = pl.col("source").is_not_null(), dates_in_words(audiences["as_of"], date.today())
        rows = audiences.select(
            "creator_id",
            pl.col("creator_name").fill_null(_("no profile yet")),
            pl.col("source").fill_null(_(NOTHING_YET)),
            "audience_type", pl.when(is_there).then(dates).alias("measured"), "coverage", "count_countries",
            "count_sources", "count_superseded",
        )  # fmt: skip
        labels = {"source": _("Source used"), "count_superseded": _("In the history")}
        st.caption(_("Those without an audience come first, then the undated, then the oldest."))
        blocks.table(visible_table(rows), _("Creators with the audience in use"), labels)
    return audiences


def _chooser(state: PageState, audiences: pl.DataFrame) -> str:
    """The creator that the link names, else the first with the most to compare."""
    most = audiences.sort("count_sources", "count_superseded", descending=True, maintain_order=True)["creator_id"][0]
    chosen = state.creator if state.creator and store_access.is_known(state.creator) else most
    one_creator(_("Sources side by side for"), "data_creator", chosen, show_creator, audiences["creator_id"].to_list())
    return chosen


def side_by_side(creator_id: str) -> None:
    """All sources of one creator: what each says, which one counts and why; and what was superseded."""
    audiences, today = store_access.answer("audience_sources", creator_id=creator_id), date.today()
    if audiences.is_empty():
        st.markdown(_("No audience by country is loaded for this creator: load an export or a table of it above."))
        return
    rows = audiences.filter("is_current").to_dicts()
    with st.grid(min(3, len(rows)), min_column_width=260, border=True) as grid:
        for row in rows[:MOST_CARDS]:
            with grid.cell():
                _card(row, rows, today)
    if len(rows) > MOST_CARDS:
        rest = words.count(len(rows) - MOST_CARDS)
        st.caption(_("{count} more sources are in the table of countries.").format(count=rest))
    if len(rows) > 1:
        _countries(creator_id)
    _history(creator_id, today)


def _card(row: Row, rows: Sequence[Row], today: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{visible_literal(row['source'])}**", width="content")
        if row["is_best"]:
            st.badge(_("used"), color="green", icon=":material/check:")
        else:
            st.badge(_("not used"), color="gray", icon=":material/remove:")
    total = _(", {count} counted").format(count=words.count(row["count_total"])) if row["count_total"] else ""
    kind = " ".join(filter(None, [row["platform"], _(row["audience_type"])])) + total
    day = dates_in_words(pl.Series([row["as_of"]]), today)[0]
    listed = words.counted(row["count_countries"], "country", "countries")
    st.markdown(visible_literal(_("{who}; measured: {day}").format(who=kind, day=day)))
    covered = _("{coverage} of the audience listed, in {listed}")
    st.markdown(visible_literal(covered.format(coverage=words.percent(row["coverage"]), listed=listed)))
    counts = _("Used because {why}.") if row["is_best"] else _("Not used because {why}.")
    st.markdown(visible_literal(counts.format(why=reason(row, rows))))
    origin = _("{file}, loaded {day}").format(file=row["file_name"], day=words.day(row["loaded_at"]))
    st.caption(visible_literal(origin))


def reason(row: Row, rows: Sequence[Row]) -> str:
    """Why a measurement counts, or which rule put it behind the one that does.

    row, rows: of queries/audience_sources.sql, current ones only. The rules are those of data/store/derive.sql, in
    their order: type of audience, date, coverage, name of the source.
    """
    best = next(source for source in rows if source["is_best"])
    if row is not best:
        return _first_difference(row, best)
    others = [source for source in rows if source is not best]
    if not others:
        return _("it is the only source")
    return words.listing(list(dict.fromkeys(_advantage(best, other) for other in others)))


def _first_difference(row: Row, best: Row) -> str:
    if row["audience_type"] != best["audience_type"]:
        return _("{kind} are read before {other}").format(kind=_(best["audience_type"]), other=_(row["audience_type"]))
    if row["as_of"] != best["as_of"]:
        newer = words.day(best["as_of"])
        if row["as_of"] is None:
            return _("no date is stated; the other is of {newer}").format(newer=newer)
        return _("it is older than {newer}").format(newer=newer)
    if row["coverage"] != best["coverage"]:
        sentence = _("it lists {coverage} of the audience, the other {other}")
        return sentence.format(coverage=words.percent(row["coverage"]), other=words.percent(best["coverage"]))
    return _("all else is equal; the first in the alphabet counts")


def _advantage(best: Row, other: Row) -> str:
    if best["audience_type"] != other["audience_type"]:
        return _first_difference(other, best)
    if best["as_of"] != other["as_of"]:
        return _("it is the newest") if other["as_of"] else _("it states its date")
    if best["coverage"] != other["coverage"]:
        return _("it lists the most of the audience")
    return _("all else is equal and it is the first in the alphabet")


def _countries(creator_id: str) -> None:
    rows = store_access.answer("audience_of_all_sources", creator_id=creator_id)
    wide = countries_beside(rows)
    sentence = _("Share of the whole audience, the {count} largest countries of any source")
    st.caption(sentence.format(count=min(MOST_COUNTRIES, wide.height)))
    column = st.column_config
    columns = {name: column.NumberColumn(visible_text(name), format="percent") for name in wide.columns[1:]}
    st.dataframe(
        wide, hide_index=True, column_config={"country": column.Column(_("Country"))} | columns, height="content",
        placeholder=_("not listed"), alt=_("Share of each country by source"),
    )  # fmt: skip


def countries_beside(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a country, one column a source, the one that counts first; rows: queries/audience_of_all_sources.sql."""
    names = pl.concat_str("source", "audience_type", "platform", separator=", ", ignore_nulls=True)
    parted = rows.with_columns(measured=names)
    columns = parted["measured"].unique(maintain_order=True).to_list()
    wide = parted.pivot("measured", index="country", values="audience_share", aggregate_function="first")
    largest = pl.max_horizontal(columns)
    first = wide.sort(largest, "country", descending=[True, False]).head(MOST_COUNTRIES).select("country", *columns)
    return first.with_columns(pl.col("country").map_elements(words.country, return_dtype=pl.String))


def _history(creator_id: str, today: date) -> None:
    old = store_access.answer("audience_history", creator_id=creator_id)
    if old.is_empty():
        return
    audiences = words.counted(old.height, "superseded audience", "superseded audiences")
    with st.expander(_("History: {audiences}").format(audiences=audiences), icon=":material/history:"):
        rows = old.select(
            "source", "audience_type", dates_in_words(old["as_of"], today), "file_name", "coverage", "count_countries",
            "superseded_by", dates_in_words(old["superseded_as_of"], today), "platform", "loaded_at",
            "superseded_loaded_at",
        )  # fmt: skip
        labels = {
            "as_of": _("Measured"),
            "superseded_as_of": _("Which was measured"),
            "superseded_loaded_at": _("And loaded at"),
        }
        blocks.table(visible_table(rows), _("Superseded audiences"), labels)
        st.caption(
            _("For each source and type we use the newest date; without dates, or on the same day, the latest load.")
        )
