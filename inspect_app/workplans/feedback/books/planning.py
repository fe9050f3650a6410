"""Judge the rows of a returned workbook against what is owed: new, changed, the same, refused, somebody else's.

A row is about the due that its mark names, else about the only one with its task, role, wish and day. Empty cells never
overwrite. A row that nobody filled in says nothing, whatever happened since it was issued.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from inspect_app.core.labels import mark, say
from inspect_app.registers.importing.reading import ReadFile, Row
from inspect_app.workbooks.cells import compact
from inspect_app.workplans.feedback.books.marks import ENTERED, Mark, check_of, read_mark, same
from inspect_app.workplans.feedback.books.plan import Held, Judged, Plan
from inspect_app.workplans.feedback.said import FIGURES, Said, problems_of
from inspect_app.workplans.lifecycle import ACCEPTED, REPORTED, WAIVED

NOT_FOUND = mark("找不到这一行对应的应报事项。请从系统重新下载报送表，不要改动“任务编号”“角色”和隐藏的列。")
SEVERAL = mark("有 %(count)s 项应报事项符合这一行，无法确定是哪一项。请用系统下载的报送表（含隐藏的识别码）填写。")
NEWER = mark("下载之后这一项已有新的报送或处理，不能用旧表覆盖。请重新下载，或在系统里修改这一项。")
NOT_OPEN = {
    ACCEPTED: mark("这一项已经认可，不能再改。确需更正的，请上级先退回。"),
    WAIVED: mark("这一项已经免报，不用再报。"),
}
PLAN_CLOSED = mark("这份工作要点已经办结，不能再报送。")
NO_SUMMARY = mark("请填写完成情况：做了什么、成效、存在的问题和下一步。")
CONTRADICTORY = mark("与本文件第 %(rows)s 行说的是同一项，内容却不同。请只保留正确的一行。")


def make_plan(read: ReadFile, own: Sequence[Held], foreign: Iterable[str]) -> Plan:
    """Say what is to become of every row; `own` is what the unit owes, `foreign` are references of others' dues."""
    plan = Plan(ignored=list(read.ignored))
    finder, others = _Finder(own), frozenset(foreign)
    judged: dict[int, list[Judged]] = {}
    for row in map(_copy, read.rows):
        held = finder.find(row)
        if held is not None:
            judged.setdefault(held.id, []).append(_judged(row, held))
        elif (found := _mark(row)) and found.reference in others:
            plan.foreign.append(row)
        else:
            plan.refused.append(row)
    for rows in judged.values():
        _sort(plan, rows)
    plan.refused.sort(key=lambda row: (row.sheet or "", row.number))
    return plan


def said_of(one: Judged) -> Said:
    """Return the report that a row makes; aspects stay as they were ticked."""
    figures = {name: Decimal(one.says[name]) if one.says[name] else None for name in FIGURES}
    return Said(one.says["summary"], figures, one.held.aspects, one.says["proof"])


def _copy(row: Row) -> Row:
    return Row(row.sheet, row.number, row.values, row.texts, row.labels, [*row.problems], {*row.wrong})


class _Finder:
    def __init__(self, own: Sequence[Held]) -> None:
        self._own = own
        self._by_reference = {one.reference: one for one in own}

    def find(self, row: Row) -> Held | None:
        """Return the due that a row is about; refuse a row about none or about several, unless its mark is known."""
        found = _mark(row)
        if found is not None:
            held = self._by_reference.get(found.reference)
            if held is None:
                row.refuse("key", say(NOT_FOUND))
            return held
        fitting = [one for one in self._own if _fits(one, row.values)]
        if len(fitting) != 1:
            row.refuse("task", say(SEVERAL, count=len(fitting)) if fitting else say(NOT_FOUND))
            return None
        return fitting[0]


def _mark(row: Row) -> Mark | None:
    return read_mark(str(row.values.get("key", "")))


def _fits(held: Held, values: Mapping[str, object]) -> bool:
    """Compare the words of a row that it gives; a task and a role it has to give."""
    words = {"task": held.task, "title": held.title, "part": held.part, "asked": held.asked}
    given = {name: str(values[name]) for name in words if name in values}
    if "part" not in given or not {"task", "title"} & given.keys():
        return False
    day = values.get("due_on")
    return all(_alike(words[name], text) for name, text in given.items()) and day in (None, held.due_on.isoformat())


def _alike(known: str, text: str) -> bool:
    return compact(known) == compact(text)


def _judged(row: Row, held: Held) -> Judged:
    given = {name: str(row.values[name]) for name in ENTERED if name in row.values}
    return Judged(row, held, {name: _kept(held.said[name], given.get(name, "")) for name in ENTERED})


def _kept(before: str, given: str) -> str:
    return before if not given or same(before) == same(given) else given


def _sort(plan: Plan, rows: Sequence[Judged]) -> None:
    """Put the rows about one due into their groups; those that contradict each other are all refused."""
    first, *others = rows
    if any(one.says != first.says for one in others):
        for one in rows:
            numbers = "、".join(str(other.row.number) for other in rows if other is not one)
            one.row.refuse("summary", say(CONTRADICTORY, rows=numbers))
            plan.refused.append(one.row)
        return
    plan.unchanged.extend(one for one in others if not one.row.problems)
    plan.refused.extend(one.row for one in others if one.row.problems)
    _place(plan, first)


def _place(plan: Plan, one: Judged) -> None:
    if not one.row.problems and (not one.changes or _untouched(one)):
        plan.unchanged.append(one)
        return
    _check(one)
    if one.row.problems:
        plan.refused.append(one.row)
    else:
        (plan.changed if one.held.state == REPORTED else plan.new).append(one)


def _untouched(one: Judged) -> bool:
    """Tell whether a row says what it said when it was issued."""
    found = _mark(one.row)
    given = {name: str(one.row.values.get(name, "")) for name in ENTERED}
    return found is not None and found.check == check_of(found.reference, found.version, given)


def _check(one: Judged) -> None:
    row, held, found = one.row, one.held, _mark(one.row)
    if held.closed:
        row.refuse("key", say(PLAN_CLOSED))
    elif held.state in NOT_OPEN:
        row.refuse("state", say(NOT_OPEN[held.state]))
    elif found is not None and found.version != held.version:
        row.refuse("key", say(NEWER))
    if not one.says["summary"]:
        row.refuse("summary", say(NO_SUMMARY))
    for name, sentences in problems_of(said_of(one), held.aspects).items():
        for sentence in sentences if name not in row.wrong else ():
            row.refuse(name, say(sentence))
