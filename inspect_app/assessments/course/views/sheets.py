"""The sheet of a county: its lines side by side, sending the self-report, signing for it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments.course import figures, queries, reporting, signing, tasks
from inspect_app.assessments.course.counting import scheme_of
from inspect_app.assessments.course.forms import StepForm
from inspect_app.assessments.course.items import Item, items_of
from inspect_app.assessments.course.views.place import LABELS, REPORT, Page, blueprint, found_sheet
from inspect_app.assessments.models import AssessmentLine, CountySheet
from inspect_app.assessments.period import period_of
from inspect_app.assessments.views.rows import rows_href
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import StepRefused


@blueprint.get("/<reference>/<code>")
@requires(Permission.VIEW_ASSESSMENTS)
def sheet(reference: str, code: str) -> str:
    """Show a county line by line: computed, self-reported, decided."""
    return drawn(found_sheet(reference, code), StepForm(formdata=None))


@blueprint.post("/<reference>/<code>/send")
@requires(REPORT)
def send(reference: str, code: str) -> Page:
    """Send the self-report; lines still owed are listed."""
    form = StepForm()
    try:
        with transaction():
            known = found_sheet(reference, code)
            reporting.send(db.session(), current_actor(), known, form.version.data or 0)
    except StepRefused as error:
        form.show(error)
        return drawn(found_sheet(reference, code), form), 409
    flash(_("自评已报送。截止前还可以修改，改后自动更新。"), "success")
    return redirect(url_for("course.sheet", reference=reference, code=code))


@blueprint.post("/<reference>/<code>/sign")
@requires(REPORT)
def sign(reference: str, code: str) -> Response:
    """Sign for the sheet as it was shown."""
    with transaction():
        known = found_sheet(reference, code)
        signing.sign(db.session(), current_actor(), known, request.form.get("digest", ""))
    flash(_("已签阅。"), "success")
    return redirect(url_for("course.sheet", reference=reference, code=code))


def drawn(known: CountySheet, form: StepForm) -> str:
    """Draw a sheet, `form` with what a refused sending left behind."""
    session, actor, assessment = db.session(), current_actor(), known.assessment
    scheme, readings = scheme_of(assessment), queries.readings_of(session, [known])
    form.version.data = assessment.version
    return render_template(
        "assessments/course/sheet.html",
        assessment=assessment,
        sheet=known,
        scheme=scheme,
        groups=_groups(known),
        form=form,
        tasks=[each for each in tasks.tasks_in(session, actor, assessment) if each.county in ("", known.county.code)],
        filled=tasks.filled(known),
        digest=signing.shown_digest(session, known),
        stage=signing.stage_of(assessment),
        readings=readings,
        reports=queries.reports_for(actor, known),
        signed=any(each.user_id == actor.id and each.stage == signing.stage_of(assessment) for each in readings),
        sees=queries.sees_decisions(actor, assessment),
        snapshot=queries.snapshots_of(session, assessment).get(known.county_id),
        **LABELS,
    )


def _groups(known: CountySheet) -> list[dict[str, Any]]:
    """Lines by module, then what stands outside the modules."""
    scheme, session = scheme_of(known.assessment), db.session()
    proofs = queries.proofs_of(session, known.lines)
    appeals = queries.appeals_of(session, [known])
    lines, titles = {line.code: line for line in known.lines}, {each.code: each.title for each in scheme.modules}
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in items_of(scheme):
        line = lines[item.code]
        row = {**line_row(item, line), "proofs": len(proofs[line.id])}
        row["appeals"] = [each for each in appeals if each.line_id == line.id]
        groups.setdefault(item.module or item.kind.value, []).append(row)
    return [
        {"title": titles.get(key) or LABELS["kinds"][key], "rows": rows, "inside": key in titles}
        for key, rows in groups.items()
    ]


def line_row(item: Item, line: AssessmentLine) -> dict[str, Any]:
    """Return a line with its figures as people read them."""
    return {
        "item": item,
        "line": line,
        "computed": figures.told(item, line.computed),
        "reported": figures.told(item, line.reported),
        "accepted": figures.told(item, line.accepted),
        "rows_href": _rows_href(item, line) if line.computed else "",
    }


def _rows_href(item: Item, line: AssessmentLine) -> str:
    """Return the address of the rows behind a computed figure, "" where none are."""
    period = period_of(line.sheet.assessment.period, clock.today())
    return rows_href(line.sheet.county.code, period, item.fact or "", "numerator")
