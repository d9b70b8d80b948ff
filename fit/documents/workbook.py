"""Write a story as an Excel workbook and as one CSV table, numbers as numbers, and nothing in them a formula."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import polars as pl
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from polars import selectors as cs

from fit.brief import Goal
from fit.charts import LIGHT
from fit.documents.safe_csv import csv_text, guarded, marked
from fit.forecast import FORECAST_METRICS
from fit.locale import _, phrase
from fit.metrics import METRICS as LIBRARY
from fit.shortlist import MAIN_METRIC, Group, expected_of, price_basis, what_to_do
from fit.story import (
    COST_METRICS,
    UNCERTAINTY,
    CreatorStory,
    Story,
    by_group,
    goal_noun,
    of_group,
    risk_or_reason,
    sections_of,
    total_of,
)
from fit.text import plain, words

# Headings in plain words; names of columns are those of `shortlist --csv`.
PARTS = {
    "mean": phrase("Expected"), "p10": phrase("Low (1 in 10 chance of less)"), "p50": phrase("Middle"),
    "p90": phrase("High (1 in 10 chance of more)"), "index": phrase("Index"), "low": phrase("Low"),
    "high": phrase("High"), "measured": phrase("Measured"), "count_campaigns": phrase("Campaigns"),
}  # fmt: skip
PLAIN = PARTS | {
    "creator_name": phrase("Creator"), "creator_id": phrase("Creator id"), "what_to_do": phrase("What to do"),
    "group": phrase("Group"), "expected_of": phrase("What is expected"), "expected_mean": phrase("Expected"),
    "expected_p10": phrase("Expected, low"), "expected_p90": phrase("Expected, high"),
    "expected_p_zero": phrase("Chance of none"), "expected_per_1000": phrase("Expected per 1,000 of the currency"),
    "cost_per_purchase": phrase("Cost per purchase"),
    "cost_per_1000_people_reached": phrase("Cost per 1,000 people reached"), "price": phrase("Price"),
    "price_currency": phrase("Currency of the price"), "price_basis": phrase("Where the price comes from"),
    "gaps": phrase("Markets missed"), "main_risk": phrase("Main risk"), "p_top_3": phrase("Likely in the top 3"),
    "too_close_to_next": phrase("Tied with the next"), "in_market_share": phrase("Audience in the markets"),
    "in_market_share_upper": phrase("Audience in the markets, at most"),
    "unknown_share": phrase("Audience, country unknown"), "in_market_reach": phrase("Reach in the markets"),
    "in_market_reach_basis": phrase("Where the reach comes from"), "count_matching": phrase("Creators that match"),
    "role_label": phrase("Role"), "role_confidence": phrase("Role, how sure"),
    "role_p_conversion": phrase("Likely better for sales than for awareness"),
    "count_deliverables": phrase("How many"), "no_sale_rate": phrase("Chance of no purchase"),
    "because": phrase("Because"), "audience_share": phrase("Share of the audience"),
    "weight_in_brief": phrase("Part of the brief"), "country_name": phrase("Country name"),
    "p_beats_benchmark": phrase("Likely above similar creators"), "evidence": phrase("Counts as events"),
    "is_main": phrase("Decides the order"), "p_zero": phrase("Chance of none"),
    "p_hit": phrase("Chance to reach the target"), "n": phrase("Number"), "n_of": phrase("Number of"),
    "demo": phrase("Sample data"), "cost_basis": phrase("Where the cost comes from"),
}  # fmt: skip
STAGE_COUNTS = {"engage": "engagements", "click": "clicks", "convert": "conversions"}
SHARES = (
    "_share",
    "_share_upper",
    "_rate",
    "_p_conversion",
    "_p_zero",
)  # ends of the names of columns that hold 0 to 1
CHANCES = ("p_top", "p_hit", "p_zero", "p_beats")  # and beginnings
OF_PRICES = (
    "cost_per_purchase",
    "cost_per_1000_people_reached",
    "price",
    "price_currency",
    "price_basis",
    "expected_per_1000",
    "cost",
    "cost_basis",
    "because",
)  # fmt: skip; columns that say prices, or nothing where they are hidden
SMALL = 1000  # below it decimals say something
WIDEST = 60  # letters of a column; longer texts wrap
AS_JUDGED = (
    "platform", "vertical", "home_country", "followers", "rank", "p_top_3", "too_close_to_next", "in_market_share",
    "in_market_share_upper", "unknown_share", "in_market_reach", "in_market_reach_basis",
)  # fmt: skip
WRITTEN_METRICS = ("in_market_conversions", "in_market_reach", "clicks", "conversions", "in_market_impressions",
                   "impressions", "revenue")  # fmt: skip


def story_workbook(story: Story) -> bytes:
    """The story as XLSX: the decision in words and numbers first, then a row a creator, what it rests on, and About."""
    book = Workbook()
    book.remove(book.active)
    _summary(book.create_sheet("Summary"), story)
    for title, frame in (
        ("Recommendation", _recommendation(story)),
        ("Shortlist", _shortlist(story).drop(cs.starts_with("payoff"))),
        ("Audience", _audience(story)),
        ("Strengths", _strengths(story)),
        ("Forecast", _forecast(story)),
        ("Sources", _sources(story)),
    ):
        _fill(book.create_sheet(title), marked(_shown(frame, story), is_demo=story.is_demo), story)
    _fill(book.create_sheet("About"), _about(story), story)
    book.properties.title = plain(story.title)
    book.properties.creator = "Creator Fit"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def story_csv(story: Story) -> str:
    """A row a creator: judgement and forecast, sources, then generation, dates and demo; texts guarded."""
    sources = pl.DataFrame([_source_cells(creator) for creator in story.creators], infer_schema_length=None)
    made = {"generation": story.generation, "generation_date": story.built_on, "date": story.made_on}
    rows = pl.concat([_shortlist(story), sources], how="horizontal").with_columns(
        **{column: pl.lit(value) for column, value in made.items()}, demo=pl.lit(story.is_demo)
    )
    return csv_text(_plain(_shown(rows, story)))


def _shown(frame: pl.DataFrame, story: Story) -> pl.DataFrame:
    """The columns that a story shows: without those that would be blank because prices are hidden."""
    return frame.drop(*OF_PRICES, cs.starts_with("payoff"), strict=False) if story.hides_prices else frame


def _summary(sheet: Worksheet, story: Story) -> None:
    """What to decide: numbers of all bookings and tests, a row a creator, the main risk and what is asked."""
    section = sections_of(story.brief, story.creators, story.count_matching)[0]  # whatever else is shown
    is_sales, ordered = story.brief.goal == Goal.CONVERSION, by_group(story.creators)
    what = _("Expected purchases") if is_sales else _("People reached")
    each = _("Cost per purchase") if is_sales else _("Cost per 1,000 people reached")
    low, high = _("Likely range: from"), _("Likely range: to")

    def priced(values: list[object]) -> list[object]:
        """The cells of a row, without price, currency and cost of one where they are hidden."""
        return [value for at, value in enumerate(values) if not (story.hides_prices and at in (2, 3, 7))]

    bold = Font(bold=True)
    _put(sheet, 1, [section.title], Font(bold=True, size=16))
    _put(sheet, 2, [section.subtitle], Font(color=LIGHT.faint_ink[1:]))
    _put(sheet, 4, priced([_("In all"), _("Creators"), _("Price"), _("Currency"), what, low, high, each]), bold)
    row = 5
    for group, name in ((Group.BOOK, _("To book")), (Group.PILOT, _("To test first"))):
        members = of_group(ordered, group)
        if members:
            total = total_of(members, story.brief)
            price = total.costs[total.currency] if total.currency else None
            expected = total.expected
            numbers = [expected.mean, expected.p10, expected.p90, expected.cost_per_outcome]
            _put(sheet, row, priced([name, len(members), price, total.currency or _("several"), *numbers]))
            row += 1
    row += 1
    head = priced([_("Creator"), _("What to do"), _("Price"), _("Currency"), what, low, high, each, _("Main risk")])
    _put(sheet, row, head, bold)
    first = row
    for creator in ordered:
        row += 1
        expected, asked = expected_of(creator.expected, story.brief.goal), creator.expected.asked
        numbers = [expected.mean, expected.p10, expected.p90, expected.cost_per_outcome]
        texts = [creator.name, what_to_do(creator.candidate, story.brief)]
        _put(sheet, row, priced([*texts, asked.cost, asked.currency, *numbers, risk_or_reason(creator, story.brief)]))
    for risk in (*section.points[-1:], section.request, section.source, story.imprint):
        row += 2 if risk == section.points[-1] else 1
        _put(sheet, row, [risk], Font(bold=risk == section.request))
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(head))}{first + len(ordered)}"
    sheet.freeze_panes = "B1"
    for letter, wide in zip("ABCDEFGHI", (30, 20, 12, 10, 20, 20, 20, 20, 44), strict=True):
        sheet.column_dimensions[letter].width = wide
    _prepare_print(sheet, story)


def _put(sheet: Worksheet, row: int, values: Sequence[object], font: Font | None = None) -> None:
    """Write values into a row, texts guarded, numbers as numbers."""
    shown = _guarded_texts([plain(value) if isinstance(value, str) else value for value in values])
    for column, value in enumerate(shown, 1):
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            cell.data_type = "s"
        cell.number_format = _format("", value)
        if font is not None:
            cell.font = font


def _guarded_texts(values: Sequence[object]) -> list[object]:
    texts = guarded(pl.DataFrame({"text": [value if isinstance(value, str) else None for value in values]},
                                 schema={"text": pl.String}))["text"]  # fmt: skip
    return [text if isinstance(value, str) else value for value, text in zip(values, texts, strict=True)]


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Texts on one line, without letters that no spreadsheet can hold."""
    return frame.with_columns(pl.col(pl.String).map_elements(plain, return_dtype=pl.String))


