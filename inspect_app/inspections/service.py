"""Changing visits: planned, filled, submitted, reviewed. One answer is kept by `inspections.answers`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.accounts.models import User
from inspect_app.audit import service as audit
from inspect_app.checklists.definition import Severity
from inspect_app.checklists.queries import current
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden, Invalid, StepRefused
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.core.references import next_reference
from inspect_app.inspections import queries
from inspect_app.inspections.answers import AnswerConflict, answer
from inspect_app.inspections.findings import keep_findings
from inspect_app.inspections.lifecycle import INSPECTION_LIFE, PLANNED, SUBMITTED
from inspect_app.inspections.models import Inspection, Inspector, Sheet
from inspect_app.inspections.results import keep_results
from inspect_app.inspections.rules import plan_problems, team_problems
from inspect_app.inspections.tally import Tally
from inspect_app.regions.queries import covers
from inspect_app.sites.models import Site

__all__ = ["AnswerConflict", "Unfinished", "answer", "plan", "review", "send_back", "start", "submit", "void"]


class Unfinished(StepRefused):
    """A visit cannot be submitted yet; `items` are the codes of what is open, in order.

    `missing` has a sentence for each of them, after those in `own`, which concern the whole visit.
    """

    code = "unfinished"

    def __init__(self, missing: Sequence[str], tallied: Tally) -> None:
        self.own = tuple(missing)
        self.items = tuple(each.item.code for each in tallied.open_items)
        sentences = (f"{each.item.code}：{''.join(each.problems) or mark('尚未作答。')}" for each in tallied.open_items)
        super().__init__([*missing, *sentences], mark("还不能提交，请先补齐。"))


def plan(
    session: Session,
    actor: Actor,
    *,
    site: Site,
    kind: str,
    planned_on: date,
    inspector_ids: Sequence[int],
    checklist_codes: Sequence[str],
) -> Inspection:
    """Plan a visit; the first inspector leads. Raises Invalid, Forbidden, or NotFound for an unpublished list."""
    _check_planner(session, actor, site)
    problems = plan_problems(kind, planned_on, clock.today(), checklist_codes)
    team = _team(session, site, inspector_ids, problems)
    if not site.active:
        problems["site_reference"] = [mark("这个检查对象已停用。")]
    if problems:
        raise Invalid(problems)
    versions = [current(session, code) for code in dict.fromkeys(checklist_codes)]
    inspection = Inspection(
        uuid=str(uuid4()),
        reference=next_reference(session, f"JC-{site.county.code}-{planned_on.year}-{kind.upper()}"),
        kind=kind,
        state=PLANNED,
        site=site,
        county_id=site.county_id,
        region_id=site.region_id,
        planned_on=planned_on,
        created_at=clock.now(),
        created_by_id=actor.id,
        inspectors=[Inspector(user=user, position=number) for number, user in enumerate(team)],
        sheets=[Sheet(checklist_version=version) for version in versions],
    )
    session.add(inspection)
    session.flush()
    lists = [f"{version.code}-{version.number}" for version in versions]
    told = {"planned_on": planned_on.isoformat(), "lists": lists, "inspectors": [user.name for user in team]}
    _record(session, actor, "inspection.plan", inspection, {name: [None, value] for name, value in told.items()})
    return inspection


def start(session: Session, actor: Actor, inspection: Inspection, version: int | None = None) -> Inspection:
    """Begin filling; the server's time counts."""
    _step(session, actor, inspection, "start", {}, version)
    inspection.started_at = clock.now()
    return inspection


def submit(
    session: Session,
    actor: Actor,
    inspection: Inspection,
    *,
    site_person: str,
    summary: str = "",
    version: int | None = None,
) -> Inspection:
    """Score the sheets and make hazards and notes of what failed, all at once.

    The same person sending the same page again gets the same visit back. Raises Unfinished with all that is open,
    Stale, Forbidden or StepRefused.
    """
    lock(session, inspection)
    if _sent_before(inspection, actor, version):
        return inspection
    files = queries.files_of(session, inspection)
    answers = queries.answers_of(session, inspection)
    tallied = queries.tally_of(inspection, answers, files)
    facts = {"site_person": site_person.strip(), "summary": summary.strip(), **_figures(tallied)}
    try:
        _step(session, actor, inspection, "submit", facts, version)
    except StepRefused as refused:
        if inspection.state == "under_way" and tallied.open_items:
            own = [] if site_person.strip() else refused.missing
            raise Unfinished(own, tallied) from refused
        raise
    inspection.site_person, inspection.summary = facts["site_person"], facts["summary"]
    inspection.submitted_at, inspection.submitted_on = clock.now(), clock.today()
    keep_results(inspection, tallied)
    keep_findings(session, actor, inspection, tallied, answers, files)
    return inspection


