"""Judge all creators of a field from their campaigns and audiences: the entry of the whole judgement.

It runs once per generation of the store, before anybody names a market. judge_field names the steps. Everything
is sorted by creator and campaign key and added up in that order, so the same tables give the same judgement, bit for
bit.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl
from scipy.special import ndtr

from fit.model import benchmark as bench
from fit.model import correlation, payoff, prices, role, strength
from fit.model import view_rates as views
from fit.model.funnel import STAGE_TRIALS
from fit.model.geography import click_factor, convert_factor, path_factor, survey_variance
from fit.model.observations import (
    Arranged,
    FieldContext,
    arrange,
    measured_click,
    measured_convert,
    measured_engage,
)
from fit.model.stage_model import (
    StageFit,
    StageModel,
    apply_stage,
    everywhere,
    expected_click_rate,
    judge_stage,
    learn_drift,
    learn_out_click,
    learn_out_convert,
)

VIEWS = "views"  # the name of the view rates among the stages of benchmark tables
# A byte a row instead of a text: a million creators have seventeen million rows of evidence.
STAGE, BASIS = pl.Enum(correlation.STAGES), pl.Enum(("impressions", "clicks"))


@dataclass(frozen=True)
class Judgement:
    """Frames named and shaped as the tables of a generation."""

    stage_evidence: pl.DataFrame
    strengths: pl.DataFrame
    natural_roles: pl.DataFrame
    payoff_parts: pl.DataFrame
    benchmark_levels: pl.DataFrame
    field_facts: pl.DataFrame
    market_prices: pl.DataFrame
    benchmark_errors: pl.DataFrame


@dataclass(frozen=True)
class ForecastBasis:
    """What a forecast needs beside the judgement, in frames that a generation can store.

    view_rates: creator_id, log_mean, log_sd, implied_followers, log_frequency. price_rates: creator_id, log_mean,
    log_sd, count_campaigns. frequencies: platform, deliverable, log_frequency, count_campaigns. order_values: currency,
    log_mean, log_sd, count_campaigns. audience_mix: home, country, ppm, count_creators.
    """

    view_rates: pl.DataFrame
    price_rates: pl.DataFrame
    frequencies: pl.DataFrame
    order_values: pl.DataFrame
    audience_mix: pl.DataFrame


USUAL = {"engage": bench.ENGAGE_BAND.usual, "click": bench.CLICK_BAND.usual, "convert": bench.CONVERT_BAND.usual}


def usual_effect(stage: str, factor: str, level: str) -> float:
    """The log effect of a level before the field has seen it; 0 where nothing is known. stage: views too."""
    return (views.USUAL if stage == VIEWS else USUAL[stage]).get(factor, {}).get(level, 0.0)


@dataclass(frozen=True)
class Geography:
    """kC, kV and s0 of a field."""

    out_click: float
    out_convert: float
    typical_share: float


@dataclass(frozen=True)
class LearnedField:
    """What a field teaches, whoever the creator: all that judging a part of its creators needs.

    currency: what amounts without one count as; context: what its parts are read with; stages: as fitted, before the
    typical creator is moved to 100; indices: how the three log indices vary between creators; view, paid: without any
    creator's own part.
    """

    currency: str
    context: FieldContext
    stages: tuple[StageFit, ...]
    geography: Geography
    indices: correlation.Field
    view: views.Views
    frequencies: views.Frequencies
    paid: prices.Prices


@dataclass(frozen=True)
class FieldTables:
    """Frames named and shaped as the tables of a generation that describe the field as a whole."""

    benchmark_levels: pl.DataFrame
    field_facts: pl.DataFrame
    market_prices: pl.DataFrame
    benchmark_errors: pl.DataFrame
    frequencies: pl.DataFrame
    order_values: pl.DataFrame
    audience_mix: pl.DataFrame


@dataclass(frozen=True)
class CreatorTables:
    """Frames named and shaped as the tables of a generation that have rows of each creator."""

    stage_evidence: pl.DataFrame
    strengths: pl.DataFrame
    natural_roles: pl.DataFrame
    payoff_parts: pl.DataFrame
    view_rates: pl.DataFrame
    price_rates: pl.DataFrame


@dataclass(frozen=True)
class _Worked:
    """Creators, their arranged campaigns, and what each stage says of them alone (means, precisions)."""

    creators: pl.DataFrame
    arranged: Arranged
    stages: tuple[StageModel, ...]
    messages: tuple[np.ndarray, np.ndarray]


def judge_field(
    creators: pl.DataFrame,
    campaigns: pl.DataFrame,
    audience: pl.DataFrame,
    audience_sets: pl.DataFrame,
    audience_history: pl.DataFrame | None = None,
) -> tuple[Judgement, ForecastBasis]:
    """Judge all creators of a field at once, and return beside it what a forecast of the next campaign needs.

    The steps, in order, each with the module of fit.model that does it:

    1. observations: sort the campaigns and add each one's quarter, in-market share at its time (geography) and
       levels of the benchmark; then select, stage by stage, the campaigns that measured it.
    2. stage_model: for engage, click and convert in this order, fit the benchmark (benchmark), the out-of-market rates
       kC and kV (geography), drift, spread and cap (strength), and compare each campaign's events with the expected.
    3. strength: the posterior of every creator's log index by each stage alone.
    4. correlation: read the three stages together; then the errors that all campaigns of a creator share (benchmark,
       geography) widen the intervals, and the typical creator becomes index 100.
    5. view_rates: impressions per follower and deliverable, and impressions per person.
    6. role: the natural role of each creator.
    7. payoff: market prices and the parts of a payoff that no market changes.

    creators, campaigns: columns of the tables of that name, money as floats. audience: creator_id, country, ppm of the
    audience that is read; audience_sets: its one row per creator; audience_history: what it was before, as in
    queries/judge_audience_history.sql. Any of them may be empty.
    """
    learned, of_field, worked = _learn(creators, campaigns, audience, audience_sets, audience_history)
    of_creators = _judge_creators(learned, worked)
    tables = vars(of_field) | vars(of_creators)
    return (
        Judgement(**{name: tables[name] for name in Judgement.__dataclass_fields__}),
        ForecastBasis(**{name: tables[name] for name in ForecastBasis.__dataclass_fields__}),
    )


def learn_field(
    creators: pl.DataFrame,
    campaigns: pl.DataFrame,
    audience: pl.DataFrame,
    audience_sets: pl.DataFrame,
    audience_history: pl.DataFrame | None = None,
) -> tuple[LearnedField, FieldTables]:
    """Learn what judge_field() learns of the field as a whole, for judge_part(). The frames are those of judge_field.

    Fits read a sample of whole creators where a field is large, so whole creators may stand for one that no machine
    holds.
    """
    learned, of_field, _ = _learn(creators, campaigns, audience, audience_sets, audience_history)
    return learned, of_field


def judge_part(
    learned: LearnedField,
    creators: pl.DataFrame,
    campaigns: pl.DataFrame,
    audience: pl.DataFrame,
    audience_sets: pl.DataFrame,
    audience_history: pl.DataFrame | None = None,
) -> CreatorTables:
    """Judge some creators of a field by what the field has taught, as judge_field() judges all of them.

    learned: learn_field(); the frames are those of judge_field, of these creators alone.
    """
    creators, campaigns = prices.name_currencies(creators.sort("creator_id"), campaigns, learned.currency)
    arranged = arrange(creators, campaigns, audience, audience_sets, audience_history, learned.context)
    stages = _apply_stages(learned, arranged)
    messages = _messages(stages, creators.height)
    return _judge_creators(learned, _Worked(creators, arranged.after_judging(), stages, messages))


def _learn(
    creators: pl.DataFrame,
    campaigns: pl.DataFrame,
    audience: pl.DataFrame,
    audience_sets: pl.DataFrame,
    audience_history: pl.DataFrame | None,
) -> tuple[LearnedField, FieldTables, _Worked]:
    """Learn a field, list what it teaches, and hand over what was worked out of its creators on the way."""
    currency = prices.named_currency(creators, campaigns)
    creators, campaigns = prices.name_currencies(creators.sort("creator_id"), campaigns, currency)
    arranged = arrange(creators, campaigns, audience, audience_sets, audience_history)
    # Of a million creators that is gigabytes, and `arranged` has what counts.
    del campaigns, audience, audience_sets, audience_history
    stages, geography = _judge_stages(arranged)
    arranged = arranged.after_judging()
    messages = _messages(stages, creators.height)
    indices = correlation.learn(*messages)
    view, frequencies = views.learn_views(arranged.table), views.fit_frequencies(arranged.table)
    sized = views.with_implied_followers(arranged.table, views.views_of_creators(view, arranged.table, creators.height))
    paid = prices.learn_prices(sized, view)
    fits = tuple(stage.fit for stage in stages)
    learned = LearnedField(currency, arranged.context, fits, geography, indices, view, frequencies, paid)
    centred = _centred(stages, indices)
    of_field = FieldTables(
        benchmark_levels=pl.concat(
            [_level_table(centred), views.view_level_table(arranged.table, view), prices.price_level_table(paid)]
        ),
        field_facts=_facts(centred, learned),
        market_prices=paid.market,
        benchmark_errors=_error_table(centred, view),
        frequencies=frequencies.pairs,
        order_values=payoff.order_values(arranged.table),
        audience_mix=arranged.mix,
    )
    return learned, of_field, _Worked(creators, arranged, stages, messages)


def _judge_creators(learned: LearnedField, worked: _Worked) -> CreatorTables:
    """Judge creators by what their field has taught."""
    creators, arranged = worked.creators, worked.arranged
    strengths = _strengths(worked.stages, worked.messages, learned.indices)
    stages = _centred(worked.stages, learned.indices)
    evidence = [stage.evidence(strengths.mean[stage.measured.creator, number]) for number, stage in enumerate(stages)]
    by_creator = np.stack(
        [np.bincount(s.measured.creator, e, creators.height) for s, e in zip(stages, evidence, strict=True)], axis=1
    )
    counts = np.stack([np.bincount(s.measured.creator, minlength=creators.height) for s in stages], axis=1)
    view = views.views_of_creators(learned.view, arranged.table, creators.height)
    sized = views.with_implied_followers(arranged.table, view)
    paid = prices.prices_of_creators(learned.paid, sized, view, creators.height)
    ids, frequencies = creators["creator_id"], learned.frequencies
    return CreatorTables(
        stage_evidence=_evidence_table(arranged, stages, evidence),
        strengths=_strength_table(ids, strengths, stages, by_creator),
        natural_roles=role.natural_role(ids, strengths, by_creator, counts),
        payoff_parts=payoff.payoff_parts(creators, arranged.table, strengths, view, frequencies, paid),
        view_rates=views.view_rate_table(ids, arranged.table, view, frequencies),
        price_rates=prices.price_rate_table(ids, paid),
    )


def _judge_stages(arranged: Arranged) -> tuple[tuple[StageModel, ...], Geography]:
    """Judge the stages from the top of the funnel down; each needs what the one above has learned."""
    engages, clicks = measured_engage(arranged), measured_click(arranged)
    out_click = learn_out_click(clicks)
    clicks_of_share = partial(click_factor, out_click=out_click)
    drift = learn_drift(engages, clicks, clicks_of_share)
    engage = judge_stage(engages, everywhere, drift)
    click = judge_stage(clicks, clicks_of_share, drift)
    converts = measured_convert(arranged, *expected_click_rate(click, arranged))
    out_convert = learn_out_convert(converts, out_click)
    converts_of_share = partial(convert_factor, out_click=out_click, out_convert=out_convert)
    convert = judge_stage(converts, converts_of_share, drift)
    return (engage, click, convert), Geography(out_click, out_convert, arranged.typical_share)


def _apply_stages(learned: LearnedField, arranged: Arranged) -> tuple[StageModel, ...]:
    """Judge the stages of some creators by what their field has taught."""
    (of_engage, of_click, of_convert), geography = learned.stages, learned.geography
    clicks_of_share = partial(click_factor, out_click=geography.out_click)
    engage = apply_stage(of_engage, measured_engage(arranged), everywhere)
    click = apply_stage(of_click, measured_click(arranged), clicks_of_share)
    converts = measured_convert(arranged, *expected_click_rate(click, arranged))
    converts_of_share = partial(convert_factor, out_click=geography.out_click, out_convert=geography.out_convert)
    return engage, click, apply_stage(of_convert, converts, converts_of_share)


def _messages(stages: tuple[StageModel, ...], count: int) -> tuple[np.ndarray, np.ndarray]:
    """What the campaigns alone say of each creator's log indices: means and precisions (creators, 3)."""
    means, precisions = np.zeros((count, 3)), np.zeros((count, 3))
    for number, stage in enumerate(stages):
        message = correlation.message(*stage.posterior(), stage.spread.level, stage.spread.tau**2)
        means[stage.creators, number], precisions[stage.creators, number] = message
    return means, precisions


