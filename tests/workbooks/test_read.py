"""The reader as its callers meet it: a file in, a workbook or a refusal out."""

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from inspect_app.core.errors import FileRefused
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.limits import DEFAULT
from inspect_app.workbooks.model import ErrorCell, Merge
from inspect_app.workbooks.read import read_workbook
from tests.workbooks import hostile

DOCTYPE = '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY x "y">]>'
WORDS = "单位名称及所在乡镇,甲\n"
DEEP = "<a>" * 100_000 + "</a>" * 100_000

REFUSED: dict[str, tuple[str, bytes]] = {
    "nothing at all": ("E_EMPTY", b""),
    "a picture": ("E_TYPE", b"\x89PNG\r\n\x1a\n" + bytes(64)),
    "a web page": ("E_TYPE", b"<html><p>1</p></html>"),
    "a spreadsheet as XML text": ("E_TYPE", b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>'),
    "a PDF": ("E_TYPE", b"%PDF-1.7\n"),
    "bytes without sense": ("E_TYPE", bytes(range(256))),
    "an archive of other things": ("E_TYPE", hostile.packed({"a.txt": "1"})),
    "a Word document": ("E_TYPE", hostile.packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})),
    "a binary workbook": ("E_TYPE", hostile.packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"})),
    "an old Word document": ("E_TYPE", hostile.compound("WordDocument")),
    "a workbook locked with a password": ("E_ENCRYPTED", hostile.compound("EncryptionInfo", "EncryptedPackage")),
    "an encrypted member": ("E_ENCRYPTED", hostile.with_encryption_flag(hostile.plain())),
    "an encrypted open document": ("E_ENCRYPTED", hostile.open_document(manifest="<encryption-data/>")),
    "half a file": ("E_CORRUPT", hostile.plain()[: len(hostile.plain()) // 2]),
    "a wrong checksum": ("E_CORRUPT", hostile.with_wrong_checksum(hostile.plain())),
    "a size that lies": ("E_CORRUPT", hostile.with_lying_size(hostile.plain())),
    "XML that breaks off": ("E_CORRUPT", hostile.packed(hostile.parts("<worksheet><sheetData><row"))),
    "a workbook without its book": ("E_CORRUPT", hostile.packed({"[Content_Types].xml": "<Types/>"})),
    "a white-space bomb": ("E_TOO_BIG", hostile.bomb(40)),
    "a document type": ("E_XML_UNSAFE", hostile.workbook(prolog=DOCTYPE)),
    "elements within elements": ("E_XML_UNSAFE", hostile.workbook(DEEP)),
    "a cell at the end of the world": (
        "E_LIMIT",
        hostile.workbook(
            hostile.row(1, hostile.text_cell("A1", "序号")), hostile.row(1048576, hostile.text_cell("XFD1048576", "x"))
        ),
    ),
    "a macro sheet": ("E_MACRO", hostile.packed({**hostile.parts("<xm:macrosheet xmlns:xm='m'/>")})),
    "a workbook of empty sheets": ("E_EMPTY", hostile.workbook()),
    "blank lines": ("E_EMPTY", b"\r\n \r\n"),
    "two encodings in one text": (
        "E_ENCODING",
        "单位名称及所在乡镇,甲\n".encode() + "单位名称及所在乡镇,乙\n".encode("gbk"),
    ),
}


@pytest.mark.parametrize(("code", "data"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_with_its_code(tmp_path: Path, code: str, data: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, data))
    assert refusal.value.file_code == code
    assert str(refusal.value).endswith("。")


def test_doubled_members_are_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = hostile.packed(hostile.parts(hostile.sheet()), [(hostile.SHEET, b"<worksheet/>")])
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, data))
    assert refusal.value.file_code == "E_CORRUPT"


def test_a_document_type_hidden_in_another_encoding_is_found(tmp_path: Path) -> None:
    prolog = DOCTYPE.replace('"1.0"', '"1.0" encoding="UTF-16"')
    data = hostile.packed({**hostile.parts(""), hostile.SHEET: hostile.sheet(prolog=prolog).encode("utf-16")})
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, data))
    assert refusal.value.file_code == "E_XML_UNSAFE"


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    assert read_workbook(hostile.stored(tmp_path, hostile.plain(), "台账.xls")).kind is Kind.XLSX
    assert read_workbook(hostile.stored(tmp_path, "序号,隐患".encode(), "台账.xlsx")).kind is Kind.CSV


