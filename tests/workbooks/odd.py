"""A catalogue of hostile and odd files: what each is called, and what must come of it.

`code` is the refusal, or None for a file that is read; `rows` are the hazards in it that can be imported.
"""

import gzip
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbooks import hostile
from tests.workbooks.hostile import row, text_cell

HEAD = ("序号", "所属乡镇", "被检查单位", "隐患描述", "隐患等级", "发现日期", "责任单位", "整改时限", "整改情况")
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE worksheet [{}]>'
LONG_TEXT = "裂缝" * 16_000
FILES = Path(__file__).parent / "files"


@dataclass(frozen=True)
class Odd:
    """A file: its bytes are made when they are needed."""

    make: Callable[[], bytes]
    code: str | None = None
    rows: int = 0
    name: str = "台账.xlsx"


def line(number: int, **over: str) -> list[str]:
    """One hazard that nothing is wrong with, but for the changes."""
    cells = {
        "序号": str(number),
        "所属乡镇": "白杨沟镇",
        "被检查单位": f"第{number}小学",
        "隐患描述": f"教学楼第{number}号构造柱钢筋外露",
        "隐患等级": "一般",
        "发现日期": "2026-06-01",
        "责任单位": "乌苏市教育局",
        "整改时限": "2026-07-20",
        "整改情况": "整改中",
    }
    return list((cells | over).values())


def table(count: int = 3, **over: str) -> list[Sequence[str]]:
    """A head and some hazards; what is changed is changed in the first."""
    return [HEAD, line(1, **over), *(line(number) for number in range(2, count + 1))]


def separated(lines: Sequence[Sequence[str]], comma: str = ",") -> str:
    return "".join(comma.join(cells) + "\r\n" for cells in lines)


def cells(lines: Sequence[Sequence[str]]) -> list[str]:
    return [
        row(number, *(text_cell(f"{chr(ord('A') + at)}{number}", text) for at, text in enumerate(line)))
        for number, line in enumerate(lines, 1)
    ]


def book(lines: Sequence[Sequence[str]] | None = None, *more: str, **options: str) -> bytes:
    """An .xlsx of the ledger and further rows as XML."""
    return hostile.workbook(*cells(lines or table()), *more, **options)


def parts(**extra: str) -> dict[str, str | bytes]:
    """The parts of a sound workbook, some replaced or added; underlines stand for slashes."""
    return {
        **hostile.parts(hostile.sheet(*cells(table()))),
        **{name.replace("__", "/"): text for name, text in extra.items()},
    }


def without(name: str) -> bytes:
    return hostile.packed({part: text for part, text in parts().items() if part != name})


def shared(strings: str) -> bytes:
    """A workbook whose cells are indexes into shared strings."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    sheet = hostile.sheet(row(1, '<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>9</v></c>'))
    made = hostile.parts(sheet)
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    )
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{hostile.OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    return hostile.packed({**made, "xl/sharedStrings.xml": f'<sst xmlns="{hostile.MAIN}">{strings}</sst>'})


def saved(change: Callable[[Any, Worksheet], None], lines: Sequence[Sequence[Any]] | None = None) -> bytes:
    """The ledger as openpyxl saves it, after a change."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for each in lines or table():
        sheet.append(list(each))
    change(made, sheet)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def strict() -> bytes:
    return hostile.packed({name: str(text).replace(hostile.MAIN, hostile.STRICT) for name, text in parts().items()})


def flipped(data: bytes) -> bytes:
    """Every hundredth byte of the middle third has one bit turned."""
    turned = bytearray(data)
    for at in range(len(turned) // 3, 2 * len(turned) // 3, 100):
        turned[at] ^= 4
    return bytes(turned)


def laughing() -> str:
    lines = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    return DOCTYPE.format(f'<!ENTITY a0 "ha">{lines}')


def page(lines: Sequence[Sequence[str]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in line)}</tr>" for line in lines)
    return f"<html><head><meta charset='utf-8'></head><body><table>{body}</table></body></html>"


def spreadsheet(lines: Sequence[Sequence[str]]) -> str:
    place = "urn:schemas-microsoft-com:office:spreadsheet"
    body = "".join(
        "<Row>" + "".join(f'<Cell><Data s:Type="String">{text}</Data></Cell>' for text in line) + "</Row>"
        for line in lines
    )
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{place}" xmlns:s="{place}"><Worksheet s:Name="台账">'
        f"<Table>{body}</Table></Worksheet></Workbook>"
    )