def _centred(stages: tuple[StageModel, ...], indices: correlation.Field) -> tuple[StageModel, ...]:
    return tuple(stage.centred(level) for stage, level in zip(stages, indices.mean.tolist(), strict=True))


def _strengths(
    stages: tuple[StageModel, ...], messages: tuple[np.ndarray, np.ndarray], field: correlation.Field
) -> payoff.Strengths:
    """Compute log indices of all creators: the stages together, then what else is unsure."""
    mean, covariance = correlation.combine(*messages, field)
    count = len(mean)
    # A creator whose campaigns say little is judged by the field, and errors of its campaigns hardly carry through.
    variance = np.diagonal(covariance, axis1=1, axis2=2)
    reliability = np.clip(1 - variance / np.diag(field.covariance), 0.0, 1.0)
    unsure = reliability**2 * np.stack([_shared_error(stage, count) for stage in stages], axis=1)
    centred = np.clip(mean - field.mean, -strength.LARGEST_LOG, strength.LARGEST_LOG)
    return payoff.Strengths(centred, covariance + unsure[:, :, None] * np.eye(3), reliability)


def _shared_error(stage: StageModel, count: int) -> np.ndarray:
    """Variance of the errors that all campaigns of a creator share: of the benchmark and of the reported audience."""
    measured = stage.measured
    of_benchmark = bench.past_errors(stage.benchmark.errors, measured.factors, measured.creator, count)
    of_audience = np.bincount(measured.creator, survey_variance(stage.of_share, measured.share), count)
    count_campaigns = np.maximum(np.bincount(measured.creator, minlength=count), 1)
    return (of_benchmark**2).sum(axis=1) + of_audience / count_campaigns


