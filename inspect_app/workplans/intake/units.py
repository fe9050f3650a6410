"""Changing the units of tasks: who a written name is, in which part, one more, one less."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Conflict, NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.models import Unit
from inspect_app.regions.units import add_unit_alias
from inspect_app.workplans.intake.editing import Changes, editing, letter_seen, task_of, task_seen
from inspect_app.workplans.intake.settling import is_known
from inspect_app.workplans.intake.whom import Whom, whom
from inspect_app.workplans.models import TaskUnit, WorkPlan, WorkTask
from inspect_app.workplans.words import Part

THERE = mark("“%(name)s”在这项任务中已经是这个角色。")


@dataclass(frozen=True)
class Choice:
    """Who a unit of a task is: the name as chosen, its part, whether to register it anew.

    `everywhere` settles the same name in all tasks; `remember` keeps it as another name of the unit.
    """

    who: str
    part: Part
    new: bool = False
    everywhere: bool = False
    remember: bool = False


def add_unit(
    session: Session,
    actor: Actor,
    plan: WorkPlan,
    key: int,
    choice: Choice,
    *,
    reason: str = "",
    stamp: int | None = None,
) -> None:
    """Put one more unit or group into a task; raises Conflict when it is there in this part already."""
    with editing(session, actor, plan, "unit", reason, task_seen(key, stamp)) as changes:
        task = task_of(plan, key)
        found = whom(session, plan, choice.who, new=choice.new)
        if any(_is(each, found) and each.part is choice.part for each in task.units):
            raise Conflict(THERE, name=found.name)
        position = max((each.position for each in task.units), default=0) + 1
        made = TaskUnit(
            position=position, part=choice.part, written=found.name, unit_id=found.unit_id, group=found.group
        )
        task.units.append(made)
        changes |= {"task": [None, task.position], "unit": [None, f"{choice.part.value} {found.name}"]}
        _note_new(changes, found)


def change_unit(  # noqa: PLR0913 - what a form brings
    session: Session,
    actor: Actor,
    plan: WorkPlan,
    key: int,
    unit_key: int,
    choice: Choice,
    *,
    reason: str = "",
    stamp: int | None = None,
) -> None:
    """Say who a unit of a task is and in which part."""
    with editing(session, actor, plan, "unit", reason, task_seen(key, stamp)) as changes:
        task = task_of(plan, key)
        row = _unit_of(task, unit_key)
        found = whom(session, plan, choice.who, new=choice.new)
        before = _told(session, row)
        _settle(row, found, choice.part)
        for each in _same_name(plan, row.written) if choice.everywhere else ():
            _settle(each, found, each.part)
        _remember(session, row.written, found, wanted=choice.remember)
        session.flush()
        if _told(session, row) != before or choice.everywhere:
            changes |= {"task": [None, task.position], "unit": [before, _told(session, row)]}
        _note_new(changes, found)


def drop_unit(
    session: Session,
    actor: Actor,
    plan: WorkPlan,
    key: int,
    unit_key: int,
    *,
    reason: str = "",
    stamp: int | None = None,
) -> None:
    """Take a unit out of a task."""
    with editing(session, actor, plan, "unit", reason, task_seen(key, stamp)) as changes:
        task = task_of(plan, key)
        row = _unit_of(task, unit_key)
        changes |= {"task": [None, task.position], "unit": [_told(session, row), None]}
        task.units.remove(row)


def settle_name(  # noqa: PLR0913 - what a form brings
    session: Session,
    actor: Actor,
    plan: WorkPlan,
    written: str,
    who: str,
    *,
    new: bool = False,
    remember: bool = False,
    reason: str = "",
    stamp: int | None = None,
) -> int:
    """Say once who a name is wherever the notice writes it; returns in how many places."""
    with editing(session, actor, plan, "name", reason, letter_seen(stamp)) as changes:
        rows = _same_name(plan, written)
        if not rows:
            raise NotFound
        found = whom(session, plan, who, new=new)
        for each in rows:
            _settle(each, found, each.part)
        _remember(session, written, found, wanted=remember)
        changes["unit"] = [written, found.name]
        _note_new(changes, found)
    return len(rows)


def register_all(session: Session, actor: Actor, plan: WorkPlan, *, stamp: int | None = None) -> int:
    """Register every single unit that nobody knows under the name that the notice writes; returns how many."""
    made: list[str] = []
    with editing(session, actor, plan, "name", "", letter_seen(stamp)) as changes:
        for name in unknown_names(plan):
            found = whom(session, plan, name, new=True)
            for each in _same_name(plan, name):
                _settle(each, found, each.part)
            made.append(name)
        if made:
            changes["new_units"] = [None, made]
    return len(made)


def unknown_names(plan: WorkPlan) -> list[str]:
    """List the names in a plan that nobody settled and that do not look like a group, in the order of the notice."""
    rows = [each for task in plan.tasks for each in task.units if not is_known(each)]
    return list(dict.fromkeys(each.written for each in rows if not _several(each.written)))


def _several(written: str) -> bool:
    return written.startswith(("各", "有关", "相关", "其他")) or written.endswith(("有关部门", "相关部门", "有关单位"))


def _same_name(plan: WorkPlan, written: str) -> list[TaskUnit]:
    return [each for task in plan.tasks for each in task.units if each.written == written]


def _settle(row: TaskUnit, found: Whom, part: Part) -> None:
    row.unit_id, row.group, row.part, row.doubt = found.unit_id, found.group, part, ""


def _remember(session: Session, written: str, found: Whom, *, wanted: bool) -> None:
    if wanted and found.unit_id is not None:
        add_unit_alias(session, session.get_one(Unit, found.unit_id), written)


def _unit_of(task: WorkTask, key: int) -> TaskUnit:
    found = next((each for each in task.units if each.id == key), None)
    if found is None:
        raise NotFound
    return found


def _is(row: TaskUnit, found: Whom) -> bool:
    return (row.unit_id, row.group) == (found.unit_id, found.group)


def _told(session: Session, row: TaskUnit) -> str:
    name = session.get_one(Unit, row.unit_id).name if row.unit_id else row.group
    return f"{row.part.value} {row.written} {name or ''}".strip()


def _note_new(changes: Changes, found: Whom) -> None:
    if found.new:
        changes["new_unit"] = [None, found.name]
