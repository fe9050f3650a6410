"""Changing tasks: title, number and topic, checked or not, added by hand, or no task at all."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Conflict, Invalid
from inspect_app.core.labels import mark
from inspect_app.workplans.intake.editing import editing, task_of, task_seen
from inspect_app.workplans.intake.settling import open_in
from inspect_app.workplans.intake.topics import topic_of, words_of_topics
from inspect_app.workplans.lifecycle import DRAFT
from inspect_app.workplans.models import TaskUnit, WorkObligation, WorkPlan, WorkTask
from inspect_app.workplans.words import Part, Verdict

PUBLISHED_STAYS = mark("工作要点已经发布，任务不能删除。不再要求的，请移除单位或免报。")
STILL_OPEN = mark("还有没处理的地方：%(what)s")


@dataclass(frozen=True)
class Named:
    """How a task is called and what it is about."""

    number: str
    title: str
    topic: str | None


def change_task(
    session: Session,
    actor: Actor,
    plan: WorkPlan,
    key: int,
    named: Named,
    *,
    reason: str = "",
    stamp: int | None = None,
) -> None:
    """Correct number, title and topic of a task."""
    with editing(session, actor, plan, "task", reason, task_seen(key, stamp)) as changes:
        task = task_of(plan, key)
        for name, value in vars(named).items():
            if getattr(task, name) != value:
                changes[name] = [getattr(task, name), value]
                setattr(task, name, value)
        if changes:
            changes["task"] = [None, task.position]


def check_task(
    session: Session, actor: Actor, plan: WorkPlan, key: int, *, checked: bool, stamp: int | None = None
) -> None:
    """Say that a task was compared with the notice, which puts the doubts of the reader aside, or take that back.

    Raises Invalid when a unit or a requirement of the task still waits for a decision.
    """
    with editing(session, actor, plan, "check", mark("核对"), task_seen(key, stamp)) as changes:
        task = task_of(plan, key)
        before = task.checked
        demands = [each for each in plan.obligations if each.task_id == key]
        if checked and (left := open_in(task, demands, checked=True)):
            raise Invalid({"": [str(STILL_OPEN % {"what": " ".join(str(each) for each in left)})]})
        task.checked = checked
        if checked:
            task.doubts = []
            for unit in task.units:
                unit.doubt = ""
        if before != checked:
            changes |= {"task": [None, task.position], "checked": [before, checked]}


def add_task(
    session: Session, actor: Actor, plan: WorkPlan, named: Named, text: str, *, after: int = 0, reason: str = ""
) -> WorkTask:
    """Add a task that the reader missed behind the one at position `after`, the last one without it.

    Where its words stand in the notice word for word, their place is kept.
    """
    with editing(session, actor, plan, "add_task", reason) as changes:
        body = text.strip() or named.title
        start = plan.text.find(body)
        known = topic_of(named.title, body, words_of_topics())
        place = min(after or len(plan.tasks), len(plan.tasks)) + 1
        _make_room(session, plan, place)
        made = WorkTask(
            position=place, number=named.number, title=named.title, text=body,
            topic=named.topic or (known.value if known else None), start=start if start >= 0 else None,
            end=start + len(body) if start >= 0 else None,
        )  # fmt: skip
        plan.tasks.append(made)
        changes |= {"task": [None, place], "title": [None, named.title]}
    session.expire(plan, ["tasks"])
    return made


def remove_task(session: Session, actor: Actor, plan: WorkPlan, key: int, *, stamp: int | None = None) -> None:
    """Say that something is no task; only before publication. Its obligations go with it."""
    with editing(session, actor, plan, "remove_task", mark("不是任务"), task_seen(key, stamp)) as changes:
        if plan.state != DRAFT:
            raise Conflict(PUBLISHED_STAYS)
        task = task_of(plan, key)
        changes |= {"task": [task.position, None], "title": [task.title, None]}
        for each in [each for each in plan.obligations if each.task_id == key]:
            session.delete(each)
        session.flush()
        session.delete(task)
        session.flush()
        for later in plan.tasks:
            if later.position > task.position:
                later.position -= 1
                session.flush()
    session.expire(plan, ["tasks", "obligations"])


def give_everybody(
    session: Session, actor: Actor, plan: WorkPlan, part: Part, written: str, who: tuple[int | None, str | None]
) -> int:
    """Give a unit or group to all tasks for which the notice names nobody; returns to how many."""
    with editing(session, actor, plan, "give_everybody", "") as changes:
        lonely = [task for task in plan.tasks if not task.units]
        for task in lonely:
            unit_id, group = who
            task.units.append(TaskUnit(position=1, part=part, written=written, unit_id=unit_id, group=group))
        if lonely:
            changes |= {"units": [None, written], "tasks": [None, [task.position for task in lonely]]}
    return len(lonely)


def checkable(plan: WorkPlan, task: WorkTask) -> bool:
    """Tell whether one press settles a task: nothing is left in it but the doubts of the reader."""
    demands: list[WorkObligation] = [each for each in plan.obligations if each.task_id == task.id]
    decided = all(each.verdict is not Verdict.PROPOSED for each in demands)
    units = all((each.unit_id or each.group) and each.part is not Part.UNASSIGNED for each in task.units)
    return bool(task.units) and decided and units


def lonely_count(plan: WorkPlan) -> int:
    """Count the tasks for which the notice names nobody."""
    return sum(not task.units for task in plan.tasks)


def _make_room(session: Session, plan: WorkPlan, place: int) -> None:
    for each in sorted(plan.tasks, key=lambda task: -task.position):
        if each.position >= place:
            each.position += 1
            session.flush()
