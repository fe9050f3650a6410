"""Comments and pictures of a sheet in an old .xls workbook, put together from the records that follow each other."""

from dataclasses import dataclass, field
from struct import unpack_from

from inspect_app.workbooks.facts import LONGEST_COMMENT, MOST_COMMENTS, SheetFacts

DRAWING, OBJECT, TEXT, CONTINUE, NOTE = 0xEC, 0x5D, 0x1B6, 0x3C, 0x1C
RECORDS = frozenset({DRAWING, OBJECT, TEXT, CONTINUE, NOTE})
ANCHOR = b"\x10\xf0\x12\x00\x00\x00"
ROW_OF_ANCHOR = 6
PICTURE = 8
SHORTEST_OBJECT, SHORTEST_NOTE = 8, 8


@dataclass(slots=True)
class Drawings:
    """Fed with the records of one sheet; `texts` are those of objects by their number, until a note names them."""

    texts: dict[int, str] = field(default_factory=dict)
    object: int = 0
    row: int = -1
    waits: bool = False

    def take(self, sheet: SheetFacts, record: int, body: bytes) -> None:
        """Note a record: an anchor, the object at it, its text, or the cell that a text belongs to."""
        if record == DRAWING and ANCHOR in body:
            at = body.rindex(ANCHOR) + len(ANCHOR) + ROW_OF_ANCHOR
            self.row = unpack_from("<H", body, at)[0] if at + 2 <= len(body) else -1
        elif record == OBJECT and len(body) >= SHORTEST_OBJECT:
            kind, self.object = unpack_from("<HH", body, 4)
            if kind == PICTURE and self.row >= 0:
                sheet.add_picture(self.row)
        elif record == TEXT:
            self.waits = True
        elif record == CONTINUE and self.waits:
            self.waits = False
            self.texts[self.object] = _text(body)
        elif record == NOTE and len(body) >= SHORTEST_NOTE and len(sheet.comments) < MOST_COMMENTS:
            row, column, _, number = unpack_from("<HHHH", body)
            if said := self.texts.get(number, ""):
                sheet.comments[row, column] = said


def _text(body: bytes) -> str:
    """The letters of a text: one byte each, or two when the first byte says so."""
    encoding = "utf-16-le" if body[:1] == b"\x01" else "latin-1"
    return body[1:].decode(encoding, "replace").strip()[:LONGEST_COMMENT]
