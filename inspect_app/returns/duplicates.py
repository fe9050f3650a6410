"""Find hazards that a file lists twice, in whatever wording (domain reference §8, case 34)."""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from functools import lru_cache

from inspect_app.returns.result import Duplicate, Row

OWN_REFERENCE = re.compile(r"YH-[0-9A-Z]{6,12}-\d{4}-[0-9A-Z]+-\d{4,}")
PUNCTUATION = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")


def split_duplicates(rows: Iterable[Row]) -> tuple[list[Row], list[Duplicate]]:
    """The first row of each hazard, and the later ones that repeat it.

    The same hazard is the same description but for white space and punctuation, at the same place, found on
    the same day; without that day everything else has to be equal too. Rows with keys or numbers of their own are
    told apart by these.
    """
    first: dict[Hashable, Row] = {}
    unique: list[Row] = []
    doubled: list[Duplicate] = []
    for row in rows:
        own = row.reference if is_own_reference(row.reference) else None
        earlier = first.setdefault((sameness(row), row.key, own), row)
        if earlier is row:
            unique.append(row)
        else:
            doubled.append(Duplicate(row, earlier))
    return unique, doubled


def is_own_reference(text: str | None) -> bool:
    """Whether a number is one that the system itself gives to hazards."""
    return text is not None and OWN_REFERENCE.fullmatch(text) is not None


def sameness(row: Row) -> Hashable:
    """What two rows about the same hazard have in common."""
    place = row.site or row.responsible_unit
    if row.found_on is None:
        return wording(row.description), place, *row[2:4], *row[5:13]
    return wording(row.description), place, row.township, row.found_on


@lru_cache(maxsize=16_384)
def wording(text: str) -> str:
    """A description without white space and punctuation, except between digits; never empty for a text."""
    letters = text if text.isalnum() else PUNCTUATION.sub("", text)
    return unicodedata.normalize("NFKC", letters) or text
