"""The board: teams by days of a week; a card is moved by dragging, or by the form on it."""

from datetime import date, timedelta

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.campaigns import board as boards
from inspect_app.campaigns import queries, service
from inspect_app.campaigns.board import Move
from inspect_app.campaigns.forms import MoveForm
from inspect_app.campaigns.lifecycle import ISSUED
from inspect_app.campaigns.models import CampaignVisit
from inspect_app.campaigns.views.place import blueprint
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Invalid, StepRefused
from inspect_app.core.workdays import load_calendar
from inspect_app.inspections.lifecycle import LOOKS, PLANNED, STATES, first_planned_on
from inspect_app.web.answers import wants_json
from inspect_app.web.language import said


@blueprint.get("/<reference>/board")
@requires(Permission.VIEW_CAMPAIGNS)
def board(reference: str) -> str:
    """Show the visits of a week by team and day."""
    session, actor = db.session(), current_actor()
    campaign = queries.by_reference(session, actor, reference)
    found = queries.visits_of(session, actor, campaign)
    days = boards.week_of(_day() or boards.first_week(campaign, found))
    return render_template(
        "campaigns/board.html",
        campaign=campaign,
        days=days,
        rows=boards.rows_of(campaign, found, days),
        calendar=load_calendar(session),
        movable=campaign.state == ISSUED and service.may_plan(session, actor, campaign),
        outside=sum(each.inspection.planned_on not in days for each in found),
        **LABELS,
    )


@blueprint.post("/<reference>/visits/<visit>/move")
@requires(Permission.PLAN_CAMPAIGN)
def move(reference: str, visit: str) -> Response:
    """Move a visit to another team or day: told as JSON to the board's script, by a flash to the form."""
    form = MoveForm()
    if wants_json():
        moved = _moved(reference, visit, form)
        return jsonify(version=moved.inspection.version, on=moved.inspection.planned_on.isoformat())
    try:
        moved = _moved(reference, visit, form)
    except (Invalid, StepRefused) as error:
        flash(_("没有调整：%(why)s", why="".join(_sentences(error))), "error")
        return redirect(url_for("campaigns.board", reference=reference, week=request.args.get("week", "")))
    flash(_("已调整 %(visit)s。", visit=visit), "success")
    return redirect(url_for("campaigns.board", reference=reference, week=moved.inspection.planned_on))


LABELS = {
    "week": timedelta(days=boards.WEEK),
    "states": STATES,
    "looks": LOOKS,
    "PLANNED": PLANNED,
    "first_planned_on": first_planned_on,
}


def _moved(reference: str, visit: str, form: MoveForm) -> CampaignVisit:
    queries.by_reference(db.session(), current_actor(), reference)
    form.validate()
    if form.errors or form.on.data is None:
        raise Invalid({name: tuple(map(str, texts)) for name, texts in form.errors.items() if name})
    wish = Move(form.on.data, form.team.data, form.reason.data or "", form.version.data or 0)
    with transaction():
        campaign = queries.by_reference(db.session(), current_actor(), reference)
        return boards.move(db.session(), current_actor(), campaign, visit, wish)


def _sentences(error: DomainError) -> list[str]:
    if isinstance(error, Invalid):
        return [said(text) for texts in error.problems.values() for text in texts]
    return [said(text) for text in error.missing] if isinstance(error, StepRefused) else [said(error)]


def _day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("week", ""))
    except ValueError:
        return None
