"""What boards show of a plan, read in as many queries whether it has ten dues or ten thousand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region, Unit
from inspect_app.workplans.boards.matrix import Milestone
from inspect_app.workplans.boards.owed import Owed, Place, Step
from inspect_app.workplans.models import (
    ReportingDate,
    TaskUnit,
    WorkDue,
    WorkDueEvent,
    WorkObligation,
    WorkPlan,
    WorkPlanMember,
    WorkTask,
)
from inspect_app.workplans.queries import dues_visible_to
from inspect_app.workplans.records.service import fulfilments
from inspect_app.workplans.words import Part

LETTER = mark("通知本身的要求")
READ = (
    WorkDue.reference, WorkDue.task_id, WorkDue.obligation_id, WorkDue.date_id, WorkDue.part, WorkDue.region_id,
    WorkDue.unit_id, WorkDue.due_on, WorkDue.topic, WorkDue.state, WorkDue.reported_at, WorkDue.excused,
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """A task of the notice in its order; `id` None stands for what the letter itself asks for."""

    id: int | None
    position: int
    number: str
    title: str
    topic: str | None
    leads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Owner:
    """Who owes: a county as a whole, or a department. `key` tells it in addresses, `short` heads a column."""

    place: Place
    key: str
    name: str
    short: str


@dataclass(frozen=True)
class Known:
    """A plan with everything owed in it that a person sees, as it is today."""

    plan: WorkPlan
    today: date
    tasks: Sequence[Task]
    dates: Sequence[Milestone]
    counties: Sequence[Owner]
    departments: Sequence[Owner]
    owed: Sequence[Owed]

    @property
    def owners(self) -> Mapping[Place, Owner]:
        """All owners by their places."""
        return {each.place: each for each in (*self.counties, *self.departments)}

    @property
    def by_task(self) -> Mapping[int | None, Task]:
        """All tasks by their keys."""
        return {task.id: task for task in self.tasks}

    def owner(self, key: str) -> Owner:
        """Find an owner by what addresses call it; NotFound."""
        found = next((each for each in self.owners.values() if each.key == key), None)
        if found is None:
            raise NotFound
        return found


def read(session: Session, actor: Actor, plan: WorkPlan) -> Known:
    """Read a plan for its boards."""
    today = clock.today()
    dues = _dues(session, actor, plan)
    dates = [Milestone(on.id, on.number, on.title, on.due_on) for on in _dates(session, plan)]
    titles = {on.id: on.title for on in dates}
    steps, texts, met = _steps(session, actor, plan), _texts(session, plan), _met(session, dues, today)
    owed = [_owed(due, steps.get(due.id, ()), _text(due, texts, titles), due.id in met) for due in dues]
    counties, departments = _owners(session, plan, owed)
    return Known(plan, today, _tasks(session, plan, owed), dates, counties, departments, owed)


def _dues(session: Session, actor: Actor, plan: WorkPlan) -> Sequence[WorkDue]:
    rows = select(WorkDue).where(WorkDue.plan_id == plan.id, dues_visible_to(actor)).options(load_only(*READ))
    return session.scalars(rows.order_by(WorkDue.due_on, WorkDue.id)).all()


def _dates(session: Session, plan: WorkPlan) -> Sequence[ReportingDate]:
    rows = select(ReportingDate).where(ReportingDate.plan_id == plan.id)
    return session.scalars(rows.order_by(ReportingDate.number)).all()


def _steps(session: Session, actor: Actor, plan: WorkPlan) -> Mapping[int, tuple[Step, ...]]:
    rows = (
        select(WorkDueEvent.subject_id, WorkDueEvent.action, WorkDueEvent.target, WorkDueEvent.at)
        .join(WorkDue, WorkDue.id == WorkDueEvent.subject_id)
        .where(WorkDue.plan_id == plan.id, dues_visible_to(actor))
        .order_by(WorkDueEvent.id)
    )
    found: dict[int, tuple[Step, ...]] = defaultdict(tuple)
    for due_id, action, target, at in session.execute(rows).tuples():
        found[due_id] += (Step(action, target, at),)
    return found


def _texts(session: Session, plan: WorkPlan) -> Mapping[int, str]:
    rows = select(WorkObligation.id, WorkObligation.definition, WorkObligation.quote)
    found = session.execute(rows.where(WorkObligation.plan_id == plan.id)).tuples()
    return {key: definition.get("title") or quote for key, definition, quote in found}


def _text(due: WorkDue, texts: Mapping[int, str], titles: Mapping[int, str]) -> str:
    return texts.get(due.obligation_id or 0) or titles.get(due.date_id or 0, "")


def _met(session: Session, dues: Sequence[WorkDue], today: date) -> Collection[int]:
    """Return the keys of what registers and visits show done."""
    return {key for key, found in fulfilments(session, dues, today).items() if found.met}


def _owed(due: WorkDue, steps: tuple[Step, ...], text: str, met: bool) -> Owed:  # noqa: FBT001 - a field
    return Owed(
        due.id, due.reference, (due.region_id, due.unit_id), due.part, due.task_id, due.date_id, due.due_on, due.topic,
        due.state, due.reported_at, due.excused, met, text, steps,
    )  # fmt: skip


def _tasks(session: Session, plan: WorkPlan, owed: Iterable[Owed]) -> list[Task]:
    columns = (WorkTask.id, WorkTask.position, WorkTask.number, WorkTask.title, WorkTask.topic)
    rows = select(*columns).where(WorkTask.plan_id == plan.id).order_by(WorkTask.position)
    leads = _leads(session, plan)
    found = [Task(*row, leads=leads.get(row[0], ())) for row in session.execute(rows).tuples()]
    if any(each.task_id is None for each in owed):
        found.insert(0, Task(None, 0, "", LETTER, None))
    return found


def _leads(session: Session, plan: WorkPlan) -> Mapping[int, tuple[str, ...]]:
    """Return the names of the lead units by task: as the register has them, else as written."""
    rows = (
        select(TaskUnit.task_id, Unit.name, TaskUnit.written)
        .join(WorkTask, WorkTask.id == TaskUnit.task_id)
        .outerjoin(Unit, Unit.id == TaskUnit.unit_id)
        .where(WorkTask.plan_id == plan.id, TaskUnit.part == Part.LEAD)
        .order_by(TaskUnit.task_id, TaskUnit.position)
    )
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for task_id, name, written in session.execute(rows).tuples():
        found[task_id] += (name or written,)
    return found


def _owners(session: Session, plan: WorkPlan, owed: Iterable[Owed]) -> tuple[list[Owner], list[Owner]]:
    """Return the counties by code, and the departments as the office lists the members, then by name."""
    places = {each.owner for each in owed}
    counties = session.execute(
        select(Region.id, Region.code, Region.name)
        .where(Region.id.in_([region for region, unit in places if unit is None]))
        .order_by(Region.code)
    ).tuples()
    members = (WorkPlanMember.unit_id == Unit.id) & (WorkPlanMember.plan_id == plan.id)
    units = session.execute(
        select(Unit.id, Unit.name, Region.id, Region.name)
        .join(Region, Region.id == Unit.region_id)
        .outerjoin(WorkPlanMember, members)
        .where(Unit.id.in_([unit for _region, unit in places if unit is not None]))
        .order_by(WorkPlanMember.unit_id.is_(None), WorkPlanMember.position, Unit.name)
    ).tuples()
    return (
        [Owner((key, None), code, name, name) for key, code, name in counties],
        [_department(places, *row) for row in units],
    )


def _department(places: Iterable[Place], unit_id: int, name: str, region_id: int, region: str) -> Owner:
    region_id = next((place for place, unit in places if unit == unit_id), region_id)
    return Owner((region_id, unit_id), f"u{unit_id}", name, name.removeprefix(region) or name)
