"""Look backs that are due, and what happens to them when somebody has looked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.models import LookBackTask
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import visible_to
from inspect_app.regions.models import RegionPath

REBOUNDED = mark("已反弹重开，由新隐患接续")
SHORTEST_REASON, LONGEST_REASON = 4, 500
CURSOR = re.compile(r"(\d{1,9})\.(\d{1,18})")


@dataclass(frozen=True, kw_only=True)
class TaskFilter:
    """Which look backs: `until` takes those due by a day; `open` True those to be done, False the others, None all."""

    until: date | None = None
    open: bool | None = True
    region_id: int | None = None
    sample_id: int | None = None


@dataclass(frozen=True)
class TaskPage:
    """Look backs of one page, the earliest due first, and the cursor of the next one."""

    rows: Sequence[LookBackTask]
    after: str | None


def page(session: Session, actor: Actor, wanted: TaskFilter, after: str | None = None, size: int = 50) -> TaskPage:
    """Return one page of look backs; an unreadable cursor starts from the beginning."""
    query = select(LookBackTask).join(Hazard).where(*_wanted(actor, wanted))
    if place := CURSOR.fullmatch(after or ""):
        day = date.fromordinal(max(1, min(int(place[1]), date.max.toordinal())))
        query = query.where(tuple_(LookBackTask.due_on, LookBackTask.id) > (day, int(place[2])))
    ordered = query.order_by(LookBackTask.due_on, LookBackTask.id).limit(size + 1)
    rows = session.scalars(ordered.options(joinedload(LookBackTask.hazard).joinedload(Hazard.county))).all()
    last = rows[size - 1] if len(rows) > size else None
    return TaskPage(rows[:size], f"{last.due_on.toordinal()}.{last.id}" if last else None)


def count(session: Session, actor: Actor, wanted: TaskFilter) -> int:
    """Count look backs."""
    rows = select(func.count()).select_from(LookBackTask).join(Hazard)
    return session.scalar(rows.where(*_wanted(actor, wanted))) or 0


def of_hazard(session: Session, hazard: Hazard) -> Sequence[LookBackTask]:
    """List the look backs of a hazard, the first due first."""
    rows = select(LookBackTask).where(LookBackTask.hazard_id == hazard.id).order_by(LookBackTask.due_on)
    return session.scalars(rows).all()


def looked_back(session: Session, actor: Actor, hazard: Hazard) -> None:
    """Mark what a look back has fulfilled: all that was due by now, or is within the days a look may come early.

    After a rebound the rest is waived: the hazard that was opened anew goes its own way.
    """
    result = hazard.events[-1].facts["rebounded"] is True
    today = clock.today()
    latest = today + timedelta(days=chasing().look_back.early_days)
    fulfilled = []
    for task in of_hazard(session, hazard):
        if not is_open(task):
            continue
        if task.due_on <= latest:
            task.done_on, task.rebounded = today, result
            fulfilled.append(task.after_days)
        elif result:
            task.waived_reason = REBOUNDED
    if fulfilled or result:
        _record(session, actor, hazard, "look_back_done", {"after_days": fulfilled, "rebounded": result})
    session.flush()


def waive(session: Session, actor: Actor, task: LookBackTask, reason: str) -> None:
    """Give a look back up with a reason: the object was pulled down, say. Raises Forbidden, Conflict or Invalid."""
    lock(session, task)
    if not actor.can(Permission.LOOK_BACK) or not standing_of(session, actor, task.hazard).oversees:
        raise Forbidden(mark("您不能免去这次回头看。"))
    if not is_open(task):
        raise Conflict(mark("这次回头看已经办理，请刷新页面。"))
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Invalid({"reason": [mark("请写明免去回头看的理由，4 至 500 字。")]})
    task.waived_reason = reason.strip()
    _record(session, actor, task.hazard, "look_back_waive", {"after_days": task.after_days, "reason": reason.strip()})


def is_open(task: LookBackTask) -> bool:
    """Tell whether a look back is still to be done."""
    return task.done_on is None and not task.waived_reason


def by_key(session: Session, actor: Actor, key: int) -> LookBackTask:
    """Find a look back; NotFound when its hazard does not exist for this person."""
    rows = select(LookBackTask).join(Hazard).where(LookBackTask.id == key, visible_to(actor))
    found = session.scalar(rows.options(joinedload(LookBackTask.hazard)))
    if found is None:
        raise NotFound
    return found


def open_condition() -> ColumnElement[bool]:
    """Return the condition that leaves the look backs still to be done."""
    return LookBackTask.done_on.is_(None) & (LookBackTask.waived_reason == "")


def _wanted(actor: Actor, wanted: TaskFilter) -> list[ColumnElement[bool]]:
    """Return the conditions on look backs joined with their hazards."""
    asked = [
        (wanted.until is not None, LookBackTask.due_on <= (wanted.until or date.max)),
        (wanted.open is True, open_condition()),
        (wanted.open is False, ~open_condition()),
        (wanted.sample_id is not None, LookBackTask.sample_id == wanted.sample_id),
        (wanted.region_id is not None, LookBackTask.county_id.in_(_below(wanted.region_id or 0))),
    ]
    return [visible_to(actor), *(condition for given, condition in asked if given)]


def _below(region_id: int) -> Select[tuple[int]]:
    return select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)


def _record(session: Session, actor: Actor, hazard: Hazard, action: str, told: dict[str, object]) -> None:
    changes = {name: [None, value] for name, value in told.items()}
    record(session, actor, f"hazard.{action}", kind="hazard", id=hazard.id, reference=hazard.reference,
           region_id=hazard.region_id, changes=changes)  # fmt: skip
