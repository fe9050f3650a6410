"""Personal numbers do not leave the office in an export: telephones and identity cards are masked."""

import re

LONG_NUMBER = re.compile(r"\d[\d -]{8,}[\dXx]")
MOBILE = re.compile(r"(?<!\d)(\+?86[ -]?)?(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[ -]?\d{4,5}(\d{3})(?!\d)")
IDENTITY = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?![\dA-Za-z])")


def mask(text: str) -> str:
    """Return the text with the middle of every personal number starred; other numbers stay as they are."""
    if not LONG_NUMBER.search(text):
        return text
    text = IDENTITY.sub(r"\1********\2", text)
    text = MOBILE.sub(r"\2****\3", text)
    return LANDLINE.sub(r"\1-****\2", text)
