"""The store of decisions: drafts, charters, signatures, counts, reviews and members in SQLite or Postgres.

Rows are only ever added; a stale save is refused with both texts. The sample data bring decisions of their own, in a
file beside their generation, which are shown as long as that generation counts.
"""

from data.decisions.activity import HEAD, ON_BEHALF_OF, Activity, Actor, Did, Through
from data.decisions.copying import copy_decisions, copy_file, open_copy, replace_decisions
from data.decisions.decisions import Decisions, titles_of
from data.decisions.erasing import (
    ErasedDecisions,
    SignedCharters,
    creators_of,
    erase_decisions,
    rewrite_file,
    signed_charters,
)
from data.decisions.opening import logs_of
from data.decisions.owners import Ownership
from data.decisions.persons import PersonsDecisions
from data.decisions.sample import has_decisions, identity, new_sample, open_decisions
from data.decisions.shares import MAX_REMARK, SavedShare, SavedVerdict, Verdict, newest_verdicts
from data.decisions.values import (
    TITLE,
    ClosedReview,
    Conflict,
    DecisionsError,
    Outdated,
    SavedCharter,
    SavedDraft,
    SavedMember,
    SignOff,
    StageNote,
)
