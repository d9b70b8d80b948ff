"""What do both sides promise, and how likely is each line?"""

from fit.locale import _
from pages.desk import agreement_form
from pages.desk.frame import on_the_desk
from pages.desk.paper_bar import bar, paper_or_stop

desk = on_the_desk()
paper = paper_or_stop(desk, _("Brief"))
agreement_form.title(paper)
bar(paper)

agreement_form.goals(paper, desk)
agreement_form.story(paper)
agreement_form.deliverables(paper)
agreement_form.lines(paper)
agreement_form.printed(paper)
