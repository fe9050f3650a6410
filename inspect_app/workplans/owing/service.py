"""Making the dues of a published plan, and keeping them to what it says after a correction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance, plain
from inspect_app.core.references import next_references
from inspect_app.workplans.lifecycle import DUE, DUE_LIFE, PUBLISHED, WAIVED
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.owing.wanted import Asked, Wanted, asked_by
from inspect_app.workplans.positions import before_due

NO_LONGER = mark("工作要点更正后，不再需要报送。")
AGAIN = mark("工作要点更正后，又需要报送。")
FIELDS = (
    "date_id", "number", "starts_on", "ends_on", "due_on", "dated", "needed", "at_most", "share", "per", "topic",
)  # fmt: skip


def owe(session: Session, actor: Actor, plan: WorkPlan) -> int:
    """Create what each unit owes under a published plan; returns how many dues were added.

    Called again after a correction it adds what is missing, moves days that nobody has reported for, and waives, in
    the name of the system, what no longer applies. What was reported stays as it is. A plan that is not published
    makes nothing owed.
    """
    if plan.state != PUBLISHED:
        return 0
    session.flush()
    session.refresh(plan, ["tasks", "obligations", "dates", "members"])
    asked = {each.key: each for each in asked_by(session, plan).wanted}
    there = {each.key: each for each in _dues(session, plan)}
    added = _add(session, plan, [each for key, each in asked.items() if key not in there])
    changed = [due.reference for key, due in there.items() if key in asked and _follow(session, due, asked[key])]
    dropped = [due.reference for key, due in there.items() if key not in asked and _drop(session, due)]
    if added or changed or dropped:
        counts = {"added": [None, added], "changed": [None, len(changed)], "waived": [None, len(dropped)]}
        audit.record(
            session, actor, "work_plan.owe", kind="work_plan", id=plan.id, reference=plan.reference,
            region_id=plan.region_id, changes=counts,
        )  # fmt: skip
    session.flush()
    return added


def asked(session: Session, plan: WorkPlan) -> Asked:
    """Return what a plan asks for, and what it does not make anybody owe, without changing anything."""
    return asked_by(session, plan)


def _dues(session: Session, plan: WorkPlan) -> Sequence[WorkDue]:
    rows = select(WorkDue).where(WorkDue.plan_id == plan.id).options(selectinload(WorkDue.events))
    return session.scalars(rows.order_by(WorkDue.id)).all()


def _add(session: Session, plan: WorkPlan, missing: Collection[Wanted]) -> int:
    if missing:
        prefix = f"YB-{plan.region.code}-{plan.year}"
        references = next_references(session, prefix, len(missing), width=5)
        session.add_all(_due(plan, one, reference) for one, reference in zip(missing, references, strict=True))
    return len(missing)


def _due(plan: WorkPlan, one: Wanted, reference: str) -> WorkDue:
    owner = one.owner
    return WorkDue(
        reference=reference, plan_id=plan.id, key=one.key, state=DUE, part=owner.part, region_id=owner.region_id,
        unit_id=owner.unit_id, **one.values,
    )  # fmt: skip


def _follow(session: Session, due: WorkDue, wanted: Wanted) -> bool:
    """Let a due say what the plan says now, unless somebody reported on it; tell whether anything changed."""
    if due.reported_at is not None or due.state not in (DUE, WAIVED):
        return False
    again = due.state == WAIVED and due.events[-1].actor_id is None
    if again:
        _step(session, due, "restore", AGAIN)
    return _set(session, due, wanted.values) or again


def _set(session: Session, due: WorkDue, values: Mapping[str, Any]) -> bool:
    changes = {name: [plain(getattr(due, name)), plain(values.get(name))] for name in _differing(due, values)}
    for name in changes:
        setattr(due, name, values.get(name))
    if changes:
        _record(session, SYSTEM, "update", due, changes)
    return bool(changes)


def _differing(due: WorkDue, values: Mapping[str, Any]) -> Iterable[str]:
    return [name for name in FIELDS if getattr(due, name) != values.get(name)]


def _drop(session: Session, due: WorkDue) -> bool:
    if due.state != DUE or due.reported_at is not None:
        return False
    _step(session, due, "waive", NO_LONGER)
    return True


def _step(session: Session, due: WorkDue, action: str, reason: str) -> None:
    attempt = Attempt(due, {"reason": reason}, before_due(session, SYSTEM, due), clock.now(), clock.today())
    step = advance(DUE_LIFE, action, attempt)
    _record(session, SYSTEM, action, due, {"state": [step.source, step.target]})


def _record(session: Session, actor: Actor, action: str, due: WorkDue, changes: Mapping[str, Any]) -> None:
    audit.record(
        session, actor, f"work_due.{action}", kind="work_due", id=due.id, reference=due.reference,
        region_id=due.region_id, changes=changes,
    )  # fmt: skip
