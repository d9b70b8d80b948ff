"""Write a story as PowerPoint slides, 16:9: one finding and one native chart or table a slide."""

from datetime import datetime, time
from io import BytesIO

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.text.text import _Paragraph
from pptx.util import Inches, Pt

from fit.charts import LIGHT
from fit.documents.brand import Brand
from fit.documents.deck_charts import chances, rgb, splits
from fit.documents.deck_master import (
    BODY_BOTTOM,
    BODY_TOP,
    EDGE,
    FONT,
    FULL,
    IMPRINT,
    POINTS,
    SOURCE,
    SUBTITLE,
    TEXT,
    TITLE,
    Box,
    blank,
    number_slide,
)
from fit.documents.deck_scatters import dots, dots_height, intervals
from fit.documents.deck_text import Shortened, clean, columns, cut
from fit.locale import _
from fit.story import Figure, Picture, PictureKind, Section, Story

OWN_LOOK = Brand()
MOST_POINTS = 5
SHORT = 170  # columns of a point: more is for the notes
UPRIGHT_ROW, MOST_UPRIGHT = 0.38, 0.75  # inches that a row of an upright table needs, and that it may have
MOST_SPACE = 22  # points between two points of a list that has room
NARROW = 1.3  # inches of a column that is never narrower than its text
GAP = 0.35  # inches between chart, table and points
BESIDE = 7.3  # inches of a chart with points on its right
CELL = 250  # columns of a table's cell
LEAST_FOR_A_TABLE = 1.6  # inches
FEW_CREATORS = 2  # below their chart stands a table; that of more fills the slide
TALLEST_ROW = 1.0  # inches to which rows of a table are stretched so that a slide is filled
FIGURE_SIZES = (TITLE, 24, 20, 16)  # points of the row of numbers: one for all of them
FIGURES, REQUEST = 0.9, 0.72  # inches of the row of numbers, and of the box with what is asked
LONGEST_TITLE = 100  # columns: two lines
SIZES = (TEXT, 12, 11, 10, 9)  # points: the second and later only where names are so long that nothing else fits
AIRY, DENSE = 0.05, 0.02  # inches above and below a text in a table; dense only where no smaller letters help


def story_deck(story: Story, brand: Brand = OWN_LOOK, *, notes: bool = False) -> bytes:
    """Return a story as a PPTX file, a slide a section.

    Every chart and table is native and can be edited. notes: with what the presenter says, whatever the slide has no
    room for, and names that are cut. Names are literal: nothing in them is run, linked or marked up.
    """
    slides = blank(brand)
    short = Shortened([creator.name for creator in story.creators])
    for number, section in enumerate(story.sections, 1):
        _finding(slides, story, section, short, brand)
        slide = slides.slides[number - 1]
        number_slide(slide, number)
        if notes:
            points = _shown_points(section, short)
            _notes(slide, [clean(note) for note in section.notes] + _left_over(section, points) + _in_full(short))
    about = slides.core_properties
    about.title, about.author = clean(story.title)[:255], clean(brand.name) or "Creator Fit"
    about.last_modified_by = about.author
    about.subject, about.keywords, about.comments = cut(story.brief.words, 255), "", clean(story.imprint)[:255]
    about.created = about.modified = datetime.combine(story.made_on, time())
    file = BytesIO()
    slides.save(file)
    return file.getvalue()


def _placeholders(slide: Slide) -> dict[int, Shape]:
    """The places of a slide by their index in the layout."""
    return {shape.placeholder_format.idx: shape for shape in slide.placeholders}


def _shown_points(section: Section, short: Shortened) -> list[str]:
    return [short(point, SHORT if section.picture else 2 * SHORT) for point in section.points[:MOST_POINTS]]


def _finding(slides: Presentation, story: Story, section: Section, short: Shortened, brand: Brand) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[0])
    _write(slide.shapes.title, cut(short(section.title), LONGEST_TITLE))
    shapes = _placeholders(slide)
    _write(shapes[SUBTITLE], cut(short(section.subtitle), 115))
    _write(shapes[SOURCE], cut(section.footnote, 300))
    _write(shapes[IMPRINT], clean(story.imprint))
    points = _shown_points(section, short)
    draw = _summary if section.request else _body
    room = draw(slide, section, short, points, brand)
    if points:
        _points(shapes[POINTS], points, room, section)
    else:
        shapes[POINTS]._element.getparent().remove(shapes[POINTS]._element)