def _shortlist(story: Story) -> pl.DataFrame:
    """A row a creator; names of columns are those of `shortlist --csv` where it has them."""
    rows = [
        _judged(story, creator) | _expected(creator) | {"because": creator.candidate.because}
        for creator in story.creators
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _recommendation(story: Story) -> pl.DataFrame:
    """A row a creator in the order of what to do: what it brings, what that costs, where the audience lives."""
    rows = [
        {"creator_name": creator.name, "what_to_do": what_to_do(creator.candidate, story.brief)}
        | _outcome(story, creator)
        | {"main_risk": risk_or_reason(creator, story.brief), "creator_id": creator.candidate.creator_id}
        for creator in by_group(story.creators)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _outcome(story: Story, creator: CreatorStory) -> dict[str, object]:
    """What one standard deliverable brings, what that costs, and the share of each market."""
    candidate, expected = creator.candidate, creator.candidate.expected
    is_sales = story.brief.goal == Goal.CONVERSION
    row: dict[str, object] = {"expected_of": words.metric(expected.metric)}
    row |= {f"expected_{part}": getattr(expected, part) for part in ("mean", "p10", "p90")}
    row |= {"cost_per_purchase" if is_sales else "cost_per_1000_people_reached": expected.cost_per_outcome}
    row |= {"price": candidate.cost, "price_currency": candidate.currency, "price_basis": price_basis(candidate)}
    row |= {f"{code}_share": candidate.shares.get(code) for code in story.brief.weights}
    gaps = words.listing([words.country(code) for code in candidate.gaps])
    return row | {"gaps": gaps or None}


def _judged(story: Story, creator: CreatorStory) -> dict[str, object]:
    candidate = creator.candidate
    row: dict[str, object] = {
        "creator_id": candidate.creator_id,
        "creator_name": candidate.creator_name,
        "group": candidate.group.value,
    }
    row |= _outcome(story, creator) | {
        "expected_p_zero": candidate.expected.p_zero,
        "expected_per_1000": candidate.expected.per_1000,
    }
    row |= {column: getattr(candidate, column) for column in AS_JUDGED}
    row |= {"in_market_reach": candidate.reached_there, "count_matching": story.count_matching}
    for stage in words.STAGE_WORDS:
        parts = ("index", "low", "high", "measured", "count_campaigns")
        row |= {f"{stage}_{part}": getattr(candidate.stages[stage], part) for part in parts}
    row |= {f"role_{part}": getattr(candidate.role, part) for part in ("label", "confidence", "p_conversion")}
    row |= {f"payoff_{goal}": payoff for goal, payoff in candidate.payoff.items()}
    return row | {"payoff_basis": candidate.payoff_basis}


def _expected(creator: CreatorStory) -> dict[str, object]:
    asked, outlook = creator.expected.asked, creator.expected.outlook
    row: dict[str, object] = {
        "deliverable": asked.deliverable,
        "count_deliverables": asked.count,
        "cost": asked.cost,
        "currency": asked.currency or outlook.currency,
        "cost_basis": asked.cost_basis,
    }
    for metric in WRITTEN_METRICS:
        row |= {f"{metric}_{part}": outlook.metrics[metric][part] for part in ("mean", "p10", "p90")}
    row |= {"no_sale_rate": outlook.metrics["in_market_conversions"]["p_zero"]}
    for target in outlook.targets:
        row |= {f"target_{target.metric}": target.target, f"p_hit_{target.metric}": target.p_hit}
    return row


def _who(creator: CreatorStory) -> dict[str, object]:
    return {"creator_id": creator.candidate.creator_id, "creator_name": creator.name}


def _audience(story: Story) -> pl.DataFrame:
    """A row a country and creator; the unknown part is a row without a country, a creator without audience one too."""
    weights = story.brief.weights
    rows = []
    for creator in story.creators:
        measured = {key: (creator.source or {}).get(key) for key in ("audience_type", "source", "as_of")}
        for code, share in creator.audience.select("country", "audience_share").rows():
            row = {"country": code, "country_name": words.country(code), "audience_share": share}
            rows.append(_who(creator) | row | {"weight_in_brief": weights.get(code)} | measured)
        missing = {"country": None, "country_name": _("unknown"), "audience_share": creator.candidate.unknown_share}
        rows.append(_who(creator) | missing | {"weight_in_brief": None} | measured)
    return pl.DataFrame(rows, infer_schema_length=None)


def _strengths(story: Story) -> pl.DataFrame:
    """A row a creator and stage: index and its 80 % interval, and the events of the trials behind it."""
    rows = [
        _who(creator) | {"stage": words.stage(stage)} | vars(creator.candidate.stages[stage])
        | {"events": creator.sums[f"{stage}_events"], "trials": creator.sums[f"{stage}_trials"]}
        for creator in story.creators
        for stage in words.STAGE_WORDS
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _forecast(story: Story) -> pl.DataFrame:
    """A row a creator and metric; blank where it cannot be known."""
    rows = []
    for creator in story.creators:
        outlook = creator.expected.outlook
        targets = {target.metric: target for target in outlook.targets}
        for metric in dict.fromkeys((*FORECAST_METRICS, *targets)):
            if creator.hides_price and metric in COST_METRICS:
                continue
            target, values = targets.get(metric), outlook.metrics.get(metric, {})
            row: dict[str, object] = {
                "metric": words.metric(metric),
                "is_main": metric == MAIN_METRIC[story.brief.goal],
            }
            row |= {part: values.get(part) for part in ("mean", "p10", "p50", "p90", "p_zero")}
            row |= {"currency": outlook.currency if LIBRARY[metric].unit == "amount" else None}
            rows.append(_who(creator) | row | {"target": target and target.target, "p_hit": target and target.p_hit})
    return pl.DataFrame(rows, infer_schema_length=None)


def _sources(story: Story) -> pl.DataFrame:
    """A row a creator and figure: what it rests on, the files, the dates, and how many of what were counted."""
    rows = [_who(creator) | row for creator in story.creators for row in _figures(creator)]
    return pl.DataFrame(rows, infer_schema_length=None)


def _figures(creator: CreatorStory) -> list[dict[str, object]]:
    source, sums, candidate = creator.source or {}, creator.sums, creator.candidate
    files = "; ".join(creator.files)
    dates = {"date_from": sums["first_date"], "date_to": sums["last_date"]}
    listed = source.get("count_countries")
    measured = f"{source['audience_type']}, {source['source']}" if source else _("no audience is loaded")
    audience = {"source": measured, "file": source.get("file_name"), "date_from": source.get("as_of")}
    audience |= {"date_to": source.get("as_of"), "n": listed, "n_of": _("countries listed")}
    campaigns = {"source": _("campaigns of the store"), "file": files or None} | dates
    rows: list[dict[str, object]] = [{"figure": _("In-market share"), **audience}]
    for stage, counted in STAGE_COUNTS.items():
        strength = _("Strength, {stage}").format(stage=words.stage(stage))
        rows.append({"figure": strength, **campaigns, "n": sums[f"count_with_{counted}"], "n_of": _("campaigns")})
    everything = campaigns | {"n": sums["count_campaigns"], "n_of": _("campaigns")}
    priced = _("campaigns, {basis}").format(basis=price_basis(candidate))
    rows += [{"figure": _("Role"), **everything}]
    rows += [] if creator.hides_price else [{"figure": _("Price"), **everything, "source": priced}]
    return [*rows, {"figure": _("Forecast"), **everything, "source": _("campaigns, followers and audience")}]


def _source_cells(creator: CreatorStory) -> dict[str, object]:
    """The sources of one creator in one row."""
    source, sums = creator.source or {}, creator.sums
    return {
        "audience_source": source.get("source"),
        "audience_type": source.get("audience_type"),
        "audience_as_of": source.get("as_of"),
        "audience_file": source.get("file_name"),
        "campaigns_files": "; ".join(creator.files) or None,
        "campaigns_from": sums["first_date"],
        "campaigns_to": sums["last_date"],
        "campaigns_n": sums["count_campaigns"],
    }


def _about(story: Story) -> pl.DataFrame:
    markets = [f"{words.country(code)} {words.percent(weight)}" for code, weight in story.brief.weights.items()]
    facts = {
        _("Title"): story.title,
        _("Imprint"): story.imprint,
        _("Demo"): _("Sample data: nothing here is real.") if story.is_demo else _("No, this is your own data."),
        _("Goal"): words.capitalized(goal_noun(story.brief)),
        _("Markets by weight"): words.listing(markets),
        _("Creators that match the brief"): words.count(story.count_matching),
        _("How to read ranges"): _(UNCERTAINTY),
        _("Shares and chances"): _(
            "0 to 1. 9 times in 10 the result is above the low end, 1 time in 10 above the high end; "
            "expected is the average."
        ),
        _("Index"): _(
            "100 is what similar creators get on comparable campaigns; low to high is the likely range (8 times in 10)."
        ),
        _("Blank cells"): _("Not measured or not known, never 0."),
    }
    because = {
        _("Because of {name}").format(name=creator.name): creator.candidate.because for creator in story.creators
    }
    facts |= {} if story.hides_prices else because
    return pl.DataFrame({"What": list(facts), "Said": list(facts.values())})


def _fill(sheet: Worksheet, frame: pl.DataFrame, story: Story) -> None:
    """Header and rows; texts stay texts for every spreadsheet, dates and numbers are what they are; ids stand last."""
    ids = [name for name in ("creator_id", "demo") if name in frame.columns]
    shown = guarded(_plain(frame.select(*[name for name in frame.columns if name not in ids], *ids)))
    for number, column in enumerate(shown.columns, 1):
        values = [_header(column), *shown[column].to_list()]
        wide = max(len(str(value)) for value in values if value is not None)
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, max(8, wide)) + 2
        for row, value in enumerate(values, 1):
            cell = sheet.cell(row, number, value)
            if isinstance(value, str):
                cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = _format(column, value)
            if row > 1 and value is not None and _is_gap(column, shown, row - 2):
                cell.font = Font(bold=True, color=LIGHT.gap[1:])
        sheet.cell(1, number).font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    _prepare_print(sheet, story)


def _prepare_print(sheet: Worksheet, story: Story) -> None:
    sheet.oddFooter.left.text = story.imprint
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _is_gap(column: str, shown: pl.DataFrame, row: int) -> bool:
    """Whether a cell names a market that the audience misses, or how little of it lives there."""
    if "gaps" not in shown.columns or not (missed := shown["gaps"][row]):
        return False
    code = column.removesuffix("_share")
    return column == "gaps" or (code != column and words.country(code) in missed)


def _header(column: str) -> str:
    """A heading in plain words: "Likely in the top 3" of p_top_3, "Clicks, low" of click_low."""
    if column in PLAIN:
        return _(PLAIN[column])
    stage, _sign, part = column.partition("_")
    if stage in words.STAGE_WORDS:
        return f"{words.capitalized(words.stage(stage))}, {_(PARTS.get(part, part)).lower()}"
    for metric in WRITTEN_METRICS:
        if column.startswith(f"{metric}_") and (part := column.removeprefix(f"{metric}_")) in PARTS:
            return f"{words.capitalized(words.metric(metric))}, {_(PARTS[part]).lower()}"
    if column.endswith("_share") and len(column) == len("DE_share"):
        return _("Audience in {market}").format(market=words.country(column[:2]))
    return f"{column[:1].upper()}{column[1:]}".replace("_", " ")


def _format(column: str, value: object) -> str:
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if isinstance(value, float):
        is_share = column.startswith(CHANCES) or column.endswith((*SHARES, "weight_in_brief"))
        return "0.0%" if is_share else "#,##0.0#" if abs(value) < SMALL and value != round(value) else "#,##0"
    return "#,##0" if isinstance(value, int) and not isinstance(value, bool) else "General"
