"""A register as a workbook: what goes out to be filled in, and what is exported; both come back in as they went out."""

from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import region_label, townships_of
from inspect_app.registers.definition import NUMBERS, Column, ColumnType, Register
from inspect_app.registers.queries import EntryFilter, Shown, in_order
from inspect_app.registers.rules import masked
from inspect_app.workbooks.sheets import FormColumn, FormSheet, Value, compose_form
from inspect_app.workbooks.write import About, Cell, CellKind, Layout, write_table
from inspect_app.workbooks.write import Column as Written

REFERENCE, COUNTY, YES, NO = "编号", "县（市、区）", "是", "否"
HELP, OFFERED = "填表说明", "选项"
SPARE = 300
FROZEN = 2
LONGEST_LIST = 255
KINDS = {
    ColumnType.INTEGER: CellKind.INTEGER,
    ColumnType.DECIMAL: CellKind.AMOUNT,
    ColumnType.DATE: CellKind.DAY,
    ColumnType.TEXT: CellKind.TEXT,
    ColumnType.UNIT: CellKind.TEXT,
}
ADVICE = {
    ColumnType.DATE: "写成 2026-05-12。",
    ColumnType.YES_NO: "写“是”或“否”，不知道的留空。",
    ColumnType.PHONE: "手机号或带区号的座机；该列为文本格式。",
    ColumnType.INTEGER: "只写整数，不带单位。",
    ColumnType.DECIMAL: "只写数字，不带单位。",
    ColumnType.REGION: "从下拉列表选择。",
    ColumnType.VILLAGE: "写村（社区）的全称。",
}
FIRST = (
    "每条一行，栏目的先后可以调整，不用的栏目可以删去，不要改栏目名称。",
    "编号由系统生成：新增的留空，修改已有的照抄编号。留空的格不会改动系统里已有的内容。",
    "表里没有写到的已有条目保持不变；已经不在的，请在系统里结束那一条。",
    "上传后先逐行核对，确认了才导入；有问题的行会指出是哪个表、哪一行、哪一栏，以及怎样改。",
    "确实没有的，在第一行写“零报告”，或在系统里点“零报告”。",
)


def write_template(
    session: Session, actor: Actor, register: Register, county: Region, out: BinaryIO, *, filled: bool = True
) -> None:
    """Write the workbook that a county fills in: instructions, the entries it has (unless not `filled`), drop-downs."""
    townships = [region.name for region in townships_of(session, county.id)]
    wanted = EntryFilter(region_id=county.id)
    rows = [_filled_row(register, shown) for shown in in_order(session, actor, register.code, wanted)] if filled else []
    columns = [FormColumn(REFERENCE, 24, "由系统生成，新增的留空。")]
    columns += [_form_column(column, len(townships)) for column in register.columns]
    sheets = [
        _help(register),
        FormSheet(register.title, columns, rows, SPARE, FROZEN),
        FormSheet(OFFERED, [FormColumn("乡镇（街道）", 24)], [[name] for name in townships], hidden=True),
    ]
    compose_form(out, f"{county.name}{register.title}", sheets)


def _form_column(column: Column, townships: int) -> FormColumn:
    heading = f"{column.title}*" if column.required else column.title
    advice = column.advice or ADVICE.get(column.type, "")
    source = f"'{OFFERED}'!$A$2:$A${townships + 1}" if column.type == ColumnType.REGION and townships else ""
    choices = (YES, NO) if column.type == ColumnType.YES_NO else column.words
    return FormColumn(heading, column.width, advice, choices, source)


def _help(register: Register) -> FormSheet:
    widths = {"栏目": 20, "必填": 8, "怎么填": 56, "可填的内容": 56}
    rows: list[list[Value]] = [["总说明", None, sentence, None] for sentence in (register.advice, *FIRST) if sentence]
    rows += [
        [
            column.title,
            YES if column.required else None,
            column.advice or ADVICE.get(column.type) or None,
            "、".join(column.words) or None,
        ]
        for column in register.columns
    ]
    return FormSheet(HELP, [FormColumn(heading, width) for heading, width in widths.items()], rows)


def _filled_row(register: Register, shown: Shown) -> list[Value]:
    return [shown.entry.reference, *(_value(column, shown) for column in register.columns)]


def _value(column: Column, shown: Shown) -> Value:
    cell = cell_of(column, shown)
    return cell.isoformat() if isinstance(cell, date) else cell


def export(session: Session, actor: Actor, register: Register, wanted: EntryFilter, place: str, out: BinaryIO) -> int:
    """Write the entries that `wanted` leaves of those the actor sees; return how many there are."""
    rows = (_row(register, shown) for shown in in_order(session, actor, register.code, wanted))
    return write_table(out, layout_of(register), _about(actor, register, wanted, place), rows)


def layout_of(register: Register) -> Layout:
    """Return how the exported sheet looks."""
    columns = [
        Written(REFERENCE, Decimal(24), CellKind.WORD),
        Written(COUNTY, Decimal(14), CellKind.WORD),
        *(_written(column) for column in register.columns),
        Written("数据日期", Decimal(12), CellKind.DAY),
    ]
    return Layout(register.title, tuple(columns), FROZEN, 70, SPARE)


def _written(column: Column) -> Written:
    choices = (YES, NO) if column.type == ColumnType.YES_NO else column.words
    fits = len(",".join(choices)) <= LONGEST_LIST
    kind = KINDS.get(column.type, CellKind.WORD)
    return Written(column.title, Decimal(column.width), kind, choices if fits else ())


def _row(register: Register, shown: Shown) -> list[Cell]:
    cells = [cell_of(column, shown) for column in register.columns]
    return [shown.entry.reference, shown.entry.county.name, *cells, shown.as_of]


def cell_of(column: Column, shown: Shown) -> Any:  # noqa: ANN401 - str, Decimal, date or None, for both writers
    """Return what a sheet says of an entry in one column; telephone numbers masked, None where nothing is known."""
    if column.type == ColumnType.REGION:
        return None if shown.region.level is Level.COUNTY else shown.region.name
    value = masked(column, shown.values.get(column.code))
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return YES if value else NO
    if column.type in NUMBERS:
        return Decimal(str(value))
    return date.fromisoformat(str(value)) if column.type == ColumnType.DATE else str(value)


def file_name(register: Register, region: Region | None, *, blank: bool = False) -> str:
    """Return a name for the file: region, register and day."""
    place = region_label(region) if region else ""
    return f"{place}{register.title}{'（模板）' if blank else ''}_{clock.today():%Y%m%d}.xlsx"


def _about(actor: Actor, register: Register, wanted: EntryFilter, place: str) -> About:
    at = clock.now()
    time = f"{clock.local(at):%Y-%m-%d %H:%M}"
    told = [f"行政区划：{place}", f"导出时间：{time}", f"导出人：{actor.name}"]
    if wanted.on:
        told.insert(1, f"截至：{wanted.on:%Y-%m-%d}")
    return About(
        title=f"{place}{register.title}",
        caption=lambda count: "　".join([*told, f"共 {count} 条"]),
        footer=f"导出时间 {time}",
        creator=actor.name,
        created_at=at,
    )
