"""The plain number in a text, digits grouped by commas or not (domain reference §8, case 15)."""

import re
from decimal import Decimal, InvalidOperation

NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def number_in(text: str) -> Decimal | None:
    """Return the number a text is; None when it is anything else."""
    if GROUPED.fullmatch(text):
        text = text.replace(",", "")
    try:
        return Decimal(text) if NUMBER.fullmatch(text) else None
    except InvalidOperation:
        return None