def review(
    session: Session, actor: Actor, inspection: Inspection, opinion: str = "", version: int | None = None
) -> Inspection:
    """Accept what was submitted."""
    return _step(session, actor, inspection, "review", {"opinion": opinion.strip()} if opinion.strip() else {}, version)


def send_back(
    session: Session, actor: Actor, inspection: Inspection, reason: str, version: int | None = None
) -> Inspection:
    """Return a submitted visit to its inspectors; its hazards stay in the inventory."""
    return _step(session, actor, inspection, "send_back", {"reason": reason.strip()}, version)


def void(session: Session, actor: Actor, inspection: Inspection, reason: str, version: int | None = None) -> Inspection:
    """Call off a visit that was never submitted."""
    return _step(session, actor, inspection, "void", {"reason": reason.strip()}, version)


def _step(
    session: Session,
    actor: Actor,
    inspection: Inspection,
    action: str,
    facts: Mapping[str, Any],
    version: int | None,
) -> Inspection:
    lock(session, inspection)
    before = inspection.state
    attempt = Attempt(inspection, facts, actor, clock.now(), clock.today())
    advance(INSPECTION_LIFE, action, attempt, version=version)
    session.flush()
    changes: dict[str, list[Any]] = {"state": [before, inspection.state]}
    if "reason" in facts:
        changes["reason"] = [None, facts["reason"]]
    _record(session, actor, f"inspection.{action}", inspection, changes)
    return inspection


def _check_planner(session: Session, actor: Actor, site: Site) -> None:
    if actor.role is None:
        return
    within = actor.capture_region_id is not None and covers(session, actor.capture_region_id, site.region_id)
    if not (within and actor.can(Permission.PLAN_INSPECTION)):
        raise Forbidden(mark("您只能安排本地区检查对象的检查。"))


def _team(session: Session, site: Site, ids: Sequence[int], problems: dict[str, list[str]]) -> list[User]:
    """Return the members in the order given, adding to `problems` what is wrong with them."""
    allowed = {user.id: user for user in queries.inspectors_for(session, site)}
    wanted = list(dict.fromkeys(ids))
    if strangers := [key for key in wanted if key not in allowed]:
        names = session.scalars(select(User.name).where(User.id.in_(strangers))).all()
        problems["inspector_ids"] = [f"{'、'.join(names)}不能检查这个对象：不是检查人员、已停用，或不在其填报区域内。"]
        return []
    team = [allowed[key] for key in wanted]
    if sentences := team_problems(user.credential_number for user in team):
        problems["inspector_ids"] = sentences
    return team


def _sent_before(inspection: Inspection, actor: Actor, version: int | None) -> bool:
    last = inspection.events[-1] if inspection.events else None
    if inspection.state != SUBMITTED or last is None or version is None:
        return False
    return last.actor_id == actor.id and version == inspection.version - 1


def _figures(tallied: Tally) -> dict[str, Any]:
    """Return what the event of the submission keeps."""
    scores = {sheet.checklist.code: sheet.score.score for sheet in tallied.sheets}
    return {
        "open_items": [each.item.code for each in tallied.open_items],
        "scores": {code: None if value is None else round(value, 4) for code, value in scores.items()},
        "vetoes": tallied.vetoes,
        "major": tallied.leading_to(Severity.MAJOR),
        "general": tallied.leading_to(Severity.GENERAL),
        "advice": tallied.leading_to(Severity.ADVICE),
    }


def _record(
    session: Session, actor: Actor, action: str, inspection: Inspection, changes: Mapping[str, Sequence[Any]]
) -> None:
    audit.record(
        session,
        actor,
        action,
        kind=queries.SUBJECT,
        id=inspection.id,
        reference=inspection.reference,
        region_id=inspection.region_id,
        changes=changes,
    )
