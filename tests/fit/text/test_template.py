"""Can a language be added by one file, and does the template hold every text that the pages show?"""

import ast
import logging
import tomllib
from collections.abc import Sequence
from datetime import date
from gettext import NullTranslations
from pathlib import Path

import polars as pl
import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from fit.agreement.agreement import MetricLine
from fit.brief import Brief
from fit.documents.dispatch import STORY_ENDINGS, write_story
from fit.forecast.request import RequestedLine
from fit.locale import catalogue
from fit.locale import formats as locale
from fit.locale.formats import _, ngettext, speaking
from fit.review.results import SUMMED, of_campaigns
from fit.review.review import review_campaign
from fit.story.build import build_story
from fit.text import template, words
from tests.fit.review.reviewed import agreed
from tests.pages.driver import PAGES, opened_by, troubles
from tests.pages.ui.partnership.partnerships import NOW, WHOLE, desk, kept
from tests.tree import ROOT, product

__all__ = ["desk", "kept"]  # fixtures, used by their names

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);"\n\n'
INVENTED = """
msgid "{low} to {high}"
msgstr "von {low} bis {high}"

msgid "{first} and {last}"
msgstr "{first} und {last}"

msgid "not known"
msgstr "{surely} unbekannt"

msgid "not measured"
msgstr "nicht gemessen}"

#, fuzzy
msgid "no date stated"
msgstr "vielleicht ohne Datum"

msgid "campaign"
msgid_plural "campaigns"
msgstr[0] "Kampagne"
msgstr[1] "Kampagnen"

msgid "Shortlist"
msgstr "Auswahl"

msgid "cost per purchase"
msgstr "kosten je Kauf"

msgid "cost"
msgstr "kosten in Euro"

msgid "called"
msgstr "im Gespräch"

msgid "{name} is in several currencies, so it is not added up."
msgstr "{name}: mehrere Währungen, keine Summe."
"""


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """A folder with an invented German catalogue of a few texts, some of them wrong."""
    file = tmp_path / "de" / "LC_MESSAGES" / "creator_fit.po"
    file.parent.mkdir(parents=True)
    file.write_text(HEADER + INVENTED, encoding="utf-8")
    return tmp_path


def test_a_catalogue_changes_texts_month_names_and_countries(german):
    with speaking("de-AT", german):
        assert words.percent_range(0.38, 0.45) == "von 38 bis 45\u00a0%"
        assert [words.counted(n, "campaign", "campaigns") for n in (1, 2)] == ["1 Kampagne", "2 Kampagnen"]
        assert words.market("DE+AT") == "Deutschland und Österreich"
        assert words.day(template.SINCE.date()) == "1. Jänner 2026"
        assert ngettext("row", "rows", 2) == "rows"
    assert words.percent_range(0.38, 0.45) == "38 to 45\u00a0%"


def test_a_translated_word_that_begins_a_sentence_keeps_its_other_capitals(german):
    campaigns = pl.DataFrame({name: [None, None] for name in SUMMED}, schema=dict.fromkeys(SUMMED, pl.Float64))
    campaigns = campaigns.with_columns(pl.Series("cost", [1.0, 2.0]), pl.Series("currency", ["EUR", "USD"]))
    with speaking("de-DE", german):
        assert words.capitalized(words.metric("cost_per_conversion")) == "Kosten je Kauf"
        assert of_campaigns(campaigns)[1] == [
            "Revenue: mehrere Währungen, keine Summe.",
            "Kosten in Euro: mehrere Währungen, keine Summe.",
        ]
    assert [words.capitalized(text) for text in ("", "a", "in-market CPM")] == ["", "A", "In-market CPM"]


def test_the_cost_that_a_result_is_computed_from_is_said_in_the_language_of_a_catalogue(german):
    bought = agreed(MetricLine("cost_per_click", "brand", 2.0))
    with speaking("de-DE", german):
        note = review_campaign(bought, None, {"cost": 50.0, "clicks": 25.0}).lines[0].note
    assert note == "computed: kosten in Euro / clicks"


def test_stages_that_are_noted_by_hand_are_said_in_the_language_of_a_catalogue(german, kept, desk, monkeypatch):
    desk(WHOLE, "brief")
    kept.note_stage("kitchen", "demo-003", "shortlisted", None, NOW)
    monkeypatch.setattr(locale, "CATALOGUES", german)
    app = opened_by("de-DE", "partnerships")
    assert app.selectbox(key="noted_stage").options == ["Im Gespräch", "Aligned", "Live", "Reviewed", "Stopped"]


