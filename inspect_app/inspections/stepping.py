"""How every step of a visit is taken: locked, checked against the table, its event and its audit entry in one go."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.inspections.lifecycle import INSPECTION_LIFE
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import SUBJECT


def take(
    session: Session,
    actor: Actor,
    inspection: Inspection,
    action: str,
    facts: Mapping[str, Any],
    version: int | None,
    changes: Mapping[str, Sequence[Any]] | None = None,
) -> Inspection:
    """Take a step; `changes` are the fields beside the state that the trail shows before and after."""
    lock(session, inspection)
    before = inspection.state
    attempt = Attempt(inspection, facts, actor, clock.now(), clock.today())
    advance(INSPECTION_LIFE, action, attempt, version=version)
    session.flush()
    told: dict[str, Sequence[Any]] = {**(changes or {})}
    if inspection.state != before:
        told["state"] = [before, inspection.state]
    if facts.get("reason"):
        told["reason"] = [None, facts["reason"]]
    record(session, actor, f"inspection.{action}", inspection, told)
    return inspection


def record(
    session: Session, actor: Actor, action: str, inspection: Inspection, changes: Mapping[str, Sequence[Any]]
) -> None:
    """Write what was done to a visit into the trail."""
    audit.record(
        session,
        actor,
        action,
        kind=SUBJECT,
        id=inspection.id,
        reference=inspection.reference,
        region_id=inspection.region_id,
        changes=changes,
    )
