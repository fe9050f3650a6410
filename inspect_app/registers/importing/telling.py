"""A plan in words: what is said beside each row, and the whole as lines that leave the system."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inspect_app.core.labels import Sentence, mark
from inspect_app.registers.definition import Register
from inspect_app.registers.rules import masked
from inspect_app.workbooks.csv_lines import csv_lines
from inspect_app.workbooks.listkinds import GROUP_LABELS, KIND_LABELS, Group

YES, NO, DASH = mark("是"), mark("否"), "—"
REGION = mark("乡镇（街道）")
OTHER_ROW = mark("与%(sheet)s第 %(row)s 行相同，只取那一行")
HEADINGS = (
    mark("处理"), mark("工作表"), mark("行"), mark("名称"), mark("编号"), mark("栏目"), mark("原值"), mark("新值"),
    mark("说明"),
)  # fmt: skip
Line = tuple[str, str, int, str, str, str, str, str, str]


def label_of(register: Register, code: str) -> str:
    """Return the heading of a value of an entry."""
    return REGION if code == "region" else register.column(code).heading


def shown(register: Register, code: str, value: object) -> str:
    """Return a value as people read it; telephone numbers masked."""
    if value in (None, ""):
        return DASH
    if isinstance(value, bool):
        return YES if value else NO
    return str(value if code == "region" else masked(register.column(code), value))


def remark(group: str, entry: Mapping[str, Any]) -> Sentence | None:
    """Return what is to be said beside a row, besides its changes and its problems."""
    if group == Group.IGNORED:
        return Sentence(KIND_LABELS[entry["kind"]], {})
    if group == Group.DUPLICATES:
        sheet = f"“{entry['of']['sheet']}”" if entry["of"]["sheet"] else ""
        return Sentence(OTHER_ROW, {"sheet": sheet, "row": entry["of"]["row"]})
    return None


def as_csv(register: Register, groups: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """Write the plan as CSV that a spreadsheet opens rightly."""
    return csv_lines(HEADINGS, _lines(register, groups))


def _lines(register: Register, groups: Mapping[str, Sequence[Any]]) -> Iterator[Line]:
    for group in Group:
        for entry in groups[group]:
            about = (entry.get("name", ""), entry.get("reference", ""))
            for cell in list(_cells(register, group, entry)) or [("", "", "", "")]:
                yield (GROUP_LABELS[group], entry["sheet"] or "", entry["row"], *about, *cell)


def _cells(register: Register, group: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for problem in entry.get("problems", ()):
        yield problem["column"], problem["value"], "", str(Sentence(problem["message"], problem["params"]))
    for code, (before, after) in entry.get("changes", {}).items():
        yield label_of(register, code), shown(register, code, before), shown(register, code, after), ""
    if said := remark(group, entry):
        yield "", "", "", str(said)
