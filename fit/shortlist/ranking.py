"""Rank creators for a brief by what their money brings: query the stored judgement, add roles, groups and chances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from fit.ask import Ask
from fit.brief import Brief, Goal
from fit.forecast import correction_of
from fit.locale import _, phrase
from fit.model import STAGES, Role, StageStrength, role_in_market
from fit.shortlist.groups import Group, group_of
from fit.shortlist.outcomes import OUTCOME_METRIC, Expected, log_share_variance, outcomes_of
from fit.shortlist.shares import gap_sentence, gaps_of, market_shares_of
from fit.shortlist.ties import CONTENDERS, SETTLED, Campaign, order_chances

SORTS = (
    "group", "per_1000", "expected", "cost_per_outcome", "cost", "in_market_share", "in_market_reach", "followers",
    *STAGES,
)  # fmt: skip
TOP_PLACES = 3
UNWRITTEN = ("stages", "role", "reached_there")  # fields that the document has in another form


@dataclass(frozen=True)
class Candidate:
    """One creator as the brief sees it. Shares are 0 to 1, None where nothing is known; payoff 1 = market price.

    shares: each market of the brief, as listed (empty without an audience). gaps: markets of the brief where fewer than
    1 in 20 live, even if all of the unknown part did. cost: of one standard deliverable, in currency. reached_there:
    people in the markets whom it reaches, the mean of its forecast, as pages and documents show it; in_market_reach
    counts the listed share alone and is what the command line has always said.
    """

    creator_id: str
    creator_name: str | None
    platform: str | None
    vertical: str | None
    home_country: str | None
    followers: int | None
    rank: int
    p_best: float
    p_top_3: float
    p_above_next: float | None
    too_close_to_next: bool
    clicks_to_settle: int | None
    purchases_to_settle: int | None
    in_market_share: float | None
    in_market_share_upper: float | None
    unknown_share: float | None
    weighted_share: float | None
    target_overlap: float | None
    in_market_reach: float | None
    in_market_reach_basis: str | None
    reached_there: float | None
    deliverable: str
    stages: dict[str, StageStrength]
    role: Role
    group: Group
    shares: dict[str, float]
    gaps: tuple[str, ...]
    cost: float | None
    currency: str | None
    cost_basis: str
    rate_note: str | None
    expected: Expected
    payoff: dict[str, float | None]
    payoff_basis: str
    because: str

    def as_json(self) -> dict[str, object]:
        """One entry of `creators` in the shortlist's document."""
        plain = {name: value for name, value in vars(self).items() if name not in UNWRITTEN}
        return plain | {
            "gaps": list(self.gaps),
            "expected": vars(self.expected),
            "stages": {name: vars(stage) for name, stage in self.stages.items()},
            "role": {
                "label": self.role.label,
                "confidence": self.role.confidence,
                "p_conversion": self.role.p_conversion,
            },
        }


@dataclass(frozen=True)
class Shortlist:
    """The asked-for page of creators, how many match in all, and what the reader must be told.

    count_found: of those that match the brief, the ones with the letters that were searched for. correction: how what
    the goal counts is corrected in forecasts, in a sentence; "" where it is not.
    """

    count_matching: int
    candidates: tuple[Candidate, ...]
    warnings: tuple[str, ...] = ()
    count_found: int = 0
    correction: str = ""

    def as_table(self) -> pl.DataFrame:
        """One row per creator, nested values flattened with `_` (engage_index, role_label, payoff_awareness)."""
        return pl.DataFrame([_flat(c.as_json()) for c in self.candidates], infer_schema_length=None)


