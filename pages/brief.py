"""Edit the two-sided brief: goals, story, deliverables, and targets with their chance."""

from fit.locale import _
from pages.ui.layout import page_state
from pages.ui.partnership import brief
from pages.ui.partnership.toolbar import draft_or_stop, toolbar

state = page_state()
paper = draft_or_stop(state, _("Brief"))
brief.title(paper)
toolbar(paper)

brief.goals(paper, state)
brief.story(paper)
brief.deliverables(paper)
brief.lines(paper)
brief.printed(paper)
