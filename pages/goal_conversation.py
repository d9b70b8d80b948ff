"""What does success look like to each side, and where do the answers meet?"""

from fit.locale import _
from pages.ui.layout import page_state
from pages.ui.partnership import conversation
from pages.ui.partnership.toolbar import draft_or_stop, toolbar

state = page_state()
paper = draft_or_stop(state, _("Goal conversation"))
conversation.title(paper)
toolbar(paper)

chosen = conversation.chosen_view(state)
conversation.view(paper, chosen)
