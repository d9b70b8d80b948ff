"""Write a story as PowerPoint slides, 16:9: one finding and one native chart or table a slide."""

from datetime import datetime, time
from io import BytesIO

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Inches, Pt

from fit.charts import LIGHT
from fit.documents.deck_charts import chances, rgb, splits
from fit.documents.deck_master import (
    BODY_BOTTOM,
    BODY_TOP,
    EDGE,
    FINDING,
    FONT,
    FULL,
    IMPRINT,
    OPENING,
    POINTS,
    SOURCE,
    SUBTITLE,
    Box,
    blank,
)
from fit.documents.deck_scatters import dots, intervals
from fit.documents.deck_text import Shortened, clean, columns, cut
from fit.locale import _
from fit.story import UNCERTAINTY, Picture, PictureKind, Section, Story
from fit.text import words

MOST_POINTS = 5
SHORT = 150  # columns of a point: more is for the notes
GAP = 0.35  # inches between chart, table and points
BESIDE = 7.7  # inches of a chart with points on its right
CELL = 90  # columns of a table's cell
TITLES = ((62, 28), (140, 24), (190, 19))  # up to so many columns: points of the title
LONGEST_TITLE = TITLES[-1][0]


def story_deck(story: Story) -> bytes:
    """Return a story as a PPTX file: a title slide, then a slide a section.

    Every chart and table is native and can be edited; the notes hold what is said, whatever the slide has no room for
    and names that are cut. Names are literal: nothing in them is run, linked or marked up.
    """
    slides = blank()
    short = Shortened([creator.name for creator in story.creators])
    _opening(slides, story, short)
    for section in story.sections:
        _finding(slides, story, section, short)
    about = slides.core_properties
    about.title, about.author, about.last_modified_by = clean(story.title)[:255], "Creator Fit", "Creator Fit"
    about.subject, about.keywords, about.comments = cut(story.brief.words, 255), "", clean(story.imprint)[:255]
    about.created = about.modified = datetime.combine(story.made_on, time())
    file = BytesIO()
    slides.save(file)
    return file.getvalue()


def _opening(slides: Presentation, story: Story, short: Shortened) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[OPENING])
    title = short(story.title)
    _write(slide.shapes.title, cut(title, 150), 40 if columns(title) <= 90 else 30)
    markets = ", ".join(f"{code} {words.percent(weight)}" for code, weight in story.brief.weights.items())
    shapes = _placeholders(slide)
    asked = _("Brief: {goal} in {market} ({markets}), {count} creators match").format(
        goal=_(story.brief.goal), market=story.brief.words, markets=markets, count=words.count(story.count_matching)
    )
    _write(shapes[SUBTITLE], cut(asked, 260), 18 if columns(asked) <= 180 else 14)
    _write(shapes[POINTS], _(UNCERTAINTY))
    _write(shapes[IMPRINT], clean(story.imprint))
    _notes(slide, [asked, _(UNCERTAINTY), clean(story.imprint), *_in_full(short)])


def _placeholders(slide: Slide) -> dict[int, Shape]:
    """The places of a slide by their index in the layout."""
    return {shape.placeholder_format.idx: shape for shape in slide.placeholders}


def _finding(slides: Presentation, story: Story, section: Section, short: Shortened) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[FINDING])
    title = short(section.title)
    size = next((points for longest, points in TITLES if columns(title) <= longest), TITLES[-1][1])
    _write(slide.shapes.title, cut(title, LONGEST_TITLE), size)
    shapes = _placeholders(slide)
    _write(shapes[SUBTITLE], cut(short(section.subtitle), 160), 13 if columns(short(section.subtitle)) <= 120 else 11)
    _write(shapes[SOURCE], cut(section.source, 200))
    _write(shapes[IMPRINT], clean(story.imprint))
    points = [short(point, SHORT if section.picture else 2 * SHORT) for point in section.points[:MOST_POINTS]]
    room = _body(slide, section, short, points)
    if points:
        _points(shapes[POINTS], points, room, section)
    else:
        shapes[POINTS]._element.getparent().remove(shapes[POINTS]._element)
    _notes(slide, [clean(note) for note in section.notes] + _left_over(section, points) + _in_full(short))


def _body(slide: Slide, section: Section, short: Shortened, points: list[str]) -> Box:
    """Draw chart or table; return the room that is left for points."""
    tall = BODY_BOTTOM - BODY_TOP
    if section.picture is not None and not section.points and section.table is not None:
        height = min(2.3, 0.5 + 0.42 * section.picture.rows.height)
        _picture(slide, section.picture, (EDGE, BODY_TOP, FULL, height))
        below = BODY_TOP + height + 0.15
        _table(slide, section, short, (EDGE, below, FULL, BODY_BOTTOM - below))
    elif section.picture is not None:
        wide = BESIDE if section.points else FULL
        _picture(slide, section.picture, (EDGE, BODY_TOP, wide, _height(section.picture, tall)))
        return EDGE + wide + GAP, BODY_TOP + 0.1, FULL - wide - GAP, tall - 0.1
    elif section.table is not None and section.table.width <= 2:
        half = (FULL - GAP) / 2
        _table(slide, section, short, (EDGE + half + GAP, BODY_TOP, half, tall))
        return EDGE, BODY_TOP + 0.05, half, tall - 0.05
    elif section.table is not None:
        room = tall - (min(1.75, 0.3 + _points_height(points, 14, FULL)) if points else 0)
        used = _table(slide, section, short, (EDGE, BODY_TOP, FULL, room))
        return EDGE, BODY_TOP + used + 0.2, FULL, tall - used - 0.2
    return EDGE, BODY_TOP + 0.2, FULL, tall - 0.2


