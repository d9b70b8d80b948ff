"""Upload files as the page of stored data does: by its form, or by its child process alone."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from streamlit.testing.v1 import AppTest

from data.importers.load import Options
from fit.load_steps import unseen
from fit.refresh import load
from pages.ui import store_access
from pages.ui.your_data.report import in_words
from pages.ui.your_data.upload_process import load_in_child
from tests.pages.driver import Dropped

AUDIENCE = Dropped("audience.csv", b"creator_id,country,audience_share\nc1,DE,0.5\nc1,AT,0.2\n")
UPLOAD = """
from types import SimpleNamespace
from pages.ui.your_data.upload import report, upload

desk = SimpleNamespace(is_demo=False)
upload(desk)
report(desk)
"""


def loaded(*files: Dropped, options: tuple[str, ...] = ()) -> dict:
    """Bring files in by the child process, without watching."""
    return load_in_child(files, options, unseen)


def stored(*files: Dropped) -> None:
    """Load files within this process: what the store of a test holds before it begins."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder, file.name) for file in files]
        for path, file in zip(paths, files, strict=True):
            path.write_bytes(file.content)
        load(Path(store_access.store_folder()), paths, Options(), now=datetime.now())


def failure(document: dict) -> str:
    """What the page says of a load that came to nothing."""
    return in_words([document["failed"]], is_preview=False)


def alone(block: str) -> AppTest:
    """One block of the page without its frame: what its buttons do survives, as on a server that runs for a while."""
    return AppTest.from_string(block, default_timeout=60).run()


def press(app: AppTest, label: str) -> AppTest:
    """Press a button by its label."""
    return next(button for button in app.button if button.label == label).click().run()


def previewed(*files: Dropped) -> AppTest:
    """The form and its report after these files were dropped and looked at."""
    app = alone(UPLOAD)
    for file in files:
        app.file_uploader[0].upload(file.name, file.content)
    return press(app, "Preview")