def _summary(slide: Slide, section: Section, short: Shortened, points: list[str], brand: Brand) -> Box:
    """Numbers, what to do with each creator, and what is asked; return the room that is left for the main risk."""
    wide = FULL / max(3, len(section.figures))
    longest = max((columns(clean(figure.value)) for figure in section.figures), default=0)
    size = next((size for size in FIGURE_SIZES if longest * 0.56 * size / 72 <= wide - 0.2), FIGURE_SIZES[-1])
    for number, figure in enumerate(section.figures):
        _figure(slide, figure, (EDGE + number * wide, BODY_TOP, wide - 0.2, FIGURES - 0.1), size, brand)
    bottom = BODY_BOTTOM - REQUEST
    risk = _points_height(points, TEXT, FULL)
    top = BODY_TOP + FIGURES + 0.1
    _table(slide, section, short, (EDGE, top, FULL, bottom - 0.2 - risk - top), tallest=0.6)
    box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, (EDGE, bottom, FULL, REQUEST)))
    box.name = "Request"
    box.fill.solid()
    box.fill.fore_color.rgb = rgb(brand.main)
    box.line.fill.background()
    box.shadow.inherit = False
    frame = box.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = Inches(0.2)
    frame.margin_top = frame.margin_bottom = Inches(0.05)
    asked = short(section.request, 2 * SHORT)
    size = next((size for size in SIZES if _lines(asked, size, FULL - 0.4) * size * 1.2 / 72 <= REQUEST - 0.1), 9)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _run(frame.paragraphs[0], asked, size, "#FFFFFF", bold=True)
    return EDGE, bottom - 0.05 - risk, FULL, risk


def _figure(slide: Slide, figure: Figure, box: Box, size: int, brand: Brand) -> None:
    """A large number with what it counts below it, behind an upright rule."""
    left, top, width, height = box
    rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, (left, top, 0.05, height)))
    rule.fill.solid()
    rule.fill.fore_color.rgb = rgb(brand.main)
    rule.line.fill.background()
    rule.shadow.inherit = False
    rule.name = "Rule"
    frame = slide.shapes.add_textbox(*map(Inches, (left + 0.17, top, width - 0.17, height))).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    value, label = clean(figure.value), clean(figure.label)
    _run(frame.paragraphs[0], value, size, brand.accent, bold=True)
    _run(frame.add_paragraph(), label, TEXT, LIGHT.faint_ink)


def _run(paragraph: _Paragraph, text: str, size: float, colour: str, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.name, run.font.size, run.font.bold, run.font.color.rgb = FONT, Pt(size), bold, rgb(colour)


def _body(slide: Slide, section: Section, short: Shortened, points: list[str], _brand: Brand) -> Box:
    """Draw chart and table; return the room that is left for points."""
    tall = BODY_BOTTOM - BODY_TOP
    if section.picture is not None and not points and section.table is not None:
        height = min(2.0, 0.4 + 0.4 * section.picture.rows.height)
        _picture(slide, section.picture, (EDGE, BODY_TOP, FULL, height))
        below = BODY_TOP + height + 0.15
        _table(slide, section, short, (EDGE, below, FULL, BODY_BOTTOM - below))
    elif section.picture is not None:
        wide, height = BESIDE if points else FULL, _height(section.picture, tall)
        _picture(slide, section.picture, (EDGE, BODY_TOP, wide, height))
        room = tall
        # One or two creators leave the lower half empty: the numbers stand there.
        if section.table is not None and tall - height > LEAST_FOR_A_TABLE:
            below = BODY_TOP + max(height, _points_height(points, TEXT, FULL - wide - GAP)) + 0.2
            below = max(below, BODY_BOTTOM - tall / 2)
            if BODY_BOTTOM - below > LEAST_FOR_A_TABLE:
                _table(slide, section, short, (EDGE, below, FULL, BODY_BOTTOM - below))
                room = below - BODY_TOP - 0.1
        return EDGE + wide + GAP, BODY_TOP + 0.1, FULL - wide - GAP, room - 0.1
    elif section.table is not None:
        needed = _points_height(points, TEXT, FULL) if points else 0.0
        used = _table(slide, section, short, (EDGE, BODY_TOP, FULL, tall - needed - 0.2 * bool(points)))
        return EDGE, BODY_TOP + used + 0.15, FULL, tall - used - 0.15
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
    if picture.kind == PictureKind.DOTS:
        return min(most, dots_height(picture))
    creators = picture.rows["creator"].n_unique()
    rows = {PictureKind.SPLIT: (0.85, 1.35), PictureKind.CHANCES: (0.6, 0.6), PictureKind.INTERVALS: (0.95, 1.2)}
    row = rows[picture.kind][creators > FEW_CREATORS]
    return min(most, (1.2 if picture.kind == PictureKind.INTERVALS else 0.75) + row * creators)


def _points(shape: Shape, points: list[str], room: Box, section: Section) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Inches, room)
    size = next((size for size in SIZES if _points_height(points, size, room[2]) <= room[3]), SIZES[-1])
    frame = shape.text_frame
    spare = 72 * (room[3] - _points_height(points, size, room[2])) / len(points)
    for index, point in enumerate(points):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.6 + min(MOST_SPACE, max(0.0, spare)))
        for part, is_gap in section.in_parts(point):
            run = paragraph.add_run()
            run.text, run.font.size = part, Pt(size)
            if is_gap:
                run.font.color.rgb, run.font.bold = rgb(LIGHT.gap), True


