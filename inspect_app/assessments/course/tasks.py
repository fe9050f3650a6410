"""What a person must do now in the year's course, and by when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Permission
from inspect_app.assessments.course import blockers, queries, signing
from inspect_app.assessments.course.blockers import Blocker
from inspect_app.assessments.lifecycle import (
    APPEALING,
    COMPUTED,
    OPEN_STATES,
    REVIEWING,
    SELF_REPORTING,
    may_publish,
)
from inspect_app.assessments.models import Assessment, CountySheet, Reading
from inspect_app.core import clock
from inspect_app.core.labels import Sentence, mark, say

TAKING_PART = (Permission.REPORT_ASSESSMENT, Permission.RUN_ASSESSMENT, Permission.PUBLISH_ASSESSMENT)
FEW = 5
RECENT = timedelta(days=90)


@dataclass(frozen=True)
class Task:
    """One thing to do, where, and until when."""

    sentence: Sentence
    reference: str
    county: str = ""
    by: date | None = None

    @property
    def late(self) -> bool:
        """Tell whether its day is over."""
        return self.by is not None and self.by < clock.today()


def tasks_of(session: Session, actor: Actor) -> list[Task]:
    """List what a person must do in every open assessment, and what they have not signed for."""
    known = [each for each in queries.assessments(session, actor) if each.state in OPEN_STATES or _is_recent(each)]
    return [task for assessment in known for task in tasks_in(session, actor, assessment)]


def on_home(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Return the first tasks for the home page, None for who takes no part or has nothing to do."""
    if actor.role is None or not any(actor.can(each) for each in TAKING_PART):
        return None
    found = tasks_of(session, actor)
    return {"tasks": found[:FEW], "more": len(found) if len(found) > FEW else 0} if found else None


def tasks_in(session: Session, actor: Actor, assessment: Assessment) -> Iterator[Task]:
    """List what a person must do in one assessment."""
    if actor.can(Permission.REPORT_ASSESSMENT) and actor.role is not None:
        sheets = [each for each in queries.sheets_of(session, actor, assessment) if queries.reports_for(actor, each)]
        for sheet in sheets:
            yield from _of_county(session, assessment, sheet)
    elif assessment.state in OPEN_STATES and queries.confirms(actor, assessment):
        yield from _of_office(session, actor, assessment)


def _of_county(session: Session, assessment: Assessment, sheet: CountySheet) -> Iterator[Task]:
    code, reference = sheet.county.code, assessment.reference
    stage = signing.stage_of(assessment)
    if stage and not _has_signed(session, sheet, stage):
        by = {SELF_REPORTING: assessment.self_report_by, APPEALING: assessment.appeal_by}.get(assessment.state)
        yield Task(say(mark("签阅：%(stage)s"), stage=signing.STAGES[stage]), reference, code, by)
    if assessment.state == SELF_REPORTING and sheet.sent_at is None:
        yield Task(
            say(mark("填报并报送自评，还有 %(count)s 项没有填"), count=owed(sheet)),
            reference,
            code,
            assessment.self_report_by,
        )
    if assessment.state == APPEALING and clock.today() <= assessment.appeal_by:
        yield Task(say(mark("核对评审结果，有异议的逐项申诉")), reference, code, assessment.appeal_by)


def _of_office(session: Session, actor: Actor, assessment: Assessment) -> Iterator[Task]:
    sheets, reference = queries.sheets_of(session, SYSTEM, assessment), assessment.reference
    appeals, readings = queries.appeals_of(session, sheets), queries.readings_of(session, sheets)
    found = blockers.found_in(assessment, sheets, appeals, readings)
    counted = {kind: [each for each in found if each.kind == kind] for kind in blockers.LABELS}
    own = _proposed_by(actor, sheets)
    others = [each for each in counted["unconfirmed"] if each.place not in own]
    if assessment.state in (REVIEWING, APPEALING) and others:
        yield Task(say(mark("复核别人提出的改动 %(count)s 项"), count=len(others)), reference)
    if actor.can(Permission.RUN_ASSESSMENT):
        yield from _of_assessor(assessment, counted)
    if assessment.state == APPEALING and may_publish(assessment, actor) and actor.can(Permission.PUBLISH_ASSESSMENT):
        left = sum(len(counted[kind]) for kind in ("pending", "unconfirmed", "undecided", "unanswered"))
        if not left:
            yield Task(say(mark("评审和申诉已办完，请发布")), reference, by=assessment.appeal_by)


def _of_assessor(assessment: Assessment, counted: dict[str, list[Blocker]]) -> Iterator[Task]:
    reference = assessment.reference
    if assessment.state == COMPUTED:
        yield Task(say(mark("核对机算结果，开始自评")), reference, by=assessment.self_report_by)
    if assessment.frozen_at is None and clock.today() > assessment.freeze_on:
        yield Task(say(mark("冻结数据")), reference, by=assessment.freeze_on)
    if assessment.state in (REVIEWING, APPEALING):
        left = len(counted["undecided"]) + len(counted["pending"])
        if left:
            yield Task(say(mark("评审差异和待评的指标 %(count)s 项"), count=left), reference)
        elif assessment.state == REVIEWING and not counted["unconfirmed"]:
            yield Task(say(mark("评审已办完，请公布评审结果")), reference)
        if counted["unanswered"]:
            yield Task(say(mark("答复申诉 %(count)s 项"), count=len(counted["unanswered"])), reference)


def _has_signed(session: Session, sheet: CountySheet, stage: str) -> bool:
    rows = select(Reading.id).where(Reading.sheet_id == sheet.id, Reading.stage == stage)
    return session.scalar(rows.limit(1)) is not None


def _is_recent(assessment: Assessment) -> bool:
    return assessment.published_at is not None and clock.now() - assessment.published_at < RECENT


def _proposed_by(actor: Actor, sheets: Iterable[CountySheet]) -> set[str]:
    return {
        f"{sheet.county.code} {line.code}"
        for sheet in sheets
        for line in sheet.lines
        if line.proposal is not None and line.proposed_by_id == actor.id
    }


def filled(sheet: CountySheet) -> dict[str, Any]:
    """Return how far a county is with its self-report: lines filled in, and lines that only it can fill in."""
    return {"done": sum(line.reported is not None for line in sheet.lines), "owed": owed(sheet)}


def owed(sheet: CountySheet) -> int:
    """Count the lines that wait for figures of the county."""
    return sum(line.standing == "pending" and line.reported is None for line in sheet.lines)
