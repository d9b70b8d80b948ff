"""Where does each partnership stand, how did they end, and did our forecasts hold?"""

from pages.ui.layout import page_state
from pages.ui.partnership import overview
from pages.ui.review import record

state = page_state()
found = overview.all_partnerships()
overview.title(found)

overview.track(found, state)
overview.one_of_them(found, state)
record.record(found)
record.kept_word(state)
overview.saved_views()
