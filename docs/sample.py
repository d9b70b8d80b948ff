"""Make the finished documents in docs/sample from the sample data: .venv/bin/python -m docs.sample

Make them again when the sample data change, or how documents look. The day is fixed, so that nothing else differs.
"""

from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from data import store
from fit.brief import Brief
from fit.documents import write_story
from fit.forecast import RequestedLine
from fit.refresh import build_demo
from fit.shortlist import GROUPS, shortlist
from fit.story import build_story
from queries.ask import ask

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "docs" / "sample"
BRIEF = Brief((("DE", 60.0), ("AT", 40.0)))
OF_EACH = {"book": 2, "pilot": 1, "other role": 1, "pass": 1}  # creators of each group


def main() -> None:
    """Build the sample data and write a deck and a PDF of the first of each group."""
    SAMPLE.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        build_demo(Path(folder), now=datetime(2026, 3, 2, 9, 0))
        opened = store.open_newest(Path(folder))
        asked = partial(ask, opened.connection)
        ranked = [one for one in shortlist(asked, BRIEF, top=100).candidates if one.creator_name]
        chosen = [
            one.creator_id
            for group in GROUPS
            for one in [each for each in ranked if each.group == group][: OF_EACH[group]]
        ]
        story = build_story(asked, BRIEF, chosen, RequestedLine(), date(2026, 3, 3))
        for ending in (".pptx", ".pdf"):
            file = SAMPLE / f"deck{ending}"
            file.write_bytes(write_story(story, ending))
            print(f"Wrote {file.relative_to(ROOT)}")
        opened.connection.close()


if __name__ == "__main__":
    main()
