"""Planning a visit: first the site, then who goes, when and with which lists."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists.queries import published
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.inspections import queries, service
from inspect_app.inspections.forms import PlanForm
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
    return render_template("inspections/plan.html", form=form, site=site), 422 if form.is_submitted() else 200


def _ask_site() -> str:
    text = request.args.get("text", "")
    found = sites.choices(db.session(), current_actor(), text, 50)
    return render_template("inspections/choose_site.html", sites=found, text=text, categories=CATEGORIES)


def _form(site: Site) -> PlanForm:
    lists = published(db.session())
    fitting = [each.code for each in lists if each.code == site.category]
    form = PlanForm(data={"planned_on": clock.today(), "checklist_codes": fitting})
    return form.offer(queries.inspectors_for(db.session(), site), lists)


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
