"""Edit the two-sided brief: goals, story, deliverables, and targets with their chance."""

from fit.agreement import brief_verdict
from fit.locale import _
from pages.ui.blocks import heading
from pages.ui.last_review import note_of_review
from pages.ui.layout import page_state
from pages.ui.partnership import brief
from pages.ui.partnership.toolbar import draft_or_stop, toolbar

state = page_state()
draft = draft_or_stop(state, _("Brief"))
heading(_("Brief"), *brief_verdict(draft.targets, draft.creator_name))
with toolbar(draft):
    note_of_review(draft.agreement.creator, draft.agreement.brief)
    brief.parties(draft)
    brief.goals(draft, state)
    brief.story(draft)
    brief.deliverables(draft)
    brief.what_it_may_cost(draft, state)
    brief.lines(draft)
    brief.printed(draft)
