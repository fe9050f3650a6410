"""What a piece of a plan looked like when a page was drawn, as one number: who saves over a change is told. Pure."""

from typing import Any
from zlib import crc32


def stamp_of_task(plan: Any, task: Any) -> int:  # noqa: ANN401 - rows
    """Return the stamp of a task with its units and obligations."""
    units = [(each.id, each.part.value, each.written, each.unit_id, each.group) for each in task.units]
    demands = _demands(plan, task.id)
    return _stamp(plan.state, task.number, task.title, task.topic, task.checked, task.doubts, units, demands)


def stamp_of_letter(plan: Any) -> int:  # noqa: ANN401 - a plan
    """Return the stamp of what stands outside of tasks: head, dates, members, obligations of the letter."""
    dates = [(each.number, each.title, each.due_on) for each in plan.dates]
    members = [each.unit_id for each in plan.members]
    head = (plan.title, plan.number, plan.year, plan.region_id, plan.dated, plan.state)
    return _stamp(head, dates, members, _demands(plan, None))


def stamp_of_plan(plan: Any) -> int:  # noqa: ANN401 - a plan
    """Return the stamp of everything."""
    return _stamp(stamp_of_letter(plan), [stamp_of_task(plan, task) for task in plan.tasks])


def _demands(plan: Any, task_id: int | None) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a plan
    own = (each for each in plan.obligations if each.task_id == task_id)
    return [(each.code, each.verdict.value, sorted(each.definition.items(), key=str)) for each in own]


def _stamp(*parts: object) -> int:
    return crc32(repr(parts).encode())
