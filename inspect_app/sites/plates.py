"""QR plates: what is fixed to a site and opens its page when it is scanned."""

from typing import NamedTuple

import segno

from inspect_app.sites.models import Site

PER_SHEET = (8, 1)
MOST = 200


class Plate(NamedTuple):
    """A site with the picture that leads to it."""

    site: Site
    picture: str


def qr_svg(address: str) -> str:
    """Draw an address as an SVG element without a size of its own; a quarter of it may be soiled and it still reads."""
    return str(segno.make(address, error="q", micro=False).svg_inline(border=2, omitsize=True, svgclass="qr"))
