"""Check, save and sign the charter of a partnership."""

from fit.locale import _
from pages.ui.layout import page_state
from pages.ui.partnership import charter
from pages.ui.partnership.toolbar import draft_or_stop, toolbar
from pages.ui.running import campaign

state = page_state()
draft = draft_or_stop(state, _("Charter"))
charter.save_if_asked(draft)
status = charter.title(draft)
with toolbar(draft):
    campaign.campaign(draft, state)
    charter.mend(draft, status)
    charter.charter(draft, status)
    charter.after(draft, status)
    charter.terms(draft)
