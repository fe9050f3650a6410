"""Whose workbooks there are: the units that owe something under a plan, and the one for which a person reports."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.access.scope import BELOW_COUNTY
from inspect_app.core.errors import Forbidden, NotFound
from inspect_app.core.labels import mark
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, Unit
from inspect_app.regions.queries import county_of
from inspect_app.workplans.feedback.books.sheet import Book
from inspect_app.workplans.feedback.queries import dues_of, owed_by
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.queries import dues_visible_to

NOBODY = mark("您的账号没有对应的应报单位，不能用表格报送。请联系安全管理员设置所属单位或填报区域。")


class Owner(NamedTuple):
    """A unit that owes: the region as a whole (`unit_id` None), or a department of it."""

    region_id: int
    unit_id: int | None
    name: str

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.region_id}-{self.unit_id or 0}"


def owners_of(session: Session, actor: Actor, plan: WorkPlan) -> list[Owner]:
    """List the units that owe something under a plan, of those a person sees: counties first."""
    rows = (
        select(WorkDue.region_id, WorkDue.unit_id, Region.code, Region.name, Unit.name)
        .join(Region, Region.id == WorkDue.region_id)
        .outerjoin(Unit, Unit.id == WorkDue.unit_id)
        .where(WorkDue.plan_id == plan.id, dues_visible_to(actor))
        .distinct()
    )
    found = sorted(session.execute(rows).tuples(), key=lambda row: (row[4] is not None, row[2], row[4] or ""))
    return [Owner(region_id, unit_id, unit or region) for region_id, unit_id, _code, region, unit in found]


def owner_named(session: Session, actor: Actor, plan: WorkPlan, key: str) -> Owner:
    """Find an owner by its key; NotFound when it owes nothing there or the person may not see it."""
    found = next((each for each in owners_of(session, actor, plan) if each.key == key), None)
    if found is None:
        raise NotFound
    return found


def own(session: Session, actor: Actor) -> Owner:
    """Return for whom a person reports: the department of its clerk, else the county; Forbidden for nobody."""
    if actor.role is Role.MEMBER_CLERK:
        unit = session.get(Unit, actor.unit_id) if actor.unit_id else None
        if unit is None:
            raise Forbidden(NOBODY)
        return Owner(unit.region_id, unit.id, unit.name)
    here = session.get(Region, actor.capture_region_id) if actor.capture_region_id else None
    if here is None or here.level not in (Level.COUNTY, *BELOW_COUNTY):
        raise Forbidden(NOBODY)
    county = county_of(session, here.id)
    return Owner(county.id, None, county.name)


def book_of(session: Session, actor: Actor, plan: WorkPlan, owner: Owner) -> Book:
    """Return the workbook of an owner."""
    unit = WorkDue.unit_id.is_(None) if owner.unit_id is None else WorkDue.unit_id == owner.unit_id
    return Book(plan, owner.name, dues_of(session, actor, plan, and_(WorkDue.region_id == owner.region_id, unit)))


def books_of(session: Session, actor: Actor, plan: WorkPlan) -> Sequence[Book]:
    """Return the workbooks of all owners that a person sees, read together."""
    owners = owners_of(session, actor, plan)
    by_owner: dict[tuple[int, int | None], list[WorkDue]] = {}
    for due in dues_of(session, actor, plan, dues_visible_to(actor)):
        by_owner.setdefault((due.region_id, due.unit_id), []).append(due)
    return [Book(plan, each.name, by_owner.get((each.region_id, each.unit_id), [])) for each in owners]


def own_dues(session: Session, actor: Actor, plan: WorkPlan) -> Sequence[WorkDue]:
    """Return what a person reports on under a plan."""
    return dues_of(session, actor, plan, owed_by(actor))
