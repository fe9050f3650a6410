"""The home page: what is mine today, what is late, what is coming."""

from flask import render_template

from inspect_app.access.guard import current_actor, requires
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.rules import look_of
from inspect_app.hazards.words import STATE_LABELS
from inspect_app.inspections.kinds import KINDS
from inspect_app.inspections.lifecycle import LOOKS, STATES
from inspect_app.reporting.desk import desk
from inspect_app.reporting.views.links import hazards_href
from inspect_app.reporting.views.place import blueprint


@blueprint.get("/")
@requires()
def home() -> str:
    """Show the desk of the signed-in person."""
    today = clock.today()
    return render_template(
        "reporting/home.html",
        desk=desk(db.session(), current_actor(), today),
        look=lambda hazard: look_of(hazard.state, hazard.due_on, today),
        state_href=lambda state: hazards_href(HazardFilter(states=frozenset({state}))),
        hazards_href=hazards_href,
        states=STATE_LABELS,
        visits={"kinds": KINDS, "states": STATES, "looks": LOOKS},
    )
