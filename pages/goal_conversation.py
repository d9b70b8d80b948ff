"""Ask both sides what success looks like, put the answers side by side, and lead the planning call."""

from fit.locale import _
from pages.ui.layout import page_state
from pages.ui.partnership import conversation
from pages.ui.partnership.toolbar import draft_or_stop, toolbar

state = page_state()
draft = draft_or_stop(state, _("Goal conversation"))
conversation.title(draft)
toolbar(draft)

chosen = conversation.chosen_view(state)
conversation.view(draft, chosen)