def _flat(nested: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in nested.items():
        if isinstance(value, dict):
            flat |= _flat(value, "" if name == "stages" else f"{prefix}{name}_")
        else:
            flat[f"{prefix}{name}"] = "+".join(value) if isinstance(value, list) else value
    return flat


def matching_rows(ask: Ask, brief: Brief) -> pl.DataFrame:
    """Every creator that matches a brief, by what the money brings, best first; nothing is drawn or judged for it.

    Returns the columns of queries/shortlist.sql and more.
    """
    return _listed(ask, brief, top=max(count_matching(ask, brief), 1)).drop("campaigns")


def first_creators(ask: Ask, brief: Brief, count: int) -> tuple[str, ...]:
    """The ids of the first creators of the shortlist, by group; nothing is drawn or judged for it."""
    return tuple(_listed(ask, brief, sort="group", top=count)["creator_id"])


def _listed(ask: Ask, brief: Brief, *, top: int, sort: str = "per_1000") -> pl.DataFrame:
    """The first rows of the question list_page, in the order asked for."""
    listed = ask(
        "list_page", **brief.as_parameters(), sort=sort, descending=True, top=top, skip=0, creators=None, words="",
        contenders=0,
    )  # fmt: skip
    return listed.sort("place")


def group_of_row(row: Mapping[str, Any], brief: Brief) -> Group:
    """The group of a creator: one row of matching_rows()."""
    has_audience = row["in_market_share"] is not None
    return group_of(_role(row, _stages(row), brief.words).label, brief.goal, has_audience=has_audience)


def count_matching(ask: Ask, brief: Brief, words: str = "") -> int:
    """How many creators match a brief, all filters counted. words: small letters of name, handle or id; "" for all."""
    return int(ask("count_matching", **brief.as_parameters(), words=words).item())


def _chances(contenders: pl.DataFrame, goal: str, facts: dict[str, float]) -> dict[int, dict[str, Any]]:
    """The row of order_chances() of each contender, by creator_key."""
    with_outcome = contenders.filter(pl.col("outcome_per_money").is_not_null())
    variance = with_outcome[f"{goal}_log_sd"].to_numpy() ** 2 + log_share_variance(with_outcome)
    with_outcome = with_outcome.with_columns(
        creator_id="creator_key", payoff=pl.col("outcome_per_money"), log_sd=pl.Series(np.sqrt(variance))
    )
    campaign = Campaign(facts["k_click"], facts["k_convert"], facts["base_convert"])
    return {
        row["creator_id"]: row
        for row in order_chances(with_outcome, goal, TOP_PLACES, campaign=campaign).iter_rows(named=True)
    }


def _stages(row: Mapping[str, Any]) -> dict[str, StageStrength]:
    names = StageStrength.__dataclass_fields__
    return {stage: StageStrength(**{name: row[f"{stage}_{name}"] for name in names}) for stage in STAGES}


def _role(row: Mapping[str, Any], stages: dict[str, StageStrength], markets: str) -> Role:
    return role_in_market(
        {name: row[f"natural_{name}"] for name in ("label", "confidence")} | {"p_conversion": row["p_conversion"]},
        {name: vars(stage) for name, stage in stages.items()},
        payoff_awareness=row["payoff_awareness"],
        payoff_conversion=row["payoff_conversion"],
        in_market_share=row["in_market_share"],
        in_market_share_upper=row["in_market_share_upper"],
        price_factor=row["price_factor"],
        elsewhere=(row["largest_country"], row["largest_share"]),
        market=markets,
    )


def roles_of_all(ask: Ask, brief: Brief | None) -> pl.DataFrame:
    """Every creator's role, natural (brief None) or in the brief's market.

    Returns one row per creator: creator_id, p_conversion, label, confidence.
    """
    natural = ask("natural_roles", creators=None).select("creator_id", "p_conversion", "label", "confidence")
    if brief is None:
        return natural
    rows = matching_rows(ask, brief).sort("creator_id").iter_rows(named=True)
    judged = [(row["creator_id"], _role(row, _stages(row), brief.words)) for row in rows]
    return pl.DataFrame(
        [(creator_id, role.p_conversion, role.label, role.confidence) for creator_id, role in judged],
        schema=natural.schema,
        orient="row",
    )


def _candidate(
    row: Mapping[str, Any],
    brief: Brief,
    chances: Mapping[str, Any],
    count_matching: int,
    expected: Expected,
) -> Candidate:
    stages = _stages(row)
    payoff: dict[str, float | None] = {goal: row[f"payoff_{goal}"] for goal in (Goal.AWARENESS, Goal.CONVERSION)}
    role = _role(row, stages, brief.words)
    above = chances.get("p_above_next")
    best = 1.0 if count_matching == 1 else chances.get("p_best", 0.0)
    sure_of_top = 1.0 if count_matching <= TOP_PLACES else chances.get("p_top", 0.0)
    shares = market_shares_of(row, brief)
    gaps = gaps_of(shares, row["unknown_share"] or 0.0)
    return Candidate(
        **{name: row[name] for name in Candidate.__dataclass_fields__ if name in row},
        p_best=best,
        p_top_3=sure_of_top,
        p_above_next=above,
        too_close_to_next=above is not None and above < SETTLED,
        clicks_to_settle=chances.get("clicks_to_settle"),
        purchases_to_settle=chances.get("purchases_to_settle"),
        stages=stages,
        role=role,
        group=group_of(role.label, brief.goal, has_audience=row["in_market_share"] is not None),
        shares=shares,
        gaps=gaps,
        expected=expected,
        payoff=payoff,
        because=" ".join(part for part in (gap_sentence(shares, gaps, brief), role.summary) if part),
    )


def shortlist(
    ask: Ask,
    brief: Brief,
    *,
    sort: str = "per_1000",
    descending: bool = True,
    top: int = 50,
    skip: int = 0,
    creators: Sequence[str] | None = None,
    words: str = "",
) -> Shortlist:
    """Rank the creators that match a brief by what the money brings for its goal, and return one page of them.

    ask: answers a question of queries/ by name. sort: one of SORTS ("group": book, pilot, other role, pass); ranks
    and chances are of the outcome per money all the same.
    creators: return these alone, each with its rank among all that match; unknown ids are left out. words: return only
    those with these letters in name, handle or id, ranked among all as well. Raises ValueError for another sort.
    """
    if sort not in SORTS:
        raise ValueError(f"Cannot sort by {sort!r}; choose one of {', '.join(SORTS)}.")
    count, letters = count_matching(ask, brief), words.strip().lower()
    count_found = count_matching(ask, brief, letters) if letters else count
    listed = ask(
        "list_page", **brief.as_parameters(), sort=sort, descending=descending, top=top, skip=skip,
        creators=creators, words=letters, contenders=CONTENDERS,
    )  # fmt: skip
    page = listed.filter(pl.col("place").is_not_null()).sort("place")
    facts = dict(ask("field_facts").select("name", "value").iter_rows())
    chances = _chances(listed.filter(pl.col("rank") <= CONTENDERS), brief.goal, facts)
    rows = page.drop("campaigns").to_dicts()
    outcomes = outcomes_of(ask, brief, page)
    candidates = tuple(
        _candidate(row, brief, chances.get(row["creator_key"], {}), count, outcomes[row["creator_id"]]) for row in rows
    )
    correction = correction_of(facts, OUTCOME_METRIC[brief.goal])
    return Shortlist(count, candidates, filter_warnings(ask, brief), count_found, correction)


def filter_warnings(ask: Ask, brief: Brief) -> tuple[str, ...]:
    """Filter values that no creator has, each in a sentence."""
    warnings: list[str] = []
    for kind, question, wanted in (
        (phrase("platform"), "platforms", brief.platforms),
        (phrase("vertical"), "verticals", brief.verticals),
    ):
        if not wanted:
            continue
        names = [name for name in ask(question)[kind] if name]
        folded = {name.lower() for name in names}
        warnings += [
            _("No creator has the {kind} {name!r}; the store knows {known}.").format(
                kind=_(kind), name=name, known=", ".join(names) or _("none")
            )
            for name in wanted
            if name.lower() not in folded
        ]
    return tuple(warnings)
