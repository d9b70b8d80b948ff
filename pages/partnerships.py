"""Show where each partnership stands, how past ones ended, and how well forecasts held."""

from pages.ui.layout import page_state
from pages.ui.partnership import archive, overview
from pages.ui.review import record
from pages.ui.running import campaign

state = page_state()
partnerships = overview.all_partnerships()
shown = archive.not_archived(partnerships)
overview.title(shown)

campaign.running_list(shown)
overview.track(shown, state)
overview.one_of_them(shown, state)
archive.archived_list()
record.record(partnerships)
record.forecast_accuracy(state)
overview.saved_views()
