"""At which funnel stage is the creator strong, against comparable campaigns?"""

from fit.locale import _
from fit.shortlist import strength_verdict
from pages.ui.blocks import chosen_creator, creator_chooser, heading
from pages.ui.creator import blocks, index_evidence
from pages.ui.layout import page_state

state = page_state()
one = chosen_creator(state)
heading(_("Natural strength"), *strength_verdict(one), term="index")
creator_chooser(state, one)

found = index_evidence.followed(one)
blocks.strengths(one, found, state)
index_evidence.drawer(one, found)
blocks.funnel(one, state)
blocks.campaigns(one, state)
