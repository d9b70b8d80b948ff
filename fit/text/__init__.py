"""Values as text: numbers and countries in words, escaped markup, documents as blocks.

`words` formats numbers, shares, dates and names; `literal`, `plain` and `visible_text` make text from files safe to
show; a `Document` is a title with blocks, which Markdown and PDF draw alike.
"""

from fit.text import words
from fit.text.document import (
    Document,
    Intervals,
    Mark,
    MarkedLine,
    Part,
    Place,
    Points,
    Signature,
    Signatures,
    Table,
    Text,
    Tick,
    Tone,
)
from fit.text.escape import chart_text, literal, plain, reads_leftwards, visible_literal, visible_table, visible_text
from fit.text.glossary import explained
from fit.text.markdown import as_markdown, read_markdown
from fit.text.words import counted, country, listing, percent, shortened
