"""Look at a past campaign that the reader remembers: what would have been said before it, and its results."""

from datetime import date

import polars as pl
import streamlit as st

from fit.backtest import HIGH, LOW, Accuracy
from fit.locale import _
from fit.text import literal, plain, words
from pages.ui import blocks, store_access
from pages.ui.view_link import PageState, look_back_at

MOST_OFFERED = 1_000  # past campaigns, the newest


def remembered(accuracy: Accuracy, state: PageState) -> None:
    """Choose a past campaign; see the range that would have been said of every metric, and the result."""
    st.header(_("A past campaign you remember"), anchor=False)
    campaigns = _campaigns(accuracy)
    shown = state.campaign if state.campaign in campaigns else next(iter(campaigns))
    st.selectbox(
        _("Campaign"), list(campaigns), format_func=campaigns.__getitem__, width=640,
        **blocks.bound("form_campaign", shown, look_back_at),
    )  # fmt: skip
    rows = accuracy.walked.outcomes.with_columns(_key()).filter(pl.col("key") == shown)
    inside = rows.filter(pl.col("pit").is_between(LOW, HIGH)).height
    text = _("{inside} of {all} results fell inside the likely range that would have been said before {quarter}.")
    said = text.format(inside=words.count(inside), all=words.count(rows.height), quarter=rows["quarter"][0])
    st.markdown(literal(said), width=blocks.READING_WIDTH)
    head = [_("Metric"), _("Likely range said before"), _("Result"), _("Compared")]
    blocks.text_table(head, [_cells(row) for row in rows.iter_rows(named=True)], said)


def _key() -> pl.Expr:
    """What names a campaign in a link: its id, its creator and its day."""
    return pl.concat_str("campaign_id", "creator_id", pl.col("date").cast(pl.String), separator=" ").alias("key")


def _campaigns(accuracy: Accuracy) -> dict[str, str]:
    """Key to label of the walked campaigns, the newest first."""
    found = (
        accuracy.walked.outcomes.select(_key(), "campaign_id", "creator_id", "platform", "date")
        .unique("key", maintain_order=True)
        .sort("date", "key", descending=[True, False])
        .head(MOST_OFFERED)
    )
    names = store_access.names_of(found["creator_id"].unique().to_list())
    return {key: _label(names.get(creator, creator), campaign, platform, day)
            for key, campaign, creator, platform, day in found.iter_rows()}  # fmt: skip


def _label(name: str, campaign: str, platform: str | None, day: date) -> str:
    where = [words.platform(platform)] if platform else []
    return plain(" · ".join([name, campaign, *where, words.day(day)]))


def _cells(row: store_access.Row) -> list[str]:
    metric = row["metric"]
    low, high, actual = (words.measure(metric, row[name]) for name in ("p10", "p90", "actual"))
    compared = _("below") if row["pit"] < LOW else _("above") if row["pit"] > HIGH else _("inside")
    return [words.capitalized(words.metric(metric)), words.between(low, high), actual, compared]
