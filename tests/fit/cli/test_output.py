"""Does the command line speak in sentences?"""

import pytest

from data.importers.report import Problem
from fit.cli.load_command import problem_in_words
from fit.cli.shortlist_commands import matching_in_words


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem(3, 3, "country", "Atlantis", "not a country", "write a code such as DE"),
         'row 3, country = "Atlantis": not a country. Write a code such as DE.'),
        (Problem(3, 3, "fee", "much", "not a number", "write digits", "Mila Marsh"),
         'row 3 (Mila Marsh), fee = "much": not a number. Write digits.'),
        (Problem(None, None, "", "", "the file is cut.", "export it again."),
         'whole file, all columns = "": the file is cut. Export it again.'),
        (Problem(2, 2, "clicks", "a\\x00b", "no number", ""), 'row 2, clicks = "a\\x00b": no number.'),
    ],
)  # fmt: skip
def test_reason_and_fix_are_two_sentences_and_values_stay_as_reported(problem, said):
    assert problem_in_words(problem) == said


@pytest.mark.parametrize(
    ("count", "is_demo", "said"),
    [
        (0, False, "0 creators match."),
        (1, False, "1 creator matches."),
        (1200, True, "1,200 creators match (sample data: invented)."),
    ],
)
def test_one_creator_matches_and_two_match(count, is_demo, said):
    assert matching_in_words(count, is_demo) == said
