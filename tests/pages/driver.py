"""Drive pages without a browser: open one by its link, see what went wrong, drop files on it."""

from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
# Every AppTest reads the metadata of all installed packages for components, as a server does once when it starts.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
PAGES = {
    "shortlist": "Shortlist",
    "compare": "Compare",
    "plan": "Plan",
    "audience_geography": "Audience",
    "natural_strength": "Strength",
    "recommended_role": "Role",
    "brief": "Brief",
    "goal_conversation": "Goals",
    "goal_alignment": "Alignment",
    "partnership_charter": "Charter",
    "campaign_review": "Review",
    "partnerships": "Partnerships",
    "forecast_accuracy": "Accuracy",
    "present": "Present",
    "your_data": "Your data",
}
OF_PEOPLE = {"shared": "Shared with me", "team": "Team", "activity": "Activity"}  # that are there only with sign-in
WITH_BRIEF = {"shortlist", "compare", "plan", "audience_geography", "natural_strength", "recommended_role", "present"}
TAB_KEYS = {"audience_geography": "audience_tab", "recommended_role": "role_tab"}
HOSTILE = {
    "h1": "![p](http://x/a.png)",
    "h2": ":red[TOP]",
    "h3": "<img src=x onerror=alert(1)>",
    "h4": "=1+1",
    "h5": "$x$ www.evil.example",
}


BOXES = [  # keys of the boxes whose content is drawn only once they are open
    "box_Origin of every figure", "box_Origin of the forecast", "box_sources", "box_facts", "box_brief",
    *(f"box_index_{stage}" for stage in ("engage", "click", "convert")),
]  # fmt: skip


def opened(page: str, /, *, tab: str = "", **link: str) -> AppTest:
    """Open a page by its own link, with every box open that is closed at first.

    tab: the label of a page's tab to open, "" for the first; of Your data, what the link calls it. Every page but the
    default is found the way a fresh server finds it.
    """
    return about_to_open(page, tab=tab, **link).run()


def about_to_open(page: str, /, *, tab: str = "", **link: str) -> AppTest:
    """What `opened` opens, before it does."""
    PagesManager.uses_pages_directory = None
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if tab and page in TAB_KEYS:
        app.session_state[TAB_KEYS[page]] = tab
    elif tab:
        link = link | {"tab": tab}
    for key in BOXES:
        app.session_state[key] = True
    for name, value in link.items():
        app.query_params[name] = value
    if page != "shortlist":
        app.switch_page(f"pages/{page}.py")
    return app


def troubles(app: AppTest) -> list[str]:
    """What a reader would take for a failure."""
    return [element.value for element in (*app.exception, *app.error)]


class Dropped:
    """A file as a browser sends it."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.content = name, content

    def getbuffer(self) -> memoryview:
        return memoryview(self.content)


def opened_by(reader: str | None, page: str, tab: str = "") -> AppTest:
    """A page as the browser of a reader with this locale opens it. tab: of Your data."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.context = {"locale": reader}
    app.query_params["market"] = "DE-60_AT-40"
    if tab:
        app.query_params["tab"] = tab
    if page != "shortlist":
        app.switch_page(f"pages/{page}.py")
    return app.run()
