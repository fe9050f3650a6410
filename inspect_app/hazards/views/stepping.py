"""Taking a step: its form, drawn from what the step needs, and the step itself."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid, StepRefused
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Step
from inspect_app.core.workdays import load_calendar
from inspect_app.hazards.circumstances import people_for, standing_of
from inspect_app.hazards.deadlines import proposed_due
from inspect_app.hazards.definitions import load_limits
from inspect_app.hazards.forms import GeneratedForm, step_form
from inspect_app.hazards.inputs import INPUTS, Kind
from inspect_app.hazards.lifecycle import HAZARD_LIFE, asked_of
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.offers import missing_before
from inspect_app.hazards.queries import by_reference
from inspect_app.hazards.rules import look_of
from inspect_app.hazards.service import take_step
from inspect_app.hazards.views.place import Page, blueprint
from inspect_app.hazards.views.showing import CHANGERS
from inspect_app.web.errors import STATUSES

NAMED = {Kind.PEOPLE: (Permission.RECHECK_HAZARD,), Kind.PERSON: (Permission.RECHECK_HAZARD, Permission.DECIDE_HAZARD)}


@blueprint.route("/<reference>/steps/<action>", methods=["GET", "POST"])
@requires(*CHANGERS)
def take(reference: str, action: str) -> Page:
    """Show the form of a step, or take it."""
    hazard = by_reference(db.session(), current_actor(), reference)
    step = _step(hazard, action)
    if action == "correct":
        return redirect(url_for("hazards.correct", reference=reference))
    form = _form(hazard, step)
    if not form.validate_on_submit():
        return _page(hazard, step, form), 422 if form.is_submitted() else 200
    try:
        _take(reference, step, form)
    except (Invalid, StepRefused) as error:
        form.show(error)
        return _page(hazard, step, form), STATUSES[type(error)]
    flash(_("已%(label)s。", label=_(step.label)), "success")
    return redirect(url_for("hazards.show", reference=reference))


def _step(hazard: Hazard, action: str) -> Step:
    step = HAZARD_LIFE.step(action, hazard.state)
    if step is None:
        raise StepRefused([mark("当前状态下没有这个操作，可能已有人先行处理，请刷新页面。")])
    person = standing_of(db.session(), current_actor(), hazard)
    if not person.can(step.permission) or not step.position(hazard, person):
        raise Forbidden(mark("您没有权限执行“%(label)s”。"), label=step.label)
    return step


def _form(hazard: Hazard, step: Step) -> GeneratedForm:
    """Draw the fields with what the hazard already says of them."""
    names = asked_of(step, hazard)
    asked = {permission for name in names for permission in NAMED.get(INPUTS[name].kind, ())}
    people = people_for(db.session(), hazard, *asked) if asked else []
    known = {name: getattr(hazard, name, None) for name in names}
    data = {**known, **(hazard.plan_parts or {}), **_proposed(hazard, step), "version": hazard.version}
    return step_form(step, hazard, people, data=data)


def _proposed(hazard: Hazard, step: Step) -> dict[str, Any]:
    """Return what the office's table and the person at the screen suggest for the fields of a step."""
    proposed: dict[str, Any] = {"recheckers": [current_actor().id]} if "recheckers" in step.needs else {}
    if "due_on" in step.needs and (hazard.due_on is None or hazard.due_on < clock.today()):
        deadlines, calendar = load_limits().deadlines, load_calendar(db.session())
        proposed["due_on"] = proposed_due(hazard, clock.today(), deadlines, calendar)
    if "review_on" in step.needs:
        proposed["review_on"] = None
    return proposed


def _take(reference: str, step: Step, form: GeneratedForm) -> None:
    with transaction():
        hazard = by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(hazard.version)
        facts = form.given(asked_of(step, hazard))
        take_step(db.session(), current_actor(), hazard, step.action, facts, version=form.version.data)


def _page(hazard: Hazard, step: Step, form: GeneratedForm) -> str:
    actor, session = current_actor(), db.session()
    names: list[Any] = [name for name in asked_of(step, hazard) if name in form]
    return render_template(
        "hazards/step.html",
        hazard=hazard,
        step=step,
        form=form,
        names=names,
        missing=missing_before(session, actor, standing_of(session, actor, hazard), hazard, step),
        look=look_of(hazard.state, hazard.due_on, clock.today()),
    )
