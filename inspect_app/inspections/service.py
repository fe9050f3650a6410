"""Changing visits: planned (see `inspections.planning`), filled, submitted, reviewed; one answer is `answers`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.checklists.definition import Severity
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import StepRefused
from inspect_app.core.labels import mark
from inspect_app.inspections import queries, stepping
from inspect_app.inspections.answers import AnswerConflict, answer
from inspect_app.inspections.findings import keep_findings
from inspect_app.inspections.journeys import plan_journey
from inspect_app.inspections.lifecycle import SUBMITTED
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.obstacles import obstacles
from inspect_app.inspections.planning import plan, reassign, reschedule
from inspect_app.inspections.results import keep_results
from inspect_app.inspections.tally import Tally

__all__ = [
    "AnswerConflict",
    "Unfinished",
    "answer",
    "plan",
    "plan_journey",
    "reassign",
    "reschedule",
    "review",
    "send_back",
    "start",
    "submit",
    "void",
]


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


def start(session: Session, actor: Actor, inspection: Inspection, version: int | None = None) -> Inspection:
    """Begin filling; the server's time counts."""
    stepping.take(session, actor, inspection, "start", {}, version)
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
    if hindered := obstacles(session, inspection):
        raise StepRefused(hindered)
    files = queries.files_of(session, inspection)
    answers = queries.answers_of(session, inspection)
    tallied = queries.tally_of(inspection, answers, files)
    facts = {"site_person": site_person.strip(), "summary": summary.strip(), **_figures(tallied)}
    try:
        stepping.take(session, actor, inspection, "submit", facts, version)
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
    return stepping.take(
        session, actor, inspection, "review", {"opinion": opinion.strip()} if opinion.strip() else {}, version
    )


def send_back(
    session: Session, actor: Actor, inspection: Inspection, reason: str, version: int | None = None
) -> Inspection:
    """Return a submitted visit to its inspectors; its hazards stay in the inventory."""
    return stepping.take(session, actor, inspection, "send_back", {"reason": reason.strip()}, version)


def void(session: Session, actor: Actor, inspection: Inspection, reason: str, version: int | None = None) -> Inspection:
    """Call off a visit that was never submitted."""
    return stepping.take(session, actor, inspection, "void", {"reason": reason.strip()}, version)


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
