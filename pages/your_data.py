"""Load files, and show what is loaded, from where, how fresh, and which rows were refused."""

from fit.locale import _
from pages.ui.blocks import heading
from pages.ui.layout import page_state
from pages.ui.your_data import audience_sources, overview, upload

state = page_state()
heading(_("Your data"), *overview.verdict())

upload.upload(state)
upload.report(state)
upload.undo()
overview.holdings()
audience_sources.sources()
audience_sources.creators(state)
overview.files(state)
overview.quarantine(state)
overview.learned()
