"""Show at which funnel stage a creator is strong, against comparable campaigns."""

from fit.locale import _
from fit.shortlist import strength_verdict
from pages.ui.blocks import chosen_creator, creator_chooser, heading, onward
from pages.ui.creator import blocks, index_evidence
from pages.ui.creator.funnel import funnel
from pages.ui.layout import page_state

state = page_state()
creator = chosen_creator(state)
heading(_("Strength"), *strength_verdict(creator), term="index")
creator_chooser(state, creator)
blocks.profile(creator, state)

explained_by_stage = index_evidence.explained_indices(creator)
blocks.strengths(creator, explained_by_stage, state)
funnel(creator, explained_by_stage)
blocks.campaigns(creator)
index_evidence.drawer(creator, explained_by_stage)
onward("recommended_role", _("Role and price"))
