"""Can two people go from the shortlist to a signed charter in a browser, and does a second one open the same paper?"""

import io
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote_plus
from uuid import uuid4

import pytest
from playwright.sync_api import Locator
from pypdf import PdfReader

from data.decisions.decisions import open_decisions
from fit.agreement.agreement import RedLine
from fit.agreement.file import write_agreement
from fit.agreement.rule import DeliverableRule, Limit, Rule
from tests.browser.driver import LOOKS, PHONE, Visit, expect, running_server
from tests.pages.ui.partnership.partnerships import NOW, WHOLE

LINK = "market=DE-60_AT-40&creator=demo-003"
HOSTILE = "![p](http://x/a.png) <img src=x onerror=alert(1)> $x$ :red[TOP] www.evil.example"
FILLED = "filled"
OTHER = replace(
    WHOLE, creator="demo-004",
    red_lines=(*WHOLE.red_lines, RedLine("creator", "no video", DeliverableRule("video", Limit.AT_MOST, 0))),
    adjustment=replace(WHOLE.adjustment, rule=Rule("clicks", Limit.AT_LEAST, share_of_target=0.5, after_days=7)),
)  # fmt: skip
NAME = "Drawers & <b>spring</b>"
BEGINS_WITHIN = 600  # milliseconds until a page that was acted on has begun to run, on a busy machine


@pytest.fixture(scope="module")
def own_store(demo_store, tmp_path_factory) -> Path:
    """A store whose decisions nobody else writes, with one filled paper."""
    folder = tmp_path_factory.mktemp("partnership") / "store"
    shutil.copytree(demo_store, folder)
    decisions = open_decisions(folder)
    decisions.save("agreement", FILLED, write_agreement(OTHER), version=0, by=None, now=NOW)
    decisions.note_stage(FILLED, OTHER.creator, "called", None, NOW)
    decisions.close()
    return folder


@pytest.fixture(scope="module")
def own_server(own_store) -> Iterator[str]:
    with running_server(own_store) as address:
        yield address


@pytest.fixture
def call(own_store) -> str:
    """A paper whose call nobody has begun: a second try finds it as the first one did."""
    name = f"call-{uuid4().hex[:8]}"
    decisions = open_decisions(own_store)
    decisions.save("agreement", name, write_agreement(replace(OTHER, trade_offs=())), version=0, by=None, now=NOW)
    decisions.close()
    return name


def fill(seen: Visit, label: str, text: str, at: int = 0) -> None:
    """Type into a field and leave it, which saves."""
    field = seen.page.get_by_label(label, exact=True).nth(at)
    field.fill(text)
    field.press("Tab")
    seen.page.wait_for_timeout(BEGINS_WITHIN)
    seen.settled()


def stop_button(seen: Visit) -> Locator:
    """The button that ends the call: while a page runs, Streamlit's own header has a Stop too."""
    return seen.page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop")


def fill_day(seen: Visit, label: str, digits: str) -> None:
    """Type a day, year first, into its parts."""
    seen.page.get_by_role("group", name=label, exact=True).get_by_role("spinbutton").first.focus()
    seen.page.keyboard.type(digits)
    seen.page.locator("h1").click()  # a day is taken once the field is left altogether
    seen.page.wait_for_timeout(BEGINS_WITHIN)
    seen.settled()


def press(seen: Visit, name: str, at: int = 0) -> None:
    """Press a button, and wait for what it does."""
    seen.page.get_by_role("button", name=name, exact=True).nth(at).click()
    seen.page.wait_for_timeout(BEGINS_WITHIN)
    seen.settled()


def turn_to(seen: Visit, title: str) -> None:
    """Go to a page by the list of pages."""
    seen.page.get_by_test_id("stSidebarNav").get_by_text(title, exact=True).click()
    seen.page.wait_for_function("title => document.querySelector('h1')?.innerText === title", arg=title)
    seen.settled()


