"""Taking an obligation of the library into a plan, as it is, and setting its numbers for the own place."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Conflict, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.workplans.intake.editing import editing
from inspect_app.workplans.library.definition import Value
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.models import WorkObligation, WorkPlan, WorkTask
from inspect_app.workplans.owing.definitions import RECORDS, as_obligation, mistakes
from inspect_app.workplans.owing.numbers import LABELS, numbers_of, read_number, with_numbers
from inspect_app.workplans.owing.told import Definition, as_definition
from inspect_app.workplans.records.loading import fulfilment
from inspect_app.workplans.words import Verdict

ALREADY = mark("这份工作要点已经采用了 %(code)s。")
NO_SUCH_RECORD = mark("没有这个台账指标，请重新选择。")


def adopt(
    session: Session,
    actor: Actor,
    plan: WorkPlan,
    library_code: str,
    task: WorkTask | None = None,
    *,
    reason: str = "",
) -> WorkObligation:
    """Take an obligation of the library into a draft or a published plan, under a task or for the plan as a whole.

    Without a task it is owed by those that the obligation itself names. Raises NotFound, Conflict when it is there
    already, and what `editing` raises: a published plan asks for a reason.
    """
    known = library().obligations.get(library_code)
    if known is None or (task is not None and task.plan_id != plan.id):
        raise NotFound
    with editing(session, actor, plan, "adopt", reason) as changes:
        row = _row(plan, library_code)
        if row is not None and row.verdict is Verdict.TAKEN:
            raise Conflict(ALREADY, code=library_code)
        row = row or WorkObligation(plan_id=plan.id, code=library_code, library_code=library_code)
        row.verdict, row.definition = Verdict.TAKEN, as_definition(known)
        row.task_id = task.id if task else None
        session.add(row)
        session.flush()
        changes |= {"obligation": [None, library_code], "task": [None, task.number if task else None]}
    session.refresh(plan, ["obligations"])
    return row


def set_numbers(
    session: Session, actor: Actor, row: WorkObligation, plan: WorkPlan, given: Mapping[str, str], *, reason: str = ""
) -> WorkObligation:
    """Set numbers of an obligation for the region of its plan, as people write them; an empty text takes one away.

    Raises Invalid with a sentence for each field, and what `editing` raises.
    """
    values = _read(row, plan, given)
    definition = with_numbers(row.definition, plan.region.code, plan.year, values)
    _check(row, definition)
    with editing(session, actor, plan, "set_numbers", reason) as changes:
        before = row.definition
        row.definition = definition
        if before != definition:
            changes["obligation"] = [row.code, row.code]
            changes.update(_told(row, before, plan))
    return row


def choose_record(
    session: Session, actor: Actor, row: WorkObligation, plan: WorkPlan, code: str, *, reason: str = ""
) -> WorkObligation:
    """Let a record answer an obligation by itself, or with an empty code none."""
    if code and fulfilment().record(code) is None:
        raise Invalid({"record": [NO_SUCH_RECORD]})
    with editing(session, actor, plan, "choose_record", reason) as changes:
        before = str(row.definition.get(RECORDS, ""))
        kept = {name: value for name, value in row.definition.items() if name != RECORDS}
        row.definition = kept | ({RECORDS: code} if code else {})
        if before != code:
            changes |= {"obligation": [row.code, row.code], "record": [before or None, code or None]}
    return row


def _row(plan: WorkPlan, library_code: str) -> WorkObligation | None:
    return next((each for each in plan.obligations if each.library_code == library_code), None)


def _read(row: WorkObligation, plan: WorkPlan, given: Mapping[str, str]) -> dict[str, Value | None]:
    values: dict[str, Value | None] = {}
    problems: dict[str, list[str]] = {}
    for each in numbers_of(as_obligation(row), plan.region.code, plan.year):
        try:
            values[each.role] = read_number(each.role, given.get(each.role, each.own))
        except ValueError as wrong:
            problems[each.role] = [str(wrong)]
    if problems:
        raise Invalid(problems)
    return values


def _check(row: WorkObligation, definition: Definition) -> None:
    tried = WorkObligation(code=row.code, verdict=row.verdict, definition=definition)
    if wrong := mistakes(tried):
        raise Invalid({"numbers": [each.rpartition(": ")[2] for each in wrong]})


def _told(row: WorkObligation, before: Definition, plan: WorkPlan) -> dict[str, list[str]]:
    was = WorkObligation(code=row.code, verdict=row.verdict, definition=before, task=row.task)
    old = {each.role: each.own for each in numbers_of(as_obligation(was), plan.region.code, plan.year)}
    new = {each.role: each.own for each in numbers_of(as_obligation(row), plan.region.code, plan.year)}
    return {LABELS[role]: [old.get(role, ""), own] for role, own in new.items() if old.get(role, "") != own}
