"""About how many rows a file has, without reading it: whether it is work for a process of its own."""

import zipfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

PIECE = 1024 * 1024
LOOKED_AT = 256 * PIECE
ROW_MARKS = (b"<row", b"<table:table-row")
BYTES_A_ROW = 150
NO_TEXT = b"\x00"


def is_large(path: Path, rows: int) -> bool:
    """Tell whether a file seems to have more than so many rows; what is no sound file is not large."""
    with suppress(OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, zipfile.zlib.error, EOFError):  # type: ignore[attr-defined]
        if zipfile.is_zipfile(path):
            return _marks(path, rows) > rows
        return _lines(path) > rows
    return False


def _marks(path: Path, enough: int) -> int:
    """Count the rows of the sheets of an archive, no further than is enough to know, in bounded pieces."""
    number, looked_at = 0, 0
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith(("content.xml",)) or "worksheets/" in entry.filename:
                with archive.open(entry) as stream:
                    while (piece := stream.read(PIECE)) and number <= enough and looked_at < LOOKED_AT:
                        number += sum(map(piece.count, ROW_MARKS))
                        looked_at += len(piece)
    return number


def _lines(path: Path) -> int:
    """Count the lines of a text, or estimate the rows of an old binary workbook by its size."""
    with path.open("rb") as stream:
        if NO_TEXT in stream.read(PIECE):
            return path.stat().st_size // BYTES_A_ROW
        stream.seek(0)
        return _count(stream)


def _count(stream: BinaryIO) -> int:
    return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(PIECE), b""))