def choose(seen: Visit, label: str, option: str) -> None:
    """Choose one of the options that stand side by side under a label."""
    seen.page.get_by_role("radiogroup", name=label).first.get_by_text(option, exact=True).click()
    seen.page.wait_for_timeout(BEGINS_WITHIN)
    seen.settled()


def tick(seen: Visit, label: str) -> None:
    """Tick the first box of this label."""
    seen.page.get_by_test_id("stCheckbox").get_by_text(label, exact=True).first.click()
    seen.page.wait_for_timeout(BEGINS_WITHIN)
    seen.settled()


def test_from_shortlist_to_signature(own_server, visit):
    seen = visit(own_server).open(f"recommended_role?{LINK}")
    press(seen, "Start a brief with this creator")
    expect(seen.page.locator("h1")).to_have_text("Brief")
    fill(seen, "Name of the partnership", NAME)
    press(seen, "Start a partnership")
    expect(seen.page).to_have_url(re.compile("paper=Drawers"))
    assert seen.in_order() == []

    fill(seen, "The brand's goal", "Grow revenue with drawer systems")
    fill(seen, "The partnership's goal", f"People see how the drawer works {HOSTILE}")
    fill_day(seen, "First day", "20261220")
    fill_day(seen, "Last day", "20261210")
    expect(seen.page.get_by_text("before it starts on")).to_be_visible()
    fill_day(seen, "Last day", "20270110")
    expect(seen.page.get_by_text("before it starts on")).to_have_count(0)
    fill(seen, "Target, at least", "90000")
    expect(seen.page.get_by_text("is under 1 in 20. Half of all cases bring")).to_be_visible()
    fill(seen, "Target, at least", "100")
    expect(seen.page.get_by_text(re.compile("Half of all cases bring"))).to_have_count(0)
    assert seen.in_order() == []

    turn_to(seen, "Charter")
    expect(seen.page.get_by_text("The alignment matrix is empty")).to_be_visible()
    expect(seen.page.get_by_text("No metric matters to both sides")).to_be_visible()
    expect(seen.page.get_by_role("button", name="Save this charter")).to_be_disabled()
    assert seen.in_order() == []

    turn_to(seen, "Goals")
    fill(seen, "1. What does success look like?", "my followers ask where to buy it")
    fill(seen, "3. What will you not compromise on?", "no scripted captions")
    choose(seen, "What is on screen", "Ask the brand")
    expect(seen.page.get_by_text("Four questions for the brand")).to_be_visible()
    expect(seen.page.get_by_label("1. What does success look like?")).to_have_value("")
    fill(seen, "1. What does success look like?", "orders from Germany")
    choose(seen, "What is on screen", "Side by side")
    expect(seen.page.get_by_text("my followers ask where to buy it").first).to_be_visible()
    press(seen, "Turn into red lines")
    choose(seen, "What is on screen", "The call")
    press(seen, "Start")
    expect(seen.page.get_by_text(re.compile(r"^29:\d\d$"))).to_be_visible()
    for party in ("Brand", "Creator"):
        tick(seen, party)
    press(seen, "Stop")
    press(seen, "The call took place")
    assert seen.in_order() == []

    turn_to(seen, "Alignment")
    fill(seen, "What the brand needs", "sales in Germany")
    fill(seen, "What the creator needs", "keep it authentic")
    press(seen, "Add a pair of needs")
    choose(seen, "The brand says", "3")
    expect(seen.page.get_by_text("The rating of the creator is missing in row 1").first).to_be_visible()
    choose(seen, "The creator says", "3")
    expect(seen.page.get_by_text("The average overlap is 3.00").first).to_be_visible()
    choose(seen, "The creator says", "5")
    tick(seen, "Matters to the brand")
    expect(seen.page.get_by_text("The goals overlap enough to start")).to_be_visible()
    assert seen.in_order() == []

    turn_to(seen, "Charter")
    expect(seen.page.get_by_text("things missing before both would sign")).to_be_visible()
    press(seen, "Save this charter")
    fill(seen, "Signer's name", "Ben of the brand", at=0)
    press(seen, "Sign for the brand")
    expect(seen.page.get_by_text("waits for the creator to sign")).to_be_visible()

    other = visit(own_server).open(seen.page.url.removeprefix(f"{own_server}/"))
    expect(other.page.get_by_text("Ben of the brand").first).to_be_visible()
    fill(other, "Signer's name", HOSTILE)
    press(other, "Sign for the creator")
    expect(other.page.get_by_text("Signed by both sides on")).to_be_visible()
    expect(seen.page.get_by_text("Signed by both sides on")).to_be_visible()
    assert other.page.locator("img[src='x']").count() == 0
    with other.page.expect_download() as download:
        other.page.get_by_role("button", name="Charter as PDF").click()
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(Path(download.value.path()).read_bytes())).pages
    )
    said = re.sub(r"[\s\u200b]+", "", text)
    assert "Benofthebrand" in said
    assert "<imgsrc=xonerror=alert(1)>" in said
    assert other.in_order() == []

    turn_to(other, "Partnerships")
    expect(other.page.get_by_text("KPIs locked on")).to_be_visible()
    assert other.in_order() == []


