"""From the list of hazards to the rungs that are due on the ones chosen there."""

from dataclasses import replace

from flask import render_template, request

from inspect_app.access.guard import current_actor, requires
from inspect_app.chasing.definition import Rung
from inspect_app.chasing.forms import ManyForm
from inspect_app.chasing.ladder import Ladder
from inspect_app.chasing.views.place import TAKERS, blueprint
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.hazards.many import MOST, picked
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import first_references
from inspect_app.hazards.rules import overdue_days
from inspect_app.hazards.views.filtering import filter_from


@blueprint.get("/urge")
@requires(*TAKERS)
def urge() -> str:
    """Show which rung is due on each of the hazards chosen, one form a rung."""
    by_rung, not_due = _sorted(picked(db.session(), current_actor(), _references()))
    return render_template(
        "chasing/urge.html",
        by_rung=by_rung, not_due=not_due, form=ManyForm(formdata=None), can=current_actor().can,
        today=clock.today(), late_days=overdue_days,
    )  # fmt: skip


def _references() -> list[str]:
    if request.args.get("scope") != "all":
        return request.args.getlist("pick")
    session, actor = db.session(), current_actor()
    return first_references(session, actor, replace(filter_from(request.args, actor), overdue=True), MOST)


def _sorted(hazards: list[Hazard]) -> tuple[list[tuple[Rung, list[Hazard]]], list[Hazard]]:
    """Put each hazard to the highest rung that is open on it, and apart those on which none is."""
    ladder = Ladder(db.session())
    found: dict[str, list[Hazard]] = {}
    for hazard in hazards:
        codes = [step.planned.rung.code for step in ladder.steps_of(hazard) if step.planned.open]
        found.setdefault(codes[-1] if codes else "", []).append(hazard)
    due = [(rung, found[rung.code]) for rung in ladder.definition.rungs if rung.code in found]
    return due, found.get("", [])
