"""What of a plan a person still has to decide before it can be published. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.workplans.intake.groups import MEMBERS
from inspect_app.workplans.words import Part, Verdict

NOBODY = say(mark("这一项还没有单位。"))
NO_TASKS = say(mark("还没有任务。"))
NO_DATES = say(mark("还没有报送日期。"))
NO_MEMBERS = say(mark("任务里写了“成员单位”，还没有选定是哪些单位。"))


@dataclass(frozen=True)
class Unsettled:
    """What is open: by the key of each task that is not settled, and of the letter as a whole.

    A task that nobody checked is there even when nothing else is open in it.
    """

    tasks: Mapping[int, tuple[Sentence, ...]]
    letter: tuple[Sentence, ...]

    @property
    def places(self) -> int:
        """Count the places where something is open."""
        return len(self.letter) + sum(len(each) for each in self.tasks.values())

    def __bool__(self) -> bool:
        return bool(self.tasks or self.letter)


def unsettled(plan: Any) -> Unsettled:  # noqa: ANN401 - a plan with its tasks, obligations, dates and members
    """Say what is open in a plan."""
    demands: dict[int | None, list[Any]] = {}
    for each in plan.obligations:
        demands.setdefault(each.task_id, []).append(each)
    found = {task.id: tuple(open_in(task, demands.get(task.id, ()), checked=task.checked)) for task in plan.tasks}
    kept = {task.id: found[task.id] for task in plan.tasks if found[task.id] or not task.checked}
    return Unsettled(kept, tuple(_letter(plan, demands.get(None, ()))))


def open_in(task: Any, demands: Sequence[Any], *, checked: bool) -> list[Sentence]:  # noqa: ANN401 - a task with its units
    """List what is open in a task; doubts of the reader are open until somebody checks the task."""
    found = [] if task.units else [NOBODY]
    for unit in task.units:
        if not is_known(unit):
            found.append(say(mark("“%(name)s”还没有认定是哪个单位。"), name=unit.written))
        elif unit.part is Part.UNASSIGNED:
            found.append(say(mark("“%(name)s”还没有写明角色。"), name=unit.written))
        elif unit.doubt and not checked:
            found.append(say(mark("%(name)s：%(doubt)s"), name=unit.written, doubt=unit.doubt))
    found += _undecided(demands)
    return found if checked else [*found, *(say(doubt) for doubt in task.doubts)]


def is_known(unit: Any) -> bool:  # noqa: ANN401 - a unit of a task
    """Tell whether it is settled who a unit of a task is."""
    return unit.unit_id is not None or unit.group is not None


def uses_members(plan: Any) -> bool:  # noqa: ANN401 - a plan with its tasks
    """Tell whether a task speaks of 成员单位."""
    return any(unit.group == MEMBERS for task in plan.tasks for unit in task.units)


def _letter(plan: Any, demands: Sequence[Any]) -> list[Sentence]:  # noqa: ANN401 - a plan
    found = [] if plan.tasks else [NO_TASKS]
    found += [] if plan.dates else [NO_DATES]
    found += [NO_MEMBERS] if uses_members(plan) and not plan.members else []
    return found + _undecided(demands)


def _undecided(demands: Sequence[Any]) -> list[Sentence]:
    open_ones = [each for each in demands if each.verdict is Verdict.PROPOSED]
    return [say(mark("“%(quote)s”是否作为义务，还没有决定。"), quote=each.quote) for each in open_ones]
