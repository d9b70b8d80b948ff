"""Rate how far both sides' goals overlap, check red lines, note trade-offs."""

from fit.locale import _
from pages.ui.layout import page_state
from pages.ui.partnership import alignment
from pages.ui.partnership.toolbar import draft_or_stop, toolbar

state = page_state()
paper = draft_or_stop(state, _("Goal alignment"))
found = alignment.found_in(paper)
alignment.title(found)
toolbar(paper)

alignment.matrix(paper, found, state)
alignment.shared(paper, found)
alignment.red_lines(paper, found)
alignment.trade_offs(paper, found)
