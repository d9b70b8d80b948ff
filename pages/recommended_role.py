"""Awareness or conversion: on what evidence, how sure, and what would change it?"""

from pages.desk import creator_parts
from pages.desk.frame import on_the_desk
from pages.desk.parts import chosen_creator, creator_chooser, heading
from pages.desk.sentences import role_verdict

desk = on_the_desk()
one = chosen_creator(desk)
heading("Recommended role", *role_verdict(one, desk.brief))
creator_chooser(desk, one)

creator_parts.role(one, desk)
creator_parts.natural_role(one, desk)
