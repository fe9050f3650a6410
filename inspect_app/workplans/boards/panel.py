"""What the home page tells of the work plan in force: the on-time rate, and the five units that are stuck longest."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission, Role
from inspect_app.workplans.boards.matrix import Wish
from inspect_app.workplans.boards.reading import read
from inspect_app.workplans.boards.stuck import grouped, stuck_among
from inspect_app.workplans.boards.summaries import summary_of
from inspect_app.workplans.lifecycle import PUBLISHED
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.queries import dues_visible_to, plans_visible_to

MOST = 5
READERS = (Role.COUNTY_HEAD, Role.PREFECTURE_OFFICER, Role.PREFECTURE_LEADER)


def panel_of(session: Session, actor: Actor) -> Mapping[str, Any] | None:
    """Return what the panel shows to who leads; None without a published plan under which they see anything owed."""
    if actor.role not in READERS or not actor.can(Permission.VIEW_WORKPLANS):
        return None
    plan = _plan(session, actor)
    if plan is None:
        return None
    known = read(session, actor, plan)
    stuck = stuck_among(known.owed, known.today)
    longest = list(grouped(stuck, lambda owed: owed.owner).items())[:MOST]
    return {"summary": summary_of(known, Wish()), "known": known, "longest": longest, "count": len(stuck)}


def _plan(session: Session, actor: Actor) -> WorkPlan | None:
    """Return the plan of the latest year under which most is owed in sight."""
    counted = select(func.count(WorkDue.id)).where(WorkDue.plan_id == WorkPlan.id, dues_visible_to(actor))
    owed = counted.correlate(WorkPlan).scalar_subquery()
    rows = plans_visible_to(actor).order_by(None).where(WorkPlan.state == PUBLISHED, owed > 0)
    return session.scalar(rows.order_by(WorkPlan.year.desc(), owed.desc(), WorkPlan.id).limit(1))
