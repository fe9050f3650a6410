"""Where on the sheets of a file the problems of its plan stand. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from inspect_app.core.labels import Sentence, mark
from inspect_app.returns.codes import PROBLEMS
from inspect_app.returns.heads import Head
from inspect_app.returns.plan import Group
from inspect_app.returns.remarks import sentence_of
from inspect_app.returns.sheet import sentences
from inspect_app.workbooks.cells import as_text
from inspect_app.workbooks.model import Sheet
from inspect_app.workbooks.own import OWN_HEADING
from inspect_app.workbooks.write.answer import Flaw, SheetMarks

REMARKED = (Group.CONFLICTS, Group.UPDATE, Group.UNCHANGED)
CLASHED = mark("系统中的内容已有人修改，与文件不同，由人决定采用哪一个。")
SHOWN = 120
Groups = Mapping[str, Sequence[Mapping[str, Any]]]


def marks_of(sheets: Sequence[Sheet], heads: Mapping[str | None, Sequence[Head]], groups: Groups) -> list[SheetMarks]:
    """Return the marks of every sheet of which something is to be said."""
    said = _said(groups)
    refused: dict[str | None, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in groups[Group.REFUSED]:
        refused[entry["sheet"]].append(entry)
    return [
        _sheet_marks(sheet, heads.get(sheet.name, ()), refused[sheet.name], said[sheet.name])
        for sheet in sheets
        if sheet.name in said
    ]


def _said(groups: Groups) -> dict[str | None, dict[int, str]]:
    """Return what is said of rows, by sheet and zero-based row."""
    said: dict[str | None, dict[int, str]] = defaultdict(dict)
    for sheet, row, text in _told(groups):
        said[sheet][row - 1] = text
    return said


def _told(groups: Groups) -> Iterator[tuple[str | None, int, str]]:
    for group in (Group.REFUSED, Group.DUPLICATES):
        for entry in groups[group]:
            yield entry["sheet"], entry["row"], "".join(map(str, sentences(group, entry)))
    for group in REMARKED:
        for entry in groups.get(group, ()):
            remarks = [sentence_of(code, params) for code, params in entry.get("remarks", ())]
            clashed = [Sentence(CLASHED, {})] if entry.get("clashes") else []
            if told := "".join(map(str, (*remarks, *clashed))):
                yield entry["sheet"], entry["row"], told


def _sheet_marks(
    sheet: Sheet, heads: Sequence[Head], refused: Iterable[Mapping[str, Any]], notes: Mapping[int, str]
) -> SheetMarks:
    flaws = [
        Flaw(entry["row"] - 1, column, str(Sentence(PROBLEMS[problem["code"]], problem)))
        for entry in refused
        for problem in entry["problems"]
        if (column := _column(sheet, heads, entry["row"] - 1, problem)) is not None
    ]
    places = tuple((head.top, head.height) for head in heads)
    return SheetMarks(sheet.name, places, _last(sheet, heads, notes), OWN_HEADING, tuple(flaws), notes)


def _last(sheet: Sheet, heads: Sequence[Head], rows: Iterable[int]) -> int:
    """Return the column for what is said: where an earlier answer said it, else behind all headings and cells."""
    earlier = [place for head in heads for place, label in head.labels.items() if label == OWN_HEADING]
    if earlier:
        return earlier[0]
    labels = (place for head in heads for place in head.labels)
    said = (place for row in rows if row < sheet.height for place, cell in enumerate(sheet.row(row)) if cell != "")
    return max((*labels, *said), default=-1) + 1


def _column(sheet: Sheet, heads: Sequence[Head], row: int, problem: Mapping[str, str]) -> int | None:
    """Return the column of a bad cell: by its heading, among several of a name by what it says, else by that."""
    head = next((each for each in reversed(heads) if each.body <= row), None)
    named = [place for place, label in head.labels.items() if label == problem["column"]] if head else []
    if len(named) == 1:
        return named[0]
    row_cells = sheet.row(row) if row < sheet.height else ()
    same = [place for place, cell in enumerate(row_cells) if as_text(cell)[:SHOWN] == problem["value"]]
    wanted = [place for place in named if place in same] or (same if problem["value"] else named)
    filled = [place for place, cell in enumerate(row_cells) if as_text(cell)]
    return next(iter(wanted or filled), None)
