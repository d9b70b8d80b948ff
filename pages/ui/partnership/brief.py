"""Edit the two-sided brief: goals, story, deliverables, lines; show it as each side reads it, and as a file."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from fit import locale
from fit.agreement import (
    MOST_DAYS,
    Deliverable,
    Side,
    brand_document,
    creator_document,
    deliverable_words,
    example_words,
    suggested_reason,
    suggested_story,
)
from fit.brief import Goal
from fit.charter import date_problems
from fit.locale import _
from fit.metrics import MetricKind, Unit
from fit.model import kind_named
from fit.text import literal, plain, words
from pages.ui import blocks, store_access
from pages.ui.creator import price
from pages.ui.partnership import open_draft, preview
from pages.ui.partnership.clashes import clash_boxes
from pages.ui.partnership.fields import Cell, CellKind, bound_field, line_field, list_form, one_of, text_field
from pages.ui.partnership.metric_lines import lines_form, own_metric_form
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.partnership.start import read_file
from pages.ui.review.figure_field import figure_field
from pages.ui.view_link import PageState

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY", "BRL", "INR", "AED")
# As platforms are offered; another can be typed.
PLATFORMS = ("instagram", "tiktok", "youtube", "facebook", "twitch", "x", "pinterest", "linkedin", "snapchat")
READERS = {Side.BRAND: brand_document, Side.CREATOR: creator_document}


def parties(draft: OpenDraft) -> None:
    """Who works together: the brand, whom the creator asks, the creator and the platform."""
    st.subheader(_("Who works together"), anchor=False)
    with st.grid(4, min_column_width=200):
        line_field(draft, "brand_name", _("Brand"), placeholder=_("as it signs"))
        line_field(draft, "brand_contact", _("Whom the creator asks"), placeholder=_("name, e-mail or phone"))
        line_field(
            draft, "creator_name", _("Creator"), placeholder=plain(draft.creator_name),
            help=_("As the creator signs; empty: the name in your data"),
        )  # fmt: skip
        known = dict.fromkeys(filter(None, (*PLATFORMS, draft.agreement.platform)))
        st.selectbox(
            _("Platform"), list(known), index=None, format_func=words.platform, placeholder=_("not stated"),
            accept_new_options=True, **bound_field(draft, "platform"),
        )  # fmt: skip
    clash_boxes(draft, "brand_name", "brand_contact", "creator_name", "platform")


def goals(draft: OpenDraft, state: PageState) -> None:
    """The brand's goal and, apart from it, the partnership's."""
    _markets(draft, state)
    brand, together = st.columns(2)
    with brand:
        text_field(draft, "brand_goal", _("The brand's goal"), help=_("The business goal behind it; the brand's own"))
    with together:
        meaning = _("What is success if you two work together? This is what both sides align on.")
        text_field(draft, "partnership_goal", _("The partnership's goal"), help=meaning)


def _markets(draft: OpenDraft, state: PageState) -> None:
    """Whom the agreement is about; the brief of the shortlist can be taken over where it differs."""
    agreement, who = draft.agreement, draft.creator_name
    sentence = _("With {who}, for {goal} in {markets}")
    st.caption(literal(sentence.format(who=who, goal=agreement.goal, markets=agreement.brief.words)))
    if draft.context is None:
        unknown = _("There is no creator with the id {creator} in your data, so there is no forecast.")
        sentence = unknown.format(creator=literal(agreement.creator))
        blocks.next_step(sentence, "your_data", _("Load this creator's data"))
    if (state.brief.markets, state.brief.goal) != (agreement.markets, agreement.goal):
        label = _("Use the shortlist's brief: {goal} in {markets}")
        st.button(
            label.format(goal=state.brief.goal, markets=literal(state.brief.words)), key="take_brief", type="tertiary",
            icon=":material/sync:", on_click=open_draft.change_fields,
            kwargs={"markets": state.brief.markets, "goal": state.brief.goal},
        )  # fmt: skip


def story(draft: OpenDraft) -> None:
    """What the creator reads first: the story, the specific reason, and what the audience gets from it."""
    st.subheader(_("Story and reason: what the creator reads first"), anchor=False)
    reason = suggested_reason(draft.agreement, draft.context) if draft.context else None
    with st.grid(3, min_column_width=260):
        text_field(draft, "story", _("The story"), suggested=suggested_story(draft.agreement))
        text_field(
            draft, "audience_benefit", _("What the audience gets from it"),
            placeholder=_("They discover something that solves a problem of theirs"),
        )  # fmt: skip
        text_field(draft, "reason", _("Why this creator"), suggested=reason)
    if draft.agreement.reason is None and reason:
        st.caption(_("We prefilled the reason from the audience and its past results. Replace it with your own."))


def deliverables(draft: OpenDraft) -> None:
    """What is made, when, for how much, and how long a sale counts."""
    st.subheader(_("Deliverables and frame"), anchor=False)
    list_form(
        draft, "deliverables", Deliverable,
        [
            Cell("kind", _("Deliverable"), CellKind.CHOICE, deliverable_kinds(draft), width=4, is_needed=True,
                 takes_new=True),
            Cell("count", _("How many"), CellKind.COUNT, width=2, is_needed=True),
        ],
        add=_("Add a deliverable"),
    )  # fmt: skip
    if draft.context and draft.context.caveat:
        st.caption(literal(draft.context.caveat))
    with st.grid(5, min_column_width=140):
        figure_field(
            "field_cost", _("Fee, all together"), draft.agreement.cost, partial(_take_fee, draft.agreement.currency),
            Unit.AMOUNT, draft.agreement.currency, placeholder=_("not stated"),
        )  # fmt: skip
        known = [draft.agreement.currency, *store_access.currencies(), *CURRENCIES]
        st.selectbox(
            _("Currency"), list(dict.fromkeys(filter(None, known))), index=None, placeholder=_("not stated"),
            **bound_field(draft, "currency"),
        )  # fmt: skip
        for name, label in (("start", _("First day")), ("end", _("Last day"))):
            st.date_input(label, value=None, format="YYYY-MM-DD", **bound_field(draft, name))
        st.number_input(
            _("Attribution window (days)"), 0, MOST_DAYS, value=None, placeholder=_("not agreed"),
            **bound_field(draft, "attribution_window_days"),
        )  # fmt: skip
    if of_one := _asking_price_of_one(draft):
        st.caption(f":material/sell: {literal(of_one)}")
    clash_boxes(draft, "cost", "currency", "start", "end", "attribution_window_days")
    for problem in date_problems(draft.agreement):
        st.warning(literal(problem), icon=":material/event_busy:")


def _asking_price_of_one(draft: OpenDraft) -> str:
    """That the asking price, with which the fee begins, is for one piece, where more or another is agreed; else ""."""
    if draft.context is None or not draft.agreement.deliverables:
        return ""
    usual, profile = draft.context.candidate.deliverable, store_access.profile(draft.agreement.creator)
    agreed = tuple((kind_named(item.kind, [usual]), item.count) for item in draft.agreement.deliverables)
    if not profile["asking_price"] or agreed == ((usual, 1),):
        return ""
    sentence = _("The asking price of {amount} is for {one}; name a fee for {pieces}.")
    return sentence.format(
        amount=words.price(profile["asking_price"], profile["currency"]), one=deliverable_words(Deliverable(usual)),
        pieces=words.listing([deliverable_words(item) for item in draft.agreement.deliverables]),
    )  # fmt: skip


def what_it_may_cost(draft: OpenDraft, state: PageState) -> None:
    """What the outcome is worth to the brand, and the prices that follow from it; closed, for both may look on."""
    with st.expander(_("What may it cost? For the brand only"), icon=":material/visibility_off:"):
        st.caption(_("It never appears in the creator's copy, the charter or the answer sheet."))
        _worth_to_the_brand(draft)
        _prices(draft, state)


def _worth_to_the_brand(draft: OpenDraft) -> None:
    is_sales = draft.agreement.goal == Goal.CONVERSION
    with st.container(horizontal=True, vertical_alignment="bottom"):
        figure_field(
            *_bound_figure(
                draft, "order_margin" if is_sales else "per_thousand",
                _("Margin per purchase") if is_sales else _("Worth of 1,000 people"),
            ),
            Unit.AMOUNT, draft.agreement.currency, is_above_zero=True, width=220, placeholder=_("not stated"),
            help=_("What one purchase leaves you after costs") if is_sales else _("What reaching them is worth to you"),
        )  # fmt: skip
        figure_field(
            *_bound_figure(draft, "commission", _("Commission, in percent")),
            Unit.RATE, is_above_zero=True, width=220, placeholder=_("not stated"),
            help=_("Part of the order value; shows a deal beside the flat fee"),
        )  # fmt: skip
    clash_boxes(draft, "order_margin", "per_thousand", "commission")


def _prices(draft: OpenDraft, state: PageState) -> None:
    found = draft.price
    if found is None:
        return
    if found.price is None:
        st.info(literal(found.refusal), icon=":material/info:")
        return
    price.prices(found.price, dark=state.dark)
    if found.price.deal is None:
        st.caption(literal(found.no_deal or ""))
        return
    st.markdown("**" + _("A deal of base fee and commission") + "**")
    price.deal(found.price.deal, found.price.currency)
    if found.is_example:
        st.caption(example_words())


def _take_fee(currency: str | None, amount: float | None, code: str) -> None:
    """Save the fee; a currency that was typed beside it counts where none was chosen."""
    open_draft.change_fields(cost=amount, currency=currency or code or None)


def _bound_figure(
    draft: OpenDraft, name: str, label: str
) -> tuple[str, str, float | None, Callable[[float | None, str], None]]:
    """Key, label, value and how it is saved of a number of the agreement."""

    def write(number: float | None, _code: str) -> None:
        open_draft.change_fields(**{name: number})

    return f"field_{name}", label, getattr(draft.agreement, name), write


def deliverable_kinds(draft: OpenDraft) -> tuple[str, ...]:
    """Kinds of content that the creator's platform has, that the store knows or that this agreement names."""
    named = [deliverable.kind for deliverable in draft.agreement.deliverables]
    platform = draft.agreement.platform or (draft.context.candidate.platform if draft.context else None)
    return tuple(dict.fromkeys([*store_access.deliverable_kinds(platform), *named]))


