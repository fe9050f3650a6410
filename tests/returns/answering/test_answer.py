import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from inspect_app.core.database import db
from inspect_app.returns.answering.service import write_answer_to
from inspect_app.returns.models import ReturnBatch
from tests.returns.ledgers import HEADINGS, ledger_row, write_ledger
from tests.returns.sending import apply, receive

pytestmark = pytest.mark.usefixtures("clock", "session")
RED = "FFFFC9CF"
FIRST = 4
SHEET_MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_MAIN = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
CELL_IMAGES_KIND = (
    b'<Override PartName="/xl/cellimages.xml" ContentType="application/vnd.wps-officedocument.cellimage+xml"/>'
)
CELL_IMAGES_RELATION = (
    b'<Relationship Id="rId98" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/>'
)
CELL_IMAGES_PICTURES = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/>'
    b"</Relationships>"
)
VBA = b"\xd0\xcf\x11\xe0 no real project"
VBA_KIND = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
VBA_RELATION = (
    b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    b'Target="vbaProject.bin"/>'
)
BAD = ledger_row(2, 发现日期="2026-02-30", 整改责任单位="")
ROWS = [ledger_row(1, 发现日期="2026-06-01"), BAD, ledger_row(1, 发现日期="2026-06-01")]


def answer(batch: ReturnBatch) -> tuple[str, Any]:
    out = io.BytesIO()
    name = write_answer_to(db.session(), batch, out)
    out.seek(0)
    return name, load_workbook(out)


def red(sheet: Worksheet) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text if cell.comment else ""
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == RED
    }


def at(row: int, heading: str) -> str:
    return f"{'ABCDEFGHIJKLMNOPQRST'[HEADINGS.index(heading)]}{row}"


def test_bad_cells_are_red_with_a_comment_and_the_row_says_why(tmp_path: Path) -> None:
    name, book = answer(receive(write_ledger(tmp_path / "六月.xlsx", ROWS)))
    assert name == "六月_核对结果.xlsx"
    sheet = book["台账"]
    marked = red(sheet)
    assert set(marked) == {at(FIRST + 1, "发现日期"), at(FIRST + 1, "整改责任单位")}
    assert "不是有效日期" in marked[at(FIRST + 1, "发现日期")]
    assert sheet.cell(3, len(HEADINGS) + 1).value == "错误说明"
    assert "请补填整改责任单位" in sheet.cell(FIRST + 1, len(HEADINGS) + 1).value
    assert sheet.cell(FIRST, len(HEADINGS) + 1).value is None
    assert "第 4 行" in sheet.cell(FIRST + 2, len(HEADINGS) + 1).value


def test_the_first_sheet_is_the_account(tmp_path: Path) -> None:
    batch = receive(write_ledger(tmp_path / "六月.xlsx", ROWS))
    _, book = answer(batch)
    assert book.sheetnames == ["核对结果", "台账"]
    assert book.active.title == "核对结果"
    told = {row[0]: row[1] for row in book["核对结果"].iter_rows(values_only=True) if row[0]}
    assert told["报表编号"] == batch.reference
    assert (told["新增"], told["不合格"], told["重复"]) == ("1 行", "1 行", "1 行")
    assert told["合计"].startswith(f"{sum(batch.counts.values())} 行")


def test_everything_else_of_the_file_stays_as_it_was(tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "六月.xlsx", ROWS)
    book = load_workbook(path)
    sheet = book["台账"]
    sheet["A4"].fill, sheet["E4"].font = PatternFill("solid", fgColor="FF00B050"), Font("楷体", 13, italic=True)
    sheet.column_dimensions["E"].width, sheet.row_dimensions[4].height = 61, 44
    sheet.freeze_panes = "C4"
    book.create_sheet("附表")["A1"] = "=SUM(1,2)"
    book.save(path)
    _, after = answer(receive(path))
    kept = after["台账"]
    assert kept["A4"].fill.fgColor.rgb == "FF00B050"
    assert (kept["E4"].font.name, kept["E4"].font.sz, kept["E4"].font.i) == ("楷体", 13, True)
    assert (kept.column_dimensions["E"].width, kept.row_dimensions[4].height) == (61, 44)
    assert kept.freeze_panes == "C4"
    assert kept.merged_cells.ranges == load_workbook(path)["台账"].merged_cells.ranges
    assert after["附表"]["A1"].value == "=SUM(1,2)"


@pytest.mark.parametrize("ending", ["csv"])
def test_a_file_of_another_kind_comes_back_as_a_workbook_with_the_same_cells(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"六月.{ending}"
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in (HEADINGS, *ROWS)]
    path.write_text("\n".join(lines), "gb18030")
    name, book = answer(receive(path))
    assert name == "六月_核对结果.xlsx"
    sheet = book[book.sheetnames[1]]
    assert [cell.value for cell in sheet[1]][: len(HEADINGS)] == list(HEADINGS)
    assert at(3, "发现日期") in red(sheet)


def test_a_workbook_beyond_the_limit_comes_back_with_its_cells_but_without_its_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspect_app.workbooks.write.answer.MOST_CELLS", 10)
    _, book = answer(receive(write_ledger(tmp_path / "六月.xlsx", ROWS)))
    assert at(FIRST + 1, "发现日期") in red(book["台账"])
    assert book["台账"].cell(3, len(HEADINGS) + 1).value == "错误说明"
    assert "没有保留原来的样式" in str([row[0] for row in book["核对结果"].iter_rows(values_only=True)][-1])


