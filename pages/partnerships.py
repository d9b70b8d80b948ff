"""Where does each partnership stand, how did they end, and did our forecasts hold?"""

from pages.desk import partnership_record, partnerships_form
from pages.desk.frame import on_the_desk

desk = on_the_desk()
found = partnerships_form.all_partnerships()
partnerships_form.title(found)

partnerships_form.track(found, desk)
partnerships_form.one_of_them(found, desk)
partnership_record.record(found)
partnership_record.kept_word(desk)
partnerships_form.saved_views()
