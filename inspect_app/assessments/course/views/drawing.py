"""The page of one line, with the history that this person may read."""

from typing import Any

from flask import render_template

from inspect_app.access.guard import current_actor
from inspect_app.assessments.course import queries
from inspect_app.assessments.course.counting import scheme_of
from inspect_app.assessments.course.items import items_of
from inspect_app.assessments.course.reporting import item_of_line
from inspect_app.assessments.course.views.offering import Forms, forms_for
from inspect_app.assessments.course.views.place import LABELS
from inspect_app.assessments.course.views.sheets import line_row
from inspect_app.assessments.course.words import ENTRIES, entry_note
from inspect_app.assessments.models import AssessmentLine
from inspect_app.core.database import db

BY_COUNTIES = ("report", "attach", "withdraw", "appeal")


def drawn(found: AssessmentLine, used: Forms) -> str:
    """Draw the page of a line; `used` are forms that came back with something wrong."""
    session, item, sheet = db.session(), item_of_line(found), found.sheet
    order = [each.code for each in items_of(scheme_of(sheet.assessment))]
    place = order.index(found.code)
    return render_template(
        "assessments/course/line.html",
        assessment=sheet.assessment,
        sheet=sheet,
        row=line_row(item, found),
        line=found,
        item=item,
        proposal=_proposal(found),
        appeals=[each for each in queries.appeals_of(session, [sheet]) if each.line_id == found.id],
        proofs=queries.proofs_of(session, [found])[found.id],
        earlier=order[place - 1] if place else None,
        later=order[place + 1] if place + 1 < len(order) else None,
        entries=_entries(found),
        sees=queries.sees_decisions(current_actor(), sheet.assessment),
        forms=_apart({**forms_for(found), **used}),
        **LABELS,
    )


def _apart(forms: Forms) -> Forms:
    """Give every field an id of its own, since several forms on the page ask for the same things."""
    for name, form in forms.items():
        for field in form:
            field.id = field.label.field_id = f"{name}-{field.short_name}"
    return forms


def _proposal(found: AssessmentLine) -> str | None:
    """Return a proposed change as people read it."""
    return entry_note("propose", {"change": found.proposal}, item_of_line(found)) if found.proposal else None


def _entries(found: AssessmentLine) -> list[dict[str, Any]]:
    shown = queries.sees_decisions(current_actor(), found.sheet.assessment)
    item = item_of_line(found)
    return [
        {
            "label": ENTRIES.get(each.action, each.action),
            "at": each.at,
            "by": each.actor_name,
            "note": entry_note(each.action, each.content, item),
        }
        for each in queries.entries_of(db.session(), found)
        if shown or each.action in BY_COUNTIES
    ]