def test_a_translation_that_cannot_be_filled_in_or_is_unsure_gives_way_to_english(german, caplog):
    catalogue._read.cache_clear()
    locale._voice.cache_clear()
    with caplog.at_level(logging.WARNING, "creator_fit"), speaking("de-DE", german):
        assert [_("not known"), _("not measured"), _("no date stated")] == [
            "not known",
            "not measured",
            "no date stated",
        ]
    assert [record.args for record in caplog.records] == [("not known",), ("not measured",)]


def test_a_broken_catalogue_leaves_texts_english(tmp_path, caplog):
    file = tmp_path / "fr" / "LC_MESSAGES" / "creator_fit.po"
    file.parent.mkdir(parents=True)
    file.write_bytes(b'msgid "not known"\nmsgstr "\xff\xfe')
    with caplog.at_level(logging.ERROR, "creator_fit"), speaking("fr-FR", tmp_path):
        assert (_("not known"), words.about(1.5)) == ("not known", "1,5")
    assert "texts stay English" in caplog.text


def test_a_page_is_shown_in_the_language_of_a_catalogue(german, demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    monkeypatch.setattr(locale, "CATALOGUES", german)
    app = opened_by("de-LU", "shortlist")
    assert troubles(app) == []
    assert "Deutschland und Österreich" in app.header[0].value


@pytest.fixture
def everything_changed(tmp_path: Path) -> Path:
    """A folder with a German catalogue that puts every text of the template into brackets."""
    changed = Catalog(locale="de")
    for message in template.catalogue():
        if message.id:
            texts = [f"‹{text}›" for text in catalogue._texts(message.id)]
            changed.add(message.id, texts[0] if len(texts) == 1 else texts)
    file = tmp_path / "de" / "LC_MESSAGES" / "creator_fit.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_po(out, changed)
    return tmp_path


class Untranslated(NullTranslations):
    """What a catalogue falls back to: collects the texts that it was asked for and does not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def gettext(self, message: str) -> str:
        self.texts.add(message)
        return message

    def ngettext(self, one: str, many: str, number: int) -> str:
        self.texts |= {one, many}
        return super().ngettext(one, many, number)


@pytest.mark.thorough
def test_every_page_still_works_when_every_text_is_another(everything_changed, demo_store, tmp_path, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", f"sqlite:///{tmp_path / 'decisions.sqlite'}")
    monkeypatch.setattr(locale, "CATALOGUES", everything_changed)
    untranslated = Untranslated()
    catalogue.translations(everything_changed, Locale("de", "LI")).add_fallback(untranslated)
    english = {}
    for page, tab in [*((page, "") for page in PAGES), ("your_data", "loaded"), ("your_data", "judged")]:
        app = opened_by("de-LI", page, tab)
        labels = [element.label for kind in (app.button, app.selectbox, app.multiselect, app.radio) for element in kind]
        shown = [element.value for kind in (app.title, app.header) for element in kind] + labels
        english[page, tab] = [*troubles(app), *(text for text in shown if "‹" not in text)]
    assert [text for texts in english.values() for text in texts] == []
    assert sorted(untranslated.texts) == [], "pages show texts that no template holds"


@pytest.mark.thorough
def test_every_document_still_works_when_every_text_is_another(everything_changed, ask_demo):
    brief = Brief((("DE", 60.0), ("AT", 40.0)), "conversion")
    with speaking("de-LI", everything_changed):
        line = RequestedLine(targets=(("clicks", 500.0), ("cost_per_click", 2.0)))
        story = build_story(ask_demo, brief, ["demo-001", "demo-008"], line, date(2026, 3, 2))
        sizes = {ending: len(write_story(story, ending)) for ending in STORY_ENDINGS}
        assert '<html lang="de">' in write_story(story, ".html").decode()
    assert min(sizes.values()) > 1_000


def marked_texts(text: str) -> set[str]:
    """Literal texts that code marks for translation, read from its syntax tree and not by babel."""
    marks = {"_": (0,), "phrase": (0,), "ngettext": (0, 1), "counted": (1, 2)}
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            arguments = [node.args[place] for place in marks.get(called, ()) if place < len(node.args)]
            found |= {argument.value for argument in arguments if isinstance(argument, ast.Constant)}
    return found


def texts_of(messages: Catalog) -> set[str]:
    """Every text of a template, both forms of those that count."""
    return {text for message in messages if message.id for text in catalogue._texts(message.id)}


@pytest.mark.thorough
def test_the_built_template_holds_every_text_of_code_and_of_the_metric_library(tmp_path, capsys):
    out = tmp_path / "creator_fit.pot"
    template.main([str(out)])
    with out.open("rb") as file:
        built = read_po(file)
    code = set().union(*(marked_texts(text) for name, text in product() if name.startswith(template.FOLDERS)))
    library = {
        text
        for table in tomllib.loads((ROOT / "fit/metrics/metrics.toml").read_text(encoding="utf-8")).values()
        for field, text in table.items()
        if field in ("label", "definition", "formula", "measured", "brand_words", "creator_words")
    }
    assert min(len(code), len(library)) > 100
    assert texts_of(built) == code | library
    assert built.get("followers gained").locations == [("fit/metrics/metrics.toml", None)]
    assert capsys.readouterr().out == f"{len(built)} texts written to {out}\n"


@pytest.mark.thorough
def test_the_same_texts_give_the_same_template(tmp_path):
    first, second = tmp_path / "first.pot", tmp_path / "second.pot"
    assert template.write_template(first) == template.write_template(second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(("folders", "empty"), [((), "pages"), (("pages",), "fit")])
def test_no_template_is_written_where_no_texts_are_found(tmp_path, folders: Sequence[str], empty: str):
    for folder in folders:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.py").write_text('title(_("Shortlist"))\n', encoding="utf-8")
    out = tmp_path / "creator_fit.pot"
    with pytest.raises(template.NoTexts, match=f"no text to translate was found in .*{empty}$"):
        template.write_template(out, tmp_path)
    assert not out.exists()


@pytest.mark.thorough
def test_the_command_says_why_a_template_was_not_written(tmp_path):
    with pytest.raises(SystemExit) as ended:
        template.main([str(tmp_path / "nowhere" / "creator_fit.pot")])
    assert str(ended.value.code).startswith("The template was not written: [Errno 2] No such file or directory")


@pytest.mark.thorough
def test_braces_of_every_text_match_and_are_named():
    texts = [text for message in template.catalogue() if message.id for text in catalogue._texts(message.id)]
    assert len(texts) > 50
    names = {text: catalogue.fields(text) for text in texts}
    assert [text for text, own in names.items() if own is None or not all(map(str.isidentifier, own))] == []


TRANSLATED = ("_", "words.metric", "words.stage")  # what returns a word in the reader's language


def hidden_texts(name: str, text: str) -> list[str]:
    """Texts that gettext cannot find or that are spoilt: an f-string within _(), _ taken for something else in a
    function that translates, capitalize() of a translation."""
    found = []
    for node in ast.walk(ast.parse(text)):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if is_call and node.func.id in ("_", "phrase", "ngettext") and isinstance(node.args[0], ast.JoinedStr):
            found.append(f"{name}:{node.lineno} an f-string is marked")
        if isinstance(node, ast.Attribute) and node.attr == "capitalize" and isinstance(node.value, ast.Call):
            called = ast.unparse(node.value.func)
            found += [f"{name}:{node.lineno} lowers a translation's other letters"] * (called in TRANSLATED)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            own = [n for n in ast.walk(node) if isinstance(n, ast.Name) and n.id == "_"]
            stored = [n for n in _bound_in(node) if n == "_"]
            if stored and any(isinstance(n.ctx, ast.Load) for n in own):
                found.append(f"{name}:{node.lineno} binds _ in a function that translates")
    return found


def _bound_in(function: ast.FunctionDef) -> list[str]:
    """Names that a function binds outside of its comprehensions, which have a scope of their own."""
    found, todo = [], list(function.body)
    while todo:
        node = todo.pop()
        if isinstance(
            node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.FunctionDef | ast.Lambda
        ):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.append(node.id)
        todo += ast.iter_child_nodes(node)
    return found


@pytest.mark.thorough
def test_no_text_is_hidden_from_translators():
    assert [found for module in product() for found in hidden_texts(*module)] == []


@pytest.mark.parametrize(
    "sample", ["_(f'{a} b')", "words.stage(a).capitalize()", "def f():\n    for _, a in b:\n        g(_('c'))"]
)
def test_hidden_texts_are_found(sample):
    assert len(hidden_texts("a.py", sample)) == 1


@pytest.mark.thorough
def test_all_texts_can_be_read_through_area_by_area(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    folder = tmp_path / "root" / "pages" / "ui" / "plan"
    folder.mkdir(parents=True)
    (folder / "limits.py").write_text('x = _("Leave out")\ny = counted(n, "price", "prices")\n')
    (folder / "booking.py").write_text('x = _("Book {name}")\n')
    (tmp_path / "out").mkdir()
    assert template.write_to_read(tmp_path / "out", tmp_path / "root") == 3
    assert (tmp_path / "out" / "pages-ui-plan.txt").read_text() == (
        "pages/ui/plan/booking.py\n\n    Book {name}\n\npages/ui/plan/limits.py\n\n    Leave out\n    price / prices\n"
    )
    template.main([str(tmp_path / "out"), "--read"])
    assert capsys.readouterr().out.endswith(f" texts written to {tmp_path / 'out'}\n")
