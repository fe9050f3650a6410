"""Planning a journey with several objects, and giving a visit another team."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid, StepRefused
from inspect_app.core.labels import mark
from inspect_app.inspections import combinations, queries, service
from inspect_app.inspections.combinations import Combination
from inspect_app.inspections.forms import JourneyForm, ReassignForm
from inspect_app.inspections.lifecycle import INSPECTION_LIFE
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.views.place import Page, blueprint
from inspect_app.sites import queries as sites
from inspect_app.sites.models import Site

MOST_OBJECTS = 500


@blueprint.route("/journeys/<combination>", methods=["GET", "POST"])
@requires(Permission.PLAN_INSPECTION)
def journey(combination: str) -> Page:
    """Plan a journey: the combined lists at a site, and visits to some other objects of its county."""
    site = sites.by_reference(db.session(), current_actor(), request.args.get("site", ""))
    chosen = combinations.combination(combination)
    form = _form(site, chosen)
    if form.validate_on_submit():
        try:
            return _planned(_save(site.reference, chosen, form))
        except Invalid as error:
            form.show(error)
    shown = {"form": form, "site": site, "combination": chosen}
    return render_template("inspections/journey.html", **shown), 422 if form.is_submitted() else 200


@blueprint.route("/<reference>/team", methods=["GET", "POST"])
@requires(Permission.PLAN_INSPECTION)
def team(reference: str) -> Page:
    """Give a visit another team."""
    inspection = queries.by_reference(db.session(), current_actor(), reference)
    _check_open(inspection)
    form = _team_form(inspection)
    if form.validate_on_submit():
        try:
            return _handed_over(reference, form)
        except Invalid as error:
            form.show(error)
    shown = {"form": form, "inspection": inspection}
    return render_template("inspections/team.html", **shown), 422 if form.is_submitted() else 200


def _form(site: Site, chosen: Combination) -> JourneyForm:
    form = JourneyForm(data={"kind": chosen.kind, "planned_on": clock.today()})
    form.offer(_objects(site))
    form.offer_people(queries.people_for(db.session(), site, chosen.kind))
    return form


def _objects(site: Site) -> list[Site]:
    """List what may be visited on the way, key objects first."""
    within = sites.SiteFilter(region_id=site.county_id)
    rows = sites.page(db.session(), current_actor(), within, size=MOST_OBJECTS)
    others = (each for each in rows if each.id != site.id and each.category != site.category)
    return sorted(others, key=lambda each: (not each.key_object, each.category, each.name))


def _save(reference: str, chosen: Combination, form: JourneyForm) -> list[str]:
    session, actor = db.session(), current_actor()
    with transaction():
        made = service.plan_journey(
            session,
            actor,
            site=sites.by_reference(session, actor, reference),
            combination=chosen,
            objects=[sites.by_reference(session, actor, each) for each in form.objects.data or []],
            planned_on=form.planned_on.data or clock.today(),
            inspector_ids=form.team(),
            kind=form.kind.data,
        )
        return [each.reference for each in made]


def _planned(references: list[str]) -> Page:
    flash(_("已安排一次行程，共 %(n)s 次检查。", n=len(references)), "success")
    return redirect(url_for("inspections.show", reference=references[0]))


def _check_open(inspection: Inspection) -> None:
    """Raise StepRefused before a form is filled that this person could not send."""
    if all(step.action != "reassign" for step in INSPECTION_LIFE.open_to(inspection, current_actor())):
        raise StepRefused([mark("检查已提交、已作废，或由上级安排，您不能调整检查人员。")])


def _team_form(inspection: Inspection) -> ReassignForm:
    members = [each.user_id for each in inspection.inspectors]
    form = ReassignForm(data={"version": inspection.version, "lead": members[0], "inspector_ids": members})
    form.offer_people(queries.people_for(db.session(), inspection.site, inspection.kind))
    return form


def _handed_over(reference: str, form: ReassignForm) -> Page:
    with transaction():
        inspection = queries.by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(inspection.version)
        reason, version = form.reason.data or "", form.version.data
        service.reassign(db.session(), current_actor(), inspection, form.team(), reason, version)
    flash(_("检查人员已调整。"), "success")
    return redirect(url_for("inspections.show", reference=reference))