def _evidence_table(arranged: Arranged, stages: tuple[StageModel, ...], evidence: list[np.ndarray]) -> pl.DataFrame:
    """One row per campaign and measured stage: how an index follows from campaigns. By stage, then creator."""
    keys = arranged.table.select("campaign_key", "creator_id")
    tables = [
        keys[stage.measured.rows].with_columns(
            pl.lit(stage.measured.name, STAGE).alias("stage"),
            pl.Series("basis", stage.measured.by_clicks).replace_strict(
                {True: "clicks", False: "impressions"}, return_dtype=BASIS
            ),
            pl.Series("count_trials", stage.measured.count_trials),
            pl.Series("count_events", stage.measured.count_events),
            pl.Series("expected_events", stage.record.expected),
            pl.Series("geography_factor", stage.of_share(stage.measured.share)),
            pl.Series("in_market_share", stage.measured.share),
            pl.Series("age_quarters", stage.measured.age),
            pl.Series("evidence", added),
        )
        for stage, added in zip(stages, evidence, strict=True)
    ]
    return pl.concat(tables)


def _strength_table(
    creator_id: pl.Series, strengths: payoff.Strengths, stages: tuple[StageModel, ...], evidence: np.ndarray
) -> pl.DataFrame:
    """One row per creator and stage."""
    tables = []
    for number, stage in enumerate(stages):
        mean, sd = strengths.mean[:, number], np.sqrt(strengths.covariance[:, number, number])
        count_campaigns = np.bincount(stage.measured.creator, minlength=len(creator_id)).astype(np.int32)
        columns = {
            "index": 100 * np.exp(mean),
            "log_mean": mean,
            "log_sd": sd,
            "low": 100 * np.exp(mean - strength.Z_80 * sd),
            "high": 100 * np.exp(mean + strength.Z_80 * sd),
            "p_beats_benchmark": ndtr(mean / sd),
            "count_campaigns": count_campaigns,
            "evidence": evidence[:, number],
            "measured": count_campaigns > 0,
            "reliability": strengths.reliability[:, number],
        }
        named = pl.DataFrame({"creator_id": creator_id}).with_columns(pl.lit(stage.measured.name, STAGE).alias("stage"))
        tables.append(named.with_columns(**{name: pl.Series(values) for name, values in columns.items()}))
    order = pl.Series("order", np.tile(np.arange(len(creator_id)), len(stages)))
    return pl.concat(tables).with_columns(order).sort("order", maintain_order=True).drop("order")


