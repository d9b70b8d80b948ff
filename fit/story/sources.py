"""Make what all sections of a story share: tables of text, and the line that names the sources of the numbers."""

from collections.abc import Mapping, Sequence

import polars as pl

from fit.forecast import CostBasis, correction_note
from fit.locale import _, phrase
from fit.shortlist import ExpectedLine, price_basis, price_cell
from fit.story.story import CreatorStory
from fit.text import words

HEADINGS = (
    phrase("Creator"), phrase("Rank"), phrase("Likely in the top 3"), phrase("In the market"), phrase("What to do"),
    phrase("Expected purchases"), phrase("People reached"), phrase("Cost per purchase"),
    phrase("Cost per 1,000 people reached"), phrase("Expected revenue"), phrase("Followers"),
    phrase("Main risk"), phrase("Purchases in all"), phrase("Purchases for the money"),
    phrase("People reached for the money"), phrase("Role"), phrase("Elsewhere"), phrase("Unknown"),
    phrase("Expected reach there"), phrase("Measured"), phrase("What would change this"), phrase("What could go wrong"),
    phrase("What would change the role"), phrase("Next step"), phrase("Profile"), phrase("Booking"),
    phrase("Price"),
)  # fmt: skip


def table_of(rows: Sequence[Mapping[str, str]]) -> pl.DataFrame:
    """Text cells below headings in the reader's language; the first column is the creator."""
    return pl.DataFrame([{_(heading): cell for heading, cell in row.items()} for row in rows])


def line_price(line: ExpectedLine) -> str:
    """The price of the line that is forecast, and where it comes from unless it is filled in or asked for."""
    asked = line.asked
    if asked.cost is None:
        return _("not known")
    if asked.cost == line.creator.cost and asked.cost_basis is not CostBasis.ASKED:
        return price_cell(line.creator)
    amount = words.price(asked.cost, asked.currency)
    if asked.cost_basis in (CostBasis.ASKED, CostBasis.ASKING_PRICE):
        return amount
    return _("{amount} ({basis})").format(amount=amount, basis=price_basis(line.creator))


def source_line(creators: Sequence[CreatorStory], what: str) -> str:
    """Where the numbers of a section come from: the sources with their dates, and n."""
    dates = sorted(creator.source["as_of"] for creator in creators if creator.source and creator.source["as_of"])
    n = sum(creator.sums["count_campaigns"] for creator in creators)
    span = words.listing(list(dict.fromkeys(words.day(day) for day in (*dates[:1], *dates[-1:]))), "to")
    measured = _("audiences measured {span}").format(span=span) if dates else _("audiences without a date")
    return _("Source: your {what}; {measured}; from {campaigns}").format(
        what=what, measured=measured, campaigns=words.counted(n, "campaign", "campaigns")
    )


def forecast_source_line(creators: Sequence[CreatorStory], what: str) -> str:
    """The same of a section with forecasts: also how they were corrected by past results; without a stop at the end."""
    note, source = correction_note(creators[0].expected.outlook.corrections), source_line(creators, what)
    return f"{source}. {note}" if note else source
