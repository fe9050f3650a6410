"""Taking a workbook in, planning what it reports, reporting that whole or not at all, and taking it back.

Reading the file comes before the transaction. What was read is kept, so every later plan is made from the same rows.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Stale
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.core.references import next_reference
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import Prepared, attach
from inspect_app.registers.importing.keeping import as_json, from_json
from inspect_app.registers.importing.reading import ReadFile
from inspect_app.workplans.feedback import service as feedback
from inspect_app.workplans.feedback import wording
from inspect_app.workplans.feedback.books.lifecycle import PLANNED, WORK_RETURN_LIFE
from inspect_app.workplans.feedback.books.marks import read_mark
from inspect_app.workplans.feedback.books.owners import own, own_dues
from inspect_app.workplans.feedback.books.plan import Held, Plan, digest_of
from inspect_app.workplans.feedback.books.planning import make_plan, said_of
from inspect_app.workplans.feedback.books.queries import KIND, named
from inspect_app.workplans.feedback.books.sheet import asked_text, entered
from inspect_app.workplans.lifecycle import CLOSED
from inspect_app.workplans.models import WorkDue, WorkPlan, WorkReturn
from inspect_app.workplans.words import PART_LABELS

OUTDATED = mark("预览之后应报事项已有变化，预览已过时，没有报送。请点“重新核对”，看过新的结果后再报送。")
APPLIED_BEFORE = mark("这份表已经报送过（%(reference)s），内容相同，没有再次报送。")
NOT_YOURS = mark("只有报送这份表的单位自己可以处理它。")


class Later(NamedTuple):
    """What stands in the way of undoing: something owed that was touched again, and by whom last."""

    due: WorkDue
    by: str


def receive(session: Session, actor: Actor, plan: WorkPlan, read: ReadFile, prepared: Prepared) -> WorkReturn:
    """Take a workbook in and plan what it would report; no due changes. Raises Forbidden or Conflict."""
    owner = own(session, actor)
    made = WorkReturn(
        reference=next_reference(session, f"GB-{plan.region.code}-{clock.today():%Y%m%d}", width=3),
        plan=plan, region_id=owner.region_id, unit_id=owner.unit_id, original_name=prepared.original_name,
        sha256=prepared.sha256, rows=as_json(read), state=PLANNED, version=1, received_at=clock.now(),
        received_by_id=actor.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _refuse_twice(session, made)
    _plan_anew(session, actor, made)
    here = owner.region_id
    attach(
        session, actor, prepared, kind=KIND, id=made.id, purpose=Purpose.ORIGINAL, county_id=here, region_id=here,
    )  # fmt: skip
    _tell(session, actor, made, "receive", {"sha256": [None, made.sha256]})
    return made


def check(session: Session, actor: Actor, made: WorkReturn, *, version: int | None) -> WorkReturn:
    """Plan a return anew against what is owed now."""
    _begin(session, actor, made)
    _step(session, actor, made, "check", version, {})
    _plan_anew(session, actor, made)
    _tell(session, actor, made, "check", {})
    return made


def apply(
    session: Session, actor: Actor, made: WorkReturn, *, version: int | None, good_rows_only: bool = False
) -> WorkReturn:
    """Report what the plan says, whole or not at all.

    Raises Stale when the plan would come out otherwise now than it was shown, StepRefused when rows are refused and
    nobody chose to go on without them, Conflict when the same file was applied before.
    """
    _begin(session, actor, made)
    plan, dues = plan_of(session, actor, made)
    if digest_of(plan) != made.outcome["digest"]:
        raise Stale(OUTDATED)
    _refuse_twice(session, made)
    _step(session, actor, made, "apply", version, {"refused": len(plan.refused), "good_rows_only": good_rows_only})
    touched = []
    for one in (*plan.new, *plan.changed):
        due = feedback.report(session, actor, dues[one.held.id], said_of(one), one.held.version)
        touched.append([due.id, due.version])
    made.touched, made.applied_key, made.applied_at = touched, _content_key(made), clock.now()
    session.flush()
    _tell(session, actor, made, "apply", {group: [None, number] for group, number in plan.counts.items()})
    return made


def discard(session: Session, actor: Actor, made: WorkReturn, *, version: int | None) -> WorkReturn:
    """Put a return aside; the file stays."""
    _begin(session, actor, made)
    _step(session, actor, made, "discard", version, {})
    _tell(session, actor, made, "discard", {})
    return made


def undo(session: Session, actor: Actor, made: WorkReturn, *, version: int | None, reason: str) -> WorkReturn:
    """Take a return back whole; raises StepRefused while one of its dues was touched again since."""
    _begin(session, actor, made)
    later = [one.due.reference for one in later_than(session, made)]
    _step(session, actor, made, "undo", version, {"reason": reason, "later": later})
    for due in _touched(session, made):
        feedback.take_back(session, actor, due, reason)
    made.applied_key, made.undone_at = None, clock.now()
    _tell(session, actor, made, "undo", {"reason": [None, reason]})
    return made


def plan_of(session: Session, actor: Actor, made: WorkReturn) -> tuple[Plan, Mapping[int, WorkDue]]:
    """Plan what a return would report now, with the dues by key."""
    read = from_json(made.rows)
    dues = own_dues(session, actor, made.plan)
    marks = (read_mark(str(row.values.get("key", ""))) for row in read.rows)
    foreign = named(session, (found.reference for found in marks if found)) - {due.reference for due in dues}
    return make_plan(read, [held_of(due) for due in dues], foreign), {due.id: due for due in dues}


def later_than(session: Session, made: WorkReturn) -> list[Later]:
    """List the dues of a return that were touched again after it."""
    versions = {pair[0]: pair[1] for pair in made.touched}
    changed = [due for due in _touched(session, made) if due.version != versions[due.id]]
    return [Later(due, due.events[-1].actor_name) for due in changed]


def may_handle(session: Session, actor: Actor, made: WorkReturn) -> bool:
    """Tell whether a return is a person's own unit's."""
    try:
        owner = own(session, actor)
    except Forbidden:
        return False
    return (owner.region_id, owner.unit_id) == (made.region_id, made.unit_id)


def _touched(session: Session, made: WorkReturn) -> Sequence[WorkDue]:
    keys = [key for key, _version in made.touched]
    return session.scalars(select(WorkDue).where(WorkDue.id.in_(keys)).order_by(WorkDue.id)).all()


def held_of(due: WorkDue) -> Held:
    """Return a due as rows are compared with it."""
    return Held(
        id=due.id, reference=due.reference, version=due.version, state=due.state, said=entered(due),
        aspects=tuple(due.figures.get("aspects", ())), task=due.task.number if due.task else "",
        title=wording.task_label(due), part=PART_LABELS[due.part], asked=asked_text(due), due_on=due.due_on,
        closed=due.plan.state == CLOSED,
    )  # fmt: skip


def _plan_anew(session: Session, actor: Actor, made: WorkReturn) -> None:
    plan, _dues = plan_of(session, actor, made)
    notices = [[one.sheet, one.sentence.message, dict(one.sentence.params)] for one in from_json(made.rows).notices]
    made.outcome = {"groups": plan.as_json(), "digest": digest_of(plan), "notices": notices}
    made.counts = plan.counts


def _refuse_twice(session: Session, made: WorkReturn) -> None:
    same = select(WorkReturn.reference).where(WorkReturn.applied_key == _content_key(made))
    if before := session.scalar(same):
        raise Conflict(APPLIED_BEFORE, reference=before)


def _content_key(made: WorkReturn) -> str:
    return f"{made.plan.reference}|{made.region_id}|{made.unit_id or 0}|{made.sha256}"


def _begin(session: Session, actor: Actor, made: WorkReturn) -> None:
    if not may_handle(session, actor, made):
        raise Forbidden(NOT_YOURS)
    lock(session, made)


def _step(
    session: Session, actor: Actor, made: WorkReturn, action: str, version: int | None, facts: Mapping[str, Any]
) -> None:
    if version is None:
        raise Stale
    advance(WORK_RETURN_LIFE, action, Attempt(made, facts, actor, clock.now(), clock.today()), version=version)
    session.flush()


def _tell(session: Session, actor: Actor, made: WorkReturn, action: str, changes: Mapping[str, Any]) -> None:
    record(
        session, actor, f"{KIND}.{action}", kind=KIND, id=made.id, reference=made.reference,
        region_id=made.region_id, changes=changes,
    )  # fmt: skip
