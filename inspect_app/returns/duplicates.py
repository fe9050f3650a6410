"""Find hazards that a file lists twice, in whatever wording (domain reference §8, case 34)."""

import re
import unicodedata
from collections.abc import Hashable, Iterable

from inspect_app.returns.result import Duplicate, Row

PUNCTUATION = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")


def split_duplicates(rows: Iterable[Row]) -> tuple[list[Row], list[Duplicate]]:
    """The first row of each hazard, and the later ones that repeat it.

    The same hazard is the same description but for white space and punctuation, at the same place, found on
    the same day; without that day everything else has to be equal too. Rows with keys of their own are not the same.
    """
    first: dict[Hashable, Row] = {}
    unique: list[Row] = []
    doubled: list[Duplicate] = []
    for row in rows:
        earlier = first.setdefault((sameness(row), row.key), row)
        if earlier is row:
            unique.append(row)
        else:
            doubled.append(Duplicate(row, earlier))
    return unique, doubled


def sameness(row: Row) -> Hashable:
    """What two rows about the same hazard have in common."""
    place = row.site or row.responsible_unit
    if row.found_on is None:
        return wording(row.description), place, *row[2:4], *row[5:13]
    return wording(row.description), place, row.township, row.found_on


def wording(text: str) -> str:
    """A description without white space and punctuation, except between digits; never empty for a text."""
    letters = text if text.isalnum() else PUNCTUATION.sub("", text)
    return unicodedata.normalize("NFKC", letters) or text
