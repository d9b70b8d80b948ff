"""Read whose documents these are: name, logo and colours of a company, from brand.toml.

The file lies in the folder of the store, or is named by a command; without it documents carry the product's own look.
"""

import io
import re
import tomllib
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from fit.charts import LIGHT
from fit.locale import _

BRAND_FILE = "brand.toml"
KEYS = ("name", "logo", "main_colour", "accent_colour")
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
LEAST_CONTRAST = 4.5  # WCAG AA: white letters on the colour, and letters of the colour on white
MOST_LOGO_BYTES = 500_000
MOST_PIXELS = 4000  # on either side
MOST_NAME = 60  # letters
LOGOS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
DRAWN_AT = 300  # pixels per inch of a drawing's own size
LOGO_PAGE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(json(bytes(sys.inputs.logo))), format: "svg", height: 1in)"""
OUTSIDE = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<script|<foreignObject"
    rb"|(href|src)\s*=\s*[\"'](?!#|data:image/)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


class BrandError(ValueError):
    """A brand file that cannot be used; the message says what was found, what is needed and what to do."""


@dataclass(frozen=True)
class Logo:
    """A picture: its bytes and its kind, "image/png", "image/jpeg" or "image/svg+xml"."""

    content: bytes
    kind: str

    @property
    def address(self) -> str:
        """The picture as an address that carries it, for HTML."""
        return f"data:{self.kind};base64,{b64encode(self.content).decode()}"

    def as_pixels(self) -> bytes:
        """As PNG or JPEG, for programs that show no drawings; a drawing is drawn one inch high."""
        if self.kind != "image/svg+xml":
            return self.content
        import typst

        numbers = str(list(self.content)).replace(" ", "")
        return typst.compile(LOGO_PAGE.encode(), format="png", ppi=DRAWN_AT, sys_inputs={"logo": numbers})


@dataclass(frozen=True)
class Brand:
    """The look of documents. main: ground of boxes with white letters, and rules; accent: large numbers."""

    name: str = ""
    logo: Logo | None = None
    main: str = LIGHT.in_market
    accent: str = LIGHT.ink


def brand_in(folder: Path) -> Brand:
    """The brand of a store's folder; the product's own look where no brand.toml lies in it. Raises BrandError."""
    file = folder / BRAND_FILE
    return read_brand(file) if file.is_file() else Brand()


def read_brand(file: Path) -> Brand:
    """Read a brand file. Raises BrandError for one that is missing, not understood, or hard to read on paper."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise BrandError(_("No brand file {file} can be read. Check its path.").format(file=file)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        text = _('{file} is no TOML ({error}). Write it like: main_colour = "#0B5394".')
        raise BrandError(text.format(file=file.name, error=error)) from None
    if unknown := [key for key in said if key not in KEYS]:
        text = _("{file} has {key!r}, which is not known. It may have {keys}.")
        raise BrandError(text.format(file=file.name, key=unknown[0], keys=", ".join(KEYS)))
    name = said.get("name", "")
    if not isinstance(name, str) or len(name) > MOST_NAME:
        text = _("name in {file} is not a text of up to {most} letters. Shorten it.")
        raise BrandError(text.format(file=file.name, most=MOST_NAME))
    usual = Brand()
    return Brand(
        name.strip(),
        _logo(file, said["logo"]) if "logo" in said else None,
        _colour(file, "main_colour", said.get("main_colour", usual.main)),
        _colour(file, "accent_colour", said.get("accent_colour", usual.accent)),
    )


def _colour(file: Path, key: str, value: object) -> str:
    if not isinstance(value, str) or not COLOUR.fullmatch(value):
        text = _('{key} in {file} is {value!r}. Write it as six digits after a #, like "#0B5394".')
        raise BrandError(text.format(key=key, file=file.name, value=value))
    contrast = contrast_with_white(value)
    if contrast < LEAST_CONTRAST:
        text = _(
            "{key} in {file}, {value}, has a contrast of {found} to 1 against white; {least} to 1 is needed, so that "
            "letters can be read on it. Choose a darker one."
        )
        raise BrandError(
            text.format(key=key, file=file.name, value=value, found=f"{contrast:.1f}", least=LEAST_CONTRAST)
        )
    return value.upper()


def contrast_with_white(colour: str) -> float:
    """The contrast of a colour ("#0072B2") with white, 1 to 21 (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _logo(file: Path, value: object) -> Logo:
    """The picture that a brand file names, beside it or below. Raises BrandError."""
    if not isinstance(value, str) or "://" in value or Path(value).suffix.lower() not in LOGOS:
        text = _('logo in {file} is {value!r}. Name a .png, .jpg or .svg file that lies beside it, like "logo.png".')
        raise BrandError(text.format(file=file.name, value=value))
    path = (file.parent / value).resolve()
    if not path.is_relative_to(file.parent.resolve()):
        text = _("The logo {value!r} lies outside the folder of {file}. Copy it there.")
        raise BrandError(text.format(value=value, file=file.name))
    try:
        content = path.read_bytes()
    except OSError:
        text = _("The logo {value!r} of {file} cannot be read. Copy it beside {file}.")
        raise BrandError(text.format(value=value, file=file.name)) from None
    if len(content) > MOST_LOGO_BYTES:
        text = _("The logo {value!r} has {found} kB; up to {most} kB are used. Save a smaller one.")
        raise BrandError(text.format(value=value, found=len(content) // 1000, most=MOST_LOGO_BYTES // 1000))
    kind = LOGOS[path.suffix.lower()]
    (_check_drawing if kind == "image/svg+xml" else _check_pixels)(value, content, kind)
    return Logo(content, kind)


def _check_drawing(value: str, content: bytes, _kind: str) -> None:
    if b"<svg" not in content:
        raise BrandError(_("The logo {value!r} is no SVG. Save it as SVG, PNG or JPEG.").format(value=value))
    if OUTSIDE.search(content):
        text = _(
            "The logo {value!r} names other files or runs a script. Save it as plain SVG with all in it, or as PNG."
        )
        raise BrandError(text.format(value=value))


def _check_pixels(value: str, content: bytes, kind: str) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            is_right, size = Image.MIME[picture.format or ""] == kind, picture.size
            too_large = max(size) > MOST_PIXELS
            if is_right and not too_large:
                picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        is_right, too_large, size = False, False, (0, 0)
    if too_large:
        text = _("The logo {value!r} is {wide} x {tall} pixels; up to {most} on a side are used. Save a smaller one.")
        raise BrandError(text.format(value=value, wide=size[0], tall=size[1], most=MOST_PIXELS))
    if not is_right:
        text = _("The logo {value!r} is no picture of the kind that its name says. Save it again as PNG or JPEG.")
        raise BrandError(text.format(value=value))
