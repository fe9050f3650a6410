"""The page of an earthquake."""

from typing import Any

from flask import render_template

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock as time
from inspect_app.core.database import db
from inspect_app.quakes import measures, presentation
from inspect_app.quakes.forms import FaultForm, MeasureForm, ReasonForm, ReviewForm, first_words
from inspect_app.quakes.lifecycle import CANCELLED, FINAL_REPORTED, LOOKS, QUAKE_LIFE, REVIEWED, STATES, at_desk
from inspect_app.quakes.models import Quake
from inspect_app.quakes.reporting import may_report
from inspect_app.quakes.views.place import blueprint, found
from inspect_app.quakes.words import (
    BECOMES_LABELS,
    FAULT_LABELS,
    FIGURES,
    REPORT_LABELS,
    SIDE_LABELS,
    STANDING_LABELS,
    STANDING_LOOKS,
)
from inspect_app.regions.queries import counties_of

Forms = ReasonForm | FaultForm | MeasureForm | ReviewForm


@blueprint.get("/<reference>")
@requires(Permission.VIEW_QUAKES)
def show(reference: str) -> str:
    """Show an earthquake: its clocks, reports, figures, faults, review and what this person may do now."""
    return render_template("quakes/show.html", **around(found(reference)))


def around(quake: Quake, **forms: Forms) -> dict[str, Any]:
    """Return what the page shows; `forms` are those that came back with mistakes."""
    session, actor = db.session(), current_actor()
    dials = presentation.dials_of(session, actor, quake)
    places = [place for place in (quake.region, quake.county) if place is not None]
    open_to_reports = quake.state not in (CANCELLED, REVIEWED)
    own = {place.id for place in places if open_to_reports and may_report(session, actor, place)}
    return {
        "quake": quake, "dials": dials, "now": time.now(), "first_words": first_words(quake),
        "compared": presentation.cross_check(quake), "faults": presentation.counted_faults(quake),
        "timeline": presentation.timeline(quake), "others": presentation.kinds_without_clock(quake) if own else [],
        "steps": {step.action: step for step in QUAKE_LIFE.open_to(quake, actor)},
        "own": own, "may_judge": actor.can(Permission.RECORD_QUAKE) and at_desk(quake, actor),
        "reviewing": quake.state == FINAL_REPORTED, "waits": measures.waits, "labels": LABELS, **drawn(quake, forms),
    }  # fmt: skip


def drawn(quake: Quake, given: dict[str, Forms]) -> dict[str, Forms]:
    """Draw the forms of the page, those that came back as they are."""
    version = {"version": quake.version}
    forms = {
        "reason": given.get("reason") or ReasonForm(formdata=None, data=version),
        "fault": given.get("fault") or FaultForm(formdata=None, data=version),
        "measure": given.get("measure") or MeasureForm(formdata=None, data=version),
        "review": given.get("review") or ReviewForm(formdata=None, data=version),
    }
    places = [place for place in (quake.region, quake.county) if place is not None]
    forms["fault"]["region"].choices = [(place.code, place.name) for place in places]
    counties = counties_of(db.session(), quake.region_id)
    forms["measure"]["county"].choices = [(each.code, each.name) for each in counties]
    if quake.county is not None and not forms["measure"].is_submitted():
        forms["measure"]["county"].data = quake.county.code
    return forms


LABELS = {
    "states": STATES,
    "looks": LOOKS,
    "reports": REPORT_LABELS,
    "sides": SIDE_LABELS,
    "figures": FIGURES,
    "faults": FAULT_LABELS,
    "standings": STANDING_LABELS,
    "standing_looks": STANDING_LOOKS,
    "becomes": BECOMES_LABELS,
}
