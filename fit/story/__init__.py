"""The story told to stakeholders about a few creators: evidence, risks, outlook, next step.

One value that the slides on screen, the deck, the PDF, the page and the workbook all draw.
"""

from fit.story.build import build_story
from fit.story.evidence import sections_of
from fit.story.markets import MOST_COLUMNS, gap_said
from fit.story.outlook import close_pairs
from fit.story.recommendation import by_group, main_risk
from fit.story.story import (
    MOST_CREATORS,
    SECTIONS,
    UNCERTAINTY,
    CreatorStory,
    Picture,
    PictureKind,
    Section,
    SectionKey,
    Story,
    StoryError,
)
