"""A plan as a whole: received, published, discarded, closed."""

from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import Prepared, attach
from inspect_app.regions.models import Region
from inspect_app.regions.queries import covers
from inspect_app.workplans.intake.editing import KIND, NOT_YOURS
from inspect_app.workplans.intake.receiving import make_plan, received_before
from inspect_app.workplans.intake.settling import unsettled
from inspect_app.workplans.lifecycle import PLAN_LIFE
from inspect_app.workplans.models import WorkPlan
from inspect_app.workplans.notices.model import Notice
from inspect_app.workplans.notices.reading import read_notice
from inspect_app.workplans.owing.service import owe
from inspect_app.workplans.positions import before_plan


def receive(
    session: Session,
    actor: Actor,
    region: Region,
    year: int,
    raw_text: str,
    original: Prepared | None,
    *,
    notice: Notice | None = None,
) -> WorkPlan:
    """Make a draft of a notice, or return the plan that was made of the same text; raises Forbidden.

    `original` is the stored file it came in; `notice` the text as read already, so that reading holds no lock.
    """
    _check_region(session, actor, region)
    lock(session, region)
    read = notice or read_notice(raw_text)
    before = received_before(session, region.id, read.text)
    plan = before or make_plan(session, actor, region, year, read, original.original_name if original else "")
    if original is not None:
        attach(
            session, actor, original, kind=KIND, id=plan.id, purpose=Purpose.ORIGINAL, county_id=region.id,
            region_id=region.id,
        )  # fmt: skip
    if before is None:
        _tell(session, actor, plan, "receive", {"year": [None, year], "tasks": [None, len(plan.tasks)]})
    return plan


def publish(session: Session, actor: Actor, plan: WorkPlan, version: int | None) -> WorkPlan:
    """Publish a draft in which all is settled, and make every unit owe its part.

    Raises Stale, Forbidden or StepRefused.
    """
    lock(session, plan)
    left = unsettled(plan)
    _step(session, actor, plan, "publish", {"unsettled": left.places + len(left.tasks)}, version)
    plan.published_at = clock.now()
    session.flush()
    _tell(session, actor, plan, "publish", {"owed": [None, owe(session, actor, plan)]})
    return plan


def discard(session: Session, actor: Actor, plan: WorkPlan, reason: str, version: int | None) -> WorkPlan:
    """Put a draft aside; the same notice may be received again. Raises Stale, Forbidden or StepRefused."""
    return _end(session, actor, plan, "discard", reason, version)


def close(session: Session, actor: Actor, plan: WorkPlan, reason: str, version: int | None) -> WorkPlan:
    """End the year of a published plan: nobody reports on it any more. Raises Stale, Forbidden or StepRefused."""
    return _end(session, actor, plan, "close", reason, version)


def _end(session: Session, actor: Actor, plan: WorkPlan, action: str, reason: str, version: int | None) -> WorkPlan:
    lock(session, plan)
    _step(session, actor, plan, action, {"reason": reason.strip()}, version)
    session.flush()
    _tell(session, actor, plan, action, {"reason": [None, reason.strip()]})
    return plan


def _step(
    session: Session, actor: Actor, plan: WorkPlan, action: str, facts: dict[str, Any], version: int | None
) -> None:
    attempt = Attempt(plan, facts, before_plan(session, actor, plan), clock.now(), clock.today())
    advance(PLAN_LIFE, action, attempt, version=version)


def _check_region(session: Session, actor: Actor, region: Region) -> None:
    if actor.role is None:
        return
    view = actor.view_region_id
    if not actor.can(Permission.EDIT_WORKPLAN) or view is None or not covers(session, view, region.id):
        raise Forbidden(NOT_YOURS)


def _tell(session: Session, actor: Actor, plan: WorkPlan, action: str, changes: dict[str, Any]) -> None:
    record(
        session, actor, f"{KIND}.{action}", kind=KIND, id=plan.id, reference=plan.reference,
        region_id=plan.region_id, changes=changes,
    )  # fmt: skip
