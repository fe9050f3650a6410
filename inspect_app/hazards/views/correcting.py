"""Correcting the record of an ended hazard: what stood there before stays in the event and in the audit trail."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid, StepRefused
from inspect_app.core.labels import mark
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.editing import CORRECTABLE
from inspect_app.hazards.forms import GeneratedForm, correction_form
from inspect_app.hazards.inputs import COLUMNS, GROUPS
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import by_reference
from inspect_app.hazards.service import take_step
from inspect_app.hazards.views.place import Page, blueprint
from inspect_app.web.errors import STATUSES

NAMES = [name for name in COLUMNS if name in CORRECTABLE]


@blueprint.route("/<reference>/correct", methods=["GET", "POST"])
@requires(Permission.DECIDE_HAZARD)
def correct(reference: str) -> Page:
    """Show what an ended record says, or correct it with a reason."""
    hazard = _ended(reference)
    form = correction_form(NAMES, data={name: getattr(hazard, name) for name in (*NAMES, "version")})
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            _correct(reference, form)
        except (Invalid, StepRefused) as error:
            form.show(error)
            status = STATUSES[type(error)]
        else:
            flash(_("已更正，更正前后的内容都留在记录里。"), "success")
            return redirect(url_for("hazards.show", reference=reference))
    return render_template("hazards/correct.html", hazard=hazard, form=form, names=NAMES, groups=GROUPS), status


def _ended(reference: str) -> Hazard:
    hazard = by_reference(db.session(), current_actor(), reference)
    person, step = standing_of(db.session(), current_actor(), hazard), HAZARD_LIFE.step("correct", hazard.state)
    if step is None:
        raise StepRefused([mark("只有已办结的隐患才用“更正”；未办结的请用“补充或更正”修改。")])
    if not step.position(hazard, person):
        raise Forbidden(mark("您没有权限执行“%(label)s”。"), label=step.label)
    return hazard


def _correct(reference: str, form: GeneratedForm) -> None:
    with transaction():
        hazard = by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(hazard.version)
        facts = {"corrections": form.given(NAMES), "reason": form["reason"].data}
        take_step(db.session(), current_actor(), hazard, "correct", facts, version=form.version.data)
