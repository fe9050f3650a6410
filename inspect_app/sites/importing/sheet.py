"""A plan in words: what is said beside each row, and the whole as lines that leave the system."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inspect_app.core.labels import Sentence, mark
from inspect_app.sites.importing.plan import GROUP_LABELS
from inspect_app.sites.register_sheet import NO, WORDS, YES
from inspect_app.sites.rules import FIELD_LABELS
from inspect_app.workbooks.csv_lines import csv_lines
from inspect_app.workbooks.listkinds import KIND_LABELS, Group

HEADINGS = (
    mark("处理"), mark("工作表"), mark("行"), mark("名称"), mark("编号"), mark("栏目"), mark("原值"), mark("新值"),
    mark("说明"),
)  # fmt: skip
REMARK = mark("%(column)s“%(value)s”：%(message)s")
OTHER_ROW = mark("另见%(sheet)s第 %(row)s 行")
Line = tuple[str, str, int, str, str, str, str, str, str]


def sentences(group: str, entry: Mapping[str, Any]) -> list[Sentence]:
    """Return everything that is to be said beside a row, besides its changes and its problems."""
    if group == Group.IGNORED:
        return [Sentence(KIND_LABELS[entry["kind"]], {})]
    told = [Sentence(REMARK, note) for note in entry["remarks"]]
    if group == Group.DUPLICATES:
        message, params = entry["why"]
        told.insert(0, Sentence(message, params))
        if entry["of"]:
            sheet = f"“{entry['of']['sheet']}”" if entry["of"]["sheet"] else ""
            told.insert(1, Sentence(OTHER_ROW, {"sheet": sheet, "row": entry["of"]["row"]}))
    return told


def shown(field: str, value: object) -> str:
    """Return the value of a field as people read it."""
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return YES if value else NO
    return WORDS.get(field, {}).get(value, str(value))


def as_csv(groups: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """Write the plan as CSV that a spreadsheet opens rightly."""
    return csv_lines(HEADINGS, _lines(groups))


def _lines(groups: Mapping[str, Sequence[Any]]) -> Iterator[Line]:
    for group in Group:
        for entry in groups[group]:
            about = (entry.get("name", ""), entry.get("reference", ""))
            for cell in list(_cells(group, entry)) or [("", "", "", "")]:
                yield (GROUP_LABELS[group], entry["sheet"] or "", entry["row"], *about, *cell)


def _cells(group: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for problem in entry.get("problems", ()):
        yield problem["column"], problem["value"], "", problem["message"]
    for name, (before, after) in entry.get("changes", {}).items():
        yield FIELD_LABELS[name], shown(name, before), shown(name, after), ""
    for sentence in sentences(group, entry):
        yield "", "", "", str(sentence)
