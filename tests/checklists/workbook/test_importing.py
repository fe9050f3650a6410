"""A workbook that people wrote: what is tolerated, and how every mistake is named by its cell."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from inspect_app.checklists.definition import Relevance
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.questions import OneOf, Option, Rate, Rule, Text
from inspect_app.checklists.workbook.exporting import sheets_of
from inspect_app.checklists.workbook.importing import Imported, read_checklist
from inspect_app.law.definitions import Register
from inspect_app.workbooks.model import Cell, ErrorCell, Sheet
from inspect_app.workbooks.read import read_workbook
from tests.checklists.workbook.sixty import MISTAKES, NAMED, ON, as_file, sixty
from tests.checklists.workbook.written import a_sheet, as_sheets

BASICS = a_sheet(
    "基本信息", [("编 号", "Ｃ９９"), ("名称：", "样表"), ("查谁", "甲"), ("主检", "乙"), ("适用类别", "C03，C07a")]
)
HEAD = ("编号", "分节", "检查内容", "答案类型", "不合格答案", "分值", "等级", "期限方式", "期限天数")
ROW = ("C99-01", "一", "有吗？", "是否", "否", 100, "一般隐患", "按天数", 30)


@pytest.fixture(scope="module")
def register() -> Register:
    return load_library().register


def read(register: Register, *rows: Sequence[object], head: Sequence[object] = HEAD) -> Imported:
    return read_checklist({"基本信息": BASICS, "检查项": a_sheet("检查项", [head, *rows])}, register)


def told(register: Register, *rows: Sequence[object], head: Sequence[object] = HEAD) -> list[str]:
    return [str(each) for each in read(register, *rows, head=head).problems]


def from_file(content: bytes, folder: Path, register: Register) -> Imported:
    file = folder / "list.xlsx"
    file.write_bytes(content)
    return read_checklist({sheet.name or "": sheet for sheet in read_workbook(file).sheets}, register)


def test_ten_mistakes_in_sixty_items_are_named_by_their_cells(register: Register, tmp_path: Path) -> None:
    problems = from_file(as_file(sixty(), register, MISTAKES), tmp_path, register).problems
    found = {each.place: str(each.sentence) for each in problems}
    assert found.keys() == NAMED.keys()
    assert len(problems) == len(MISTAKES) == 10
    for place, words in NAMED.items():
        assert words in found[place]


def test_sixty_items_without_a_mistake_are_what_was_written(register: Register, tmp_path: Path) -> None:
    got = from_file(as_file(sixty(), register, {}), tmp_path, register)
    assert got.problems == ()
    assert got.checklist == sixty()


def test_a_small_list_is_read(register: Register) -> None:
    got = read(register, ROW)
    assert got.problems == got.remarks == ()
    assert (got.checklist.code, got.checklist.title, got.checklist.objects) == ("C99", "样表", ("C03", "C07a"))


def test_the_order_of_columns_blank_rows_full_width_and_ticks_do_not_matter(register: Register) -> None:
    head = ("期限天数", "一票否决", "分值", "等级", "期限方式", "检查项", "题型", "不合格答案", "章节", "编号", "必答")
    row = ("３０", "√", "１００．０", "重大", "按天数", " 有吗？ ", "是否题", "否", "一", "Ｃ９９－０１", "×")
    got = read(register, (None,) * 5, ("检查表",), head, (None,), row, (None,), head=())
    assert got.problems == ()
    (item,) = got.checklist.items
    assert (item.code, item.weight, item.veto, item.required, item.text) == (
        "C99-01",
        Decimal(100),
        True,
        False,
        "有吗？",
    )
    assert item.deadline.days == 30


def test_a_column_nobody_knows_is_remarked_and_not_read(register: Register) -> None:
    got = read(register, (*ROW, "随便"), head=(*HEAD, "备忘"))
    assert got.problems == ()
    assert [str(each) for each in got.remarks] == ["检查项!J1：不认识“备忘”栏，没有读取。"]


def test_missing_sheets_and_columns_are_named(register: Register) -> None:
    assert [each.place for each in read_checklist({}, register).problems][:2] == ["基本信息", "检查项"]
    assert "检查项!1：缺少“等级”栏。" in told(register, ("C99-01", "有吗？"), head=("编号", "检查内容", "答案类型"))


@pytest.mark.parametrize(
    ("at", "value", "named"),
    [
        (0, "", "检查项!A2：请填写编号。"),
        (0, "C98-01", "检查项!A2：检查项编号应形如 C99-01。"),
        (1, "", "检查项!B2：请填写分节。"),
        (3, "", "检查项!D2：请填写答案类型"),
        (5, "", "检查项!F2：请填写分值。"),
        (5, 0, "检查项!F2：分值应大于 0"),
        (6, "严重", "检查项!G2：等级没有“严重”，可填：重大隐患、一般隐患、改进提示。"),
        (7, "随时", "检查项!H2：期限方式没有“随时”"),
        (8, 2.5, "检查项!I2：期限天数应为大于 0 的整数，现在是“2.5”。"),
        (8, 0, "检查项!I2：期限的天数应大于 0。"),
    ],
)
def test_a_mistake_is_named_with_its_cell(register: Register, at: int, value: object, named: str) -> None:
    row: list[object] = [*ROW]
    row[at] = value
    assert any(each.startswith(named) for each in told(register, row)), told(register, row)


def test_a_formula_without_a_result_is_named(register: Register) -> None:
    broken: dict[object, Cell] = {"检查内容": ErrorCell("#REF!")}
    columns: tuple[list[Cell], ...] = tuple(
        [head, broken.get(head, str(value))] for head, value in zip(HEAD, ROW, strict=True)
    )
    got = read_checklist({"基本信息": BASICS, "检查项": Sheet("检查项", columns, 2)}, register)
    assert [each.place for each in got.problems] == ["检查项!C2"]


def test_rows_without_a_question_of_their_own_are_parts_of_the_item_above(register: Register) -> None:
    head = (*HEAD, "部分编号", "部分名称", "部分占比", "与部分比较", "单位")
    first = ("C99-01", "一", "几人？", "数值", "", 100, "一般隐患", "立即", "", "all", "总数", 0, "", "人")
    second = ("", "", "", "数值", "", "", "", "", "", "here", "到场", 1, "不低于 all", "人")
    got = read(register, first, second, head=head)
    assert got.problems == ()
    assert [part.code for part in got.checklist.items[0].parts] == ["all", "here"]
    wrong = told(register, first, (*second[:12], "不低于 x", "人"), head=head)
    assert [each.partition("：")[0] for each in wrong] == ["检查项!M3"]


def test_a_section_in_two_places_is_named(register: Register) -> None:
    rows = [("C99-01", "一", *ROW[2:]), ("C99-02", "二", *ROW[2:]), ("C99-03", "一", *ROW[2:])]
    assert "检查项!B4：分节“一”分在两处，请把它的检查项排在一起。" in told(register, *rows)


def test_a_locked_item_of_the_parent_may_not_be_changed(register: Register) -> None:
    parent = read(register, (*ROW, "是"), head=(*HEAD, "是否锁定")).checklist
    rows = a_sheet("检查项", [HEAD, ("C99-01", "一", "改了？", *ROW[3:])])
    got = read_checklist({"基本信息": BASICS, "检查项": rows}, register, lambda _code: parent)
    assert [str(each) for each in got.problems] == ["检查项!2：上级锁定的检查项 C99-01 不能修改。"]


def test_what_people_write_in_the_special_columns_is_understood(register: Register) -> None:
    head = (*HEAD, "分子名称", "分母名称", "不低于", "选项", "合格选项", "证据", "依据", "显示条件", "字数上限")
    rate = ("C99-01", "一", "几栋？", "比率", "", 60, "一般", "立即", "", "已做", "应做", "95%")
    one = ("C99-02", "", "哪种？", "单选", "", 40, "提示", "无", "", "", "", "", "砖混；框架", "框架", "照片，文号")
    text = (
        "C99-03",
        "",
        "说明",
        "文字",
        "",
        0,
        "提示",
        "无",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "《建设工程抗震管理条例》第七条",
        "Ｃ99-02＝框架",
        80,
    )
    got = read(register, rate, one, text, head=head)
    assert [str(each) for each in got.problems] == []
    first, second, third = got.checklist.items
    assert first.parts[0].question == Rate("已做", "应做", rules=(Rule(at_least=Decimal("0.95")),))
    assert second.parts[0].question == OneOf((Option("a", "砖混"), Option("b", "框架")), ("b",))
    assert [each.value for each in second.evidence] == ["photo", "document_number"]
    assert third.relevant == (Relevance("C99-02", any_of=("b",)),)
    assert third.citations[0].basis == "REG-744"
    assert third.parts[0].question == Text(80)


def test_an_untouched_export_has_no_remarks(register: Register) -> None:
    assert read_checklist(as_sheets(sheets_of(sixty(), register, ON)), register).remarks == ()