def _lines(text: str, size: float, width: float) -> int:
    """Lines that a text takes at a size in points within so many inches; a Latin letter is about half as wide."""
    return max(1, -(-columns(text) // max(1, int(width * 72 / (0.5 * size)))))


def _points_height(points: list[str], size: float, width: float) -> float:
    return sum(_lines(point, size, width) * size * 1.2 + size * 0.6 for point in points) / 72


def _write(shape: Shape, text: str) -> None:
    shape.text_frame.paragraphs[0].add_run().text = text


def _table(slide: Slide, section: Section, short: Shortened, box: Box, tallest: float = TALLEST_ROW) -> float:
    """Draw a section's table of text cells; return about how many inches it takes. One creator's stands upright."""
    assert section.table is not None
    cells = [list(map(clean, section.table.columns))]
    cells += [[cut(short("" if cell is None else cell), CELL) for cell in row] for row in section.table.iter_rows()]
    is_upright = len(cells) == 2 and len(cells[0]) > 2 and box[3] >= UPRIGHT_ROW * len(cells[0])
    if is_upright:
        cells = [list(pair) for pair in zip(*cells, strict=True)]
    for size, margin in (*((size, AIRY) for size in SIZES), (SIZES[-1], DENSE)):
        widths = _widths(cells, size, box[2])
        tall = [_row_height(row, widths, size, margin) for row in cells]
        if sum(tall) <= box[3]:
            break
    spare = max(0.0, box[3] - sum(tall)) / max(1, len(tall) - (not is_upright))
    tallest = min(tallest, MOST_UPRIGHT) if is_upright else tallest
    stretched = [max(height, min(tallest, height + spare)) for height in tall]
    tall = stretched if is_upright else [tall[0], *stretched[1:]]
    left, top, width = map(Inches, box[:3])
    shape = slide.shapes.add_table(len(cells), len(widths), left, top, width, Inches(sum(tall)))
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(section.subtitle))
    table = shape.table
    # The look of no style: rules between rows are drawn below, nothing is filled.
    table._tbl.get_or_add_tblPr().find(qn("a:tableStyleId")).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    table.first_row, table.first_col = not is_upright, is_upright
    for index, inches in enumerate(widths):
        table.columns[index].width = Inches(inches)
    for index, (row, height) in enumerate(zip(cells, tall, strict=True)):
        table.rows[index].height = Inches(height)
        for column, text in enumerate(row):
            is_head, is_name = (column == 0, index == 0) if is_upright else (index == 0, column == 0)
            cell = table.cell(index, column)
            cell.margin_top = cell.margin_bottom = Inches(margin)
            _cell(cell, section.in_parts(text), size, is_head=is_head, is_name=is_name)
    return sum(tall)


def _widths(cells: list[list[str]], size: int, wide: float) -> list[float]:
    """Inches of each column: short ones have what they need, the others share the rest by the length of their texts."""
    letter, margin = 0.53 * size / 72, 0.2
    by_column = list(zip(*cells, strict=True))
    # A heading may take two lines: what stands below it decides.
    needs = [
        max(*map(columns, head.split(" ")), columns(head) // 2 + 2, *map(columns, column)) * letter + margin
        for head, *column in by_column
    ]
    if sum(needs) <= wide:
        return [need * wide / sum(needs) for need in needs]
    longest = [max(columns(word) for cell in column for word in cell.split(" ")) for column in by_column]
    least = [
        need if need <= NARROW else max(1.0, word * letter + margin) for need, word in zip(needs, longest, strict=True)
    ]
    if sum(least) >= wide:
        return [need * wide / sum(least) for need in least]
    more = [need - low for need, low in zip(needs, least, strict=True)]
    spare = wide - sum(least)
    return [low + spare * part / sum(more) for low, part in zip(least, more, strict=True)]


def _row_height(row: list[str], widths: list[float], size: int, margin: float) -> float:
    lines = max(_lines(text, size, width - 0.16) for text, width in zip(row, widths, strict=True))
    return lines * size * 1.2 / 72 + 2 * margin + 0.02


def _cell(cell: _Cell, parts: list[tuple[str, bool]], size: int, *, is_head: bool, is_name: bool) -> None:
    cell.margin_left, cell.margin_right = Inches(0), Inches(0.16)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    for text, is_gap in parts:
        run = cell.text_frame.paragraphs[0].add_run()
        run.text = text
        run.font.name, run.font.size, run.font.bold = FONT, Pt(size), is_gap or (is_name and not is_head)
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
            cells = [f"{key}: {clean(value)}" for key, value in row.items() if value is not None]
            lines.append("; ".join(cells).removesuffix(".") + ".")
    return lines


def _in_full(short: Shortened) -> list[str]:
    return ["", _("Names in full:"), *short.in_full] if short.in_full else []


def _notes(slide: Slide, lines: list[str]) -> None:
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None  # the notes master of python-pptx has one
    frame.text = "\n".join(lines)
