"""Rank creators, judge one creator, and write all strengths or roles, from the command line."""

import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import polars as pl

from data import store
from fit.ask import Ask
from fit.brief import Brief
from fit.cli.brief_arguments import brief_of
from fit.cli.output import ExitCode, Refused, print_json, say, unknown_creator, write_table
from fit.cli.store_access import asking, opened
from fit.shortlist import Shortlist, outcome_words, price_basis, roles_of_all
from fit.shortlist import shortlist as rank_creators
from fit.text import counted

COUNTS = ("impressions", "engagements", "clicks", "conversions")
AMOUNTS = ("revenue", "cost", "return_on_ad_spend")


def shortlist(arguments: Namespace) -> ExitCode:
    """Rank the creators that match a brief."""
    brief = brief_of(arguments)
    generation = opened(arguments)
    sort = "group" if arguments.by_group else "per_1000"
    with _asking_at(arguments, generation) as ask:
        rank = partial(rank_creators, ask, brief, sort=sort, top=arguments.top)
        ranked = rank()
        timings = _timings(rank, arguments.repeat)
    if arguments.json:
        creators = [candidate.as_json() for candidate in ranked.candidates]
        print_json(_document(generation, brief, ranked, creators) | timings)
        return ExitCode.DONE
    for warning in ranked.warnings:
        say(warning)
    if arguments.csv:
        from fit.documents import csv_text  # brings charts

        print(csv_text(ranked.as_table().with_columns(demo=pl.lit(generation.is_demo))), end="")
        return ExitCode.DONE
    print(matching_in_words(ranked.count_matching, generation.is_demo))
    if ranked.correction:
        print(ranked.correction)
    for c in ranked.candidates:
        name = f"{c.creator_name or c.creator_id} ({c.creator_id})"
        print(f"{c.rank:>4}. {name}, {c.group}: {outcome_words(c, brief)}. {c.because}")
    return ExitCode.DONE


@contextmanager
def _asking_at(arguments: Namespace, generation: store.Generation) -> Iterator[Ask]:
    """What answers questions: the store, or its Parquet part by part, on this machine (duckdb) or on Spark."""
    if arguments.engine is None:
        yield asking(generation)
        return
    from queries.parts import ask_parts

    parquet = store.parquet_folder(store.store_folder(arguments.store), generation.number)
    if not parquet.is_dir():
        raise Refused(
            f"Data version {generation.number} has no Parquet ({parquet.name}), which --engine reads. Build one with "
            "python -m fit rebuild --engine, or leave --engine out."
        )
    if arguments.engine == "duckdb":
        yield ask_parts(parquet)
        return
    from data import engine

    with engine.session(arguments.engine) as spark:
        yield ask_parts(parquet, engine.spread(spark))


def creator(arguments: Namespace) -> ExitCode:
    """Judge one creator against a brief, with audience, campaigns and totals."""
    brief = brief_of(arguments)
    generation = opened(arguments)
    ask = asking(generation)
    rank = partial(rank_creators, ask, brief, top=1, creators=[arguments.id])
    ranked = rank()
    if not ranked.candidates:
        raise unknown_creator(arguments.id, ask("creator_names").rows())
    (candidate,) = ranked.candidates
    if arguments.json:
        campaigns = ask("campaigns_of_creator", creator_id=arguments.id)
        entry = candidate.as_json() | {
            "audience": ask("audience_of_all_sources", creator_id=arguments.id).to_dicts(),
            "campaigns": campaigns.drop("campaign_key").to_dicts(),
            "totals": _totals(campaigns, ask("money_of_creator", creator_id=arguments.id)),
        }
        print_json(_document(generation, brief, ranked, [entry]) | _timings(rank, arguments.repeat))
        return ExitCode.DONE
    print(f"{candidate.creator_name or candidate.creator_id}{' (sample data: invented)' if generation.is_demo else ''}")
    place = f"Rank {candidate.rank} of {ranked.count_matching} for {brief.words}, goal {brief.goal}"
    print(f"{place}: {outcome_words(candidate, brief)} ({price_basis(candidate)}). {candidate.because}")
    if ranked.correction:
        print(ranked.correction)
    print(candidate.role.what_would_change)
    return ExitCode.DONE


def strengths(arguments: Namespace) -> ExitCode:
    """Write every creator's strength at every stage as CSV or Parquet."""
    generation = opened(arguments)
    strengths_of_all = asking(generation)("strengths", creators=None).drop("reliability")
    write_table(strengths_of_all, arguments.out, is_demo=generation.is_demo)
    return ExitCode.DONE


def roles(arguments: Namespace) -> ExitCode:
    """Write every creator's role, natural or in a market, as CSV or Parquet."""
    brief = brief_of(arguments) if arguments.market else None
    generation = opened(arguments)
    write_table(roles_of_all(asking(generation), brief), arguments.out, is_demo=generation.is_demo)
    return ExitCode.DONE


def matching_in_words(count: int, is_demo: bool) -> str:
    """Say how many creators match a brief, and whether they are invented."""
    demo = " (sample data: invented)" if is_demo else ""
    return f"{counted(count, 'creator', 'creators')} {'matches' if count == 1 else 'match'}{demo}."


def _document(
    generation: store.Generation, brief: Brief, ranked: Shortlist, creators: list[dict[str, object]]
) -> dict[str, object]:
    return {
        "generation": generation.number,
        "demo": generation.is_demo,
        "goal": brief.goal,
        "markets": brief.weights,
        "count_matching": ranked.count_matching,
        "warnings": [*generation.warnings, *ranked.warnings],
        **({"correction": ranked.correction} if ranked.correction else {}),
        "creators": creators,
    }


def _timings(answer: Callable[[], object], count: int) -> dict[str, list[float]]:
    """Milliseconds of each warm repeat, question to answer, as the JSON names them; nothing where none is asked for."""
    timings = []
    for _ in range(count):
        began = time.perf_counter()
        answer()
        timings.append(round(1000 * (time.perf_counter() - began), 3))
    return {"timings_ms": timings} if count else {}


def _totals(campaigns: pl.DataFrame, money: pl.DataFrame) -> dict[str, object]:
    """Sums over measured values only, each campaign once; None where nothing was measured.

    campaigns: one row per campaign with impressions, engagements, clicks, conversions (counts or null).
    money: one row per currency with currency, revenue, cost, return_on_ad_spend. Amounts of different currencies are
    never added: the flat revenue, cost and return_on_ad_spend are None then, and `money` holds one entry per currency.
    """
    measured = {name: campaigns[name].drop_nulls().to_list() for name in COUNTS}
    only = money.row(0, named=True) if money.height == 1 else dict.fromkeys(AMOUNTS)
    return {
        "count_campaigns": campaigns.height,
        **{name: sum(values) if values else None for name, values in measured.items()},
        **{name: only[name] for name in AMOUNTS},
        "money": money.select("currency", *AMOUNTS).to_dicts(),
    }