def _level_table(stages: tuple[StageModel, ...]) -> pl.DataFrame:
    """One row per stage and level of the benchmark."""
    return pl.concat(
        bench.level_table(s.measured.name, s.benchmark, s.measured.factors, s.measured.creator, s.measured.count_events)
        for s in stages
    )


def _error_table(stages: tuple[StageModel, ...], view: views.Views) -> pl.DataFrame:
    """One row per stage (views too) and base or level: how the independent errors of the fit move it."""
    fits = [(s.measured.name, s.benchmark.errors, {f.name: f.levels for f in s.measured.factors}) for s in stages]
    fits.append((VIEWS, view.effects.errors, view.levels))
    rows = [
        (stage, factor, level, errors[factor][at].tolist())
        for stage, errors, levels_of in fits
        for factor, levels in ({"base": ("",)} | levels_of).items()
        for at, level in enumerate(levels)
    ]
    names = ["stage", "factor", "level", "errors"]
    return pl.DataFrame(rows, names, schema_overrides={"errors": pl.List(pl.Float64)}, orient="row")


def _facts(stages: tuple[StageModel, ...], learned: LearnedField) -> pl.DataFrame:
    """List the numbers that describe the whole field, each with its meaning. stages: centred."""
    geography, field, view = learned.geography, learned.indices, learned.view
    frequencies, paid, newest = learned.frequencies, learned.paid, learned.context.newest_quarter
    share, out_click, out_convert = geography.typical_share, geography.out_click, geography.out_convert
    typical = float(path_factor(np.array(share), out_click, out_convert))
    rows = [
        ("out_of_market_click", out_click, "kC: clicks per impression outside the market against inside"),
        ("out_of_market_conversion", out_convert, "kV: conversions per click outside the market against inside"),
        ("typical_in_market_share", share, "s0: mean share of an audience that lives in its home market"),
        ("typical_geography_factor", typical, "g(s0): conversions per impression there against a whole audience"),
        ("drift_per_quarter", stages[0].drift, "d2: variance that a quarter adds to a creator's log index"),
        ("view_level", view.level, "log impressions per follower and deliverable of a typical creator"),
        ("view_creator_sd", view.creator_sd, "spread of log view rates between creators"),
        ("view_campaign_sd", view.campaign_sd, "spread of log impressions between a creator's campaigns"),
        ("frequency_campaign_sd", frequencies.campaign_sd, "spread of log impressions per person between campaigns"),
        ("frequency_overlap", frequencies.overlap, "power of the count that impressions per person grow with"),
        ("frequency_overlap_sd", frequencies.overlap_sd, "how unsure that power is"),
        ("reach_limit", frequencies.reach_limit, "most people that several deliverables reach, per follower"),
        ("price_level", paid.effects.base, "log price of an expected impression, before currency, platform and kind"),
        ("price_slope", paid.slope, "how the log price of an expected impression changes with log followers"),
        ("price_middle", paid.middle, "log followers at which that slope adds nothing"),
        ("price_creator_sd", paid.creator_sd, "spread of log prices between creators"),
        ("price_campaign_sd", paid.campaign_sd, "spread of log prices between a creator's campaigns"),
    ]
    fits = [(s.measured.name, s.spreads) for s in stages] + [(VIEWS, view.effects.spreads)]
    rows += [
        (f"spread_{stage}_{factor}", spread, f"spread of log effects between levels of {factor}")
        for stage, spreads in fits
        for factor, spread in spreads.items()
    ]
    if newest is not None:
        rows.append(("newest_quarter", float(newest), "now: the newest campaign's quarter, year x 4 + quarter - 1"))
    for number, stage in enumerate(stages):
        name, of = stage.measured.name, STAGE_TRIALS[stage.measured.name]
        spread, level = float(np.sqrt(field.covariance[number, number])), float(field.mean[number])
        rows += [
            (f"base_{name}", stage.benchmark.base, f"rate per {of} of a typical creator, audience all in the market"),
            (f"tau_{name}", spread, "spread of the log index between creators"),
            (f"k_{name}", stage.spread.cap, "events that one campaign can prove, however big"),
            (f"m0_{name}", level, "log level of the typical creator, already part of the base rate"),
        ]
    return pl.DataFrame(rows, schema={"name": pl.String, "value": pl.Float64, "meaning": pl.String}, orient="row")
