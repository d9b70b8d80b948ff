"""Awareness or conversion: on what evidence, how sure, and what would change it?"""

from fit.locale import _
from fit.sentences import role_verdict
from pages.desk import role_parts
from pages.desk.expectation import expectation
from pages.desk.frame import on_the_desk
from pages.desk.paper_begin import to_the_brief
from pages.desk.parts import chosen_creator, creator_chooser, heading

desk = on_the_desk()
one = chosen_creator(desk)
heading(_("Recommended role"), *role_verdict(one, desk.brief), term="role")
creator_chooser(desk, one)

role_parts.role(one, desk)
expectation(one, desk)
role_parts.natural_role(one, desk)
to_the_brief(one)
