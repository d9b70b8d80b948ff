"""Can a language be added by one file, and does the template hold every text that the pages show?"""

import ast
import logging
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from fit.brief import Brief
from fit.documents.dispatch import STORY_ENDINGS, write_story
from fit.forecast.request import RequestedLine
from fit.locale import catalogue, template
from fit.locale import reader as locale
from fit.locale.reader import _, ngettext, speaking
from fit.story.build import build_story
from fit.text import words
from tests.fit.locale.test_reader import opened_by
from tests.pages.test_every_page import PAGES, troubles
from tests.test_laws import product

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


def test_every_page_still_works_when_every_text_is_another(everything_changed, demo_store, tmp_path, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", f"sqlite:///{tmp_path / 'decisions.sqlite'}")
    monkeypatch.setattr(locale, "CATALOGUES", everything_changed)
    english = {}
    for page in PAGES:
        app = opened_by("de-LI", page)
        labels = [element.label for kind in (app.button, app.selectbox, app.multiselect, app.radio) for element in kind]
        shown = [element.value for kind in (app.title, app.header) for element in kind] + labels
        english[page] = [*troubles(app), *(text for text in shown if "‹" not in text)]
    assert [text for texts in english.values() for text in texts] == []


def test_every_document_still_works_when_every_text_is_another(everything_changed, ask_demo):
    brief = Brief((("DE", 60.0), ("AT", 40.0)), "conversion")
    with speaking("de-LI", everything_changed):
        line = RequestedLine(targets=(("clicks", 500.0), ("cost_per_click", 2.0)))
        story = build_story(ask_demo, brief, ["demo-001", "demo-008"], line, date(2026, 3, 2))
        sizes = {ending: len(write_story(story, ending)) for ending in STORY_ENDINGS}
        assert '<html lang="de">' in write_story(story, ".html").decode()
    assert min(sizes.values()) > 1_000


def test_the_template_holds_every_text():
    found = {(message.id, message.context) for message in template.catalogue() if message.id}
    with template.TEMPLATE.open("rb") as file:
        written = {(message.id, message.context) for message in read_po(file) if message.id}
    assert (found - written, written - found) == (set(), set()), "run: .venv/bin/python -m fit.locale.template"


def test_braces_of_every_text_match_and_are_named():
    texts = [text for message in template.catalogue() if message.id for text in catalogue._texts(message.id)]
    assert len(texts) > 50
    names = {text: catalogue.fields(text) for text in texts}
    assert [text for text, own in names.items() if own is None or not all(map(str.isidentifier, own))] == []


def hidden_texts(name: str, text: str) -> list[str]:
    """Texts that gettext cannot find: an f-string or a variable within _(), or _ taken for something else there."""
    found = []
    for node in ast.walk(ast.parse(text)):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if is_call and node.func.id in ("_", "phrase", "ngettext") and isinstance(node.args[0], ast.JoinedStr):
            found.append(f"{name}:{node.lineno} an f-string is marked")
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


def test_no_text_is_hidden_from_translators():
    assert [found for module in product() for found in hidden_texts(*module)] == []


@pytest.mark.parametrize("sample", ["_(f'{a} b')", "def f():\n    for _, a in b:\n        g(_('c'))"])
def test_hidden_texts_are_found(sample):
    assert len(hidden_texts("a.py", sample)) == 1
