"""Workbooks as a county sends them, written by our own writer."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from inspect_app.core import clock
from inspect_app.workbooks.write import About, Cell, CellKind, Column, Layout, write_table

HEADINGS = (
    "序号", "乡镇（街道）", "被检查单位", "隐患类别", "隐患描述", "隐患等级", "发现日期", "检查人员",
    "整改责任单位", "整改责任人", "联系电话", "整改措施",
    "整改资金", "牵头单位", "整改时限", "整改情况", "完成日期", "复查人", "复查日期", "备注",
)  # fmt: skip
DAYS = {"发现日期", "整改时限", "完成日期", "复查日期"}
Ledger = Sequence[Sequence[Cell]]


def ledger_row(number: int, **over: Cell) -> list[Cell]:
    """Return one complete, acceptable row; name a heading to say something else."""
    row: dict[str, Cell] = {
        "序号": str(number),
        "乡镇（街道）": "白杨沟镇",
        "被检查单位": f"白杨沟镇第{number}小学",
        "隐患类别": "抗震",
        "隐患描述": f"教学楼第{number}号构造柱钢筋外露",
        "隐患等级": "一般",
        "发现日期": date(2026, 6, 1),
        "检查人员": "李明、王芳",
        "整改责任单位": "乌苏市教育局",
        "整改责任人": "赵强",
        "联系电话": "0992-8500000",
        "整改措施": "剔除松散层，除锈后用聚合物砂浆修补",
        "整改资金": "3.5",
        "牵头单位": "乌苏市应急管理局",
        "整改时限": date(2026, 7, 20),
        "整改情况": "整改中",
        "完成日期": None,
        "复查人": None,
        "复查日期": None,
        "备注": None,
    }
    return list({**row, **over}.values())


def write_ledger(
    path: Path, rows: Iterable[Sequence[Cell]], title: str = "乌苏市地震风险隐患台账", sheet: str = "台账"
) -> Path:
    """Write rows under the headings of a usual ledger; the first row stands in row 4 of the sheet.

    Days are real dates, unless one of them is written as text.
    """
    rows = list(rows)
    written = {heading for row in rows for heading, cell in zip(HEADINGS, row, strict=True) if isinstance(cell, str)}
    columns = tuple(
        Column(heading, Decimal(14), CellKind.DAY if heading in DAYS - written else CellKind.TEXT)
        for heading in HEADINGS
    )
    about = About(title, lambda count: f"共 {count} 条", "台账", "测试", clock.now())
    with path.open("wb") as out:
        write_table(out, Layout(sheet, columns), about, rows)
    return path
