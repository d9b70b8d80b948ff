"""Read what the store knows of the creator of an agreement: audience, role, frozen forecast."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fit.agreement.agreement import Agreement
from fit.agreement.frozen_forecast import FrozenForecast, freeze_forecast
from fit.ask import Ask
from fit.locale import _
from fit.shortlist import Candidate, display_name, forecast_caveat, shortlist


class UnknownCreator(LookupError):
    """The store has no creator of that id."""


@dataclass(frozen=True)
class CreatorContext:
    """One creator under an agreement's markets and goal.

    shares: of the whole audience by country code, 0 to 1; empty where none is loaded. frozen: the forecast of all
    deliverables together, None where no line can be drawn.
    """

    candidate: Candidate
    shares: Mapping[str, float]
    frozen: FrozenForecast | None
    generation: int
    is_demo: bool
    made_on: date

    @property
    def creator_name(self) -> str:
        """How the creator is called, on one line; not yet safe for markup."""
        return display_name(self.candidate)

    @property
    def caveat(self) -> str:
        """What must be known of the forecast: kinds that were never measured, and how it was corrected; "" if none."""
        return forecast_caveat(self.frozen) if self.frozen else ""

    @property
    def imprint(self) -> str:
        """Where the numbers come from, the same on every day."""
        text = _("Numbers from data version {number}")
        if self.is_demo:
            text = _("Numbers from data version {number} (sample data)")
        return text.format(number=self.generation)


def read_creator_context(
    ask: Ask, agreement: Agreement, made_on: date, candidate: Candidate | None = None
) -> CreatorContext:
    """Gather what the store knows. ask: answers a question of queries/ by name. Raises UnknownCreator.

    candidate: the creator under the brief of the agreement, where a shortlist has found it already.
    """
    if candidate is None:
        candidates = shortlist(ask, agreement.brief, top=1, creators=[agreement.creator]).candidates
        if not candidates:
            raise UnknownCreator(agreement.creator)
        (candidate,) = candidates
    audience = ask("audience_by_country", creator_id=agreement.creator)
    generation = ask("generation").row(0, named=True)
    return CreatorContext(
        candidate=candidate,
        shares=dict(audience.select("country", "audience_share").iter_rows()),
        frozen=freeze_forecast(ask, agreement),
        generation=generation["number"],
        is_demo=generation["is_demo"],
        made_on=made_on,
    )