def pick(seen: Visit, label: str, option: str, at: int = 0) -> None:
    """Find an option of a list by the beginning of its words, and pick it."""
    seen.page.get_by_role("combobox", name=label).nth(at).click()
    seen.page.keyboard.type(option)
    seen.page.get_by_role("option", name=re.compile(f"^{option}", re.IGNORECASE)).click()
    seen.page.wait_for_timeout(BEGINS_WITHIN)
    seen.settled()


def test_two_people_go_from_the_first_call_to_the_closed_review_and_type_nothing_twice(own_server, visit):
    brand, creator = visit(own_server), visit(own_server)
    name = f"European launch {time.time_ns()}"
    typed = []

    def say(seen: Visit, label: str, text: str, at: int = 0) -> None:
        typed.append(text)
        fill(seen, label, text, at)

    def see(seen: Visit, text: str) -> None:
        expect(seen.page.get_by_text(text).first).to_be_visible()

    brand.open("brief?market=DE-60_AT-40&creator=demo-005")
    say(brand, "Name of the partnership", name)
    press(brand, "Start a partnership")
    link = f"market=DE-60_AT-40&creator=demo-005&paper={quote_plus(name)}"

    creator.open(f"goal_conversation?{link}")  # both are asked apart, in their own windows
    say(creator, "1. What does success look like?", "keep it authentic to my audience")
    say(creator, "3. What will you not compromise on?", "no scripted captions")
    brand.open(f"goal_conversation?{link}&sheet=brand")
    say(brand, "1. What does success look like?", "orders from Germany, not only likes")
    say(brand, "4. What do you commit to?", "we promote the posts on our own channel")

    for seen in (brand, creator):
        choose(seen, "What is on screen", "The call")
    press(brand, "Start")
    for party in ("Brand", "Creator"):
        tick(brand, party)
    press(brand, "Take over 1 pair of needs to rate")
    see(creator, "To be rated: 1 pair of needs")
    choose(brand, "The brand says", "4")
    choose(creator, "The creator says", "4")
    tick(creator, "Matters to the brand")  # the rate of engagement, which is the creator's own
    press(creator, "Turn into red lines")
    press(brand, "Turn into commitments")
    say(creator, "The creator says", "my audience researches a lot before buying", at=1)
    say(brand, "What was decided", "samples go out on Monday", at=0)
    press(brand, "Add a decision")
    expect(creator.page.get_by_label("What was decided", exact=True).first).to_have_value("samples go out on Monday")
    press(brand, "The call took place")
    assert (brand.in_order(), creator.in_order()) == ([], [])

    turn_to(brand, "Brief")
    say(brand, "Brand", "Sparrow Kitchens")
    say(brand, "The partnership's goal", "people see what the product solves for them")
    pick(brand, "Deliverable", "Post")
    say(brand, "How many", "5")
    pick(brand, "Deliverable", "Story", at=1)
    say(brand, "How many", "3", at=1)
    press(brand, "Add a deliverable")
    say(brand, "Fee, all together", "900")
    press(brand, "Remove", at=4)  # purchases: the brand looks at sales instead
    pick(brand, "Add a line", "Reach")
    pick(brand, "Add a line", "Revenue", at=1)
    for unit, target, at in ((", %", "8", 0), ("", "25000", 0), ("", "500", 1), (", EUR", "2000", 0)):
        say(brand, f"Target, at least{unit}", target, at=at)

    turn_to(brand, "Charter")
    say(brand, "We talk when", "clicks are under half of the target after 7 days")
    say(brand, "Who is asked", "the account lead")
    press(brand, "Save this charter")
    turn_to(creator, "Charter")
    say(brand, "Signer's name", "Ben Ito", at=0)
    press(brand, "Sign for the brand")
    see(creator, "Ben Ito")
    say(creator, "Signer's name", "Mara Kessler")
    press(creator, "Sign for the creator")
    see(brand, "Signed by both sides on")

    turn_to(brand, "Review")
    for label, came in (("Reach", "26000"), ("Engagement rate", "8.4 %"),
                        ("Clicks", "140"), ("Revenue", "160")):  # fmt: skip
        say(brand, label, came)
    see(brand, "The creator hit, the brand missed")
    press(brand, "Close this review")
    see(brand, "creator hit, brand missed")
    turn_to(creator, "Partnerships")
    see(creator, "KPIs locked on")
    assert (brand.in_order(), creator.in_order()) == ([], [])
    assert (len(typed), len(set(typed))) == (24, 24)


