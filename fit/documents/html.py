"""Write a story as one HTML file that can be sent, opened anywhere and printed, and asks nobody for anything.

The file carries its own drawing library. A policy in its head forbids every request, and every script but its two.
"""

import html
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import polars as pl

from fit import locale
from fit.charts import DRAWING, Chart, both_ways, plotly_script, story_charts
from fit.locale import _
from fit.story import SECTIONS, UNCERTAINTY, Picture, PictureKind, Section, Story
from fit.text import plain, reads_leftwards, words

# Screens light and dark, phones and print. Colours are those of fit/charts/palette.py and of the tool itself; every
# text reaches 4.5:1 on what it stands on.
STYLE = (Path(__file__).parent / "story.css").read_text(encoding="utf-8")
# Pictures whose colours and marks the section's subtitle does not explain.
NEEDS_A_KEY = (PictureKind.SPLIT, PictureKind.DOTS)


def story_html(story: Story) -> str:
    """The whole story as one page, under 8 MB; the same story gives the same text."""
    library = plotly_script()
    policy = (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; img-src data: blob:; "
        f"style-src 'unsafe-inline'; script-src {_hash(library)} {_hash(DRAWING)}"
    )
    say = _Words(story)
    sections = "".join(_section(section, story.imprint, say) for section in story.sections)
    contents = "".join(f'<li><a href="#{s.key}">{say(_(SECTIONS[s.key]))}</a></li>' for s in story.sections)
    invented, listed = say(_("Demo: everything on this page is invented")), say(_("Contents"))
    demo = f'<p class="demo">{invented}</p>' if story.is_demo else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{locale.language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{_escaped(story.title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        f'<header>{demo}<h1>{say(story.title)}</h1><p class="imprint">{say(story.imprint)}</p>'
        f'<nav aria-label="{listed}"><ol>{contents}</ol></nav></header>\n'
        f"<main>\n{sections}</main>\n"
        f'<footer><p>{say(_(UNCERTAINTY))}</p><p class="imprint">{say(story.imprint)}</p></footer>\n'
        f"<script>{library}</script>\n<script>{DRAWING}</script>\n</body>\n</html>\n"
    )


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


class _Words:
    """Says a text letter by letter. Names that read from right to left are kept apart: they would turn around what
    stands beside them."""

    def __init__(self, story: Story) -> None:
        names = {_escaped(told.name) for told in story.creators}
        turned = sorted((name for name in names if reads_leftwards(name)), key=len, reverse=True)
        self.turned = re.compile("|".join(map(re.escape, turned))) if turned else None

    def __call__(self, text: object) -> str:
        escaped = _escaped(text)
        return self.turned.sub(lambda match: f"<bdi>{match[0]}</bdi>", escaped) if self.turned else escaped


def _escaped(text: object) -> str:
    return html.escape(plain(text))


def _section(section: Section, imprint: str, say: _Words) -> str:
    points = "".join(f"<li>{_marked(section, point, say)}</li>" for point in section.points if point != _(UNCERTAINTY))
    notes = "".join(f"<li>{say(note)}</li>" for note in section.notes)
    chart = _chart(section, section.picture, say) if section.picture else ""
    is_panels = chart.startswith('<div class="panels">')
    sentences = f'<ul class="points">{points}</ul>' if points else ""
    return (
        f'<section id="{section.key}" aria-labelledby="{section.key}-title">\n'
        f'<p class="kicker">{say(_(SECTIONS[section.key]))}</p>'
        f'<h2 id="{section.key}-title">{say(section.title)}</h2><p class="subtitle">{say(section.subtitle)}</p>\n'
        f'<div class="{"body" if chart and sentences and not is_panels else "alone"}">{chart}{sentences}</div>\n'
        f"{_tables(section, say)}"
        f'<details class="notes"><summary>{say(_("Presenter notes"))}</summary><ul>{notes}</ul></details>\n'
        f'<p class="source">{say(section.source)}<span class="printed"> · {say(imprint)}</span></p>\n</section>\n'
    )


def _chart(section: Section, picture: Picture, say: _Words) -> str:
    """The picture for both appearances. Its values also stand in a table, so readers of screens get one sentence."""
    light, dark = story_charts(picture), story_charts(picture, dark=True)
    if len(light) == 1:
        return _figure(f"chart-{section.key}", light[0], dark[0], picture.alt, picture.kind in NEEDS_A_KEY, say)
    panels = "".join(
        f"<div><h3>{say(panel.title)}</h3>"
        f"{_figure(f'chart-{section.key}-{index}', panel, dark[index], panel.alt, False, say)}</div>"
        for index, panel in enumerate(light)
    )
    return f'<div class="panels">{panels}</div>'


def _figure(chart_id: str, light: Chart, dark: Chart, alt: str, needs_a_key: bool, say: _Words) -> str:
    key = f"<figcaption>{say(light.subtitle)}</figcaption>" if needs_a_key else ""
    return (
        f'<figure><div class="chart" role="img" aria-label="{_escaped(alt)}"'
        f' data-chart="{chart_id}" style="height:{int(light.figure.layout.height)}px"></div>{key}'
        f'<script type="application/json" id="{chart_id}">{both_ways(light, dark)}</script></figure>'
    )


def _tables(section: Section, say: _Words) -> str:
    """The numbers of a section; of a forecast also each of the futures, which a mouse would show dot by dot."""
    tables = ""
    if section.table is not None:
        caption = _("{section}: the numbers").format(section=_(SECTIONS[section.key]))
        tables = _table(section.table, caption, say, section)
    if section.picture is None or section.picture.kind != PictureKind.DOTS:
        return tables
    futures = _table(_futures(section.picture), _("Every future that is drawn, smallest first"), say)
    title = say(_("Every future as a number"))
    return f"{tables}<details><summary>{title}</summary>{futures}</details>\n"


def _futures(picture: Picture) -> pl.DataFrame:
    metric = words.capitalized(words.metric(picture.metric))
    rows = []
    for (name,), futures in picture.rows.group_by("creator", maintain_order=True):
        values = (words.measure(picture.metric, value, picture.currency) for value in futures["value"])
        rows.append({_("Creator"): name, metric: " · ".join(values)})
    return pl.DataFrame(rows)


def _marked(section: Section | None, text: str, say: _Words) -> str:
    """A text of a section, in it what names a gap."""
    said = ""
    for part, is_gap in section.in_parts(text) if section else [(text, False)]:
        written = f'<strong class="gap">{say(part)}</strong>' if is_gap else say(part)
        # What is said loses the blanks at its ends.
        before, after = " " * (bool(said) and part[:1].isspace()), " " * part[-1:].isspace()
        said += f"{before}{written}{after}"
    return said.rstrip()


def _cells(section: Section | None, cells: list[str], say: _Words) -> str:
    return "".join(f"<td>{_marked(section, cell, say)}</td>" for cell in cells)


def _table(rows: pl.DataFrame, caption: str, say: _Words, section: Section | None = None) -> str:
    """A table that scrolls by itself on a narrow screen, by keyboard too; the first cell of a row names it."""
    head = "".join(f'<th scope="col">{say(column)}</th>' for column in rows.columns)
    body = "".join(
        f'<tr><th scope="row">{say(first)}</th>{_cells(section, rest, say)}</tr>' for first, *rest in rows.iter_rows()
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{_escaped(caption)}"><table>'
        f"<caption>{say(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>\n"
    )
