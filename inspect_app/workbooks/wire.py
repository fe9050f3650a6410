"""The pipe between the reading child and its parent: length-prefixed frames of plain values.

Plain columns travel as they are. A column of texts and dates where much repeats travels as the values that differ and,
for each cell, which of them it is: fewer bytes, and one object for all cells that say the same. Dates cannot travel by
themselves, so their positions go beside them and the receiving side puts them back.
"""

import marshal
import struct
from array import array
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import IO

from inspect_app.workbooks.model import Cell

LENGTH = struct.Struct("<I")
FORMAT = 2  # shared references cost more to look for than they save
PLAIN = frozenset({str, int, float, bool})
EPOCH = datetime(1, 1, 1)  # noqa: DTZ001 - spreadsheet times have no zone

REPEATING = frozenset({str, date, datetime})
"""Types whose values are never equal to one of another type, as 1, 1.0 and True are."""
PackedColumn = tuple[list[object], list[int], list[int], list[int], bytes]
"""Values, positions of dates, their ordinals, their seconds of the day (-1: a date without a time).

The last are the numbers of the values cell by cell (unsigned 32-bit), empty where the values are the cells themselves.
"""


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
    types = set(map(type, cells))
    if types <= REPEATING:
        values = list(dict.fromkeys(cells))
        if len(values) * 2 <= len(cells) or date in types or datetime in types:
            numbers = {value: number for number, value in enumerate(values)}
            return *_portable(values), array("I", map(numbers.__getitem__, cells)).tobytes()
    return (cells, [], [], [], b"") if types <= PLAIN else (*_portable(cells), b"")


def unpack(packed: PackedColumn) -> list[Cell]:
    """The column that `pack` was given; times of day without a date have become texts."""
    values, at, days, seconds, which = packed
    for index, day, second in zip(at, days, seconds, strict=True):
        values[index] = _moment(day, second)
    return list(map(values.__getitem__, array("I", which))) if which else values  # type: ignore[return-value,arg-type]


def _portable(cells: list[object]) -> tuple[list[object], list[int], list[int], list[int]]:
    at = [index for index, cell in enumerate(cells) if isinstance(cell, date)]
    moments = [cells[index] for index in at]
    days = [moment.toordinal() for moment in moments if isinstance(moment, date)]
    plain = [cell if type(cell) in PLAIN else "" if isinstance(cell, date) else str(cell) for cell in cells]
    return plain, at, days, [_seconds(moment) for moment in moments]


def _seconds(moment: object) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second if isinstance(moment, datetime) else -1


def _moment(day: int, seconds: int) -> date:
    if seconds < 0:
        return date.fromordinal(day)
    return EPOCH + timedelta(days=day - 1, seconds=seconds)
