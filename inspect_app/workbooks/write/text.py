"""Text as it may stand inside a cell: legal in XML, within the limit of a cell, and nothing that runs."""

import re
from html import escape

LONGEST = 32767
CUT = "…（原文过长，已截断）"
UNUSUAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
RUNNABLE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def looks_runnable(text: str) -> bool:
    """Tell whether some program might run the text as a formula once it is edited or turned into CSV."""
    return text.startswith(RUNNABLE)


def cell_text(text: str) -> str:
    """Return the text escaped for a cell; characters that XML cannot carry are left out, overlong text is cut."""
    if len(text) > LONGEST:
        text = text[: LONGEST - len(CUT)] + CUT
    if not UNUSUAL.search(text):
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape(LIKE_AN_ESCAPE.sub("_x005F_", FORBIDDEN.sub("", lines)), quote=False)


def attribute_text(text: str) -> str:
    """Return the text escaped for an attribute or a small part."""
    return escape(FORBIDDEN.sub("", text))


def footer_text(text: str) -> str:
    """Return the text escaped for a printed footer, where `&` begins a code."""
    return attribute_text(text.replace("&", "&&"))
