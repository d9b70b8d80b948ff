"""What does the store say about the creator of an agreement, as far as both sides should know it before they sign?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from fit.agreement import Agreement
from fit.frozen import Frozen, freeze
from fit.locale import _
from fit.sentences import name
from fit.shortlist import Candidate, shortlist

Ask = Callable[..., pl.DataFrame]


class UnknownCreator(LookupError):
    """The store knows nobody of that id."""


@dataclass(frozen=True)
class Grounds:
    """One creator under an agreement's markets and goal.

    shares: of the whole audience by country code, 0 to 1; empty where none is loaded. frozen: the forecast of all
    deliverables together, None where no line can be drawn.
    """

    candidate: Candidate
    shares: Mapping[str, float]
    frozen: Frozen | None
    generation: int
    is_demo: bool
    made_on: date

    @property
    def creator_name(self) -> str:
        """How the creator is called, on one line; not yet safe for markup."""
        return name(self.candidate)

    @property
    def imprint(self) -> str:
        """Where the numbers come from, the same on every day."""
        said = _("Numbers from generation {number}")
        if self.is_demo:
            said = _("Numbers from generation {number} (demo: invented)")
        return said.format(number=self.generation)


def grounds(ask: Ask, agreement: Agreement, made_on: date) -> Grounds:
    """Gather what the store knows. ask: answers a question of queries/ by name. Raises UnknownCreator."""
    found = shortlist(ask, agreement.brief, top=1, creator_id=agreement.creator).candidates
    if not found:
        raise UnknownCreator(agreement.creator)
    audience = ask("audience_by_country", creator_id=agreement.creator)
    generation = ask("generation").row(0, named=True)
    return Grounds(
        candidate=found[0],
        shares=dict(audience.select("country", "audience_share").iter_rows()),
        frozen=freeze(ask, agreement),
        generation=generation["number"],
        is_demo=generation["is_demo"],
        made_on=made_on,
    )
