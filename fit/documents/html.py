"""Write a story as one HTML file that can be sent, opened anywhere and printed, and asks nobody for anything.

It runs no script: pictures are drawn by boxes and colours alone, and a policy in its head forbids every request.
"""

import polars as pl

from fit import locale
from fit.documents.brand import Brand
from fit.documents.html_parts import Words, escaped, logo, marked, palette, photo, style, table_rows
from fit.documents.html_pictures import picture_html
from fit.locale import _
from fit.story import SECTIONS, UNCERTAINTY, Picture, PictureKind, Section, Story, profile_address, profile_words
from fit.text import words

OWN_LOOK = Brand()
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'unsafe-inline'"


def story_html(story: Story, brand: Brand = OWN_LOOK) -> str:
    """The whole story as one page of about 60 kB and the logo; the same story gives the same text."""
    say = Words(story)
    sections = "".join(_section(section, story.imprint, say) for section in story.sections)
    contents = "".join(f'<li><a href="#{s.key}">{say(_(SECTIONS[s.key]))}</a></li>' for s in story.sections)
    invented, listed = say(_("Sample data: everything on this page is invented")), say(_("Contents"))
    demo = f'<p class="demo">{invented}</p>' if story.is_demo else ""
    name = f'<p class="kicker">{say(brand.name)}</p>' if brand.name else ""
    light, dark = palette(brand, dark=False), palette(brand, dark=True)
    return (
        f'<!DOCTYPE html>\n<html lang="{locale.language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(story.title)}</title>\n<style>\n:root {{ {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        f"{style('pictures', 'story')}</style>\n</head>\n<body>\n"
        f'<header>{logo(brand)}{name}{demo}<h1>{say(story.title)}</h1><p class="imprint">{say(story.imprint)}</p>'
        f'<nav aria-label="{listed}"><ol>{contents}</ol></nav></header>\n'
        f"<main>\n{sections}{_creators(story, say)}</main>\n"
        f'<footer><p>{say(_(UNCERTAINTY))}</p><p class="imprint">{say(story.imprint)}</p></footer>\n'
        "</body>\n</html>\n"
    )


def _section(section: Section, imprint: str, say: Words) -> str:
    points = "".join(f"<li>{marked(section, point, say)}</li>" for point in section.points)
    chart = f"<figure>{picture_html(section.picture, say)}</figure>" if section.picture else ""
    sentences = f'<ul class="points">{points}</ul>' if points else ""
    figures = "".join(f"<div><b>{say(one.value)}</b>{say(one.label)}</div>" for one in section.figures)
    numbers = f'<div class="figures">{figures}</div>' if figures else ""
    body = f'<div class="{"body" if chart and sentences else "alone"}">{chart}{sentences}</div>\n'
    tables = _tables(section, say)
    # The summary has its main risk and what is asked last.
    order = (
        f'{numbers}{tables}{body}<p class="request">{say(section.request)}</p>' if section.request else body + tables
    )
    return (
        f'<section id="{section.key}" aria-labelledby="{section.key}-title">\n'
        f'<p class="kicker">{say(_(SECTIONS[section.key]))}</p>'
        f'<h2 id="{section.key}-title">{say(section.title)}</h2><p class="subtitle">{say(section.subtitle)}</p>\n'
        f"{order}"
        f'<p class="source">{say(section.source)}<span class="printed"> · {say(imprint)}</span></p>\n</section>\n'
    )


def _creators(story: Story, say: Words) -> str:
    """Who the creators are, with a link to each profile whose address is known; sample data link nowhere."""
    items = ""
    for told in story.creators:
        address = "" if story.is_demo else profile_address(told.profile)
        link = f', <a href="https://{address}" rel="noreferrer noopener">{address}</a>' if address else ""
        items += f"<li>{photo(told)}<strong>{say(told.name)}</strong>: {say(profile_words(told))}{link}</li>"
    title = say(_("The creators"))
    return (
        f'<section id="creators" aria-labelledby="creators-title"><h2 id="creators-title">{title}</h2>'
        f'<ul class="points">{items}</ul></section>\n'
    )


def _tables(section: Section, say: Words) -> str:
    """The numbers of a section; of a forecast also each of the futures, which dots show rounded."""
    tables = ""
    if section.table is not None:
        caption = _("{section}: the numbers").format(section=_(SECTIONS[section.key]))
        tables = _table(section.table, caption, say, section)
    if section.picture is None or section.picture.kind != PictureKind.DOTS:
        return tables
    futures = _table(_futures(section.picture), _("Every result in the chart, smallest first"), say)
    title = say(_("All results as numbers"))
    return f"{tables}<details><summary>{title}</summary>{futures}</details>\n"


def _futures(picture: Picture) -> pl.DataFrame:
    metric = words.capitalized(words.metric(picture.metric))
    rows = []
    for name, futures in picture.futures.items():
        values = (words.measure(picture.metric, value, picture.currency) for value in futures)
        rows.append({_("Creator"): name, metric: " · ".join(values)})
    return pl.DataFrame(rows)


def _table(rows: pl.DataFrame, caption: str, say: Words, section: Section | None = None) -> str:
    """A table that scrolls by itself on a narrow screen, by keyboard too; the first cell of a row names it."""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escaped(caption)}"><table>'
        f"<caption>{say(caption)}</caption>{table_rows(rows, say, section)}</table></div>\n"
    )
