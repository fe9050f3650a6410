"""Holding due dates and visits up, letting them run again at the end, and the list of what was refused."""

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspect_app.access.actor import Actor
from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import NotFound
from inspect_app.emergencies import holding, queries, service
from inspect_app.emergencies.estimate import estimate
from inspect_app.emergencies.forms import ReasonForm
from inspect_app.emergencies.intensity import MARK
from inspect_app.emergencies.lifecycle import HoldState
from inspect_app.emergencies.models import Emergency
from inspect_app.emergencies.views.place import Page, blueprint, found
from inspect_app.emergencies.views.showing import drawn
from inspect_app.web.forms import BaseForm

Do = Callable[[Session, Actor, Emergency, Sequence[int]], int]


@blueprint.get("/<reference>/held")
@requires(Permission.VIEW_QUAKES)
def held(reference: str) -> str:
    """List what stands still, what was refused and why, and what runs again."""
    session, actor, emergency = db.session(), current_actor(), found(reference)
    pauses = {state: queries.pauses_of(session, actor, emergency, state) for state in HoldState}
    moves = queries.moves_of(session, actor, emergency)
    return render_template(
        "emergencies/held.html", emergency=emergency, pauses=pauses, moves=moves, mark=MARK, HoldState=HoldState
    )


@blueprint.post("/<reference>/hold")
@requires(Permission.LEAD_EMERGENCY)
def hold(reference: str) -> Response:
    """Stop the clocks of the hazards inside and move planned visits; up to 500 of each in one go."""
    BaseForm().refuse_if_stale(found(reference).version)
    service.check_leads(current_actor(), found(reference))
    service.check_real(found(reference))
    session, emergency = db.session(), found(reference)
    told = estimate(session, current_actor(), emergency)
    hazards, visits = (
        holding.hazards_to_hold(session, emergency, told),
        holding.visits_to_hold(session, emergency, told),
    )
    stopped, moved = _each(reference, hazards, holding.hold_hazards), _each(reference, visits, holding.hold_visits)
    left = max(len(hazards) - holding.AT_ONCE, 0) + max(len(visits) - holding.AT_ONCE, 0)
    told_of = _("已停止计时 %(hazards)s 条，改期 %(visits)s 次检查。", hazards=stopped, visits=moved)
    flash(told_of + (_("还有 %(left)s 项，请再按一次继续。", left=left) if left else ""), "success")
    return redirect(url_for("emergencies.show", reference=reference))


@blueprint.post("/<reference>/finish/<action>")
@requires(Permission.LEAD_EMERGENCY)
def finish(reference: str, action: str) -> Page:
    """Let everything run again, and then end or cancel the emergency."""
    form, emergency = ReasonForm(), found(reference)
    if action not in {"end", "cancel"}:
        raise NotFound
    if not form.validate_on_submit():
        return drawn(emergency, reason=form), 422
    form.refuse_if_stale(emergency.version)
    service.check_leads(current_actor(), emergency)
    _each(reference, holding.held_hazards(db.session(), emergency), holding.let_hazards_run)
    _each(reference, holding.held_visits(db.session(), found(reference)), holding.let_visits_run)
    return _finished(reference, action, form.reason.data or "")


def _finished(reference: str, action: str, reason: str) -> Response:
    with transaction():
        emergency = found(reference)
        left = queries.held(db.session(), emergency)
        if not left:
            service.finish(db.session(), current_actor(), emergency, action, reason)
    if left:
        flash(_("还有 %(left)s 项没有恢复，请再按一次继续；恢复不了的见“停止计时与改期”。", left=left), "warning")
    else:
        flash(_("已恢复计时和检查日期，应急结束。"), "success")
    return redirect(url_for("emergencies.show", reference=reference))


def _each(reference: str, keys: Sequence[int], do: Do) -> int:
    """Do something portion by portion, each in a transaction of its own; what is done stays done."""
    done = 0
    for portion in holding.portions(keys):
        with transaction():
            done += do(db.session(), current_actor(), found(reference), portion)
    return done
