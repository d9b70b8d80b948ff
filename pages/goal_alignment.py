"""Do both sides' goals overlap enough to start?"""

from fit.locale import _
from pages.desk import alignment_form
from pages.desk.frame import on_the_desk
from pages.desk.paper_bar import bar, paper_or_stop

desk = on_the_desk()
paper = paper_or_stop(desk, _("Goal alignment"))
found = alignment_form.found_in(paper)
alignment_form.title(found)
bar(paper)

alignment_form.matrix(paper, found, desk)
alignment_form.shared(paper, found)
alignment_form.red_lines(paper, found)
alignment_form.trade_offs(paper, found)
