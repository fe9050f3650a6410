"""Workbooks that no county would send on purpose, made byte by byte."""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str, extra: str = "") -> str:
    return f'<row r="{number}"{extra}>{"".join(cells)}</row>'


def sheet(*rows: str, namespace: str = MAIN, dimension: str = "A1", prolog: str = PROLOG) -> str:
    body = f'<dimension ref="{dimension}"/><sheetData>{"".join(rows)}</sheetData>'
    return f'{prolog}<worksheet xmlns="{namespace}">{body}</worksheet>'


def parts(sheet_xml: str, *, book: str = "", namespace: str = MAIN) -> dict[str, str]:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'{PROLOG}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{PROLOG}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'{PROLOG}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'{PROLOG}<workbook xmlns="{namespace}" xmlns:r="{OFFICE}">{book}'
        '<sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
        SHEET: sheet_xml,
    }


def packed(content: Mapping[str, str | bytes], extra: Iterable[tuple[str, bytes]] = ()) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [*content.items(), *extra]:
            archive.writestr(name, data)
    return buffer.getvalue()


def workbook(*rows: str, **options: str) -> bytes:
    return packed(parts(sheet(*rows, **options)))


def plain() -> bytes:
    return workbook(row(1, text_cell("A1", "序号"), text_cell("B1", "隐患描述")), row(2, text_cell("A2", "033010")))


def open_document(*rows: str, manifest: str = "") -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = (
        f'{PROLOG}<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}">'
        f'<office:body><office:spreadsheet><table:table table:name="台账">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def with_lying_size(data: bytes, name: str = SHEET) -> bytes:
    """The directory claims another unpacked size than the member has."""
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    size = place + 24
    (claimed,) = struct.unpack_from("<I", data, size)
    return data[:size] + struct.pack("<I", claimed - 7) + data[size + 4 :]


def with_wrong_checksum(data: bytes, name: str = SHEET) -> bytes:
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode())) + 16
    return data[:place] + struct.pack("<I", zlib.crc32(b"another sheet")) + data[place + 4 :]


def with_encryption_flag(data: bytes, name: str = SHEET) -> bytes:
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode())) + 8
    return data[:place] + struct.pack("<H", 1) + data[place + 2 :]


def bomb(megabytes: int) -> bytes:
    """A sheet of almost nothing but white space."""
    xml = sheet(row(1, text_cell("A1", "序号")), "\n" * (megabytes << 20))
    return packed(parts(xml))


def compound(*streams: str) -> bytes:
    """A compound file that has these streams, each of them empty: a header, an allocation table, a directory."""
    sector, end, free, fat = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 62, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0,
        4096, end, 0, end, 0, 0,
    )  # fmt: skip
    table = struct.pack("<3I", fat, end, free) + struct.pack("<I", free) * 125
    names = ["Root Entry", *streams]
    entries = b"".join(_entry(name, index, len(names)) for index, name in enumerate(names))
    return (header.ljust(sector, b"\xff") + table)[: 2 * sector] + entries.ljust(sector, b"\x00")


def _entry(name: str, index: int, count: int) -> bytes:
    none = 0xFFFFFFFF
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    child = 1 if index == 0 and count > 1 else none
    right = index + 1 if 0 < index < count - 1 else none
    kind = 5 if index == 0 else 2
    return struct.pack(
        "<64sHBBIII16sIQQIQ", encoded, len(encoded), kind, 1, none, right, child, b"", 0, 0, 0, 0xFFFFFFFE, 0
    )


def record(number: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def stored(folder: Path, data: bytes, name: str = "台账.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
