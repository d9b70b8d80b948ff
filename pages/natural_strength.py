"""At which funnel stage is the creator strong, against comparable campaigns?"""

from fit.locale import _
from fit.sentences import strength_verdict
from pages.desk import creator_parts, evidence
from pages.desk.frame import on_the_desk
from pages.desk.parts import chosen_creator, creator_chooser, heading

desk = on_the_desk()
one = chosen_creator(desk)
heading(_("Natural strength"), *strength_verdict(one), term="index")
creator_chooser(desk, one)

found = evidence.followed(one)
creator_parts.strengths(one, found, desk)
evidence.drawer(one, found)
creator_parts.funnel(one, desk)
creator_parts.campaigns(one, desk)
