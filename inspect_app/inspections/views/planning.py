"""Planning a visit: first the site, then who goes, when and with which lists."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.inspections import queries, service
from inspect_app.inspections.combinations import combinations_for
from inspect_app.inspections.forms import PlanForm
from inspect_app.inspections.offers import fitting, offered
from inspect_app.inspections.views.place import Page, blueprint
from inspect_app.sites import queries as sites
from inspect_app.sites.models import Site
from inspect_app.sites.rules import CATEGORIES


@blueprint.route("/plan", methods=["GET", "POST"])
@requires(Permission.PLAN_INSPECTION)
def plan() -> Page:
    """Plan a visit to a site; without one, ask which."""
    if not request.args.get("site"):
        return _ask_site()
    site = sites.by_reference(db.session(), current_actor(), request.args["site"])
    form = _form(site)
    if form.validate_on_submit():
        try:
            reference = _save(site.reference, form)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已安排检查 %(reference)s。", reference=reference), "success")
            return redirect(url_for("inspections.show", reference=reference))
    shown = {"form": form, "site": site, "combinations": combinations_for(site.category)}
    return render_template("inspections/plan.html", **shown), 422 if form.is_submitted() else 200


def _ask_site() -> str:
    text = request.args.get("text", "")
    found = sites.choices(db.session(), current_actor(), text, 50)
    return render_template("inspections/choose_site.html", sites=found, text=text, categories=CATEGORIES)


def _offer_everybody(form: PlanForm, site: Site) -> None:
    """Let the form choose among the inspectors for a site and, for a self-check, the county's own people."""
    session = db.session()
    inspectors, own = queries.inspectors_for(session, site), queries.self_checkers_for(session, site)
    known = {user.id for user in inspectors}
    only_self_checks = [user for user in own if user.id not in known]
    form.offer_people([*inspectors, *only_self_checks], {user.id for user in only_self_checks})


def _form(site: Site) -> PlanForm:
    lists = offered(db.session(), site)
    kind = request.args.get("kind", "")
    form = PlanForm(data={"kind": kind, "planned_on": clock.today(), "checklist_codes": fitting(db.session(), site)})
    form.offer(lists)
    _offer_everybody(form, site)
    return form


def _save(reference: str, form: PlanForm) -> str:
    with transaction():
        made = service.plan(
            db.session(),
            current_actor(),
            site=sites.by_reference(db.session(), current_actor(), reference),
            kind=form.kind.data,
            planned_on=form.planned_on.data or clock.today(),
            inspector_ids=form.team(),
            checklist_codes=form.checklist_codes.data or [],
        )
        return made.reference
