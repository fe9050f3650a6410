"""The pipe between the reading child and its parent: length-prefixed frames of plain values.

Plain columns travel as they are. Dates cannot, so a column that holds some travels with their
positions beside it, and the receiving side puts them back.
"""

import marshal
import struct
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import IO

from inspect_app.workbooks.model import Cell

LENGTH = struct.Struct("<I")
FORMAT = 2  # shared references cost more to look for than they save
PLAIN = frozenset({str, int, float, bool})
EPOCH = datetime(1, 1, 1)  # noqa: DTZ001 - spreadsheet times have no zone

PackedColumn = tuple[list[object], list[int], list[int], list[int]]
"""Cells, positions of dates, their ordinals, their seconds of the day (-1: a date without a time)."""


def packed(*frame: object) -> bytes:
    """One frame as it goes through the pipe."""
    body = marshal.dumps(list(frame), FORMAT)
    return LENGTH.pack(len(body)) + body


def receive(pipe: IO[bytes]) -> Iterator[tuple[object, ...]]:
    """Frames until the pipe ends; raises EOFError when it ends inside one."""
    while prefix := pipe.read(LENGTH.size):
        (length,) = LENGTH.unpack(prefix) if len(prefix) == LENGTH.size else (-1,)
        body = pipe.read(length) if length >= 0 else b""
        if len(body) != length:
            raise EOFError
        yield marshal.loads(body)  # noqa: S302 - written by our own child, never by the file


def pack(column: Iterable[object]) -> PackedColumn:
    """Prepare one column for the pipe."""
    cells = list(column)
    if set(map(type, cells)) <= PLAIN:
        return cells, [], [], []
    at = [index for index, cell in enumerate(cells) if isinstance(cell, date)]
    moments = [cells[index] for index in at]
    days = [moment.toordinal() for moment in moments if isinstance(moment, date)]
    seconds = [_seconds(moment) for moment in moments]
    return (
        [cell if type(cell) in PLAIN else "" if isinstance(cell, date) else str(cell) for cell in cells],
        at,
        days,
        seconds,
    )


def unpack(packed: PackedColumn) -> list[Cell]:
    """The column that `pack` was given; times of day without a date have become texts."""
    cells, at, days, seconds = packed
    known: dict[tuple[int, int], date] = {}
    for index, moment in zip(at, zip(days, seconds, strict=True), strict=True):
        cells[index] = known.get(moment) or known.setdefault(moment, _moment(*moment))
    return cells  # type: ignore[return-value]


def _seconds(moment: object) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second if isinstance(moment, datetime) else -1


def _moment(day: int, seconds: int) -> date:
    if seconds < 0:
        return date.fromordinal(day)
    return EPOCH + timedelta(days=day - 1, seconds=seconds)
