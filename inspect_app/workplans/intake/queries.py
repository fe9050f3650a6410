"""Reading plans for their list, for their page and for the review, with all that hangs on them at once."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from inspect_app.access.actor import Actor
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.service import evidence_of
from inspect_app.regions.models import Region, RegionPath
from inspect_app.workplans.intake.editing import KIND
from inspect_app.workplans.models import TaskUnit, WorkDue, WorkPlan, WorkPlanMember, WorkTask
from inspect_app.workplans.queries import dues_visible_to, plans_visible_to

WHOLE = (
    joinedload(WorkPlan.region),
    selectinload(WorkPlan.tasks).selectinload(WorkTask.units).joinedload(TaskUnit.unit),
    selectinload(WorkPlan.obligations),
    selectinload(WorkPlan.dates),
    selectinload(WorkPlan.members).joinedload(WorkPlanMember.unit),
)


def whole_plan(session: Session, actor: Actor, reference: str) -> WorkPlan:
    """Find a plan with everything that its pages show; the queries do not grow with its tasks."""
    query = plans_visible_to(actor).where(WorkPlan.reference == reference)
    found = session.scalar(query.options(*WHOLE, undefer(WorkPlan.text)))
    if found is None:
        raise NotFound
    return found


def plans(session: Session, actor: Actor, year: int | None, state: str) -> list[WorkPlan]:
    """List the plans that a person sees, newest first."""
    query = plans_visible_to(actor).options(joinedload(WorkPlan.region))
    query = query.where(WorkPlan.year == year) if year else query
    return list(session.scalars(query.where(WorkPlan.state == state) if state else query))


def years(session: Session, actor: Actor) -> list[int]:
    """List the years for which a person sees plans, the last first."""
    found = plans_visible_to(actor).with_only_columns(WorkPlan.year).order_by(None)
    return sorted(set(session.scalars(found)), reverse=True)


def task_counts(session: Session, keys: Sequence[int]) -> Mapping[int, int]:
    """Count the tasks of plans."""
    rows = select(WorkTask.plan_id, func.count()).where(WorkTask.plan_id.in_(keys)).group_by(WorkTask.plan_id)
    return dict(session.execute(rows).tuples().all())


def due_counts(session: Session, actor: Actor, keys: Sequence[int]) -> Mapping[int, int]:
    """Count what is owed under plans, as far as a person sees it."""
    rows = select(WorkDue.plan_id, func.count()).where(WorkDue.plan_id.in_(keys), dues_visible_to(actor))
    return dict(session.execute(rows.group_by(WorkDue.plan_id)).tuples().all())


def owed_by_task(session: Session, actor: Actor, plan: WorkPlan) -> Mapping[int | None, int]:
    """Count what is owed for each task of a plan, as far as a person sees it; None is the letter."""
    rows = select(WorkDue.task_id, func.count()).where(WorkDue.plan_id == plan.id, dues_visible_to(actor))
    return dict(session.execute(rows.group_by(WorkDue.task_id)).tuples().all())


def original_of(session: Session, plan: WorkPlan) -> Evidence | None:
    """Return the file that a notice came in; None when it was pasted."""
    return next(iter(evidence_of(session, KIND, plan.id, Purpose.ORIGINAL)), None)


def files_of_plans(actor: Actor) -> ColumnElement[bool]:
    """Keep the file of a notice for those who see its plan (see `evidence.queries.guard`)."""
    return Evidence.subject_id.in_(plans_visible_to(actor).with_only_columns(WorkPlan.id).order_by(None))


def places_of(session: Session, actor: Actor) -> list[Region]:
    """List the prefectures and counties for which a person takes notices in, by code."""
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id)
    levels = ("prefecture", "county")
    query = select(Region).where(Region.id.in_(inside), Region.level.in_(levels), Region.valid_until.is_(None))
    return list(session.scalars(query.order_by(Region.code)))
