"""A county's whole work on its workbook: shuffled, edited, shortened, added to, rearranged, saved anew."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from tests.returns.issuing.round import HEAD, issue_to
from tests.returns.ledgers import ledger_row
from tests.returns.sending import receive, send

pytestmark = pytest.mark.usefixtures("clock")
MANY, EDITED, DELETED, ADDED = 2_000, 37, 5, 8
NEW = {
    "整改责任人": ("responsible_person", "钱进"),
    "整改措施": ("measures", "拆除后按现行标准重建"),
    "整改责任单位": ("responsible_unit_name", "乌苏市住房和城乡建设局"),
    "隐患描述": ("description", "构造柱钢筋外露，经复核长度约两米"),
    "备注": ("remark", "已现场核实"),
}
Row = dict[str, Any]


def table_of(sheet: Worksheet) -> tuple[list[str], list[Row]]:
    heads = [str(cell.value) for cell in sheet[HEAD]]
    found = sheet.iter_rows(HEAD + 1, HEAD + MANY, values_only=True)
    return heads, [dict(zip(heads, row, strict=True)) for row in found]


def write_table_of(sheet: Worksheet, heads: list[str], rows: list[Row]) -> None:
    sheet.delete_rows(HEAD + 1, sheet.max_row)
    for place, head in enumerate(heads, 1):
        sheet.cell(HEAD, place, head)
    for number, row in enumerate(rows, HEAD + 1):
        for place, head in enumerate(heads, 1):
            sheet.cell(number, place, row.get(head))


def rework(path: Path, random: Random) -> tuple[dict[str, dict[str, str]], set[str]]:
    """Do a county's work on the workbook; return the edits by hazard and column, and the numbers deleted."""
    book = load_workbook(path)
    sheet = book["隐患清单"]
    heads, rows = table_of(sheet)
    random.shuffle(rows)
    gone = {row["隐患编号"] for row in rows[:DELETED]}
    edits: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows[DELETED : DELETED + EDITED]):
        heading = list(NEW)[number % len(NEW)]
        name, value = NEW[heading]
        row[heading] = f"{value}{number}" if name == "description" else value
        edits[row["隐患编号"]] = {name: row[heading]}
    kept = rows[DELETED:]
    for number in range(ADDED):
        fresh = {
            "被检查单位": f"西湖镇第{number}幼儿园",
            "隐患描述": "女儿墙局部松动",
            "整改责任单位": "西湖镇人民政府",
        }
        kept.insert(random.randrange(len(kept)), fresh)
    heads.insert(1, heads.pop(heads.index("整改措施")))
    heads.append(heads.pop(heads.index("隐患等级")))
    write_table_of(sheet, heads, kept)
    sheet.column_dimensions["B"].hidden, sheet.column_dimensions["C"].hidden = False, True
    book.save(path)
    return edits, gone


def test_the_plan_is_exactly_what_the_county_did(session: Session, tmp_path: Path) -> None:
    assert session is not None
    send(tmp_path / "first.xlsx", [ledger_row(number) for number in range(1, MANY + 1)])
    path = tmp_path / "issued.xlsx"
    issue_to(path)
    edits, gone = rework(path, Random(5))  # noqa: S311 - the same work every time
    batch = receive(path)
    counts = {name: number for name, number in batch.counts.items() if name != "ignored"}
    assert counts == {
        "create": ADDED, "update": EDITED, "conflicts": 0, "unchanged": MANY - EDITED - DELETED, "duplicates": 0,
        "refused": 0,
    }  # fmt: skip
    told = {entry["reference"]: entry["changes"] for entry in batch.plan["groups"]["update"]}
    assert {name: {key: after for key, (_, after) in each.items()} for name, each in told.items()} == edits
    ((code, _, params),) = batch.plan["notices"]
    assert (code, set(params["references"].split("、"))) == ("W_ISSUED_MISSING", gone)
