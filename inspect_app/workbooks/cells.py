"""A cell as a person would read it: texts, names, people; and words to compare (domain reference §8, 15 and 18)."""

import re
import unicodedata
from collections.abc import Hashable

from inspect_app.workbooks.variants import simplified

NOISE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]|_x000[dD]_")
EDGES = " \t\r\n\f\v\u00a0\u3000\u2002\u2003\u2009"
PADDING = re.compile(r"(?<=[\u4e00-\u9fff·])[ \t\u00a0\u3000]+(?=[\u4e00-\u9fff·])")
SPACE = re.compile(r"\s+")
PHONE = re.compile(r"[\s,，:：;；(（]*(?:\d{3,4}-)?\d{7,11}[)）]?")

ABSENT = frozenset({"/", "\\", "-", "--", "---", "—", "——", "－", "无", "暂无", "N/A", "n/a"})
LONGEST_NAME = 200


def as_text(cell: Hashable) -> str:
    """A cell as a person would read it: trimmed, without invisible characters, whole numbers without ".0"."""
    if isinstance(cell, str):
        if cell.isprintable() and "_x000" not in cell:
            return cell.strip()
        return NOISE.sub("", cell).strip(EDGES).replace("\r\n", "\n")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def as_name(cell: Hashable) -> str:
    """The name of a unit or place: also without padding between its characters; a stroke means nothing."""
    text = as_text(cell)
    if " " in text or not text.isprintable():
        text = PADDING.sub("", text)
    return "" if text in ABSENT else text


def as_person(cell: Hashable) -> str:
    """The name of a person, without the telephone number that may follow it."""
    text = as_name(cell)
    return text if text.isalpha() or len(text) > LONGEST_NAME else PHONE.sub("", text)


def as_optional_text(cell: Hashable) -> str:
    """A text where a stroke stands for nothing."""
    text = as_text(cell)
    return "" if text in ABSENT else text


def compact(text: str) -> str:
    """Full-width forms narrowed, traditional characters simplified and all white space gone, for comparing words."""
    return SPACE.sub("", simplified(unicodedata.normalize("NFKC", text)))
