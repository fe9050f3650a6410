"""Plans of 塔城地区 for 2026 made row by row, published without a review."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.core import clock
from inspect_app.core.references import next_reference
from inspect_app.regions.models import Unit
from inspect_app.regions.queries import by_code, ensure_unit
from inspect_app.workplans.lifecycle import PUBLISHED
from inspect_app.workplans.models import (
    ReportingDate,
    TaskUnit,
    WorkObligation,
    WorkPlan,
    WorkPlanMember,
    WorkTask,
)
from inspect_app.workplans.words import Part, Verdict

TACHENG, YEAR = "6542", 2026
FIRST, SECOND = date(2026, 6, 5), date(2026, 11, 6)
TEXT = "塔城地区2026年防震减灾工作要点"


def make_plan(session: Session, *, members: Sequence[str] = (), days: Sequence[date] = (FIRST, SECOND)) -> WorkPlan:
    """Make a published plan without tasks, dated 2026-03-02; `members` are names of departments."""
    region = by_code(session, TACHENG)
    plan = WorkPlan(
        reference=next_reference(session, "GZYD-6542-2026", 2), region=region, year=YEAR, title="试验要点", text=TEXT,
        text_hash="0" * 64, dated=date(2026, 3, 2), state=PUBLISHED, published_at=clock.now(), created_at=clock.now(),
    )  # fmt: skip
    plan.dates = [ReportingDate(number=n, title=f"第 {n} 次报送", due_on=day) for n, day in enumerate(days, start=1)]
    plan.members = [WorkPlanMember(unit=unit(session, name), position=n) for n, name in enumerate(members)]
    session.add(plan)
    session.flush()
    return plan


def unit(session: Session, name: str, region: str = TACHENG) -> Unit:
    """Return the department of the prefecture, or of another region, by its name."""
    return ensure_unit(session, by_code(session, region).id, name)


def add_task(
    session: Session, plan: WorkPlan, units: Sequence[tuple[Part, Unit | str | None]], topic: str | None = None
) -> WorkTask:
    """Add a task; a unit is one of the register, a group (`@members`), or None while nobody knows which."""
    position = len(plan.tasks) + 1
    task = WorkTask(
        plan_id=plan.id, position=position, number=f"{position}.", title="试验任务", text="做好试验。", topic=topic
    )
    task.units = [_named(number, part, given) for number, (part, given) in enumerate(units)]
    session.add(task)
    session.flush()
    session.refresh(plan, ["tasks"])
    return task


def take(
    session: Session, plan: WorkPlan, definition: Mapping[str, Any], *, task: WorkTask | None = None,
    library_code: str | None = None, code: str = "",
) -> WorkObligation:  # fmt: skip
    """Add an obligation that a person took."""
    row = WorkObligation(
        plan_id=plan.id, task_id=task.id if task else None, code=code or library_code or f"W{len(plan.obligations)}",
        verdict=Verdict.TAKEN, library_code=library_code, definition=dict(definition),
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.refresh(plan, ["obligations"])
    return row


def _named(position: int, part: Part, given: Unit | str | None) -> TaskUnit:
    named = given if isinstance(given, Unit) else None
    group = given if isinstance(given, str) else None
    written = named.name if named else group or "某单位"
    return TaskUnit(position=position, part=part, written=written, unit_id=named.id if named else None, group=group)