@pytest.mark.parametrize(("size", "scheme"), LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize(
    "page",
    ["brief", "goal_conversation", "goal_conversation?sheet=both", "goal_conversation?sheet=call", "goal_alignment",
     "partnership_charter", "partnerships"],
)  # fmt: skip
def test_a_filled_paper_fits_every_screen_and_reader(own_server, visit, page, size, scheme):
    path, _, more = page.partition("?")
    seen = visit(own_server, size=size, scheme=scheme).open(f"{path}?{LINK}&paper={FILLED}&{more}")
    assert (seen.in_order(), seen.violations()) == ([], [])


@pytest.mark.parametrize(("size", "scheme"), LOOKS.values(), ids=LOOKS)
def test_the_rule_of_a_red_line_stays_open_while_it_is_written(own_server, visit, size, scheme):
    seen = visit(own_server, size=size, scheme=scheme).open(f"goal_alignment?{LINK}&paper={FILLED}")
    expect(seen.page.get_by_text('"1 x video" crosses "no video"')).to_be_visible()
    seen.page.get_by_text("No deliverable of the kind video", exact=True).click()
    fill(seen, "Pieces", "3")
    expect(seen.page.get_by_text("At most 3 x video. To be delivered: 1 x video.")).to_be_visible()
    expect(seen.page.get_by_label("Pieces", exact=True)).to_be_visible()
    assert (seen.in_order(), seen.violations()) == ([], [])
    press(seen, "Undo")
    expect(seen.page.get_by_text('"1 x video" crosses "no video"')).to_be_visible()


def test_two_people_hold_the_call_in_two_windows(own_server, call, visit):
    link = f"goal_conversation?{LINK}&paper={call}&sheet=call"
    mine, theirs = visit(own_server).open(link), visit(own_server, size=PHONE, scheme="dark").open(link)
    half_written = mine.page.get_by_label("What was decided", exact=True).last
    half_written.press_sequentially("sends sam")  # and is still typing while the other writes elsewhere
    fill(theirs, "Trade-off", "reach before clicks")
    expect(mine.page.get_by_label("Trade-off", exact=True).first).to_have_value("reach before clicks")
    expect(half_written).to_have_value("sends sam")
    half_written.press_sequentially("ples")
    mine.page.keyboard.press("Tab")
    mine.settled()
    press(mine, "Start")
    expect(stop_button(theirs)).to_be_visible()
    mine.page.reload()
    mine.settled()
    expect(mine.page.get_by_label("What was decided", exact=True).last).to_have_value("sends samples")
    expect(stop_button(mine)).to_be_visible()
    press(mine, "Add a decision")
    expect(theirs.page.get_by_label("What was decided", exact=True).first).to_have_value("sends samples")
    assert (mine.in_order(), theirs.in_order()) == ([], [])


def test_one_field_changed_by_two_at_once_keeps_both_texts(own_server, visit):
    link = f"brief?{LINK}&paper={FILLED}"
    mine, theirs = visit(own_server).open(link), visit(own_server).open(link)
    goal = mine.page.get_by_label("The brand's goal", exact=True)
    goal.fill("mine")  # not left yet
    fill(theirs, "The brand's goal", "theirs")
    mine.page.wait_for_timeout(2_500)
    expect(goal).to_have_value("mine")
    goal.press("Tab")
    expect(mine.page.get_by_text("Two people changed this at the same time")).to_be_visible()
    assert mine.page.get_by_text('brand_goal = "').count() == 0
    assert (mine.in_order(), mine.violations()) == ([], [])
    press(mine, "Take this one")
    expect(mine.page.get_by_label("The brand's goal", exact=True)).to_have_value("mine")
    expect(theirs.page.get_by_label("The brand's goal", exact=True)).to_have_value("mine")
    press(mine, "Undo")
    expect(mine.page.get_by_label("The brand's goal", exact=True)).to_have_value("theirs")


def test_a_saved_view_opens_the_shortlist_as_it_was(own_server, visit):
    seen = visit(own_server).open("partnerships?market=DE-60_AT-40&goal=awareness&s=demo~1001-demo~1003")
    fill(seen, "Name of the view", "Spring")
    press(seen, "Save this view")
    other = visit(own_server).open("partnerships?market=AT-1")
    press(other, "Shortlist")
    expect(other.page.locator("h1")).to_have_text("Shortlist")
    expect(other.page).to_have_url(re.compile("market=DE-60_AT-40&goal=awareness&s=demo~1001-demo~1003"))
    assert other.in_order() == []


def test_a_printed_and_a_filled_sheet_come_and_go(own_server, visit, tmp_path):
    seen = visit(own_server).open(f"goal_conversation?{LINK}&paper={FILLED}&sheet=creator")
    seen.page.get_by_text("Fill it in elsewhere, and load it back").click()
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Text form to fill in").click()
    form = Path(download.value.path()).read_text(encoding="utf-8")
    hint = "(In your own words, not in numbers.)"
    filled = form.replace(hint, f"{hint}\n\n(they ask where to buy it)")
    (tmp_path / "sheet.md").write_text(filled, encoding="utf-8")
    seen.page.locator("input[type=file]").set_input_files(tmp_path / "sheet.md")
    press(seen, "Use these answers")
    expect(seen.page.get_by_label("1. What does success look like?")).to_have_value("(they ask where to buy it)")
    assert seen.in_order() == []


def test_an_earlier_version_counts_again_and_another_paper_is_laid_on_the_desk(own_server, visit):
    seen = visit(own_server).open(f"brief?{LINK}&paper={FILLED}")
    fill(seen, "The brand's goal", "first")
    fill(seen, "The brand's goal", "second")
    press(seen, "History")
    seen.page.get_by_role("dialog").get_by_role("combobox").click()
    seen.page.get_by_role("option").nth(1).click()
    expect(seen.page.get_by_role("dialog").get_by_text("What restoring it changes")).to_be_visible()
    seen.settled()
    table = seen.page.get_by_role("dialog").get_by_test_id("stTable").last
    expect(table.get_by_role("cell", name="The brand's goal")).to_be_visible()
    assert table.get_by_role("cell").all_inner_texts()[-2:] == ["second", "first"]
    press(seen, "Restore this version")
    expect(seen.page.get_by_role("dialog")).to_have_count(0)
    expect(seen.page.get_by_label("The brand's goal", exact=True)).to_have_value("first")
    press(seen, "Other partnerships")
    press(seen, "Start a new one")
    expect(seen.page.get_by_text("No partnership is open")).to_be_visible()
    assert seen.in_order() == []
