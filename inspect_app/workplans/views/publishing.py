"""The steps of a plan's life: published when all is settled, discarded, closed at the end of the year."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, lock
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.workplans.intake import service
from inspect_app.workplans.intake.forms import EndForm
from inspect_app.workplans.intake.stamps import stamp_of_plan
from inspect_app.workplans.models import WorkPlan
from inspect_app.workplans.queries import plan_of
from inspect_app.workplans.views.place import blueprint
from inspect_app.workplans.views.saving import piece

DONE = {
    "publish": mark("工作要点已发布，各单位的应报事项已经产生。"),
    "discard": mark("已放弃这份草稿。同一份通知可以重新接收。"),
    "close": mark("工作要点已办结，不再接受报送。"),
}


@blueprint.post("/<reference>/steps/<action>")
@requires(Permission.EDIT_WORKPLAN, Permission.PUBLISH_WORKPLAN)
def step(reference: str, action: str) -> Response:
    """Publish, discard or close."""
    form = EndForm()
    plan_of(db.session(), current_actor(), reference)
    if action not in DONE:
        raise NotFound
    if not form.validate():
        raise Invalid(form.errors)
    with piece(reference) as plan:
        lock(db.session(), plan)
        form.refuse_if_stale(stamp_of_plan(plan))
        _take(action, plan, form.reason.data or "")
    flash(_(DONE[action]), "success")
    return redirect(url_for("workplans.show", reference=reference))


def _take(action: str, plan: WorkPlan, reason: str) -> None:
    session, actor = db.session(), current_actor()
    if action == "publish":
        service.publish(session, actor, plan, plan.version)
    elif action == "discard":
        service.discard(session, actor, plan, reason, plan.version)
    else:
        service.close(session, actor, plan, reason, plan.version)
