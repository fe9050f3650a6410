"""Web pages and XML spreadsheets under the name .xls."""

from pathlib import Path

import pytest

from inspect_app.core.errors import FileRefused
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.model import ErrorCell, Merge
from inspect_app.workbooks.read import read_workbook
from tests.workbooks import hostile

PAGE = """<html><head><style>td{}</style></head><body><table border=1>
<tr><th colspan=2>云县台账</th></tr>
<tr><td rowspan=2>东坪镇<td>一是<br>线路 老化&nbsp;&amp; 裸露</td></tr>
<tr><td>通道<b>堵塞</b><script>alert(1)</script></td></tr></table>
<table><tr><td>甲</td></tr></table></body></html>"""
SHEET = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="台账"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">序号</Data></Cell>
<Cell><Data ss:Type="String">隐患</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="Number">7</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="DateTime">2024-06-07T00:00:00.000</Data></Cell></Row>
<Row><Cell/><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_tables_of_a_web_page_are_read(tmp_path: Path, encoding: str) -> None:
    book = read_workbook(hostile.stored(tmp_path, PAGE.encode(encoding), "台账.xls"))
    first, second = book.sheets
    assert book.kind is Kind.CSV
    assert list(first.rows) == [("云县台账", ""), ("东坪镇", "一是\n线路 老化 & 裸露"), ("", "通道堵塞")]
    assert first.merges == (Merge(0, 0, 0, 1), Merge(1, 0, 2, 0))
    assert list(second.rows) == [("甲",)]


def test_a_spreadsheet_kept_as_xml_is_read_with_its_places_and_errors(tmp_path: Path) -> None:
    book = read_workbook(hostile.stored(tmp_path, SHEET.encode(), "台账.xls"))
    sheet = book.sheets[0]
    assert (book.kind, sheet.name) == (Kind.XML, "台账")
    assert list(sheet.rows) == [
        ("序号", "", "隐患"), ("", "", ""), (7.0, "", "2024-06-07"), ("", ErrorCell("#N/A", "B4"), ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("E_TYPE", "<html><body>没有表格</body></html>"),
        ("E_TYPE", "<html><table><tr><td></td></tr></table></html>"),
        ("E_TYPE", "<?xml version='1.0'?><feed/>"),
        ("E_LIMIT", "<table>" + "<tr><td rowspan=1000 colspan=1000>1</td></tr>" * 3 + "</table>"),
        ("E_CORRUPT", SHEET[:-30]),
        ("E_XML_UNSAFE", SHEET.replace("<Workbook", "<!DOCTYPE Workbook [<!ENTITY x 'y'>]><Workbook", 1)),
    ],
)
def test_a_page_that_is_no_table_is_refused(tmp_path: Path, code: str, text: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_workbook(hostile.stored(tmp_path, text.encode()))
    assert refusal.value.file_code == code