def test_an_open_document_is_read(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>033010</text:p></table:table-cell>'
    path = hostile.stored(tmp_path, hostile.open_document(f"<table:table-row>{cell}</table:table-row>"))
    book = read_workbook(path)
    assert (book.kind, book.sheets[0].name) == (Kind.ODS, "台账")
    assert book.sheets[0].row(0) == ("033010",)


def test_a_wrong_dimension_loses_no_rows(tmp_path: Path) -> None:
    rows = [hostile.row(number, hostile.text_cell(f"A{number}", str(number))) for number in range(1, 7)]
    book = read_workbook(hostile.stored(tmp_path, hostile.workbook(*rows, dimension="A1:A2")))
    assert book.sheets[0].columns == (["1", "2", "3", "4", "5", "6"],)


def test_the_strict_dialect_is_read(tmp_path: Path) -> None:
    xml = hostile.sheet(hostile.row(1, hostile.text_cell("A1", "序号")), namespace=hostile.STRICT)
    strict = {name: text.replace(hostile.MAIN, hostile.STRICT) for name, text in hostile.parts(xml).items()}
    assert read_workbook(hostile.stored(tmp_path, hostile.packed(strict))).sheets[0].row(0) == ("序号",)


def test_a_million_blank_formatted_rows_do_not_count(tmp_path: Path) -> None:
    blank = (f'<row r="{number}" s="1" customFormat="1"/>' for number in range(2, 400_000))
    data = hostile.workbook(hostile.row(1, hostile.text_cell("A1", "序号")), "".join(blank))
    assert read_workbook(hostile.stored(tmp_path, data)).sheets[0].height == 1


def test_cells_keep_their_types(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("数据", 0)
    values = ["033010", 45450, 6.1, True, date(2024, 6, 7), datetime(2024, 6, 7, 8, 30), None]  # noqa: DTZ001
    sheet.append(values)
    book.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx").sheets[0].row(0)
    assert read == ("033010", 45450, 6.1, True, date(2024, 6, 7), datetime(2024, 6, 7, 8, 30))  # noqa: DTZ001
    assert type(read[4]) is date


def test_rows_and_columns_before_the_first_cell_are_kept(tmp_path: Path) -> None:
    data = hostile.workbook(hostile.row(3, hostile.text_cell("C3", "x")))
    sheet = read_workbook(hostile.stored(tmp_path, data)).sheets[0]
    assert list(sheet.rows) == [("", "", ""), ("", "", ""), ("", "", "x")]


def test_error_cells_and_formulas_without_a_result_are_no_empty_cells(tmp_path: Path) -> None:
    data = hostile.workbook(
        hostile.row(
            1,
            '<c r="A1" t="e"><v>#N/A</v></c>',
            '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            '<c r="C1"><f>SUM(A1)</f></c>',
            '<c r="D1" t="str"><f>IF(1,"","")</f><v></v></c>',
            '<c r="E1"><f>1+1</f><v>2</v></c>',
        )
    )
    cells = read_workbook(hostile.stored(tmp_path, data)).sheets[0].row(0)
    assert cells == (ErrorCell("#N/A", "A1"), ErrorCell("#DIV/0!", "B1"), ErrorCell("", "C1"), "", 2.0)
    assert str(cells[1]) == "B1 #DIV/0!"


def test_merges_hidden_rows_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("甲", 0)
    sheet["A1"] = "标题"
    sheet.merge_cells("A1:C2")
    sheet["A5"] = "末行"
    sheet.row_dimensions[4].hidden = True
    hidden = book.create_sheet("乙")
    hidden["A1"] = 1
    hidden.sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    first, second = (sheet for sheet in read_workbook(tmp_path / "a.xlsx").sheets if sheet.columns)
    assert first.merges == (Merge(0, 0, 1, 2),)
    assert first.hidden_rows == {3}
    assert (first.hidden, second.hidden) == (False, True)


def test_the_1904_calendar_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0]["A1"] = date(2024, 6, 7)
    book.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx")
    assert read.date1904
    assert read.sheets[0].row(0) == (date(2024, 6, 7),)


def test_a_macro_is_told_and_not_run(tmp_path: Path) -> None:
    sheet = hostile.sheet(hostile.row(1, hostile.text_cell("A1", "x")))
    data = hostile.packed(hostile.parts(sheet), [("xl/vbaProject.bin", b"x")])
    book = read_workbook(hostile.stored(tmp_path, data))
    assert (book.kind, book.macros) == (Kind.XLSM, True)


def test_too_large_a_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, hostile.plain()), limits=replace(DEFAULT, file_bytes=100))
    assert refusal.value.file_code == "E_TOO_BIG"


def test_too_long_a_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, b"1\n2\n3\n"), limits=replace(DEFAULT, rows=2))
    assert refusal.value.file_code == "E_LIMIT"


def test_more_text_than_there_is_room_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, "甲,乙\n".encode() * 1000), limits=replace(DEFAULT, answer_bytes=2000))
    assert refusal.value.file_code == "E_LIMIT"


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, hostile.plain()), limits=replace(DEFAULT, seconds=0.001))
    assert refusal.value.file_code == "E_LIMIT"


@pytest.mark.skipif(os.name != "posix", reason="memory of a process can be limited on POSIX only")
def test_a_reader_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, b"1,2\n" * 500_000), limits=replace(DEFAULT, memory_bytes=64 << 20))
    assert refusal.value.file_code == "E_LIMIT"
