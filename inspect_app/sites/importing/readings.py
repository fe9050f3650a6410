"""What a reader answers, and the plain number that several of them look for."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


class Reading(NamedTuple):
    """What a cell says: `values` by field of the card, or a `problem`; `remark` when the reading is worth telling."""

    values: Mapping[str, Any] = {}
    problem: str = ""
    remark: str = ""


def number_in(text: str) -> Decimal | None:
    """Return the number a text is, digits grouped by commas or not; None when it is anything else."""
    if GROUPED.fullmatch(text):
        text = text.replace(",", "")
    try:
        return Decimal(text) if NUMBER.fullmatch(text) else None
    except InvalidOperation:
        return None
