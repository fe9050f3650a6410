"""Messy returns of further kinds, with what must become of every row.

A verdict is "row" for a hazard that can be imported (with its warnings after a plus), a code for one that is refused,
"=3" for one that repeats row 3, and otherwise the kind of row that is ignored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspect_app.returns.heads import NO_CHOICES, Choices
from inspect_app.returns.reading import read_return
from inspect_app.returns.result import ReadResult
from tests.returns import messy
from tests.returns.county import PLACES, REPORT_DATE


@dataclass(frozen=True)
class Messy:
    """A return: its bytes, the verdict on every row by sheet, some fields by sheet and row, and its notices."""

    make: Callable[[], bytes]
    verdicts: Mapping[str | None, str]
    fields: Mapping[tuple[str | None, int], Mapping[str, Any]] = field(default_factory=dict)
    notices: str = ""
    outcome: str = "import"


UNTOLD = "row+W_LEVEL_MISSING+W_STATUS_MISSING"
FOUND = "row row row row row row row row row row row row+W_DATE_INFERRED row+W_DATE_INFERRED row row E_DATE_INVALID"
DUE = "row+W_DATE_INFERRED row+W_DATE_MONTH_END row+W_DATE_TEXT row+W_DATE_TEXT row+W_DATE_INFERRED E_DATE_INVALID"
JUNE = {"found_on": date(2024, 6, 3)}
RETURNS: Mapping[str, Messy] = {
    "colours, strokes, comments, hidden rows and columns": Messy(
        messy.marked,
        {"台账": "header row row row row+W_STRUCK row+W_COMMENT row row"},
        {
            ("台账", 3): {"status": "open"},
            ("台账", 4): {"status": "open", "done_on": None},
            ("台账", 6): {"remark": "乡镇已核实\n下周复查"},
        },
        "W_HIDDEN_ROWS W_COLOURS W_HIDDEN_COLUMNS",
    ),
    "a web page with merged cells, in GBK": Messy(
        messy.webpage,
        {"表1": "title header row row row", "表2": "other_sheet"},
        {("表1", 4): {"township": "东坪镇", "responsible_unit": "东坪镇人民政府", **JUNE}},
    ),
    "an XML spreadsheet": Messy(
        messy.old_xml,
        {"台账": "title header row row"},
        {("台账", 4): {"status": "rectified", "done_on": date(2024, 6, 20)}},
    ),
    "traditional characters in two bytes a letter, apart by tabs": Messy(
        messy.traditional,
        {None: "header row row"},
        {(None, 2): {"township": "东坪镇", "status": "open"}, (None, 3): {"status": "rectified"}},
    ),
    "two tables of other columns on a sheet, heads repeated on each page": Messy(
        messy.tables_and_pages,
        {"台账": f"title header row row page header row total blank group header {UNTOLD} {UNTOLD} page note note"},
        {("台账", 12): {"description": "涵洞堵塞", "site": "北干渠", "responsible_unit": "县水利局"}},
    ),
    "a sheet a township, a summary of counts and instructions": Messy(
        messy.a_sheet_a_township,
        {
            "东坪镇": "header row row",
            "沙镇台账": "header row",
            "汇总": "other_sheet other_sheet other_sheet",
            "填写说明": "other_sheet other_sheet",
        },
        {("东坪镇", 2): {"township": "东坪镇"}, ("沙镇台账", 2): {"township": "沙镇镇"}},
    ),
    "ticks for grades and states, unit and person in a cell, two columns of one name": Messy(
        messy.ticks_and_pairs,
        {"台账": "header row row E_LEVEL_UNKNOWN row+W_STATUS_UNKNOWN row row+W_UNITS_SEVERAL"},
        {
            ("台账", 2): {"grade": "general", "status": "open", "responsible_person": "许敏"},
            ("台账", 3): {"grade": "major", "status": "rectifying"},
            ("台账", 5): {"status": None},
            ("台账", 6): {"status": "rectified", "responsible_unit": "县水利局"},
            ("台账", 7): {"responsible_unit": "县水利局、县住建局", "responsible_person": None},
        },
    ),
    "every way to write a date": Messy(
        messy.dates_of_all_sorts,
        {"台账": f"header {FOUND} row+W_DATE_INFERRED row+W_DATE_INCOMPLETE row+W_DATE_TEXT E_DATE_RANGE {DUE}"},
        {
            **{("台账", number): JUNE for number in range(2, 17)},
            ("台账", 19): {"found_on": None},
            ("台账", 22): {"due_on": date(2024, 7, 31)},
            ("台账", 23): {"due_on": date(2024, 8, 31)},
            ("台账", 24): {"due_on": None},
        },
    ),
    "the calendar of 1904 with serials and texts": Messy(
        messy.begun_in_1904,
        {"台账": "header row row row"},
        {("台账", 2): JUNE, ("台账", 3): JUNE, ("台账", 4): {**JUNE, "due_on": date(2024, 7, 3)}},
    ),
    "a table torn out of a text": Messy(
        messy.torn, {"Sheet1": "header row" + " E_REQUIRED_UNIT" * 5}, notices="W_TORN"
    ),
    "a template hardly filled in": Messy(
        messy.not_filled_in,
        {"台账": "meta header unit_row example example numbered_blank numbered_blank zero_report note"},
    ),
    "three cards, one of them not complete": Messy(
        messy.cards,
        {
            "卡片": "card card card row+W_STATUS_MISSING card card card card blank "
            "card card card row+W_STATUS_MISSING card card card card blank "
            "card card card E_REQUIRED_UNIT card card card card"
        },
        {("卡片", 13): {"description": "第2号粮仓爬梯无护笼", "due_on": date(2024, 7, 3)}},
        outcome="import_cards",
    ),
    "a picture of WPS, a text among numbers, values that are not there": Messy(
        messy.lost_values,
        {"台账": f"header {UNTOLD}+W_PICTURE E_DATE_INVALID E_CELL_ERROR E_CELL_ERROR"},
    ),
    "an open document with a merge, a comment, a hidden row and an error": Messy(
        messy.open_document,
        {"台账": "header row row row+W_COMMENT E_CELL_ERROR"},
        {("台账", 3): {"responsible_unit": "东坪镇人民政府"}, ("台账", 4): {"remark": "已派人"}},
        "W_HIDDEN_ROWS",
    ),
}
SAID = {"在哪个乡镇": "township", "查了谁": "site", "查出的毛病": "description", "归哪家改": "responsible_unit"}


def read(folder: Path, content: bytes, choices: Choices = NO_CHOICES) -> ReadResult:
    (folder / "file").write_bytes(content)
    return read_return(folder / "file", PLACES, REPORT_DATE, choices=choices)


def verdicts(result: ReadResult) -> dict[str | None, dict[int, str]]:
    found: dict[str | None, dict[int, str]] = {}
    entries = [
        *((row.sheet, row.number, "+".join(["row", *row.warnings])) for row in result.rows),
        *((row.sheet, row.number, row.code) for row in result.rejected),
        *((pair.row.sheet, pair.row.number, f"={pair.of.number}") for pair in result.duplicates),
        *((row.sheet, row.number, row.kind.value) for row in result.ignored),
    ]
    for sheet, number, verdict in entries:
        assert number not in found.setdefault(sheet, {}), "a row stands in two lists"
        found[sheet][number] = verdict
    return found


@pytest.mark.parametrize("name", RETURNS)
def test_every_row_of_a_messy_return_comes_to_what_is_written_beside_it(tmp_path: Path, name: str) -> None:
    wanted = RETURNS[name]
    result = read(tmp_path, wanted.make())
    assert result.outcome == wanted.outcome
    expected = {sheet: dict(enumerate(told.split(), 1)) for sheet, told in wanted.verdicts.items()}
    assert verdicts(result) == expected
    assert [notice.code for notice in result.notices] == wanted.notices.split()
    rows = {(row.sheet, row.number): row for row in result.rows}
    for place, fields in wanted.fields.items():
        assert {name: getattr(rows[place], name) for name in fields} == fields


def test_a_refused_cell_is_named_by_its_address(tmp_path: Path) -> None:
    result = read(tmp_path, messy.lost_values())
    values = {row.number: row.problems[0].value for row in result.rejected}
    assert values[4] == "B4 #?"
    assert values[5] == "D5 #N/A"


def test_a_ledger_in_words_of_its_own_is_read_once_they_are_explained(tmp_path: Path) -> None:
    asked = read(tmp_path, messy.in_own_words())
    assert (asked.outcome, asked.rows, asked.waits) == ("not_a_ledger", [], True)
    (layout,) = asked.layouts
    proposed = {column["heading"]: column["proposed"] for column in layout["columns"] if column["proposed"]}
    assert proposed["在哪个乡镇"] == "township"
    result = read(tmp_path, messy.in_own_words(), {layout["layout"]: SAID})
    assert verdicts(result) == {"台账": {1: "title", 2: "header", **dict.fromkeys((3, 4, 5), "row+W_STATUS_MISSING")}}
    assert [notice.code for notice in result.notices] == ["W_COLUMN_CHOSEN"]
    assert result.rows[0].responsible_unit == "东坪镇人民政府"
