"""Marks a Chinese label for translation without translating it, so that pure modules can hold labels."""

from typing import LiteralString


def mark(text: LiteralString) -> str:
    """Return `text` unchanged; the message extractor collects it, and pages translate it when shown."""
    return text
