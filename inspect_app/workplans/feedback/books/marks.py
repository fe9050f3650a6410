"""The mark of a row: which due it is about, in which version, and what the row said when it was issued. Pure.

It must survive saving by any program and sorting. It holds no secret: whose due it is decides the system alone.
"""

import json
import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import NamedTuple

from inspect_app.workbooks.cells import as_text

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CHECK_LENGTH = 8
MARK = re.compile(r"([0-9A-Z-]{5,40})\.(\d{1,9})\.([2-9A-Z]{8})")
SPACE = re.compile(r"\s+")
ENTERED = ("done", "whole", "summary", "proof")


class Mark(NamedTuple):
    """What a mark says: the reference of a due, its version when the row was issued, and the check of its cells."""

    reference: str
    version: int
    check: str


def mark_of(reference: str, version: int, cells: Mapping[str, str]) -> str:
    """Return the mark of a row as it goes out."""
    return f"{reference}.{version}.{check_of(reference, version, cells)}"


def read_mark(text: str) -> Mark | None:
    """Read a mark; None for what is none."""
    match = MARK.fullmatch(text.strip().upper())
    return Mark(match[1], int(match[2]), match[3]) if match else None


def check_of(reference: str, version: int, cells: Mapping[str, str]) -> str:
    """Return the check letters over what stands in the cells that may be filled in; white space does not count."""
    content = [reference, version, *(same(cells.get(name, "")) for name in ENTERED)]
    digest = blake2b(json.dumps(content, ensure_ascii=False).encode(), digest_size=CHECK_LENGTH).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest)


def same(text: str) -> str:
    """Return a text as it is compared: what no cell can carry left out, white space as one blank."""
    carried = "".join(letter for letter in as_text(text) if letter.isprintable() or letter.isspace())
    return SPACE.sub(" ", carried).strip()
