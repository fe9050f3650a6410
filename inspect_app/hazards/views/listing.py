"""The list of hazards."""

from flask import render_template
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.hazards import queries
from inspect_app.hazards.many import steps_for
from inspect_app.hazards.rules import look_of
from inspect_app.hazards.saved import saved_by
from inspect_app.hazards.views.filtering import address_with, asked, chips_of, filter_from, kept, remember
from inspect_app.hazards.views.place import blueprint
from inspect_app.hazards.words import GRADE_LABELS, STATE_LABELS
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of, region_label
from inspect_app.sites.rules import CATEGORIES


@blueprint.get("")
@requires(Permission.VIEW_HAZARDS)
def index() -> str:
    """List the hazards that the person sees, the most urgent first."""
    actor, session, given = current_actor(), db.session(), asked()
    counties = _counties(session, actor)
    wanted = filter_from(given, actor)
    found, total = queries.page_and_count(session, actor, wanted, given.get("after"))
    labels = {"states": STATE_LABELS, "grades": GRADE_LABELS, "categories": CATEGORIES}
    return render_template(
        "hazards/index.html",
        hazards=found.rows, next_href=address_with(given, after=found.after) if found.after else None,
        first_href=address_with(given, after=None) if given.get("after") else None,
        total=total, chips=chips_of(given), wanted=wanted, today=clock.today(),
        counties=counties,
        look_of=look_of, region_label=region_label, kept=kept(given), saved=saved_by(session, actor),
        steps=steps_for(actor), **labels,
    )  # fmt: skip


def _counties(session: Session, actor: Actor) -> list[Region]:
    """List the counties a person sees; their own region is read with them, since the frame of the page names it."""
    top = session.get(Region, actor.view_region_id) if actor.view_region_id else None
    counties = counties_of(session, top.id) if top else []
    remember([top, *counties] if top else [])
    return counties