def _picture(slide: Slide, picture: Picture, box: Box) -> None:
    """Draw a picture into a box of a slide, with its sentence for readers who do not see it."""
    draw = {
        PictureKind.SPLIT: splits,
        PictureKind.INTERVALS: intervals,
        PictureKind.CHANCES: chances,
        PictureKind.DOTS: dots,
    }[picture.kind]
    frame = draw(slide, picture, box)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(picture.alt))


def _height(picture: Picture, most: float) -> float:
    """Inches of a chart: rows as far apart with one creator as with five, but never taller than its place."""
    creators = picture.rows["creator"].n_unique()
    inches = {PictureKind.SPLIT: 0.8, PictureKind.CHANCES: 0.6, PictureKind.DOTS: 1.7, PictureKind.INTERVALS: 0.9}
    row = inches[picture.kind]
    return min(most, (1.2 if picture.kind == PictureKind.INTERVALS else 0.75) + row * creators)


def _points(shape: Shape, points: list[str], room: Box, section: Section) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Inches, room)
    size = next((size for size in (18, 16, 14, 13, 12, 11, 10) if _points_height(points, size, room[2]) <= room[3]), 9)
    frame = shape.text_frame
    for index, point in enumerate(points):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.6)
        for part, is_gap in section.in_parts(point):
            run = paragraph.add_run()
            run.text, run.font.size = part, Pt(size)
            if is_gap:
                run.font.color.rgb, run.font.bold = rgb(LIGHT.gap), True


def _lines(text: str, size: float, width: float) -> int:
    """Lines that a text takes at a size in points within so many inches; a Latin letter is about half as wide."""
    return max(1, -(-columns(text) // max(1, int(width * 72 / (0.53 * size)))))


def _points_height(points: list[str], size: float, width: float) -> float:
    return sum(_lines(point, size, width) * size * 1.2 + size * 0.6 for point in points) / 72


def _write(shape: Shape, text: str, size: int | None = None) -> None:
    run = shape.text_frame.paragraphs[0].add_run()
    run.text = text
    if size is not None:
        run.font.size = Pt(size)


def _table(slide: Slide, section: Section, short: Shortened, box: Box) -> float:
    """Draw a section's table of text cells; return about how many inches it takes."""
    frame, alt = section.table, section.subtitle
    assert frame is not None
    cells = [list(map(clean, frame.columns))]
    cells += [[cut(short("" if cell is None else cell), CELL) for cell in row] for row in frame.iter_rows()]
    widest = [min(34, max(max(len(w) for w in cell.split(" ")) + 2 for cell in column), 20) for column in
              zip(*cells, strict=True)]  # fmt: skip
    needs = [max(least, min(40, max(map(columns, column)))) for least, column in
             zip(widest, zip(*cells, strict=True), strict=True)]  # fmt: skip
    widths = [box[2] * need / sum(needs) for need in needs]
    for size in (13, 12, 11, 10, 9):
        tall = [_row_height(row, widths, size) for row in cells]
        if sum(tall) <= box[3]:
            break
    left, top, width = map(Inches, box[:3])
    shape = slide.shapes.add_table(len(cells), len(widths), left, top, width, Inches(sum(tall)))
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(alt))
    table = shape.table
    # The look of no style: rules between rows are drawn below, nothing is filled.
    table._tbl.get_or_add_tblPr().find(qn("a:tableStyleId")).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    for index, inches in enumerate(widths):
        table.columns[index].width = Inches(inches)
    for index, (row, height) in enumerate(zip(cells, tall, strict=True)):
        table.rows[index].height = Inches(height)
        for column, text in enumerate(row):
            _cell(table.cell(index, column), section.in_parts(text), size, is_head=index == 0, is_first=column == 0)
    return sum(tall)


def _row_height(row: list[str], widths: list[float], size: int) -> float:
    lines = max(_lines(text, size, width - 0.16) for text, width in zip(row, widths, strict=True))
    return lines * size * 1.2 / 72 + 0.16


def _cell(cell: _Cell, parts: list[tuple[str, bool]], size: int, *, is_head: bool, is_first: bool) -> None:
    cell.margin_left, cell.margin_right = Inches(0 if is_first else 0.08), Inches(0.08)
    cell.margin_top = cell.margin_bottom = Inches(0.07)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP
    for text, is_gap in parts:
        run = cell.text_frame.paragraphs[0].add_run()
        run.text = text
        run.font.name, run.font.size, run.font.bold = FONT, Pt(size), is_gap or (is_first and not is_head)
        run.font.color.rgb = rgb(LIGHT.gap if is_gap else LIGHT.faint_ink if is_head else LIGHT.ink)
    rule = cell._tc.get_or_add_tcPr()
    line = rule.makeelement(qn("a:lnB"), {"w": "12700" if is_head else "6350"})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": (LIGHT.faint_ink if is_head else LIGHT.grid)[1:]}))
    line.append(fill)
    rule.insert(0, line)


def _left_over(section: Section, points: list[str]) -> list[str]:
    """What the slide has no room for: points as they were told, and the table of a slide that has chart and points."""
    whole = [clean(point) for point in section.points]
    lines = ["", _("In full:"), *whole] if whole != points else []
    if section.picture is not None and section.points and section.table is not None:
        lines += ["", _("In numbers:")]
        for row in section.table.iter_rows(named=True):
            lines.append("; ".join(f"{key}: {clean(value)}" for key, value in row.items() if value is not None) + ".")
    return lines


def _in_full(short: Shortened) -> list[str]:
    return ["", _("Names in full:"), *short.in_full] if short.in_full else []


def _notes(slide: Slide, lines: list[str]) -> None:
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None  # the notes master of python-pptx has one
    frame.text = "\n".join(lines)
