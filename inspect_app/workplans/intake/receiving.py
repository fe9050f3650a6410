"""Taking a notice in: what was read of it becomes a draft, and nothing in it is decided yet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.labels import mark
from inspect_app.core.references import next_reference
from inspect_app.regions.models import Region, Unit
from inspect_app.regions.queries import resolve_units
from inspect_app.workplans.intake.drafting import (
    Known,
    doubts_about,
    letter_demands,
    reporting_days,
    units_of,
)
from inspect_app.workplans.intake.topics import topic_of, words_of_topics
from inspect_app.workplans.lifecycle import DISCARDED, DRAFT
from inspect_app.workplans.models import ReportingDate, TaskUnit, WorkObligation, WorkPlan, WorkTask
from inspect_app.workplans.notices.model import Notice, Requirement, Task
from inspect_app.workplans.owing.definitions import proposed
from inspect_app.workplans.words import Verdict

DATE_TITLE = mark("第%(number)s次报送")
UNTITLED = mark("工作要点")


def text_digest(text: str) -> str:
    """Return what tells the same notice sent again."""
    return sha256(text.encode()).hexdigest()


def received_before(session: Session, region_id: int, text: str) -> WorkPlan | None:
    """Find the plan that was made of the same text for the same region, unless it was discarded."""
    same = select(WorkPlan).where(WorkPlan.region_id == region_id, WorkPlan.text_hash == text_digest(text))
    return session.scalar(same.where(WorkPlan.state != DISCARDED).order_by(WorkPlan.id))


def known_units(session: Session, region_id: int, names: Sequence[str]) -> dict[str, Known]:
    """Map names as written to the units of the register that they mean, see `regions.units.resolve_units`."""
    keys = resolve_units(session, region_id, names)
    homes = dict(session.execute(select(Unit.id, Unit.region_id).where(Unit.id.in_(set(keys.values())))).tuples().all())
    return {name: Known(key, homes[key] != region_id) for name, key in keys.items()}


def make_plan(
    session: Session, actor: Actor, region: Region, year: int, notice: Notice, original_name: str
) -> WorkPlan:
    """Keep a draft of what was read; the region must be locked or new."""
    head = notice.head
    plan = WorkPlan(
        reference=next_reference(session, f"YD-{region.code}-{year}", width=2), region=region, year=year,
        title=head.title or UNTITLED, number=head.number or "", issuers=list(head.issuers), dated=head.dated,
        addressees=list(head.addressees), text=notice.text, text_hash=text_digest(notice.text),
        original_name=original_name, doubts=list(notice.doubts), state=DRAFT, version=1, created_at=clock.now(),
        created_by_id=actor.id,
    )  # fmt: skip
    session.add(plan)
    named = {each.text for task in notice.tasks for each in task.named}
    known = known_units(session, region.id, sorted(named))
    _fill(session, plan, notice, known)
    return plan


def demand(plan: WorkPlan, task: WorkTask | None, read: Requirement) -> WorkObligation:
    """Add a requirement to a plan as a proposal; its code is the next free one of the plan."""
    row = WorkObligation(
        code=free_code(plan), verdict=Verdict.PROPOSED, task=task, definition=proposed(read, task, plan),
        quote=read.quote, start=read.start, confidence=Decimal(str(read.confidence)), doubts=doubts_about(read),
    )  # fmt: skip
    plan.obligations.append(row)
    return row


def free_code(plan: WorkPlan) -> str:
    """Return a code that no obligation of a plan has: Q-001, Q-002 ..."""
    taken = {each.code for each in plan.obligations}
    return next(code for code in (f"Q-{number:03d}" for number in range(1, len(taken) + 2)) if code not in taken)


def _fill(session: Session, plan: WorkPlan, notice: Notice, known: Mapping[str, Known]) -> None:
    plan.dates = [
        ReportingDate(number=number, title=DATE_TITLE % {"number": number}, due_on=day)
        for number, day in enumerate(reporting_days(notice), start=1)
    ]
    tasks = [_task(position, each, notice.text, known) for position, each in enumerate(notice.tasks, start=1)]
    plan.tasks = tasks
    session.flush()
    for read in letter_demands(notice):
        demand(plan, None, read)
    for task, source in zip(tasks, notice.tasks, strict=True):
        for read in source.requirements:
            demand(plan, task, read)
    session.flush()


def _task(position: int, read: Task, text: str, known: Mapping[str, Known]) -> WorkTask:
    own = text[read.start : read.end]
    topic = topic_of(read.title, own, words_of_topics())
    return WorkTask(
        position=position, chapter=read.chapter, section=read.section, number=read.number or str(read.ordinal),
        title=read.title, text=own, start=read.start, end=read.end, topic=topic.value if topic else None,
        doubts=list(read.doubts), units=[_unit(number, each) for number, each in enumerate(units_of(read, known), 1)],
    )  # fmt: skip


def _unit(position: int, read: object) -> TaskUnit:
    return TaskUnit(position=position, **vars(read))
