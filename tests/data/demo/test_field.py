"""Does the invented field show every verdict and every state of the evidence, and is it plainly invented?"""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from data.demo.cast import CAST
from data.demo.field import write_field
from data.demo.world import LUCK
from fit.brief import Brief
from fit.shortlist import too_expensive
from fit.shortlist.ranking import Candidate, shortlist

TODAY = date(2026, 3, 2)
BRAND = Brief(markets=(("DE", 60.0), ("AT", 40.0)))
VERDICTS = {
    "conversion, clear": ("conversion", "clear"),
    "conversion, leaning": ("conversion", "leaning"),
    "awareness, clear": ("awareness", "clear"),
    "awareness, leaning": ("awareness", "leaning"),
    "balanced: evidence, no side": ("balanced", "none"),
    "pilot: one campaign is little": ("pilot", "none"),
    "10,000 impressions, 500 clicks, 50 purchases": ("conversion", "leaning"),  # one campaign is never called clear
    "no campaign at all": ("pilot", "none"),
    "no profile yet: a file of its audience is all there is": ("pilot", "none"),
}


def who(shows: str) -> str:
    """Id of the creator that is cast for this."""
    (number,) = [n for n, part in enumerate(CAST, 1) if part.shows.startswith(shows)]
    return f"demo-{number:03d}"


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    folder = tmp_path_factory.mktemp("field")
    write_field(folder, today=TODAY)
    names = ("creators", "audience", "campaigns")
    return {name: pl.read_csv(folder / f"{name}.csv", try_parse_dates=True) for name in names}


@pytest.fixture(scope="module")
def judged(ask_demo: Callable) -> dict[str, Candidate]:
    return {candidate.creator_id: candidate for candidate in shortlist(ask_demo, BRAND, top=60).candidates}


def of(field: dict[str, pl.DataFrame], table: str, shows: str) -> pl.DataFrame:
    """The rows of one table that belong to the creator cast for this."""
    return field[table].filter(creator_id=who(shows))


@pytest.mark.parametrize("shows", VERDICTS)
def test_every_verdict_has_its_creator(shows: str, judged: dict[str, Candidate]) -> None:
    role = judged[who(shows)].role
    assert (role.label, role.confidence) == VERDICTS[shows]


def test_strong_engagement_with_an_audience_elsewhere_is_not_for_this_market(judged: dict[str, Candidate]) -> None:
    creator = judged[who("not for this market")]
    assert creator.role.label == "not for this market"
    assert creator.in_market_share < 0.05
    assert creator.stages["engage"].low > 100


def test_one_creator_fits_the_market_and_asks_too_much(judged: dict[str, Candidate]) -> None:
    creator = judged[who("a newer audience superseded")]
    assert too_expensive(creator, BRAND).startswith("Fits Germany and Austria, but ")


def test_luck_is_as_wild_as_on_real_accounts() -> None:
    """Log standard deviations between campaigns of one creator, as docs/method.md names them."""
    engage, *others = LUCK
    assert 0.5 <= engage <= 0.7
    assert all(0.6 <= luck <= 0.9 for luck in others)


def test_one_creator_has_the_funnel_of_the_story(field: dict[str, pl.DataFrame]) -> None:
    told = of(field, "campaigns", "10,000 impressions")
    counts = ["impressions", "clicks", "conversions", "market", "deliverable"]
    assert told.select(counts).rows() == [(10_000, 500, 50, "DE", "story")]


def test_what_nobody_measured_is_blank(field: dict[str, pl.DataFrame], judged: dict[str, Candidate]) -> None:
    silent = of(field, "campaigns", "clicks and conversions never measured")
    assert silent.height == 7
    assert silent.select("clicks", "conversions", "revenue").null_count().row(0) == (7, 7, 7)
    stages = judged[who("clicks and conversions never measured")].stages
    assert [stages[stage].measured for stage in ("engage", "click", "convert")] == [True, False, False]


def test_an_audience_may_be_partly_unknown_or_unmeasured(judged: dict[str, Candidate]) -> None:
    assert judged[who("audience partly unknown")].unknown_share == pytest.approx(0.4, abs=0.01)
    assert judged[who("campaigns, but nobody has measured the audience")].in_market_share is None


