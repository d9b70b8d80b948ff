"""Show what was shared with the person who is signed in."""

from fit.locale import _
from pages.ui.blocks import heading
from pages.ui.layout import page_state

page_state()
because = _("Open the link of a presentation that somebody sent you; it stands here from then on.")
heading(_("Shared with me"), _("Nothing was shared with you yet"), because)
