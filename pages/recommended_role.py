"""Awareness or conversion: on what evidence, how sure, and what would change it?"""

from fit.locale import _
from fit.shortlist import role_verdict
from pages.ui.blocks import chosen_creator, creator_chooser, heading
from pages.ui.creator import role
from pages.ui.creator.forecast import expectation
from pages.ui.layout import page_state
from pages.ui.partnership.start import to_the_brief

state = page_state()
one = chosen_creator(state)
heading(_("Recommended role"), *role_verdict(one, state.brief), term="role")
creator_chooser(state, one)

role.role(one, state)
expectation(one, state)
role.natural_role(one, state)
to_the_brief(one)
