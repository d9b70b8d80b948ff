"""Show who did what, and when, on this server."""

from pages.ui.layout import page_state
from pages.ui.team import activity

page_state()
activity.title()
activity.listed()
