"""Write one section of a story as a slide for the screen: 16:9, in units of its own width, for any frame."""

from fit.documents.brand import Brand
from fit.documents.html_parts import Words, escaped, logo, marked, palette, style, table_rows
from fit.documents.html_pictures import picture_html
from fit.story import Section, Story
from fit.text import plain

MUCH_TEXT = 560  # letters of points beside a chart beyond which they are set smaller
MOST_ROWS = 6  # of a table in the usual letters, below a row of numbers
LONGEST_NAME = 32  # letters of a name on a slide
FRAME_RATIO = 16 / 9


def slide_html(story: Story, number: int, brand: Brand, *, dark: bool, level: int, height: str | None = None) -> str:
    """The slide with this number, from 1. level: of its heading; height: the most that it may take, as CSS says it."""
    section = story.sections[number - 1]
    say = _ShortNames(story)
    widest = f"--widest: calc(({height}) * {FRAME_RATIO:.4f});" if height else ""
    much = " much" if _is_much(section) else ""
    imprint = say(story.imprint)
    return (
        f"<style>{style('pictures', 'slide')}</style>"
        f'<div class="frame" style="{palette(brand, dark=dark)} {widest}"><section class="slide{much}">'
        f'<div class="head"><div><h{level} class="finding">{say(section.title)}</h{level}>'
        f'<p class="subtitle">{say(section.subtitle)}</p></div>{logo(brand)}</div>'
        f'<div class="body">{_body(section, say)}</div>'
        f'<div class="foot"><span>{say(section.footnote)}<br>{imprint}</span><span>{number}</span></div>'
        "</section></div>"
    )


class _ShortNames(Words):
    """Says texts with names cut to what a slide has room for."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        names = sorted({plain(told.name) for told in story.creators}, key=len, reverse=True)
        self.cut = {name: f"{name[: LONGEST_NAME - 1]}…" for name in names if len(name) > LONGEST_NAME}

    def __call__(self, text: object) -> str:
        line = plain(text)
        for name, short in self.cut.items():
            line = line.replace(name, short)
        return super().__call__(line)


def _is_much(section: Section) -> bool:
    """Whether points beside a chart need smaller letters."""
    return section.picture is not None and sum(map(len, section.points)) > MUCH_TEXT


def _body(section: Section, say: Words) -> str:
    points = "".join(f"<li>{marked(section, point, say)}</li>" for point in section.points)
    listed = f"<ul>{points}</ul>" if points else ""
    if section.picture is not None and points:
        return f'<div class="beside">{picture_html(section.picture, say)}{listed}</div>'
    figures = "".join(f"<div><b>{say(one.value)}</b>{say(one.label)}</div>" for one in section.figures)
    numbers = f'<div class="figures">{figures}</div>' if figures else ""
    drawn = picture_html(section.picture, say) if section.picture is not None else ""
    request = f'<p class="request">{say(section.request)}</p>' if section.request else ""
    return f"{numbers}{drawn}{_table(section, say)}{listed}{request}"


def _table(section: Section, say: Words) -> str:
    if section.table is None:
        return ""
    name = escaped(section.subtitle)
    rows = table_rows(section.table, say, section)
    kind = "table dense" if section.figures or section.picture else "table"
    kind += " many" * (section.table.height > MOST_ROWS)
    places = f'class="{kind}" style="--rows:{section.table.height}"'
    return f'<div {places} tabindex="0" role="region" aria-label="{name}"><table>{rows}</table></div>'