def lines(draft: OpenDraft) -> None:
    """Two columns: what the creator controls, and what the brand expects of it; leading indicators below."""
    st.subheader(_("What success is measured by"), anchor=False)
    sentence = _("{count} metrics in all; a charter takes 3 to 5 (a rule of thumb)")
    st.caption(sentence.format(count=locale.decimal(len(draft.agreement.metrics))))
    creator, brand = st.columns(2, gap="medium")
    with creator:
        st.markdown("**" + _("Creator target metrics") + "**")
        st.caption(_("Output: what the creator delivers; a line that platform and luck decide says so"))
        lines_form(draft, Side.CREATOR, is_leading=False)
    with brand:
        st.markdown("**" + _("Brand success metrics") + "**")
        st.caption(_("Outcome: what these deliverables are expected to bring"))
        lines_form(draft, Side.BRAND, is_leading=False)
    _leading(draft)
    own_metric_form(draft)


def _leading(draft: OpenDraft) -> None:
    """Leading indicators; without any, a closed box that offers them."""
    if any(target.kind is MetricKind.LEADING for target in draft.targets):
        st.markdown("**" + _("Leading indicators") + "**")
        place = st.container()
    else:
        place = st.expander(_("Leading indicators (optional)"), icon=":material/bolt:")
    with place:
        st.caption(_("Early signs that the creator can influence, such as thoughtful replies in the first 48 hours"))
        lines_form(draft, Side.CREATOR, is_leading=True)


