"""What do both sides sign?"""

from fit.locale import _
from pages.desk import charter_form
from pages.desk.frame import on_the_desk
from pages.desk.paper_bar import bar, paper_or_stop

desk = on_the_desk()
paper = paper_or_stop(desk, _("Partnership charter"))
found = charter_form.title(paper)
bar(paper)

charter_form.mend(paper, found)
charter_form.charter(paper, found)
charter_form.after(paper, found)
charter_form.terms(paper)
