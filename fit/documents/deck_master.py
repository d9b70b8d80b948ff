"""Make the master and the two layouts of a deck, so that no template file is needed."""

from lxml import etree
from pptx import Presentation, presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Emu, Inches

from fit.charts import LIGHT

WIDTH, HEIGHT = 13.333, 7.5  # inches, 16:9
EDGE = 0.6  # inches left and right of everything
FULL = WIDTH - 2 * EDGE
BODY_TOP, BODY_BOTTOM = 1.95, 6.8  # inches between which charts, tables and points stand
FONT = "Arial"
Box = tuple[float, float, float, float]  # left, top, width, height in inches
SUBTITLE, POINTS, SOURCE, IMPRINT = 10, 11, 12, 13  # of a slide, by placeholder index
OPENING, FINDING = 0, 1  # layouts
NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)

# index (None: the title), name, left, top, width, height in inches, points, bold, colour, anchor
_Placeholder = tuple[int | None, str, float, float, float, float, int, bool, str, str]
_PLACEHOLDERS: dict[int, tuple[_Placeholder, ...]] = {
    OPENING: (
        (None, "Title", EDGE + 0.4, 1.3, FULL - 0.8, 1.9, 40, True, LIGHT.ink, "b"),
        (SUBTITLE, "Brief", EDGE + 0.4, 3.4, FULL - 0.8, 1.0, 18, False, LIGHT.ink, "t"),
        (POINTS, "Uncertainty", EDGE + 0.4, 4.6, 9.0, 1.0, 14, False, LIGHT.faint_ink, "t"),
        (IMPRINT, "Imprint", EDGE + 0.4, 6.5, FULL - 0.8, 0.4, 12, False, LIGHT.faint_ink, "t"),
    ),
    FINDING: (
        (None, "Finding", EDGE, 0.4, FULL, 1.0, 24, True, LIGHT.ink, "b"),
        (SUBTITLE, "What is drawn", EDGE, 1.47, FULL, 0.4, 13, False, LIGHT.faint_ink, "t"),
        (POINTS, "Points", EDGE, BODY_TOP, FULL, 4.6, 14, False, LIGHT.ink, "t"),
        (SOURCE, "Source", EDGE, 6.95, FULL, 0.2, 9, False, LIGHT.faint_ink, "t"),
        (IMPRINT, "Imprint", EDGE, 7.16, FULL, 0.2, 9, False, LIGHT.faint_ink, "t"),
    ),
}


def blank() -> presentation.Presentation:
    """Return an empty presentation, 16:9, with the layouts OPENING and FINDING."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in list(deck.slide_layouts)[2:]:
        deck.slide_layouts.remove(layout)
    _theme(deck)
    _clear(deck.slide_master)
    title, _subtitle, points, *_rest = _PLACEHOLDERS[FINDING]
    deck.slide_master._element.cSld.spTree.append(_placeholder(2, *title))
    deck.slide_master._element.cSld.spTree.append(_placeholder(3, 1, *points[1:]))
    for index, name in ((OPENING, "Opening"), (FINDING, "Finding")):
        layout = deck.slide_layouts[index]
        _clear(layout)
        layout._element.cSld.set("name", name)
        layout._element.attrib.pop("type", None)
        for shape_id, placeholder in enumerate(_PLACEHOLDERS[index], 2):
            layout._element.cSld.spTree.append(_placeholder(shape_id, *placeholder))
    left, line = (EDGE, 1.5, 0.08, 5.3), (EDGE, 6.9, FULL, 0.01)
    deck.slide_layouts[OPENING]._element.cSld.spTree.append(_bar(left, LIGHT.in_market))
    deck.slide_layouts[FINDING]._element.cSld.spTree.append(_bar(line, LIGHT.grid))
    return deck


def _clear(page: SlideMaster | SlideLayout) -> None:
    for shape in list(page.shapes):
        shape._element.getparent().remove(shape._element)


def _theme(deck: presentation.Presentation) -> None:
    """One font and the product's colours, also for what a reader adds later."""
    part = next(rel.target_part for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    for face in theme.iter(qn("a:latin")):
        face.set("typeface", FONT)
    accents = (LIGHT.in_market, LIGHT.elsewhere, LIGHT.awareness, LIGHT.conversion)
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