def printed(draft: OpenDraft) -> None:
    """The brief as the brand and as the creator read it, as files and, opened, on screen; the agreement as a file."""
    st.header(_("The brief as a document"), anchor=False)
    if draft.brief:
        names = {Side.CREATOR: _("the creator"), Side.BRAND: _("the brand")}
        reader = one_of(_("Version for"), names, names.__getitem__, key="brief_reader")
        with st.container(horizontal=True):
            stem = preview.file_name("brief", reader, draft.title)
            preview.document_buttons(_("Brief"), partial(READERS[reader], draft.brief), stem, "brief")
        box = blocks.closed_box(_("Read it here"), "article", key="box_brief")
        if box.open:
            with box:
                preview.show_document(READERS[reader](draft.brief))
    with st.expander(_("The agreement as a file"), icon=":material/code:"):
        st.caption(_("One file holds the whole partnership: keep it, send it, or start another partnership from it."))
        file_name = f"{preview.file_name(draft.title)}.toml"
        blocks.download(_("Agreement file"), draft.text, file_name, "agreement_toml")
        loaded = st.file_uploader(_("Load an agreement over this one"), type=["toml"], key="agreement_upload")
        if loaded:
            _preview(draft, read_file(loaded.getvalue()))


def _preview(draft: OpenDraft, text: str | None) -> None:
    """A loaded file counts at a press, and never by itself."""
    if text is None:
        return
    if text == draft.text:
        st.caption(_("This is what the partnership says now."))
        return
    other = open_draft.agreement_of(text).creator
    if other != draft.agreement.creator:
        sentence = _(
            "The file is about {other}, this partnership about {own}. Start a new partnership for another creator."
        )
        both = {"other": literal(other), "own": literal(draft.agreement.creator)}
        st.warning(sentence.format(**both), icon=":material/person_alert:")
    st.button(
        _("Use the loaded file (Undo restores this text)"), key="take_file", icon=":material/upload_file:",
        on_click=open_draft.take_version, args=(text,),
    )  # fmt: skip
