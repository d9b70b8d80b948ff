"""Load files, and show what is loaded, from where, how fresh, which rows were refused, and how it is judged."""

from fit.locale import _
from pages.ui.blocks import heading
from pages.ui.layout import page_state
from pages.ui.learn import health
from pages.ui.your_data import audience_sources, overview, tabs, templates, upload

state = page_state()
heading(_("Your data"), *overview.verdict())
health.worst_line()
load, loaded, judged = tabs.three_tabs(state)

if load:
    with load:
        upload.upload(state)
        upload.report(state)
        upload.undo()
        templates.downloads()

if loaded.open:
    with loaded:
        overview.holdings(state)
        overview.quarantine(state)
        overview.files(state)
        audience_sources.sources()
        audience_sources.creators(state)

if judged.open:
    with judged:
        overview.learned()
