"""Make, open and take back links to presentations, and save what people say of them; each call asks whether it may.

What a link shows is asked of the server on every run and by every button, so that one that ended or was taken back
shows nothing from then on, in an open window too.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime

from fit.access import Action
from fit.review import LastReview, last_reviews
from pages.ui import people
from pages.ui.decisions_access import note_activity
from pages.ui.opened_decisions import (
    Did,
    PersonsDecisions,
    SavedShare,
    SavedVerdict,
    Verdict,
    opened,
)


def make(
    *, title: str, link: Mapping[str, str], creators: Sequence[str], hides_prices: bool, may_download: bool,
    generation: int, last_day: date, named: Sequence[str],
) -> tuple[SavedShare, str]:  # fmt: skip
    """Share a presentation; what was saved, and the secret of its link. Raises NotAllowed and DecisionsError."""
    people.refuse(Action.SHARE)
    made, token = opened().shares().make(
        made_by=_email(), title=title, link=link, creators=creators, hides_prices=hides_prices,
        may_download=may_download, generation=generation, last_day=last_day, named=named, now=datetime.now(UTC),
    )  # fmt: skip
    note_activity(Did.SHARE, [_number(made.share_id), *creators])
    return made, token


def made_by_me() -> list[SavedShare]:
    """What this person shared, the newest first. Raises NotAllowed."""
    people.refuse(Action.SHARE)
    return opened().shares().made_by(_email())


def take_back(share_id: int) -> None:
    """Let a link of this person show nothing any more. Raises NotAllowed and DecisionsError."""
    people.refuse(Action.SHARE)
    opened().shares().take_back(share_id, _email(), datetime.now(UTC))
    note_activity(Did.END_SHARE, [_number(share_id)])


def by_token(token: str) -> SavedShare | None:
    """The presentation that a link shows now; from then on it stands in this person's list. Raises NotAllowed."""
    people.refuse(Action.COMMENT)
    share = opened().shares().by_token(token, date.today())
    if share and opened().shares().note_opened(share.share_id, _email(), datetime.now(UTC)):
        note_activity(Did.OPEN_SHARE, [_number(share.share_id)])
    return share


def mine() -> list[SavedShare]:
    """What stands open for this person now. Raises NotAllowed."""
    people.refuse(Action.COMMENT)
    return opened().shares().of_person(_email(), date.today())


def is_open_for(share_id: int, person: str) -> bool:
    """Whether a presentation is still open for somebody, for buttons that are pressed outside of a page's run."""
    return share_id in {share.share_id for share in opened().shares().of_person(person, date.today())}


def give_verdict(share_id: int, creator_id: str, verdict: Verdict, remark: str) -> SavedVerdict:
    """Say something of a creator of a presentation that is open for this person. Raises NotAllowed, DecisionsError."""
    people.refuse(Action.COMMENT if verdict is Verdict.COMMENT else Action.GIVE_VERDICT)
    is_mine = is_open_for(share_id, _email())
    given = opened().shares().give_verdict(
        share_id if is_mine else 0, creator_id, verdict, remark, who=_email(), today=date.today(),
        now=datetime.now(UTC),
    )  # fmt: skip
    note_activity(Did.VERDICT, [_number(share_id), creator_id, verdict.value])
    return given


def verdicts(share: SavedShare) -> list[SavedVerdict]:
    """Everything that was said of a presentation, the first one first."""
    return opened().shares().verdicts(share.share_id)


def reviews_as_seen_by(person: str, creators: Collection[str]) -> dict[str, LastReview]:
    """The last closed review by creator, of these, as whoever shared a presentation sees it."""
    return last_reviews(PersonsDecisions(opened(), person).reviews(creators))


def _email() -> str:
    return people.email() or ""


def _number(share_id: int) -> str:
    return f"presentation {share_id}"
