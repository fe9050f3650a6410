"""A plan as a list that leaves the system: one line a statement, nothing in it runnable."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inspect_app.core.labels import Sentence, mark
from inspect_app.hazards.inputs import COLUMNS
from inspect_app.hazards.words import GRADE_LABELS
from inspect_app.returns.codes import PROBLEMS, WARNINGS
from inspect_app.returns.plan import GROUP_LABELS, Group
from inspect_app.returns.remarks import DOUBLED_HERE, DOUBLED_IN_FILE, KIND_LABELS, sentence_of
from inspect_app.workbooks.csv_lines import csv_lines

HEADINGS = (
    mark("处理"), mark("工作表"), mark("行"), mark("被检查单位"), mark("隐患描述"), mark("隐患编号"),
    mark("栏目"), mark("原值"), mark("新值"), mark("说明"),
)  # fmt: skip
Line = tuple[str, str, int, str, str, str, str, str, str, str]


def lines(groups: Mapping[str, Sequence[Any]]) -> Iterator[Line]:
    """Say what becomes of every row: at least one line each, several where several cells change or are wrong."""
    for group in Group:
        for entry in groups[group]:
            start = (GROUP_LABELS[group], entry["sheet"] or "", entry["row"], entry.get("site", ""))
            about = (entry.get("description", ""), entry.get("reference", ""))
            for cell in list(_cells(group, entry)) or [("", "", "", "")]:
                yield (*start, *about, *cell)


def as_csv(groups: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """Write the lines as CSV that a spreadsheet opens rightly, piece by piece."""
    return csv_lines(HEADINGS, lines(groups))


def sentences(group: str, entry: Mapping[str, Any]) -> list[Sentence]:
    """Return everything that is to be said beside a row."""
    if group == Group.REFUSED:
        return [Sentence(PROBLEMS[each["code"]], each) for each in entry["problems"]]
    if group == Group.DUPLICATES:
        return [_doubled(entry)]
    if group == Group.IGNORED:
        return [Sentence(KIND_LABELS[entry["kind"]], {})]
    remarks = [sentence_of(code, params) for code, params in entry.get("remarks", ())]
    return remarks + [Sentence(WARNINGS[code], {}) for code in entry.get("warnings", ()) if code in WARNINGS]


def shown(column: str, value: object) -> str:
    """Return the value of a hazard's column as people read it."""
    if value in (None, ""):
        return "—"
    return GRADE_LABELS.get(str(value), str(value)) if column == "grade" else str(value)


def _cells(group: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    if group == Group.REFUSED:
        for problem in entry["problems"]:
            yield problem["column"], problem["value"], "", str(Sentence(PROBLEMS[problem["code"]], problem))
        return
    for column, (before, after) in entry.get("changes", {}).items():
        yield COLUMNS[column].label, shown(column, before), shown(column, after), ""
    for column, (_base, here, said) in entry.get("clashes", {}).items():
        yield COLUMNS[column].label, shown(column, here), shown(column, said), GROUP_LABELS[Group.CONFLICTS]
    for sentence in sentences(group, entry):
        yield "", "", "", str(sentence)


def _doubled(entry: Mapping[str, Any]) -> Sentence:
    if entry["of"]:
        sheet = f"“{entry['of']['sheet']}”" if entry["of"]["sheet"] else ""
        return Sentence(DOUBLED_IN_FILE, {"sheet": sheet, "row": entry["of"]["row"]})
    return Sentence(DOUBLED_HERE, {"reference": entry["reference"]})
