"""Which cell formats of an old .xls workbook mean something: a fill of a colour, a text struck out."""

from dataclasses import dataclass, field
from functools import cached_property
from struct import unpack_from

from inspect_app.workbooks.colours import INDEXED, name_of

FONT, XF, PALETTE = 0x31, 0xE0, 0x92
STRUCK = 0x08
FIRST_OF_PALETTE = 8
OMITTED_FONT = 4
SOLID = 1
PATTERN_AT, COLOUR_AT, LENGTH_OF_XF = 14, 18, 20
MULTIPLE_NUMBERS, MULTIPLE_BLANKS = 0xBD, 0xBE
CELLS = {0x06, 0xFD, 0x203, 0x204, 0x205, 0x27E, 0x201, 0xD6}
"""Records of one cell that begin with its row, column and format."""
ROWS_OF_CELLS = {MULTIPLE_NUMBERS: 6, MULTIPLE_BLANKS: 2}
"""Records of several cells in a row, with the bytes of each."""


@dataclass
class BiffStyles:
    """Fed with the records of the globals; then tells of a cell's format what it means."""

    palette: list[str] = field(default_factory=lambda: list(INDEXED))
    struck: list[bool] = field(default_factory=list)
    formats: list[tuple[int, int, int]] = field(default_factory=list)

    def take(self, record: int, body: bytes) -> None:
        """Note a font, a cell format, or the workbook's own colours."""
        if record == FONT and len(body) >= len("hhh"):
            self.struck.append(bool(body[2] & STRUCK))
        elif record == PALETTE:
            (count,) = unpack_from("<H", body)
            colours = [body[at : at + 3].hex() for at in range(2, min(2 + 4 * count, len(body) - 2), 4)]
            self.palette[FIRST_OF_PALETTE : FIRST_OF_PALETTE + len(colours)] = colours
        elif record == XF and len(body) >= LENGTH_OF_XF:
            (font,) = unpack_from("<H", body)
            (border,) = unpack_from("<I", body, PATTERN_AT)
            (colours,) = unpack_from("<H", body, COLOUR_AT)
            self.formats.append((font, border >> 26, colours & 0x7F))

    @cached_property
    def meaning(self) -> dict[int, tuple[str, bool]]:
        """The formats that mean something: the name of the colour, and whether the text is struck out."""
        told = {number: (self.fill(number), self.is_struck(number)) for number in range(len(self.formats))}
        return {number: meant for number, meant in told.items() if any(meant)}

    def fill(self, number: int) -> str:
        """The name of a format's colour, "" for none."""
        if number >= len(self.formats):
            return ""
        _, pattern, colour = self.formats[number]
        return name_of(self.palette[colour]) if pattern == SOLID and colour < len(self.palette) else ""

    def is_struck(self, number: int) -> bool:
        """Whether the text of a format is struck out; there is no font number four."""
        font = self.formats[number][0] if number < len(self.formats) else 0
        font -= font > OMITTED_FONT
        return font < len(self.struck) and self.struck[font]


def formats_of(record: int, body: bytes) -> tuple[int, list[int]]:
    """The row of a record of cells, and the formats of the cells in it."""
    if record in CELLS and len(body) >= len("rrccxx"):
        row, _, number = unpack_from("<HHH", body)
        return row, [number]
    if record in ROWS_OF_CELLS:
        size = ROWS_OF_CELLS[record]
        starts = range(4, len(body) - size - 1, size)
        return unpack_from("<H", body)[0], [unpack_from("<H", body, at)[0] for at in starts]
    return -1, []
