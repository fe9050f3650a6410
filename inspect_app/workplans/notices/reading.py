"""From the text of a notice to what it asks of whom."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from inspect_app.core.labels import mark
from inspect_app.workplans.notices.blocks import Line, Node, Parts, lines_of, parts_of
from inspect_app.workplans.notices.head import head_of, year_of
from inspect_app.workplans.notices.model import Named, Notice, Requirement, Task
from inspect_app.workplans.notices.requirements import requirements_in
from inspect_app.workplans.notices.roles import roles_in_brackets
from inspect_app.workplans.notices.sentences import roles_in_sentences
from inspect_app.workplans.notices.tables import tables_in, tasks_in
from inspect_app.workplans.notices.tasks import heading_of, is_frame, number_of_part, tasks_among, title_of
from inspect_app.workplans.notices.text import paragraphs

NO_TITLE = mark("原文没有单独的标题，取自第一句，请核对。")
NO_ROLES = mark("没有找到牵头、配合、责任单位，请补充。")
NO_TASKS = mark("没有找到任务。请核对文件是不是工作要点，或把正文粘贴进来再试。")
GAP = mark("任务编号不连续，请核对有没有漏掉的任务。")


def read_notice(raw: str) -> Notice:
    """Read a notice from its text, however it was wrapped; `Notice.text` is the text that all places refer to."""
    text = paragraphs(raw)
    tables, lines = tables_in(lines_of(text))
    parts = parts_of(lines)
    head = head_of(parts.before, parts.outside)
    year = year_of(head, [*parts.before, *parts.outside])
    rows = [task for table in tables for task in tasks_in(table, text, year)]
    nodes = [node for node in tasks_among(parts.roots) if not rows or _has_roles(text, node)]
    tasks = [*(_task(text, node, year) for node in nodes), *rows] or _unnumbered(text, parts.before, year)
    told = any(task.named for task in tasks)
    tasks = [_without_roles(task) if told and not task.named else task for task in tasks]
    letters = _letters(parts, nodes) if tasks else []
    demands = tuple(each for start, end in letters for each in requirements_in(text, start, end, year))
    return Notice(text, head, tuple(tasks), demands, _doubts(tasks, parts.roots))


def _task(text: str, node: Node, year: int | None) -> Task:
    title, sure = title_of(node.words)
    root = node
    while root.parent:
        root = root.parent
    return Task(
        chapter=heading_of(root) if root is not node else "",
        section=heading_of(node.parent) if node.parent and node.parent is not root else "",
        number=number_of_part(node),
        ordinal=node.marker.ordinal,
        title=title,
        start=node.start,
        end=max(node.end, node.start),
        named=named_in(text, node.start, node.end),
        requirements=requirements_in(text, node.start, node.end, year),
        doubts=() if sure else (NO_TITLE,),
    )


def _has_roles(text: str, node: Node) -> bool:
    """Where a table lists the tasks, numbered parts without roles only talk about it."""
    return bool(roles_in_brackets(text[node.start : node.end]).spans)


def named_in(text: str, start: int, end: int) -> tuple[Named, ...]:
    """Name the units between two places: those of brackets and lines, and only where there are none, of sentences."""
    return roles_in_brackets(text[start:end], start).named or roles_in_sentences(text[start:end], start)


def _unnumbered(text: str, lines: Sequence[Line], year: int | None) -> list[Task]:
    """Take the paragraphs with roles for tasks where nothing is numbered."""
    tasks: list[Task] = []
    for line in lines:
        named = roles_in_brackets(line.text, line.start).named
        if named:
            title, sure = title_of(line.text)
            demands = requirements_in(text, line.start, line.end, year)
            doubts = () if sure else (NO_TITLE,)
            tasks.append(Task("", "", "", len(tasks) + 1, title, line.start, line.end, named, demands, doubts))
    return tasks


def _without_roles(task: Task) -> Task:
    return replace(task, doubts=(*task.doubts, NO_ROLES))


def _letters(parts: Parts, tasks: Sequence[Node]) -> list[tuple[int, int]]:
    """Return the stretches outside of tasks that may ask for something: the letter itself, and 有关要求."""
    own = {id(node) for node in tasks}
    frames = [node for root in parts.roots for node in _frames(root, own)]
    stretches = [(line.start, line.end) for line in [*parts.before, *parts.outside] if re.search("[。；]", line.text)]
    return sorted([*stretches, *((node.start, node.own_end) for node in frames)])


def _frames(node: Node, tasks: Collection[int]) -> list[Node]:
    """List parts that are no tasks but say more than a title: frames, and what a heading says before its points."""
    if id(node) in tasks:
        return []
    own = [node] if node.lines or not node.children or is_frame(node) or "。" in node.words[:-1] else []
    return own + [each for child in node.children for each in _frames(child, tasks)]


def _doubts(tasks: Sequence[Task], roots: Sequence[Node]) -> tuple[str, ...]:
    if not tasks:
        return (NO_TASKS,)
    return (GAP,) if _has_gap(roots) else ()


def _has_gap(roots: Sequence[Node]) -> bool:
    """Tell whether a number follows that neither begins anew nor comes next in its style."""
    last: dict[int, int] = {}
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        rank, ordinal = node.marker.rank, node.marker.ordinal
        if ordinal not in (1, last.get(rank, 0) + 1):
            return True
        last[rank] = ordinal
        waiting += reversed(node.children)
    return False


def all_requirements(notice: Notice) -> tuple[Requirement, ...]:
    """List every requirement of a notice, those of the letter first."""
    return (*notice.requirements, *(each for task in notice.tasks for each in task.requirements))
