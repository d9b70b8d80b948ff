"""Say who may use this server, and in which role."""

from pages.ui.layout import page_state
from pages.ui.team import members

page_state()
members.title()
members.listed()
members.change()
