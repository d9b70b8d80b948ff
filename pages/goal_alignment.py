"""Rate how far both sides' goals overlap, check red lines, note trade-offs."""

from fit.agreement import align
from fit.locale import _
from pages.ui.layout import page_state
from pages.ui.partnership import alignment
from pages.ui.partnership.answers import take_needs
from pages.ui.partnership.toolbar import draft_or_stop, toolbar

state = page_state()
draft = draft_or_stop(state, _("Alignment"))
overlap = align(draft.agreement)
alignment.title(overlap)
with toolbar(draft):
    take_needs(draft)
    alignment.matrix(draft, overlap, state)
    alignment.shared(draft, overlap)
    alignment.red_lines(draft, overlap)
    alignment.trade_offs(draft, overlap)
