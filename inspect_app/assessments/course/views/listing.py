"""All assessments in sight with what to do now, and one of them with its counties."""

from typing import Any

from flask import render_template

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments.course import blockers, queries, tasks
from inspect_app.assessments.course.counting import scheme_of
from inspect_app.assessments.course.forms import StepForm
from inspect_app.assessments.course.views.place import LABELS, blueprint, found
from inspect_app.assessments.lifecycle import ASSESSMENT_LIFE, OPEN_STATES
from inspect_app.assessments.models import Assessment
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.lifecycle import Attempt, unmet


@blueprint.get("")
@requires(Permission.VIEW_ASSESSMENTS)
def index() -> str:
    """List what this person must do, then every assessment."""
    session, actor = db.session(), current_actor()
    return render_template(
        "assessments/course/index.html",
        tasks=tasks.tasks_of(session, actor),
        assessments=queries.assessments(session, actor),
        may_open=actor.can(Permission.RUN_ASSESSMENT),
        **LABELS,
    )


@blueprint.get("/<reference>")
@requires(Permission.VIEW_ASSESSMENTS)
def show(reference: str) -> str:
    """Show one assessment: where it stands, what is left to do, the counties in sight."""
    return shown(found(reference), StepForm(formdata=None))


def shown(assessment: Assessment, form: StepForm) -> str:
    """Draw the page of an assessment, `form` with what a refused step left behind."""
    session, actor = db.session(), current_actor()
    sheets = queries.sheets_of(session, actor, assessment)
    appeals, readings = queries.appeals_of(session, sheets), queries.readings_of(session, sheets)
    everything = blockers.blockers(session, assessment)
    form.version.data = assessment.version
    return render_template(
        "assessments/course/show.html",
        assessment=assessment,
        scheme=scheme_of(assessment),
        form=form,
        sheets=_rows(assessment, sheets, appeals, readings),
        tasks=list(tasks.tasks_in(session, actor, assessment)),
        left=_left(assessment, blockers.found_in(assessment, sheets, appeals, readings)),
        steps=_open_steps(assessment, everything),
        sees=queries.sees_decisions(actor, assessment),
        assesses=queries.assesses(actor, assessment) and assessment.state in OPEN_STATES,
        may_correct=queries.assesses(actor, assessment) and assessment.state == "published",
        correction=queries.correction_of(session, assessment),
        today=clock.today(),
        events=[_event(event) for event in assessment.events],
        **LABELS,
    )


def _rows(assessment: Assessment, sheets: Any, appeals: Any, readings: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    open_appeals = [each.line.sheet_id for each in appeals if not each.outcome]
    return [
        {
            "sheet": sheet,
            "filled": tasks.filled(sheet),
            "differing": sum(line.differs for line in sheet.lines),
            "appeals": open_appeals.count(sheet.id),
            "signed": [each for each in readings if each.sheet_id == sheet.id],
            "marked": sheet.reported is not None
            and abs((sheet.reported or 0) - (sheet.computed or 0)) > assessment.difference_points,
        }
        for sheet in sheets
    ]


def _left(assessment: Assessment, found_here: list[blockers.Blocker]) -> dict[str, list[blockers.Blocker]]:
    """What stands in the way of the next step, by kind."""
    wanted = {
        "self_reporting": ("unsent",),
        "reviewing": ("undecided", "unconfirmed", "pending"),
        "appealing": ("undecided", "unconfirmed", "pending", "unanswered", "unsigned"),
    }.get(assessment.state, ())
    told = wanted if queries.sees_decisions(current_actor(), assessment) else ("unsent",)
    grouped = {kind: [each for each in found_here if each.kind == kind] for kind in wanted if kind in told}
    return {kind: each for kind, each in grouped.items() if each}


def _open_steps(assessment: Assessment, everything: list[blockers.Blocker]) -> list[tuple[Any, list[str]]]:
    actor = current_actor()
    attempt = Attempt(assessment, blockers.as_facts(everything), actor, clock.now(), clock.today())
    steps = [step for step in ASSESSMENT_LIFE.open_to(assessment, actor) if step.action not in ("correct", "supersede")]
    return [(step, unmet(step, attempt, before_form=True)) for step in steps]


def _event(event: Any) -> dict[str, Any]:  # noqa: ANN401 - an event of any assessment
    step = ASSESSMENT_LIFE.step(event.action, event.source)
    reason = event.facts.get("reason") or ""
    return {"label": step.label if step else event.action, "at": event.at, "by": event.actor_name, "note": reason}
