"""Changing what is owed: reported, accepted, sent back, excused, waived; each with its event and its audit entry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import Prepared, attach
from inspect_app.workplans.feedback.said import Said, Told, problems_of, standing_reports
from inspect_app.workplans.lifecycle import ACCEPTED, CLOSED, DUE_LIFE, REPORTED, WAIVED
from inspect_app.workplans.models import WorkDue
from inspect_app.workplans.positions import before_due

__all__ = ["Said", "accept", "accept_many", "add_files", "excuse", "reopen", "report", "restore", "send_back", "waive"]

KIND = "work_due"
PLAN_CLOSED = mark("这份工作要点已经办结，不能再报送或修改。")
NOTHING_SAID = mark("这一项还没有报送过，没有可以撤销的。")
NOT_YOURS = mark("只有应报单位自己可以上传佐证。")
NO_MORE_FILES = mark("这一项已经认可或免报，不能再上传佐证。")


def report(session: Session, actor: Actor, due: WorkDue, said: Said, version: int | None = None) -> WorkDue:
    """Report on something owed, again after it was returned, or amend what waits for review.

    Raises Invalid, Stale, Forbidden, StepRefused, or Conflict once the plan is closed. The first report decides whether
    it came in time.
    """
    lock(session, due)
    if due.plan.state == CLOSED:
        raise Conflict(PLAN_CLOSED)
    said = replace(said, summary=said.summary.strip())
    if problems := problems_of(said, aspects_of(due)):
        raise Invalid(problems)
    kept = said.kept()
    before = dict(due.figures)
    _step(session, actor, due, "amend" if due.state == REPORTED else "report", _facts(said.summary, kept), version)
    now = clock.now()
    due.summary, due.figures, due.reported_by_id = said.summary, kept, actor.id
    due.reported_at, due.updated_at = due.reported_at or now, now
    _tell(session, actor, due, due.events[-1].action, {"figures": [_counted(before), _counted(kept)]})
    return due


def accept(session: Session, actor: Actor, due: WorkDue, version: int | None = None) -> WorkDue:
    """Accept a report; nobody accepts their own. Raises Stale, Forbidden or StepRefused, like all that follow."""
    _take(session, actor, due, "accept", "", version)
    due.accepted_at = clock.now()
    return due


def accept_many(session: Session, actor: Actor, dues: Iterable[tuple[WorkDue, int]]) -> int:
    """Accept several reports, each with the version that the list showed; all or none."""
    return len([accept(session, actor, due, version) for due, version in dues])


def send_back(session: Session, actor: Actor, due: WorkDue, reason: str, version: int | None = None) -> WorkDue:
    """Return a report with the reason; the unit reports again."""
    _take(session, actor, due, "send_back", reason, version)
    due.returned_times += 1
    return due


def reopen(session: Session, actor: Actor, due: WorkDue, reason: str, version: int | None = None) -> WorkDue:
    """Take an acceptance back and return the report."""
    _take(session, actor, due, "reopen", reason, version)
    due.accepted_at = None
    due.returned_times += 1
    return due


def excuse(session: Session, actor: Actor, due: WorkDue, reason: str, version: int | None = None) -> WorkDue:
    """Let a late report no longer count as late."""
    _take(session, actor, due, "excuse", reason, version)
    due.excused = True
    return due


def waive(session: Session, actor: Actor, due: WorkDue, reason: str, version: int | None = None) -> WorkDue:
    """Ask for it no longer."""
    return _take(session, actor, due, "waive", reason, version)


def restore(session: Session, actor: Actor, due: WorkDue, reason: str, version: int | None = None) -> WorkDue:
    """Ask again for what was waived."""
    return _take(session, actor, due, "restore", reason, version)


def take_back(session: Session, actor: Actor, due: WorkDue, reason: str) -> WorkDue:
    """Undo the last report, when the return that brought it is undone: what was said before holds again."""
    lock(session, due)
    told = standing_reports(due.events)
    if not told:
        raise Conflict(NOTHING_SAID)
    action, before = told[-1].undone_by, told[-2] if len(told) > 1 else None
    attempt = Attempt(due, {"reason": reason}, before_due(session, actor, due, undoes=True), clock.now(), clock.today())
    advance(DUE_LIFE, action, attempt)
    _say_again(due, before)
    _tell(session, actor, due, action, {"reason": [None, reason]})
    return due


def add_files(session: Session, actor: Actor, due: WorkDue, files: Sequence[Prepared]) -> int:
    """Tie files to something owed as its evidence; return how many. Raises Forbidden or Conflict."""
    if not files:
        return 0
    if not before_due(session, actor, due).captures:
        raise Forbidden(NOT_YOURS)
    if due.state in (ACCEPTED, WAIVED):
        raise Conflict(NO_MORE_FILES)
    here = due.region_id
    for each in files:
        attach(
            session, actor, each, kind=KIND, id=due.id, purpose=Purpose.PROOF, county_id=here, region_id=here,
        )  # fmt: skip
    _tell(session, actor, due, "add_files", {"files": [None, sorted(each.sha256 for each in files)]})
    return len(files)


def aspects_of(due: WorkDue) -> list[str]:
    """Return the parts that must all be there, as the obligation lists them."""
    return list(due.obligation.definition.get("aspects", ())) if due.obligation else []


def _counted(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in figures.items() if name != "proof"}


def _facts(summary: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    return {"summary": summary, "figures": dict(kept)}


def _take(session: Session, actor: Actor, due: WorkDue, action: str, reason: str, version: int | None) -> WorkDue:
    lock(session, due)
    facts = {"reason": reason.strip()} if reason.strip() else {}
    _step(session, actor, due, action, facts, version)
    _tell(session, actor, due, action, {name: [None, text] for name, text in facts.items()})
    return due


def _step(
    session: Session, actor: Actor, due: WorkDue, action: str, facts: Mapping[str, Any], version: int | None
) -> None:
    attempt = Attempt(due, facts, before_due(session, actor, due), clock.now(), clock.today())
    advance(DUE_LIFE, action, attempt, version=version)


def _say_again(due: WorkDue, before: Told | None) -> None:
    due.summary = before.summary if before else ""
    due.figures = dict(before.figures) if before else {}
    due.updated_at, due.reported_by_id = (before.at, before.by) if before else (None, None)
    if before is None:
        due.reported_at = None


def _tell(session: Session, actor: Actor, due: WorkDue, action: str, changes: Mapping[str, Any]) -> None:
    record(
        session, actor, f"{KIND}.{action}", kind=KIND, id=due.id, reference=due.reference,
        region_id=due.region_id, changes={**_moved(due, action), **changes},
    )  # fmt: skip


def _moved(due: WorkDue, action: str) -> dict[str, list[str]]:
    last = due.events[-1] if due.events else None
    if last is None or last.action != action or last.source == last.target:
        return {}
    return {"state": [last.source, last.target]}
