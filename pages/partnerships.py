"""Show where each partnership stands, how past ones ended, and how well forecasts held."""

from pages.ui.layout import page_state
from pages.ui.partnership import overview
from pages.ui.review import record

state = page_state()
partnerships = overview.all_partnerships()
overview.title(partnerships)

overview.track(partnerships, state)
overview.one_of_them(partnerships, state)
record.record(partnerships)
record.forecast_accuracy(state)
overview.saved_views()
