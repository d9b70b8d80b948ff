"""Make the master and the layout of a deck, so that no template file is needed."""

from io import BytesIO
from xml.sax.saxutils import escape

from lxml import etree
from pptx import Presentation, presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.slide import Slide, SlideLayout, SlideMaster
from pptx.util import Emu, Inches

from fit.charts import LIGHT
from fit.documents.brand import Brand

WIDTH, HEIGHT = 13.333, 7.5  # inches, 16:9
EDGE = 0.6  # inches left and right of everything
FULL = WIDTH - 2 * EDGE
BODY_TOP, BODY_BOTTOM = 1.8, 6.7  # inches between which charts, tables and points stand
LOGO = (WIDTH - EDGE - 1.7, 0.42, 1.7, 0.6)  # the place of a logo; titles end before it
TITLE_WIDTH = FULL - 1.9
TITLE, TEXT, SMALL = 26, 14, 10  # points: of findings and figures, of what is read, of sources
FONT = "Arial"
Box = tuple[float, float, float, float]  # left, top, width, height in inches
SUBTITLE, POINTS, SOURCE, IMPRINT, NUMBER = 10, 11, 12, 13, 14  # of a slide, by placeholder index
NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)

# index (None: the title), name, left, top, width, height in inches, points, bold, colour, anchor
_Placeholder = tuple[int | None, str, float, float, float, float, int, bool, str, str]
_PLACEHOLDERS: tuple[_Placeholder, ...] = (
    (None, "Finding", EDGE, 0.35, TITLE_WIDTH, 0.95, TITLE, True, LIGHT.ink, "b"),
    (SUBTITLE, "What is drawn", EDGE, 1.36, FULL, 0.3, TEXT, False, LIGHT.faint_ink, "t"),
    (POINTS, "Points", EDGE, BODY_TOP, FULL, 4.6, TEXT, False, LIGHT.ink, "t"),
    (SOURCE, "Source", EDGE, 6.84, FULL - 0.8, 0.34, SMALL, False, LIGHT.faint_ink, "t"),
    (IMPRINT, "Imprint", EDGE, 7.2, FULL - 0.8, 0.2, SMALL, False, LIGHT.faint_ink, "t"),
)


def blank(brand: Brand) -> presentation.Presentation:
    """Return an empty presentation, 16:9, with the one layout of findings; the logo stands on the layout, once."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in list(deck.slide_layouts)[1:]:
        deck.slide_layouts.remove(layout)
    _theme(deck, brand)
    _clear(deck.slide_master)
    title, _subtitle, points, *_rest = _PLACEHOLDERS
    deck.slide_master._element.cSld.spTree.append(_placeholder(2, *title))
    deck.slide_master._element.cSld.spTree.append(_placeholder(3, 1, *points[1:]))
    (layout,) = deck.slide_layouts
    _clear(layout)
    layout._element.cSld.set("name", "Finding")
    layout._element.attrib.pop("type", None)
    tree = layout._element.cSld.spTree
    for shape_id, placeholder in enumerate(_PLACEHOLDERS, 2):
        is_title = placeholder[0] is None
        if is_title and brand.logo is None:  # a title has the whole width
            placeholder = (*placeholder[:4], FULL, *placeholder[5:])
        tree.append(_placeholder(shape_id, *placeholder))
    tree.append(_number(9, 0))
    tree.append(_bar((EDGE, 6.79, FULL, 0.01), LIGHT.grid))
    tree.append(_bar((0, 0, WIDTH, 0.12), brand.main))
    if brand.logo is not None:
        _place_logo(layout, brand)
    return deck


def _place_logo(layout: SlideLayout, brand: Brand) -> None:
    """The logo in its place, at the right end of it; a drawing is turned into pixels, which every program shows."""
    assert brand.logo is not None
    content = brand.logo.as_pixels()
    picture, identity = layout.part.get_or_add_image_part(BytesIO(content))
    wide, tall = picture.image.size
    left, top, width, height = LOGO
    part = min(width / wide, height / tall)
    size = wide * part, tall * part
    place = _box(left + width - size[0], top + (height - size[1]) / 2, *size)
    said = escape(brand.name or "Logo", {'"': "&quot;"})
    layout._element.cSld.spTree.append(
        parse_xml(
            f'<p:pic {NAMES} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:nvPicPr>'
            f'<p:cNvPr id="30" name="Logo" descr="{said}"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill>'
            f'<a:blip r:embed="{identity}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{place}'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
    )


def number_slide(slide: Slide, number: int) -> None:
    """Write a slide's number into its corner; it follows when slides are moved."""
    slide._element.cSld.spTree.append(_number(40, number))


def _number(shape_id: int, number: int) -> BaseOxmlElement:
    return parse_xml(
        f'<p:sp {NAMES}><p:nvSpPr><p:cNvPr id="{shape_id}" name="Slide number"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f'</p:cNvSpPr><p:nvPr><p:ph type="sldNum" sz="quarter" idx="{NUMBER}"/></p:nvPr></p:nvSpPr><p:spPr>'
        f'{_box(WIDTH - EDGE - 0.7, 6.84, 0.7, 0.3)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"/><a:lstStyle/><a:p><a:pPr algn="r"/>'
        f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="en-GB" sz="{100 * SMALL}">'
        f'<a:solidFill><a:srgbClr val="{LIGHT.faint_ink[1:]}"/></a:solidFill><a:latin typeface="{FONT}"/></a:rPr>'
        f"<a:t>{number or '‹#›'}</a:t></a:fld></a:p></p:txBody></p:sp>"
    )


def _clear(page: SlideMaster | SlideLayout) -> None:
    for shape in list(page.shapes):
        shape._element.getparent().remove(shape._element)


def _theme(deck: presentation.Presentation, brand: Brand) -> None:
    """One font and the product's colours, also for what a reader adds later."""
    part = next(rel.target_part for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    for face in theme.iter(qn("a:latin")):
        face.set("typeface", FONT)
    accents = (brand.main, brand.accent, LIGHT.elsewhere, LIGHT.awareness, LIGHT.conversion)
    for name, colour in {"dk2": LIGHT.ink, **{f"accent{i}": accent for i, accent in enumerate(accents, 1)}}.items():
        (value,) = next(theme.iter(qn(f"a:{name}")))
        value.tag = qn("a:srgbClr")
        value.attrib.clear()
        value.set("val", colour[1:])
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _box(left: float, top: float, width: float, height: float) -> str:
    x, y, w, h = (Emu(Inches(side)) for side in (left, top, width, height))
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


def _placeholder(
    shape_id: int, index: int | None, name: str, left: float, top: float, width: float, height: float,
    size: int, bold: bool, colour: str, anchor: str,
) -> BaseOxmlElement:  # fmt: skip
    kind = 'type="title"' if index is None else f'type="body" sz="quarter" idx="{index}"'
    return parse_xml(
        f'<p:sp {NAMES}><p:nvSpPr><p:cNvPr id="{shape_id}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{_box(left, top, width, height)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" wrap="square" anchor="{anchor}"><a:noAutofit/>'
        f'</a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:buNone/><a:defRPr sz="{100 * size}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{colour[1:]}"/>'
        f'</a:solidFill><a:latin typeface="{FONT}"/></a:defRPr></a:lvl1pPr></a:lstStyle>'
        f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{name}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def _bar(box: Box, colour: str) -> BaseOxmlElement:
    return parse_xml(
        f'<p:sp {NAMES}><p:nvSpPr><p:cNvPr id="20" name="Line"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{_box(*box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        f'<a:srgbClr val="{colour[1:]}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )
