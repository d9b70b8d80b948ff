"""The store of decisions: drafts, charters, signatures and reviews in SQLite or Postgres.

Rows are only ever added; a stale save is refused with both texts.
"""

from data.decisions.decisions import Decisions, has_decisions, identity, open_decisions
from data.decisions.values import (
    ClosedReview,
    Conflict,
    DecisionsError,
    Outdated,
    SavedCharter,
    SavedDraft,
    SignOff,
    StageNote,
)
