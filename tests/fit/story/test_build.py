"""Does the story say what is known of one to five creators, in order, and refuse what it cannot tell?"""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest

from data import store
from data.importers.load import Options
from fit.brief import Brief
from fit.forecast.request import RequestedLine
from fit.refresh import load
from fit.shortlist import Group
from fit.story.build import build_story
from fit.story.evidence import sections_of
from fit.story.story import SECTIONS, StoryError
from queries.ask import ask

BRIEF = Brief((("DE", 60.0), ("AT", 40.0)))
FIVE = ["demo-001", "demo-040", "demo-041", "demo-008", "demo-018"]
DAY = date(2026, 3, 3)
CREATORS = (
    "creator_id,creator_name,platform,vertical,home_country,followers,asking_price,currency\n"
    "c1,Dr. Ada: home,instagram,home,DE,20000,400,EUR\nc2,Bo,instagram,home,DE,,,\nc3,Cy,tiktok,home,AT,5000,,\n"
    "c4,Di,instagram,home,DE,,,\n"
)
AUDIENCE = (
    "creator_id,country,audience_share,source,as_of\nc1,DE,0.6,insights,2026-01-05\nc1,AT,0.1,insights,2026-01-05\n"
)
CAMPAIGNS = (
    "campaign_id,creator_id,market,date,impressions,engagements,clicks,conversions,revenue,cost,currency\n"
    "k1,c1,DE,2025-03-01,10000,800,500,50,2500.50,1200,EUR\nk2,c2,DE,2025-04-01,20000,900,200,4,160,500,EUR\n"
)


@pytest.fixture(scope="module")
def ask_own(tmp_path_factory):
    """A store of four creators: one whole; without audience one that lacks followers, one campaigns, one both."""
    folder = tmp_path_factory.mktemp("own")
    files = {"creators.csv": CREATORS, "audience.csv": AUDIENCE, "campaigns.csv": CAMPAIGNS}
    for name, text in files.items():
        (folder / name).write_text(text)
    report = load(
        folder / "store", [folder / name for name in files], Options(None, None, None, ()), now=datetime(2026, 3, 2)
    )
    assert report.is_whole
    opened = store.open_newest(folder / "store")
    yield partial(ask, opened.connection)
    opened.connection.close()


def section(story, key):
    return next(each for each in story.sections if each.key == key)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_story_has_all_sections_in_order_and_all_creators_in_theirs(ask_demo, count):
    story = build_story(ask_demo, BRIEF, FIVE[:count], RequestedLine(), DAY)
    assert [each.key for each in story.sections] == list(SECTIONS)
    assert [told.candidate.creator_id for told in story.creators] == FIVE[:count]
    assert [len(each.table) for each in story.sections if each.table is not None] == [count] * 6
    assert all(each.title and each.subtitle and each.source and each.notes for each in story.sections)


@pytest.mark.thorough
def test_of_more_than_five_creators_the_summary_has_all_and_the_other_sections_say_so(ask_demo):
    chosen = [*FIVE, "demo-002", "demo-003"]
    summary, *others = build_story(ask_demo, BRIEF, chosen, RequestedLine(), DAY).sections
    assert (len(summary.table), [len(section.table) for section in others]) == (7, [5] * 5)
    note = "The first 5 of 7 creators; the summary has all."
    assert [note in section.footnote for section in (summary, *others)] == [False, *[True] * 5]


@pytest.mark.thorough
def test_the_same_story_is_told_twice(ask_demo):
    first, again = (build_story(ask_demo, BRIEF, FIVE[:2], RequestedLine(), DAY) for _ in range(2))
    assert [(s.title, s.points, s.notes) for s in first.sections] == [
        (s.title, s.points, s.notes) for s in again.sections
    ]


def test_some_sections_stay_in_the_storys_order(ask_demo):
    story = build_story(ask_demo, BRIEF, FIVE[:1], RequestedLine(), DAY)
    assert [each.key for each in story.only(["risks", "who"]).sections] == ["who", "risks"]


def test_a_creator_named_twice_is_told_once(ask_demo):
    assert len(build_story(ask_demo, BRIEF, ["demo-001", "demo-001"], RequestedLine(), DAY).creators) == 1


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ([], "0 creators are chosen; a presentation shows 1 to 12. Tick them on the shortlist."),
        (
            [f"c{at}" for at in range(13)],
            "13 creators are chosen; a presentation shows 1 to 12. Tick them on the shortlist.",
        ),
        (["nobody"], "No creator has the id 'nobody'. Check it with the shortlist."),
    ],
)
def test_what_cannot_be_told_is_refused_in_a_sentence(ask_demo, chosen, said):
    with pytest.raises(StoryError) as refused:
        build_story(ask_demo, BRIEF, chosen, RequestedLine(), DAY)
    assert str(refused.value) == said


@pytest.mark.thorough
def test_the_imprint_names_invented_data(ask_demo, ask_own):
    said = "3 March 2026, data of 2 March 2026"
    invented = f"Sample data: everything is invented · {said}"
    assert build_story(ask_demo, BRIEF, FIVE[:1], RequestedLine(), DAY).imprint == invented
    assert build_story(ask_own, BRIEF, ["c1"], RequestedLine(), DAY).imprint == said


