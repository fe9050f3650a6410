"""What a county says for itself: figures and a note for each line, files beside it, and sending the whole."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.assessments.course import keeping
from inspect_app.assessments.course.counting import scheme_of
from inspect_app.assessments.course.figures import fact_from, to_json
from inspect_app.assessments.course.items import Item, item_of, items_of
from inspect_app.assessments.course.queries import LINE, reports_for
from inspect_app.assessments.lifecycle import APPEALING, SELF_REPORTING
from inspect_app.assessments.models import AssessmentLine, CountySheet
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, StepRefused
from inspect_app.core.labels import mark, say
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.service import Prepared, attach

NOT_NOW = mark("现在不是自评阶段，不能填报或修改自评。")
NO_FILES_NOW = mark("现在不是自评或申诉阶段，不能增减佐证。")
OTHERS = mark("自评只能由本县（市、区）的填报员或负责人填写。")
LONGEST_NOTE = 1000


def report(
    session: Session, actor: Actor, line: AssessmentLine, texts: Mapping[str, str], note: str, version: int
) -> None:
    """Keep the county's own figures of a line. Raises Forbidden, Conflict, Stale or Invalid."""
    _check_county(actor, line.sheet)
    keeping.lock_line(session, line, (SELF_REPORTING,), NOT_NOW, version)
    item = item_of_line(line)
    if not item.reported:
        raise Forbidden(mark("这一项由考核方填写，不由县里自评。"))
    fact = fact_from(item, texts)
    words = note.strip()
    if len(words) > LONGEST_NOTE:
        raise Invalid({"note": [mark("说明最多 1000 字。")]})
    line.reported, line.note = to_json(fact), words
    line.reported_at, line.reported_by_id, line.reported_by_name = clock.now(), actor.id, actor.name
    forget_decision(line)
    keeping.note(session, actor, line, "report", {"figures": line.reported, "note": words})
    keeping.recount(session, line.sheet)


def send(session: Session, actor: Actor, sheet: CountySheet, version: int) -> None:
    """Send the whole self-report; lines not filled in count as agreeing with the computed value.

    StepRefused names every line that people owe figures to, and every marked line without a note.
    """
    _check_county(actor, sheet)
    keeping.lock_open(session, sheet.assessment, version)
    if sheet.assessment.state != SELF_REPORTING:
        raise Conflict(NOT_NOW)
    keeping.every_sheet(session, sheet.assessment, sheet.id)
    if missing := [*_owed(sheet), *_unexplained(sheet)]:
        raise StepRefused(missing)
    sheet.sent_at, sheet.sent_by_id, sheet.sent_by_name = clock.now(), actor.id, actor.name
    keeping.recount(session, sheet)
    told = {"sent": [None, actor.name], "score": [None, str(sheet.reported)]}
    keeping.record(session, actor, "send", sheet.assessment, told, sheet)


def add_proof(session: Session, actor: Actor, line: AssessmentLine, prepared: Prepared) -> Evidence:
    """Tie a stored file to a line while the county reports or appeals."""
    _check_files(session, actor, line)
    county = line.sheet.county_id
    made = attach(
        session, actor, prepared, kind=LINE, id=line.id, purpose=Purpose.PROOF, county_id=county, region_id=county
    )
    keeping.note(session, actor, line, "attach", {"file": prepared.original_name, "sha256": prepared.sha256})
    return made


def withdraw_proof(session: Session, actor: Actor, line: AssessmentLine, proof: Evidence) -> None:
    """Take a file back; its row stays."""
    _check_files(session, actor, line)
    if (proof.subject_kind, proof.subject_id) != (LINE, line.id):
        raise NotFound
    proof.withdrawn_at = clock.now()
    keeping.note(session, actor, line, "withdraw", {"file": proof.original_name, "sha256": proof.sha256})


def item_of_line(line: AssessmentLine) -> Item:
    """Return the item of the scheme that a line is about; NotFound for a code the scheme does not know."""
    item = item_of(scheme_of(line.sheet.assessment), line.code)
    if item is None:
        raise NotFound
    return item


def forget_decision(line: AssessmentLine) -> None:
    """Let a line be looked at again because what was decided about it has changed."""
    line.decision, line.decision_reason, line.decided_at = "", "", None
    line.decided_by_id, line.decided_by_name, line.accepted = None, "", None
    line.proposal, line.change = None, None


def _check_county(actor: Actor, sheet: CountySheet) -> None:
    if not reports_for(actor, sheet):
        raise Forbidden(OTHERS)


def _check_files(session: Session, actor: Actor, line: AssessmentLine) -> None:
    _check_county(actor, line.sheet)
    keeping.lock_open(session, line.sheet.assessment)
    if line.sheet.assessment.state not in (SELF_REPORTING, APPEALING):
        raise Conflict(NO_FILES_NOW)


def _owed(sheet: CountySheet) -> list[str]:
    lines = {line.code: line for line in sheet.lines}
    return [
        str(say(mark("“%(title)s”由人工填报，还没有填写。"), title=f"{item.code} {item.title}"))
        for item in items_of(scheme_of(sheet.assessment))
        if item.manual and lines[item.code].standing == "pending" and lines[item.code].reported is None
    ]


def _unexplained(sheet: CountySheet) -> list[str]:
    items = {item.code: item for item in items_of(scheme_of(sheet.assessment))}
    return [
        str(say(mark("“%(title)s”与机算值相差较大，请写明说明。"), title=f"{line.code} {items[line.code].title}"))
        for line in sheet.lines
        if line.differs and not line.note
    ]
