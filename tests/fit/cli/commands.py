"""Run the command line within a test, and a small file that its tests load."""

import pytest

from fit.__main__ import main

AUDIENCE = "creator_id,country,audience_share\nc1,DE,0.6\nc1,AT,0.2\nc2,DE,0.1\nc2,BR,0.7\n"


def run(capsys: pytest.CaptureFixture, *words: str) -> tuple[int, str, str]:
    """Run one command; return its exit code, stdout and stderr."""
    try:
        code = main(list(words))
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    return code, said.out, said.err
