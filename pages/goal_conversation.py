"""What does success look like to each side, and where do the answers meet?"""

from fit.locale import _
from pages.desk import conversation_form
from pages.desk.frame import on_the_desk
from pages.desk.paper_bar import bar, paper_or_stop

desk = on_the_desk()
paper = paper_or_stop(desk, _("Goal conversation"))
conversation_form.title(paper)
bar(paper)

chosen = conversation_form.chosen_view(desk)
conversation_form.view(paper, chosen)
