"""The story told to stakeholders about a few creators: evidence, risks, outlook, next step.

One value that the slides on screen, the deck, the PDF, the page and the workbook all draw.
"""

from fit.story.build import build_story
from fit.story.compared import compared_cell, tick_words
from fit.story.evidence import sections_of
from fit.story.markets import MOST_COLUMNS, gap_said
from fit.story.outlook import against, close_pairs, step_with
from fit.story.profile import profile_address, profile_words
from fit.story.recommendation import (
    by_group,
    expected_figure,
    goal_noun,
    line_said,
    of_group,
    page_title,
    per_what,
    risk_or_reason,
)
from fit.story.story import (
    MOST_COMPARED,
    MOST_CREATORS,
    SECTIONS,
    UNCERTAINTY,
    CreatorStory,
    Figure,
    Picture,
    PictureKind,
    Section,
    SectionKey,
    Story,
    StoryError,
)
from fit.story.totals import total_of
from fit.story.without_prices import COST_METRICS, without_prices
