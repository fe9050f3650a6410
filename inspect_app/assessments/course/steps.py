"""Moving an assessment on: by hand, by date, to publication, and from there to a correction."""

from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.assessments.course import keeping, queries, rules
from inspect_app.assessments.course.blockers import as_facts, blockers
from inspect_app.assessments.course.counting import scheme_of
from inspect_app.assessments.course.opening import Dates, add_sheets
from inspect_app.assessments.course.publishing import write_snapshots
from inspect_app.assessments.lifecycle import ASSESSMENT_LIFE, COMPUTED, PUBLISHED, oversees
from inspect_app.assessments.models import Assessment, AssessmentLine, CountySheet
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.core.references import next_reference

CARRIED = (
    "reported",
    "note",
    "reported_at",
    "reported_by_id",
    "reported_by_name",
    "decision",
    "decision_reason",
    "decided_at",
    "decided_by_id",
    "decided_by_name",
    "change",
    "proposal_reason",
    "proposed_at",
    "proposed_by_id",
    "proposed_by_name",
    "confirmed_at",
    "confirmed_by_id",
    "confirmed_by_name",
    "accepted",
)


def take_step(
    session: Session, actor: Actor, assessment: Assessment, action: str, reason: str = "", version: int | None = None
) -> Assessment:
    """Take a step of the life; publishing writes the snapshots. Raises Stale, Forbidden or StepRefused.

    Whoever changes a line holds the same lock, so that what is published is of one moment.
    """
    lock(session, assessment)
    if action == "supersede":
        raise Forbidden(mark("发布更正时，原考核结果自动被代替。"))
    standing = keeping.recount_all(session, assessment) if assessment.state in ("reviewing", "appealing") else {}
    facts = {**as_facts(blockers(session, assessment)), "reason": reason.strip()}
    _advance(session, actor, assessment, action, facts, version)
    if assessment.state == PUBLISHED:
        _publish(session, actor, assessment, standing)
    session.flush()
    return assessment


def correct(session: Session, actor: Actor, assessment: Assessment, reason: str, dates: Dates) -> Assessment:
    """Open the correction of a published assessment: a copy, whose data are gathered anew; publishing takes another.

    Raises Forbidden, Invalid, or Conflict where one is under way already.
    """
    lock(session, assessment)
    if not (actor.can(Permission.RUN_ASSESSMENT) and oversees(assessment, actor)):
        raise Forbidden(mark("只有本地区的考核员可以提出更正。"))
    if assessment.state != PUBLISHED:
        raise Conflict(mark("只有已发布、没有被代替的考核可以更正。"))
    if known := queries.correction_of(session, assessment):
        raise Conflict(mark("已有更正 %(known)s 正在办理。"), known=known.reference)
    problems = dict(rules.date_problems(dates.self_report_by, dates.freeze_on, dates.appeal_by, clock.today()))
    if wrong := rules.reason_problem(reason):
        problems["reason"] = [wrong]
    if problems:
        raise Invalid(problems)
    made = _copy(session, actor, assessment, reason.strip(), dates)
    keeping.record(session, actor, "open_correction", made, {"reason": [None, made.reason]})
    _advance(session, actor, made, "correct", {})
    session.flush()
    return made


def _advance(
    session: Session,
    actor: Actor,
    assessment: Assessment,
    action: str,
    facts: dict[str, Any],
    version: int | None = None,
) -> None:
    before = assessment.state
    advance(ASSESSMENT_LIFE, action, Attempt(assessment, facts, actor, clock.now(), clock.today()), version=version)
    changes: dict[str, list[Any]] = {"state": [before, assessment.state]}
    if facts.get("reason"):
        changes["reason"] = [None, facts["reason"]]
    keeping.record(session, actor, action, assessment, changes)


def _publish(session: Session, actor: Actor, assessment: Assessment, standing: Any) -> None:  # noqa: ANN401 - scores
    digests = write_snapshots(session, actor, assessment, standing)
    if assessment.supersedes is not None:
        lock(session, assessment.supersedes)
        _advance(session, actor, assessment.supersedes, "supersede", {"by": assessment.reference})
    keeping.record(session, actor, "seal", assessment, {"digests": [None, digests]})


def _copy(session: Session, actor: Actor, before: Assessment, reason: str, dates: Dates) -> Assessment:
    made = Assessment(
        reference=next_reference(session, f"KP-{before.region.code}-{before.period}", 2),
        region=before.region,
        state=COMPUTED,
        period=before.period,
        scheme_code=before.scheme_code,
        scheme_version=before.scheme_version,
        scheme_hash=before.scheme_hash,
        scheme=before.scheme,
        difference_points=before.difference_points,
        self_report_by=dates.self_report_by,
        freeze_on=dates.freeze_on,
        appeal_by=dates.appeal_by,
        supersedes=before,
        reason=reason,
        computed_at=before.computed_at,
        created_at=clock.now(),
        created_by_id=actor.id,
    )
    session.add(made)
    session.flush()
    earlier = keeping.every_sheet(session, before)
    add_sheets(session, made, scheme_of(before), [sheet.county for sheet in earlier])
    for old, new in zip(earlier, keeping.every_sheet(session, made), strict=True):
        _carry(old, new)
    keeping.recount_all(session, made)
    return made


def _carry(old: CountySheet, new: CountySheet) -> None:
    new.facts, new.sent_at, new.sent_by_id, new.sent_by_name = old.facts, old.sent_at, old.sent_by_id, old.sent_by_name
    lines = {line.code: line for line in new.lines}
    for line in old.lines:
        _carry_line(line, lines[line.code])


def _carry_line(old: AssessmentLine, new: AssessmentLine) -> None:
    for name in CARRIED:
        setattr(new, name, getattr(old, name))
