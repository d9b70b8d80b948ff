"""Is a brand file read whole, or refused with what was found, what is needed and what to do?"""

import io
from datetime import date

import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from fit.brief import Brief
from fit.documents import write_story
from fit.documents.brand import Brand, BrandError, Logo, brand_in, contrast_with_white, read_brand
from fit.forecast.request import RequestedLine
from fit.story.build import build_story

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">'
    b'<rect width="90" height="30" fill="#0B5394"/></svg>'
)
BUILT = date(2026, 3, 3)


def picture(kind="PNG", size=(90, 30)):
    written = io.BytesIO()
    Image.new("RGB", size, "#0B5394").save(written, kind)
    return written.getvalue()


def written(folder, text, **files):
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    (folder / "brand.toml").write_text(text)
    return folder / "brand.toml"


def test_without_a_file_documents_have_the_products_own_look(tmp_path):
    assert brand_in(tmp_path) == Brand()
    assert contrast_with_white(Brand().main) >= 4.5


def test_name_logo_and_colours_are_read(tmp_path):
    text = 'name = "Sparrow & Co"\nlogo = "logo.svg"\nmain_colour = "#0b5394"\naccent_colour = "#7A1F00"\n'
    written(tmp_path, text, logo_svg=SVG)
    assert brand_in(tmp_path) == Brand("Sparrow & Co", Logo(SVG, "image/svg+xml"), "#0B5394", "#7A1F00")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("main_colour = blue", "brand.toml is no TOML ("),
        ('colour = "#000000"', "brand.toml has 'colour', which is not known. It may have name, logo, main_colour, "),
        ('main_colour = "blue"', "main_colour in brand.toml is 'blue'. Write it as six digits after a #, like "),
        (
            'accent_colour = "#56B4E9"',
            "accent_colour in brand.toml, #56B4E9, has a contrast of 2.3 to 1 against",
        ),
        (f'name = "{"x" * 61}"', "name in brand.toml is not a text of up to 60 letters. Shorten it."),
        ('logo = "https://a.example/logo.png"', "logo in brand.toml is 'https://a.example/logo.png'. Name a .png, "),
        ('logo = "logo.gif"', "logo in brand.toml is 'logo.gif'. Name a .png, .jpg or .svg file that lies beside it"),
        ('logo = "../logo.png"', "The logo '../logo.png' lies outside the folder of brand.toml. Copy it there."),
        ('logo = "none.png"', "The logo 'none.png' of brand.toml cannot be read. Copy it beside brand.toml."),
        ('logo = "big.png"', "The logo 'big.png' has 600 kB; up to 500 kB are used. Save a smaller one."),
        ('logo = "wide.png"', "The logo 'wide.png' is 4001 x 2 pixels; up to 4000 on a side are used."),
        ('logo = "fake.png"', "The logo 'fake.png' is no picture of the kind that its name says."),
        ('logo = "jpeg.png"', "The logo 'jpeg.png' is no picture of the kind that its name says."),
        ('logo = "run.svg"', "The logo 'run.svg' names other files or runs a script."),
        ('logo = "away.svg"', "The logo 'away.svg' names other files or runs a script."),
        ('logo = "text.svg"', "The logo 'text.svg' is no SVG."),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(tmp_path, text, said):
    files = {
        "big_png": bytes(600_000), "wide_png": picture(size=(4001, 2)), "fake_png": b"GIF89a", "text_svg": b"hello",
        "jpeg_png": picture("JPEG"), "run_svg": SVG.replace(b"<rect", b"<script/><rect"),
        "away_svg": SVG.replace(b"<rect", b'<image href="http://a.example/x.png"/><rect'),
    }  # fmt: skip
    with pytest.raises(BrandError) as refused:
        read_brand(written(tmp_path, text, **files))
    assert str(refused.value).startswith(said)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BrandError, match="Check its path"):
        read_brand(tmp_path / "none.toml")


@pytest.mark.thorough
@pytest.mark.parametrize("logo", [Logo(SVG, "image/svg+xml"), Logo(picture("JPEG"), "image/jpeg")])
def test_deck_pdf_and_page_carry_the_brand(ask_demo, logo):
    brand = Brand("Sparrow & Co", logo, "#0B5394", "#7A1F00")
    story = build_story(ask_demo, Brief((("DE", 1.0),)), ["demo-001"], RequestedLine(), BUILT)
    deck = Presentation(io.BytesIO(write_story(story, ".pptx", brand)))
    (layout,) = deck.slide_layouts
    (drawn,) = [shape for shape in layout.shapes if shape.shape_type == 13]
    assert drawn.width / drawn.height == pytest.approx(3.0, rel=0.02)
    (request,) = [shape for shape in deck.slides[0].shapes if shape.name == "Request"]
    assert str(request.fill.fore_color.rgb) == "0B5394"
    assert deck.core_properties.author == "Sparrow & Co"
    reader = PdfReader(io.BytesIO(write_story(story, ".pdf", brand)))
    assert reader.metadata.author == "Sparrow & Co"
    assert "--main: #0B5394;" in write_story(story, ".html", brand).decode()


def test_a_drawing_becomes_pixels_of_its_own_shape():
    with Image.open(io.BytesIO(Logo(SVG, "image/svg+xml").as_pixels())) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (900, 300))