def open_document() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = ("".join(cell.format(text) for text in line) for line in table())
    return hostile.open_document(*(f"<table:table-row>{each}</table:table-row>" for each in rows))


def many_columns() -> bytes:
    wide = "".join(f'<c r="{_letters(at)}1"><v>1</v></c>' for at in range(16_384))
    return hostile.workbook(f'<row r="1">{wide}</row>')


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def doubled() -> bytes:
    """An archive with two members of one name, put together without the warning that zipfile gives."""
    other = hostile.SHEET.replace("sheet1", "sheet2")
    return hostile.packed(parts(), [(other, b"<worksheet/>")]).replace(other.encode(), hostile.SHEET.encode())


def with_root_class(data: bytes) -> bytes:
    """Another class id on the root of a compound file, as WPS writes one."""
    (sector,) = struct.unpack_from("<I", data, 48)
    at = 512 * (sector + 1) + 80
    return data[:at] + bytes(range(16)) + data[at + 16 :]


def hide(_book: object, sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True


def add_hidden_sheet(made: Any, _sheet: object) -> None:  # noqa: ANN401 - of openpyxl
    made.create_sheet("存量").append(list(HEAD))
    made.worksheets[1].append(line(9))
    made.worksheets[1].sheet_state = "veryHidden"


def protect(_book: object, sheet: Worksheet) -> None:
    sheet.protection.sheet = True
    sheet.protection.password = "1234"


def begin_in_1904(made: Any, _sheet: object) -> None:  # noqa: ANN401 - of openpyxl
    made.epoch = CALENDAR_MAC_1904


def text(encoding: str, **over: str) -> Callable[[], bytes]:
    return lambda: separated(table(3, **over)).encode(encoding)


def fixed(data: bytes) -> Callable[[], bytes]:
    return lambda: data


TEXTS: dict[str, Odd] = {
    "text in UTF-8": Odd(text("utf-8"), rows=3, name="台账.csv"),
    "text in UTF-8 with a mark": Odd(text("utf-8-sig"), rows=3, name="台账.csv"),
    "text in GBK": Odd(text("gbk"), rows=3, name="台账.csv"),
    "text in GB18030 with rare characters": Odd(text("gb18030", 被检查单位="㙍𠮷村小学"), rows=3, name="台账.csv"),
    "text in UTF-16": Odd(text("utf-16"), rows=3, name="台账.csv"),
    "text in UTF-16, big end first": Odd(lambda: b"\xfe\xff" + text("utf-16-be")(), rows=3, name="台账.csv"),
    "text in UTF-16 without a mark": Odd(text("utf-16-le"), rows=3, name="台账.csv"),
    "text apart by tabs, called .xls": Odd(lambda: separated(table(), "\t").encode("gbk"), rows=3, name="台账.xls"),
    "text apart by semicolons": Odd(lambda: separated(table(), ";").encode(), rows=3, name="台账.csv"),
    "text with quotes and line ends in a cell": Odd(
        text("utf-8", 隐患描述='"一楼""东侧""\n通道, 堵塞"'), rows=3, name="台账.csv"
    ),
    "text with ragged lines": Odd(
        (separated(table()) + "4,白杨沟镇\r\n" + ",".join(line(5)) + ",,,\r\n").encode,
        rows=4,
        name="台账.csv",
    ),
    "text with a nought byte": Odd(lambda: b"1,\x00,2\n" * 20, "E_TYPE", name="台账.csv"),
    "text with a nought byte far behind": Odd(
        lambda: separated(table(200)).encode() + b"\x00", "E_ENCODING", name="台账.csv"
    ),
    "text with a cell of 1.2 million letters": Odd(
        lambda: separated(table(隐患描述='"' + "裂" * 1_200_000)).encode(), "E_LIMIT", name="台账.csv"
    ),
    "text in two encodings": Odd(
        lambda: text("utf-8")() + separated([line(9)]).encode("gbk"), "E_ENCODING", name="台账.csv"
    ),
    "text that would run in a spreadsheet": Odd(text("utf-8", 隐患描述="=cmd|'/C calc'!A0"), rows=3, name="台账.csv"),
    "text of blank lines": Odd(fixed(b"\r\n \r\n"), "E_EMPTY", name="台账.csv"),
    "text of other things": Odd("姓名,电话\n张三,1\n".encode, "E_NO_HEADER", name="通讯录.csv"),
    "text of random letters": Odd(lambda: bytes(range(1, 256)) * 40, "E_ENCODING", name="台账.csv"),
}
MISLABELLED: dict[str, Odd] = {
    "a web page called .xls": Odd(lambda: page(table()).encode(), rows=3, name="台账.xls"),
    "a web page without a table": Odd(fixed(b"<html><body>404</body></html>"), "E_TYPE", name="台账.xls"),
    "an XML spreadsheet called .xls": Odd(lambda: spreadsheet(table()).encode(), rows=3, name="台账.xls"),
    "XML of other things": Odd(fixed(b"<?xml version='1.0'?><rss/>"), "E_TYPE", name="台账.xls"),
    "an .xlsx called .xls": Odd(book, rows=3, name="台账.xls"),
    "an .xlsx called .et": Odd(book, rows=3, name="台账.et"),
    "an .xls called .xlsx that is no ledger": Odd((FILES / "marked.xls").read_bytes, "E_NO_HEADER"),
    "an .xls with a class id of its own": Odd(
        lambda: with_root_class((FILES / "marked.xls").read_bytes()), "E_NO_HEADER", name="台账.et"
    ),
    "an .xlsx called .exe": Odd(book, rows=3, name="台账.xlsx.exe"),
    "a PDF": Odd(fixed(b"%PDF-1.7\n%\xe2\xe3\n"), "E_TYPE"),
    "a Word document": Odd(
        lambda: hostile.packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "E_TYPE"
    ),
    "an old Word document": Odd(lambda: hostile.compound("WordDocument"), "E_TYPE", name="台账.xls"),
    "a binary workbook": Odd(
        lambda: hostile.packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"}), "E_TYPE"
    ),
    "a picture": Odd(fixed(b"\x89PNG\r\n\x1a\n" + bytes(64)), "E_TYPE"),
    "a compressed file": Odd(lambda: gzip.compress(book()), "E_TYPE", name="台账.xlsx.gz"),
    "a program": Odd(fixed(b"MZ\x90\x00" + bytes(64)), "E_TYPE"),
    "a database": Odd(fixed(b"SQLite format 3\x00" + bytes(64)), "E_TYPE"),
    "a rich text": Odd(fixed(b"{\\rtf1 }"), "E_TYPE"),
    "an archive of workbooks": Odd(lambda: hostile.packed({"甲.xlsx": book()}), "E_TYPE", name="台账.zip"),
    "an archive of another maker": Odd(fixed(b"Rar!\x1a\x07\x00" + bytes(64)), "E_TYPE", name="台账.rar"),
    "an empty archive": Odd(fixed(b"PK\x05\x06" + bytes(18)), "E_TYPE"),
    "nothing at all": Odd(fixed(b""), "E_EMPTY"),
}
BROKEN: dict[str, Odd] = {
    "half a file": Odd(lambda: book()[: len(book()) // 2], "E_CORRUPT"),
    "nearly a whole file": Odd(lambda: book()[:-30], "E_CORRUPT"),
    "turned bits": Odd(lambda: flipped(book()), "E_CORRUPT"),
    "a wrong checksum": Odd(lambda: hostile.with_wrong_checksum(book()), "E_CORRUPT"),
    "a size that lies": Odd(lambda: hostile.with_lying_size(book()), "E_CORRUPT"),
    "a sheet that is not there": Odd(lambda: without(hostile.SHEET), "E_CORRUPT"),
    "relations that are not there": Odd(lambda: without("xl/_rels/workbook.xml.rels"), "E_CORRUPT"),
    "no workbook within": Odd(lambda: hostile.packed({"[Content_Types].xml": "<Types/>"}), "E_CORRUPT"),
    "XML that breaks off": Odd(lambda: hostile.packed(hostile.parts("<worksheet><sheetData><row")), "E_CORRUPT"),
    "two members of one name": Odd(doubled, "E_CORRUPT"),
    "half an old workbook": Odd(lambda: (FILES / "marked.xls").read_bytes()[:3000], "E_CORRUPT", name="台账.xls"),
    "half an open document": Odd(lambda: open_document()[:500], "E_CORRUPT", name="台账.ods"),
}
LARGE: dict[str, Odd] = {
    "a bomb of white space": Odd(lambda: hostile.bomb(64), "E_TOO_BIG"),
    "a bomb of shared strings": Odd(lambda: shared(f"<si><t>{'a' * (40 << 20)}</t></si>"), "E_TOO_BIG"),
    "three thousand members": Odd(
        lambda: hostile.packed(parts(), [(f"xl/media/{number}.png", b"x") for number in range(3_000)]), "E_LIMIT"
    ),
    "a member with a way out": Odd(lambda: hostile.packed(parts(), [("../../../etc/cron.d/x", b"x")]), rows=3),
    "a cell at the end of the world": Odd(lambda: book(None, row(1_048_576, text_cell("XFD1048576", "x"))), "E_LIMIT"),
    "a dimension too small": Odd(lambda: book(dimension="A1:A1"), rows=3),
    "a dimension too large": Odd(lambda: book(dimension="A1:XFD1048576"), rows=3),
    "formatted rows without end": Odd(
        lambda: book(None, *(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(5, 200_000))), rows=3
    ),
    "sixteen thousand columns": Odd(many_columns, "E_NO_HEADER"),
    "a text of 32,000 letters": Odd(lambda: book(table(隐患描述=LONG_TEXT)), rows=3),
    "elements a hundred thousand deep": Odd(
        lambda: hostile.workbook("<a>" * 100_000 + "</a>" * 100_000), "E_XML_UNSAFE"
    ),
    "thirty-three megabytes": Odd(lambda: hostile.packed(parts(), [("xl/media/1.bin", _noise(33 << 20))]), "E_TOO_BIG"),
}
UNSAFE: dict[str, Odd] = {
    "an entity that reads a file": Odd(
        lambda: book(prolog=DOCTYPE.format('<!ENTITY x SYSTEM "file:///etc/passwd">')), "E_XML_UNSAFE"
    ),
    "an entity that calls a server": Odd(
        lambda: book(prolog=DOCTYPE.format('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">')), "E_XML_UNSAFE"
    ),
    "an entity of parameters": Odd(
        lambda: book(prolog=DOCTYPE.format('<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;')), "E_XML_UNSAFE"
    ),
    "a document type in two bytes a letter": Odd(
        lambda: hostile.packed(
            {
                **parts(),
                hostile.SHEET: hostile.sheet(
                    prolog='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE worksheet [<!ENTITY x "y">]>'
                ).encode("utf-16"),
            }
        ),
        "E_XML_UNSAFE",
    ),
    "entities that grow without end": Odd(lambda: book(prolog=laughing()), "E_XML_UNSAFE"),
    "a document type among the strings": Odd(
        lambda: hostile.packed({**parts(), "xl/sharedStrings.xml": "<!DOCTYPE sst []><sst/>"}), "E_XML_UNSAFE"
    ),
    "a document type in an XML spreadsheet": Odd(
        lambda: spreadsheet(table()).replace("<Workbook", "<!DOCTYPE Workbook [<!ENTITY x 'y'>]><Workbook").encode(),
        "E_XML_UNSAFE",
        name="台账.xls",
    ),
    "a macro sheet": Odd(lambda: hostile.packed(hostile.parts("<xm:macrosheet xmlns:xm='m'/>")), "E_MACRO"),
    "a workbook locked with a password": Odd(
        lambda: hostile.compound("EncryptionInfo", "EncryptedPackage"), "E_ENCRYPTED"
    ),
    "an encrypted member": Odd(lambda: hostile.with_encryption_flag(book()), "E_ENCRYPTED"),
    "an encrypted open document": Odd(
        lambda: hostile.open_document(manifest="<encryption-data/>"), "E_ENCRYPTED", name="台账.ods"
    ),
}
CONTENT: dict[str, Odd] = {
    "macros that are not run": Odd(
        lambda: hostile.packed(parts(), [("xl/vbaProject.bin", b"x")]), rows=3, name="台账.xlsm"
    ),
    "texts that would run in a spreadsheet": Odd(
        lambda: book(table(隐患描述="=1+1处灭火器过期", 被检查单位="@SUM(A1)")), rows=3
    ),
    "a script": Odd(lambda: book(table(隐患描述="&lt;script&gt;alert(1)&lt;/script&gt;配电箱无盖板")), rows=3),
    "a query and a template": Odd(lambda: book(table(隐患描述="'; DROP TABLE hazard;-- {{7*7}} ${x}")), rows=3),
    "signs that nobody sees": Odd(lambda: book(table(隐患描述="\u202e教学楼\u200b构造柱\ufeff裸露")), rows=3),
    "letters of many scripts": Odd(lambda: book(table(隐患描述="𠮷🏚️ بىخەتەرلىك 墙体开裂")), rows=3),
    "an error in a cell": Odd(
        lambda: book(None, row(5, '<c r="D5" t="e"><v>#REF!</v></c>', text_cell("G5", "某局"))), rows=3
    ),
    "a formula without a value": Odd(
        lambda: book(None, row(5, text_cell("A5", "4"), '<c r="D5"><f>A1&amp;B1</f></c>', text_cell("G5", "某局"))),
        rows=3,
    ),
    "an open document": Odd(open_document, rows=3, name="台账.ods"),
    "the strict dialect": Odd(strict, rows=3),
    "the calendar of 1904": Odd(lambda: saved(begin_in_1904), rows=3),
    "a protected sheet": Odd(lambda: saved(protect), rows=3),
    "a hidden row and a hidden column": Odd(lambda: saved(hide), rows=3),
    "a hidden sheet": Odd(lambda: saved(add_hidden_sheet), rows=3),
    "only a head": Odd(lambda: book([HEAD]), "E_EMPTY"),
    "a zero report": Odd(lambda: book([HEAD, ["", "", "", "无"]])),
    "a workbook of empty sheets": Odd(hostile.workbook, "E_EMPTY"),
    "the ledger of another county": Odd(lambda: book([["沙湾市隐患台账"], *table()]), "E_REGION_SCOPE"),
    "a name with a way out": Odd(book, rows=3, name="../../../etc/passwd.xlsx"),
    "a name that a system keeps for itself": Odd(book, rows=3, name="CON.xlsx"),
    "a name that is a template": Odd(book, rows=3, name="{{7*7}}.xlsx"),
    "a name of three hundred letters": Odd(book, rows=3, name="台" * 300 + ".xlsx"),
}
CATALOGUE = {**TEXTS, **MISLABELLED, **BROKEN, **LARGE, **UNSAFE, **CONTENT}


def _noise(size: int) -> bytes:
    """Bytes that do not shrink, the same every time."""
    import random

    return random.Random(1).randbytes(size)  # noqa: S311 - filling, no secret
