"""Ask both sides what success looks like, put the answers side by side, and lead the planning call."""

from fit.agreement import conversation_verdict
from fit.locale import _
from pages.ui.blocks import heading
from pages.ui.layout import page_state
from pages.ui.partnership import conversation
from pages.ui.partnership.toolbar import draft_or_stop, toolbar

state = page_state()
draft = draft_or_stop(state, _("Goals"))
heading(_("Goals"), *conversation_verdict(draft.agreement, draft.creator_name))
with toolbar(draft):
    conversation.conversation(draft, state)