def mended(book: Any, path: Path) -> Path:  # noqa: ANN401 - a workbook
    sheet = book["台账"]
    sheet[at(FIRST + 1, "发现日期")] = "2026-06-03"
    sheet[at(FIRST + 1, "整改责任单位")] = "乌苏市教育局"
    book.save(path)
    return path


def test_the_mended_answer_is_read_without_what_the_answer_added(tmp_path: Path) -> None:
    _, book = answer(receive(write_ledger(tmp_path / "六月.xlsx", ROWS)))
    batch = receive(mended(book, tmp_path / "改好.xlsx"))
    assert (batch.counts["create"], batch.counts["refused"], batch.counts["duplicates"]) == (2, 0, 1)
    kinds = {row["kind"] for row in batch.plan["groups"]["ignored"] if row["sheet"] == "核对结果"}
    assert kinds == {"own_sheet", "blank"}
    assert not batch.plan["notices"]


def test_the_answer_to_an_answer_has_one_account_and_old_marks_are_gone(tmp_path: Path) -> None:
    _, book = answer(receive(write_ledger(tmp_path / "六月.xlsx", ROWS)))
    _, again = answer(receive(mended(book, tmp_path / "改好.xlsx")))
    assert again.sheetnames == ["核对结果", "台账"]
    assert red(again["台账"]) == {}
    heads = [cell.value for cell in again["台账"][3]]
    assert heads.count("错误说明") == 1
    assert again["台账"].cell(FIRST + 1, len(HEADINGS) + 1).value is None


def test_an_answer_that_nobody_mended_is_the_same_return_again(tmp_path: Path) -> None:
    first = receive(write_ledger(tmp_path / "六月.xlsx", ROWS))
    _, book = answer(first)
    book.save(tmp_path / "回执.xlsx")
    again = receive(tmp_path / "回执.xlsx")
    assert again.content_digest == first.content_digest


def test_an_applied_return_is_answered_too_and_text_never_runs(session: Session, tmp_path: Path) -> None:
    assert session is not None
    rows = [ledger_row(1), ledger_row(2, 发现日期="2026-02-30", 隐患描述="=1+1 处灭火器过期")]
    batch = apply(
        receive(write_ledger(tmp_path / "x.xlsx", [ledger_row(3, 发现日期="2026-06-01"), *rows[1:]])),
        accept_good_rows=True,
    )
    _, book = answer(batch)
    formulas = [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []
    told = {row[0]: row[1] for row in book["核对结果"].iter_rows(values_only=True) if row[0]}
    assert told["状态"] == "已导入"


def test_macros_are_given_back_as_they_came(tmp_path: Path) -> None:
    path = tmp_path / "六月.xlsm"
    with ZipFile(write_ledger(tmp_path / "plain.xlsx", ROWS)) as plain, ZipFile(path, "w") as archive:
        for name in plain.namelist():
            content = plain.read(name).replace(SHEET_MAIN, MACRO_MAIN)
            if name == "[Content_Types].xml":
                content = content.replace(b"</Types>", VBA_KIND + b"</Types>")
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(b"</Relationships>", VBA_RELATION + b"</Relationships>")
            archive.writestr(name, content)
        archive.writestr("xl/vbaProject.bin", VBA)
    out = io.BytesIO()
    name = write_answer_to(db.session(), receive(path), out)
    assert name == "六月_核对结果.xlsm"
    with ZipFile(out) as archive:
        assert archive.read("xl/vbaProject.bin") == VBA


def test_pictures_that_wps_keeps_in_cells_are_carried_over_and_lost_shapes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "六月.xlsx"
    with ZipFile(write_ledger(tmp_path / "plain.xlsx", ROWS)) as plain, ZipFile(path, "w") as archive:
        for name in plain.namelist():
            content = plain.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"</Types>", CELL_IMAGES_KIND + b"</Types>")
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(b"</Relationships>", CELL_IMAGES_RELATION + b"</Relationships>")
            archive.writestr(name, content)
        archive.writestr("xl/cellimages.xml", b"<etc:cellImages xmlns:etc='http://www.wps.cn/x'/>")
        archive.writestr("xl/_rels/cellimages.xml.rels", CELL_IMAGES_PICTURES)
        archive.writestr("xl/media/image1.png", b"a photo")
        archive.writestr("xl/drawings/drawing9.xml", b"<xdr:wsDr xmlns:xdr='x'><xdr:sp >stamp</xdr:sp></xdr:wsDr>")
    out = io.BytesIO()
    write_answer_to(db.session(), receive(path), out)
    with ZipFile(out) as archive:
        assert archive.read("xl/cellimages.xml").startswith(b"<etc:cellImages")
        assert b"media/carried_image1.png" in archive.read("xl/_rels/cellimages.xml.rels")
        assert archive.read("xl/media/carried_image1.png") == b"a photo"
        assert b"cellimages.xml" in archive.read("xl/_rels/workbook.xml.rels")
        assert archive.read("[Content_Types].xml").count(b"cellimage") == 2
    out.seek(0)
    rows = [row[0] for row in load_workbook(out)["核对结果"].iter_rows(values_only=True)]
    assert str(rows[-1]).startswith("原件中的形状")
