"""The page of an emergency, its list for the crews, adjusting and ending it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.queries import visible_to as campaigns_visible_to
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.emergencies import queries, service, sheet
from inspect_app.emergencies.estimate import Estimate, estimate
from inspect_app.emergencies.forms import ReasonForm, SettingsForm, settings_of
from inspect_app.emergencies.intensity import MARK, roman
from inspect_app.emergencies.lifecycle import EMERGENCY_LIFE, LOOKS, STATES, HoldState
from inspect_app.emergencies.loading import attenuation
from inspect_app.emergencies.models import Emergency
from inspect_app.emergencies.sketch import SIZE as SKETCH_SIZE
from inspect_app.emergencies.sketch import sketch
from inspect_app.emergencies.views.place import Page, blueprint, found
from inspect_app.quakes.models import Quake
from inspect_app.quakes.queries import visible_to as quakes_visible_to
from inspect_app.sites.rules import CATEGORIES
from inspect_app.web.downloads import send_workbook

SHOWN = 200


@blueprint.get("/<reference>")
@requires(Permission.VIEW_QUAKES)
def show(reference: str) -> str:
    """Show what may be hit, what stands still, and what this person may do now."""
    return drawn(found(reference))


@blueprint.get("/<reference>/sites.xlsx")
@requires(Permission.VIEW_QUAKES)
def workbook(reference: str) -> Response:
    """Give the sites as a workbook for the crews."""
    emergency, actor = found(reference), current_actor()
    told = estimate(db.session(), actor, emergency)
    return send_workbook(sheet.file_name(emergency), lambda out: sheet.export(actor, emergency, told, out))


@blueprint.post("/<reference>/adjust")
@requires(Permission.LEAD_EMERGENCY)
def adjust(reference: str) -> Page:
    """Change what counts as inside."""
    form = SettingsForm().offer()
    if not form.validate_on_submit() or not _adjusted(form, reference):
        return drawn(found(reference), settings=form), 422
    flash(_("已调整。已经停止计时的仍按原来的日期。"), "success")
    return redirect(url_for("emergencies.show", reference=reference))


def drawn(emergency: Emergency, settings: SettingsForm | None = None, reason: ReasonForm | None = None) -> str:
    """Draw the page of an emergency."""
    session, actor = db.session(), current_actor()
    told = estimate(session, actor, emergency)
    first = max(request.args.get("first", 0, type=int), 0)
    leads = actor.can(Permission.LEAD_EMERGENCY)
    return render_template(
        "emergencies/show.html",
        emergency=emergency,
        told=told,
        first=first,
        rows=told.affected[first : first + SHOWN],
        size=SHOWN,
        drawing=sketch(told),
        drawing_size=SKETCH_SIZE,
        rings=_rings(told),
        tally=queries.tally(session, emergency),
        moves=queries.moves_of(session, actor, emergency),
        campaigns=_campaigns(emergency),
        quake_seen=session.scalar(select(Quake.id).where(Quake.id == emergency.quake_id, quakes_visible_to(actor))),
        steps={step.action: step for step in EMERGENCY_LIFE.open_to(emergency, actor)} if leads else {},
        settings=settings or settings_of(emergency),
        reason=reason or ReasonForm(formdata=None, data={"version": emergency.version}),
        **_labels(),
    )


def _rings(told: Estimate) -> list[tuple[int, tuple[float, float], int]]:
    """Return degree, reach and number of sites, the strongest first."""
    top = int(told.shaking.at_centre)
    degrees = range(min(top, 12), told.least - 1, -1)
    return [(each, told.shaking.reach(each), told.by_degree.get(each, 0)) for each in degrees]


def _campaigns(emergency: Emergency) -> list[tuple[Campaign, bool]]:
    """Return the campaigns, and whether this person may open them."""
    keys = [each.campaign_id for each in emergency.campaigns]
    rows = select(Campaign.id).where(Campaign.id.in_(keys), campaigns_visible_to(current_actor()))
    seen = set(db.session.scalars(rows))
    return [(each.campaign, each.campaign_id in seen) for each in emergency.campaigns]


def _labels() -> dict[str, object]:
    return {
        "mark": MARK,
        "roman": roman,
        "grades": sheet.GRADES,
        "categories": CATEGORIES,
        "states": STATES,
        "looks": LOOKS,
        "life": EMERGENCY_LIFE,
        "source": attenuation().source,
        "HELD": HoldState.HELD,
        "REFUSED": HoldState.REFUSED,
        "RUNNING": HoldState.RUNNING,
    }


def _adjusted(form: SettingsForm, reference: str) -> bool:
    try:
        with transaction():
            emergency = found(reference)
            form.refuse_if_stale(emergency.version)
            service.adjust(db.session(), current_actor(), emergency, emergency.version, form.given())
    except Invalid as error:
        form.show(error)
        return False
    return True
