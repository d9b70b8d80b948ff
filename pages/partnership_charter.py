"""Check, save and sign the charter of a partnership."""

from fit.locale import _
from pages.ui.layout import page_state
from pages.ui.partnership import charter
from pages.ui.partnership.toolbar import draft_or_stop, toolbar

state = page_state()
paper = draft_or_stop(state, _("Partnership charter"))
found = charter.title(paper)
toolbar(paper)

charter.mend(paper, found)
charter.charter(paper, found)
charter.after(paper, found)
charter.terms(paper)
