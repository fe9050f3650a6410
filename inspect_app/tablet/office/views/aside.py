"""What tablets sent and could not enter where it was meant to, all of it on one page."""

from flask import render_template

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.hazards.rules import look_of
from inspect_app.tablet import aside
from inspect_app.tablet.office.naming import Names
from inspect_app.tablet.office.views.place import blueprint


@blueprint.get("/inspections/aside")
@requires(Permission.CARRY_OUT_INSPECTION, Permission.REVIEW_INSPECTION)
def aside_of_all() -> str:
    """List it: by visit what somebody may still take over, and what came too late for its hazard."""
    session, actor = db.session(), current_actor()
    visits, hazards = aside.beside_visits(session, actor), aside.beside_hazards(session, actor)
    looks = {each.hazard.id: look_of(each.hazard.state, each.hazard.due_on, clock.today()) for each in hazards}
    return render_template("tablet/aside.html", visits=visits, hazards=hazards, looks=looks, people=Names())
