"""What a brand and a creator agree on: brief, alignment, red lines, targets, and how far each partnership is.

The agreement is one value and one TOML file; everything that both sides read, sign or change is composed from it.
What the store of decisions saves reaches it as arguments.
"""

from fit.agreement.agreement import (
    KINDS,
    PRESENT,
    RATINGS,
    SIDES,
    STEPS,
    Adjustment,
    Agreement,
    AgreementError,
    CallStep,
    CharterPart,
    Deliverable,
    Insight,
    LeftOut,
    MetricLine,
    Need,
    Note,
    Party,
    RedLine,
    Side,
    Task,
    Wording,
)
from fit.agreement.alignment import ENOUGH_OVERLAP, RULE, Alignment, Row, align
from fit.agreement.answer_sheet import (
    COMMITMENTS,
    FEELS_GOOD,
    HINTS,
    MISREAD,
    QUESTIONS,
    RED_LINES,
    SUCCESS,
    answer_of,
    conversation_verdict,
    read_sheet,
    sheet_document,
    sheet_headings,
    sheet_text,
    single_wishes,
    with_answer,
    with_commitments,
    with_red_lines,
)
from fit.agreement.brief import (
    UNSAID,
    TwoSided,
    agreement_json,
    brand_document,
    brief_json,
    brief_verdict,
    deliverable_words,
    lines_json,
    suggested_reason,
    suggested_story,
    two_sided,
)
from fit.agreement.brief_price import PRICE_FIELDS, BriefPrice, brief_price, example_words
from fit.agreement.creator_brief import creator_document
from fit.agreement.creator_context import CreatorContext, UnknownCreator, read_creator_context
from fit.agreement.differences import Difference, differences
from fit.agreement.file import (
    LONGEST_TEXT,
    MOST_COUNT,
    MOST_DAYS,
    entry_fields,
    read_agreement,
    read_saved_agreement,
    write_agreement,
    write_part,
)
from fit.agreement.frozen_forecast import Audience, FrozenForecast, frozen_rates, lines_of_agreements
from fit.agreement.merge import Clash, merge_changes, place_of, settle
from fit.agreement.new_draft import USUAL_LINES, first_draft, free_name, new_line
from fit.agreement.planning_call import MINUTES, Item, agenda_document, chances, questions, steps
from fit.agreement.progress import (
    WAY,
    Partnership,
    PartnershipStage,
    locked,
    partnerships_progress,
    progress_finding,
    progress_verdict,
)
from fit.agreement.rule import MOST_SHARE, AnyRule, DeliverableRule, Limit, Rule, bound_of, rule_words
from fit.agreement.rule_checks import CheckedRedLine, RuleCheck, Status, check_adjustment, check_rule
from fit.agreement.saved import CharterStore, ReviewStore, SavedCharter, SavedReview, SavedSignOff
from fit.agreement.targets import (
    DARING,
    TargetLine,
    doubled_lines,
    line_label,
    line_of,
    targets_with_chance,
    with_canonical_names,
    with_forecast_targets,
)
