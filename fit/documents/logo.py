"""Turn a logo into pixels for programs that show no drawings."""

from fit.documents.brand import Logo

DRAWN_AT = 300  # pixels per inch of a drawing's own size
PAGE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(json(bytes(sys.inputs.logo))), format: "svg", height: 1in)"""


def as_pixels(logo: Logo) -> bytes:
    """A logo as PNG or JPEG; a drawing is drawn one inch high."""
    if logo.kind != "image/svg+xml":
        return logo.content
    import typst

    numbers = str(list(logo.content)).replace(" ", "")
    return typst.compile(PAGE.encode(), format="png", ppi=DRAWN_AT, sys_inputs={"logo": numbers})
