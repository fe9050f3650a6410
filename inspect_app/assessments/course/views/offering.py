"""What a person may do with a line now, as empty forms by name."""

from typing import Any

from flask_babel import gettext as _

from inspect_app.access.actor import Actor
from inspect_app.access.guard import current_actor
from inspect_app.assessments.course import appealing, figures, queries, reviewing
from inspect_app.assessments.course.forms import (
    AnswerForm,
    AppealForm,
    DecideForm,
    ProofForm,
    ReasonForm,
    ReportForm,
    figures_form,
    propose_form,
)
from inspect_app.assessments.course.items import Item, Kind
from inspect_app.assessments.course.reporting import item_of_line
from inspect_app.assessments.lifecycle import APPEALING, REVIEWING, SELF_REPORTING
from inspect_app.assessments.models import AssessmentLine
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.web.forms import BaseForm

Forms = dict[str, BaseForm]


def forms_for(found: AssessmentLine) -> Forms:
    """Return a form for everything the present person may do with a line."""
    assessment, actor = found.sheet.assessment, current_actor()
    made: Forms = {}
    if queries.reports_for(actor, found.sheet):
        made |= _of_county(found)
    if assessment.state in (REVIEWING, APPEALING):
        made |= _of_second(found, actor)
        made |= _of_assessor(found) if queries.assesses(actor, assessment) else {}
    return made


def _of_county(found: AssessmentLine) -> Forms:
    assessment, item = found.sheet.assessment, item_of_line(found)
    made: Forms = {}
    if assessment.state == SELF_REPORTING and item.reported:
        known = figures.entered(item, found.reported or found.computed)
        made["report"] = figures_form(ReportForm, item, known, version=found.version, note=found.note)
    if assessment.state in (SELF_REPORTING, APPEALING):
        made["proof"] = ProofForm(formdata=None)
    if assessment.state == APPEALING and clock.today() <= assessment.appeal_by and not _has_open_appeal(found):
        made["appeal"] = AppealForm(**_blank(found))
    return made


def _of_second(found: AssessmentLine, actor: Actor) -> Forms:
    if found.proposal is None or found.proposed_by_id == actor.id:
        return {}
    if not queries.confirms(actor, found.sheet.assessment):
        return {}
    return {"confirm": BaseForm(**_blank(found)), "refuse": ReasonForm(**_blank(found))}


def _of_assessor(found: AssessmentLine) -> Forms:
    item = item_of_line(found)
    made: Forms = {}
    if found.reported is not None:
        made["decide"] = _deciding(found, item)
    if reviewing.may_change(item):
        known = figures.entered(item, found.accepted or found.reported)
        made["propose"] = propose_form(item, known, found.version)
    if _has_open_appeal(found):
        made["answer"] = AnswerForm(**_blank(found))
    return made


def _deciding(found: AssessmentLine, item: Item) -> DecideForm:
    """Offer what can be decided: only where people fill in may the county be followed, only data can be kept to."""
    form = DecideForm(**_blank(found))
    possible = [reviewing.ACCEPTED] * item.manual + [reviewing.KEPT] * (not item.manual or item.kind is Kind.BONUS)
    form.decision.choices = [(each, _(reviewing.DECISIONS[each])) for each in possible]
    form.decision.data = possible[0]
    return form


def _blank(found: AssessmentLine) -> dict[str, Any]:
    return {"formdata": None, "data": {"version": found.version}}


def _has_open_appeal(found: AssessmentLine) -> bool:
    return appealing.standing(db.session(), found) is not None