def test_sources_stand_side_by_side_and_newer_ones_supersede(ask_demo: Callable) -> None:
    sets = partial(ask_demo, "audience_sources")
    both = sets(creator_id=who("two audiences side by side"))
    assert both.select("audience_type", "is_current", "is_best").rows() == [
        ("viewers", True, True),
        ("followers", True, False),
    ]
    aged = sets(creator_id=who("a newer audience superseded"))
    assert aged["is_current"].to_list() == [True, False]
    assert aged["as_of"][0] > aged["as_of"][1]


def test_daily_rows_are_one_campaign(field: dict[str, pl.DataFrame], ask_demo: Callable) -> None:
    daily = of(field, "campaigns", "campaigns reported day by day")
    campaigns = ask_demo("campaigns_of_creator", creator_id=who("campaigns reported day by day"))
    assert campaigns.height == 4
    assert max(campaigns["count_rows"]) == 7
    assert daily.height == sum(campaigns["count_rows"])
    assert daily["impressions"].sum() == campaigns["impressions"].sum()


def test_markets_currencies_and_ad_rows_vary(field: dict[str, pl.DataFrame]) -> None:
    assert set(field["campaigns"]["currency"]) >= {"EUR", "USD", "CHF"}
    assert set(of(field, "campaigns", "campaigns in Germany and Austria together")["market"]) == {"DE+AT"}
    ad_rows = of(field, "campaigns", "ad account rows")
    assert (set(ad_rows["market"]), set(ad_rows["paid"])) == ({"ZZ"}, {True})
    assert set(field["audience"]["country"]) >= {"SG", "MT"}
    assert 0 < field["creators"]["asking_price"].null_count() < field["creators"].height / 3


def test_a_creator_may_have_no_profile_or_no_campaign(field: dict[str, pl.DataFrame]) -> None:
    assert of(field, "creators", "no profile yet").height == 0
    assert of(field, "audience", "no profile yet").height > 0
    assert of(field, "campaigns", "no campaign at all").height == 0


def test_every_size_platform_and_count_is_plausible(field: dict[str, pl.DataFrame]) -> None:
    tiers = {sum(f >= bound for bound in (1e4, 5e4, 2.5e5, 1e6)) for f in field["creators"]["followers"]}
    assert tiers == {0, 1, 2, 3, 4}
    assert set(field["creators"]["platform"]) == {"instagram", "tiktok", "youtube"}
    campaigns = field["campaigns"]
    assert campaigns.filter(pl.col("clicks") > pl.col("impressions")).height == 0
    assert campaigns.filter(pl.col("conversions") > pl.col("clicks")).height == 0
    assert campaigns["end_date"].max() < TODAY
    sums = field["audience"].group_by("creator_id", "source", "as_of").agg(pl.col("audience_share").sum())
    assert sums["audience_share"].max() <= 1.005


@pytest.mark.parametrize("count", [1, 60, 1000])
def test_everybody_is_plainly_invented_and_told_apart(count: int, tmp_path: Path) -> None:
    write_field(tmp_path, count_creators=count, today=TODAY)
    creators = pl.read_csv(tmp_path / "creators.csv")
    audience = pl.read_csv(tmp_path / "audience.csv")
    assert creators["creator_id"].str.starts_with("demo-").all()
    assert creators["handle"].str.starts_with("@demo_").all()
    assert audience["source"].str.starts_with("demo ").all()
    first, second = (creators["creator_name"].str.split(" ").list.get(word).str.head(1) for word in (0, 1))
    assert first.equals(second)
    assert creators["creator_name"].n_unique() == creators.height
    assert len({*creators["creator_id"], *audience["creator_id"]}) == count


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    fields = {}
    for name, seed in (("first", 1), ("again", 1), ("other", 2)):
        write_field(tmp_path / name, seed=seed, today=TODAY)
        fields[name] = [(tmp_path / name / f).read_bytes() for f in ("creators.csv", "audience.csv", "campaigns.csv")]
    assert fields["first"] == fields["again"]
    assert all(one != other for one, other in zip(fields["first"], fields["other"], strict=True))


def test_a_field_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1 is needed"):
        write_field(tmp_path, count_creators=0, today=TODAY)
