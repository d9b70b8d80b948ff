"""Fill a database of decisions with some of everything, and read all of it again."""

from datetime import UTC, date, datetime
from hashlib import sha256

from data.decisions import Actor, Did, Through, Verdict
from data.decisions.decisions import Decisions

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN = Actor("ann@brand.example", Through.PAGE)
COUNTED = (("clicks", None, date(2026, 3, 1), 61.0), ("clicks", "reel", date(2026, 3, 2), None))


def fill(decisions: Decisions, count: int = 1) -> None:
    """Keep some of everything."""
    for number in range(count):
        name, text = f"kitchen {number}", f"# Charter {number}\n" + "what both sides promise\n" * 20
        digest = sha256(text.encode()).hexdigest()
        decisions.save("agreement", name, text, version=0, by="Ben", now=NOW)
        decisions.save_charter(
            name, creator_id="ada", text=text, sha256=digest, agreement="a", forecast="{}", generation=1, despite=None,
            now=NOW,
        )  # fmt: skip
        decisions.sign(name, side="brand", signer="Ben", sha256=digest, generation=1, now=NOW)
        decisions.note_stage(name, "ada", "signed", None, NOW)
        decisions.note_counts(name, lambda _there: COUNTED, NOW)
        decisions.close_review(
            name=name, creator_id="ada", text=text, sha256=digest, content="{}", generation=1, outcome="both hit",
            next_time=None, now=NOW,
        )  # fmt: skip
        decisions.activity().note(Did.SIGN, [name], ANN, NOW)
        shared, _token = decisions.shares().make(
            made_by="ann@brand.example", title=name, link={}, creators=["ada"], hides_prices=True, may_download=True,
            generation=1, last_day=date(2026, 4, 1), named=["cleo@brand.example"], now=NOW,
        )  # fmt: skip
        decisions.shares().give_verdict(
            shared.share_id, "ada", Verdict.REJECTED, "too far", who="cleo@brand.example", today=NOW.date(), now=NOW
        )
        decisions.owners().begin(f"own {number}", "ann@brand.example", NOW)
        decisions.members().note(f"ben{number}@agency.example", "marketer", by="ada@agency.example", now=NOW)


def everything(decisions: Decisions) -> tuple:
    """All that can be read, also paper by paper."""
    names = [paper.name for paper in decisions.drafts("agreement")]
    return (
        [decisions.history("agreement", name) for name in names],
        [decisions.amendments(charter.name) for charter in decisions.charters()],
        decisions.all_stages(),
        decisions.reviews(),
        [decisions.counts(charter.name) for charter in decisions.charters()],
        decisions.activity().newest(),
        decisions.owners().hidden_from("cleo@brand.example"),
        [
            (share, decisions.shares().verdicts(share.share_id))
            for share in decisions.shares().made_by("ann@brand.example")
        ],
        decisions.members().history(),
    )