def test_a_name_with_a_full_stop_and_a_colon_does_not_cut_a_title(ask_own):
    story = build_story(ask_own, BRIEF, ["c1"], RequestedLine(), DAY)
    (row,) = section(story, "who").table.rows()
    assert row[:4] == ("Dr. Ada: home", "Instagram", "20,000", "1 post, 400 EUR")
    assert section(story, "forecast").title.endswith(" purchases from Dr. Ada: home")
    assert section(story, "forecast").points[0].startswith("Dr. Ada: home, 1 post, 400 EUR: about ")


def test_a_creator_without_followers_and_audience_is_told_with_what_is_missing(ask_own):
    story = build_story(ask_own, BRIEF, ["c4"], RequestedLine(), DAY)
    forecast = section(story, "forecast")
    assert forecast.title == "Nobody can say yet what Di brings"
    assert forecast.points == ("Di, 1 post: not known before the number of followers is loaded.",)
    assert forecast.picture is None
    assert section(story, "who").title == "Nobody can say yet what Di brings"
    assert section(story, "geography").picture.rows.rows() == [("Di", None, None, None, None)]
    assert section(story, "geography").table["Germany (60\u00a0%)"].to_list() == ["not measured"]
    assert story.creators[0].source is None


def test_a_creator_without_campaigns_is_told_as_not_measured(ask_own):
    story = build_story(ask_own, BRIEF, ["c3"], RequestedLine(), DAY)
    assert section(story, "strengths").picture.rows["measured"].to_list() == [False] * 3
    (row,) = section(story, "risks").table.rows(named=True)
    assert "o campaign is loaded" in row["What could go wrong"]
    (note,) = section(story, "strengths").notes
    said = "Cy, 0 campaigns: engagements not measured, clicks not measured and purchases not measured."
    assert note.startswith(said)
    assert (story.creators[0].files, story.is_demo) == ((), False)


def test_files_behind_the_campaigns_are_known(ask_own):
    assert build_story(ask_own, BRIEF, ["c1"], RequestedLine(), DAY).creators[0].files == ("campaigns.csv",)


def test_an_awareness_goal_draws_people_reached_in_the_market(ask_demo):
    story = build_story(ask_demo, replace(BRIEF, goal="awareness"), FIVE[:2], RequestedLine(), DAY)
    assert story.title == "Awareness in Germany and Austria: 2 creators for the brief"
    assert section(story, "forecast").picture.metric == "in_market_reach"
    assert section(story, "forecast").picture.rows.height == 40


def test_a_target_parts_the_dots(ask_demo):
    story = build_story(ask_demo, BRIEF, FIVE[:1], RequestedLine(targets=(("conversions", 5.0),)), DAY)
    picture = section(story, "forecast").picture
    assert picture.target == 5.0
    assert picture.rows["reached"].to_list() == [value >= 5 for value in picture.rows["value"]]


def test_sections_follow_from_what_is_told(ask_demo):
    story = build_story(ask_demo, BRIEF, FIVE[:2], RequestedLine(), DAY)
    again = sections_of(story.brief, story.creators, story.count_matching)
    assert [each.title for each in again] == [each.title for each in story.sections]


def test_what_is_not_known_stands_inside_a_sentence(ask_own):
    told = build_story(ask_own, BRIEF, ["c4"], RequestedLine(), DAY)
    (risks,) = (section for section in told.sections if section.key == "risks")
    (row,) = risks.table.rows(named=True)
    assert row["What could go wrong"] == "Where the audience lives is not known yet; no campaign is loaded"


@pytest.mark.thorough
@pytest.mark.parametrize("goal", ["conversion", "awareness"])
@pytest.mark.parametrize("markets", [(("DE", 1.0),), (("DE", 60.0), ("FR", 40.0)), (("FR", 1.0),)])
@pytest.mark.parametrize("chosen", [["demo-001"], ["demo-040"], ["demo-008", "demo-040"], FIVE])
def test_titles_are_short_and_no_creator_is_the_first_choice_of_what_it_is_not_for(ask_demo, goal, markets, chosen):
    story = build_story(ask_demo, Brief(markets, goal), chosen, RequestedLine(), DAY)
    assert [each.title for each in story.sections if len(each.title.split(" ")) > 11] == []
    others = [told.name for told in story.creators if told.candidate.group in (Group.OTHER_ROLE, Group.PASS)]
    asked, who = section(story, "recommendation").request, section(story, "who").title
    assert [name for name in others if name in asked or name in who] == []


def test_no_term_of_the_method_is_left_unexplained(ask_demo):
    story = build_story(ask_demo, BRIEF, FIVE, RequestedLine(), DAY)
    said = [text for each in story.sections for text in (each.title, each.subtitle, *each.points, each.source)]
    said += [cell for each in story.sections for row in each.table.rows() for cell in row]
    terms = ("index", "payoff", "n = ", "80 %", "log scale", "generation", "leaning")
    assert [text for text in said if any(term in text.lower() for term in terms)] == []


@pytest.mark.parametrize(("count", "points"), [(5, 1), (6, 0)])
def test_more_creators_than_stand_side_by_side_leave_no_room_for_a_sentence_below_the_summary(ask_demo, count, points):
    ids = [f"demo-{number:03}" for number in range(1, count + 1)]
    summary = build_story(ask_demo, BRIEF, ids, RequestedLine(), date(2026, 3, 3)).sections[0]
    assert len(summary.points) == points
    assert any(sentence.startswith("Main risk: ") for sentence in (*summary.points, *summary.notes))
