"""A list of sixty items as an office writes it in Excel, whole, and with ten mistakes of different kinds."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO

from inspect_app.checklists.definition import Checklist, Citation, Item, Part, Relevance, Section
from inspect_app.checklists.questions import Number, OneOf, Option, Question, Rate, Rule, SomeOf, YesNo
from inspect_app.checklists.workbook.columns import COLUMNS, ITEMS, Key
from inspect_app.checklists.workbook.exporting import sheets_of
from inspect_app.law.definitions import Register
from inspect_app.workbooks.sheets import FormSheet, compose_form
from tests.checklists.workbook.written import an_item

COLUMN_OF = {column.key: at for at, column in enumerate(COLUMNS)}
OPTIONS = (Option("a", "甲"), Option("b", "乙"), Option("c", "丙"))
ON = date(2026, 6, 15)
MISTAKES: Mapping[tuple[int, Key], object] = {
    (5, Key.TEXT): None,
    (9, Key.TYPE): "打分",
    (14, Key.WEIGHT): "六",
    (18, Key.WEIGHT): 9,
    (21, Key.CODE): "C99-20",
    (26, Key.BAD_ANSWER): None,
    (31, Key.BASES): "REG-999 第三条",
    (35, Key.OPTIONS): "a=甲\na=乙",
    (41, Key.DAYS): None,
    (46, Key.RELEVANT): "C99-50=是",
}
NAMED = {
    "检查项!C6": "请填写检查内容",
    "检查项!E10": "答案类型没有“打分”",
    "检查项!H15": "分值应为大于 0 的数字，现在是“六”",
    "检查项!H1": "各项分值合计应为 100",
    "检查项!A22": "编号 C99-20 与第 21 行重复",
    "检查项!F27": "请写明哪个回答不合格",
    "检查项!O32": "REG-999",
    "检查项!Y36": "选项编号“a”重复",
    "检查项!L42": "必须写天数",
    "检查项!AG47": "C99-50 不在本项之前",
}


def sixty() -> Checklist:
    """Return the list as it should be: twenty items of two marks, forty of one and a half, in three sections."""
    items = [_item(number) for number in range(1, 61)]
    sections = (Section(f"s{at + 1}", title, tuple(items[at * 20 : at * 20 + 20])) for at, title in enumerate("甲乙丙"))
    return Checklist("C99", 1, "六十项检查表", "学校", "教育部门", Decimal(60), tuple(sections), ("C03",))


def _item(number: int) -> Item:
    weight = Decimal(2) if number <= 20 else Decimal("1.5")
    item = an_item(number, _question(number), citations=(Citation("REG-744", "第二十一条"),), weight=weight)
    return (
        item
        if number != 47
        else an_item(47, YesNo("no"), relevant=(Relevance("C99-02", any_of=("no",)),), weight=weight)
    )


def _question(number: int) -> Part:
    some = (Rule(at_least=Decimal(1)),)
    kinds: dict[int, Question] = {
        35: OneOf(OPTIONS, ("a",)),
        36: Number("个", rules=some),
        37: Rate("甲", "乙", rules=some),
        38: SomeOf(OPTIONS, some),
    }
    return Part(kinds.get(number, YesNo("no")), na_allowed=number % 7 == 0)


def as_file(checklist: Checklist, register: Register, mistakes: Mapping[tuple[int, Key], object]) -> bytes:
    """Write the list with other values in some cells, each by the number of its item and its column."""
    sheets = [
        _spoilt(sheet, mistakes) if sheet.name == ITEMS else sheet for sheet in sheets_of(checklist, register, ON)
    ]
    out = BytesIO()
    compose_form(out, checklist.title, sheets)
    return out.getvalue()


def _spoilt(sheet: FormSheet, mistakes: Mapping[tuple[int, Key], object]) -> FormSheet:
    rows = [list(row) for row in sheet.rows]
    for (number, key), value in mistakes.items():
        rows[number - 1][COLUMN_OF[key]] = value  # type: ignore[call-overload] # values of any kind
    return FormSheet(sheet.name, sheet.columns, rows, sheet.spare, sheet.frozen)
