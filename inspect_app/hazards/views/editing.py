"""Registering a finding by hand, and completing what is known of a hazard."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.editing import editable_columns
from inspect_app.hazards.forms import GeneratedForm, column_form, register_form
from inspect_app.hazards.inputs import COLUMNS, GROUPS, cleaned_columns
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import by_reference
from inspect_app.hazards.service import register, unit_id_of, update
from inspect_app.hazards.views.place import Page, blueprint
from inspect_app.regions.queries import by_code, county_of, named_regions
from inspect_app.sites.models import Site
from inspect_app.sites.queries import by_reference as site_by_reference

AT_FIRST = [name for name in COLUMNS if name not in {"progress", "supervising_unit_name", "supervising_person"}]


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_HAZARD)
def new() -> Page:
    """Register a finding by hand; what is unknown may be completed later."""
    site = _site()
    form = _blank(site)
    if form.validate_on_submit():
        try:
            reference = _register(form, site)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已登记 %(reference)s。", reference=reference), "success")
            return redirect(url_for("hazards.show", reference=reference))
    page = render_template("hazards/new.html", form=form, names=AT_FIRST, groups=GROUPS)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/<reference>/edit", methods=["GET", "POST"])
@requires(Permission.REGISTER_HAZARD, Permission.RECTIFY_HAZARD)
def edit(reference: str) -> Page:
    """Complete or correct what is known; columns this person may not change now are absent."""
    hazard = by_reference(db.session(), current_actor(), reference)
    names = _editable(hazard)
    form = column_form(names, frozenset(), data={name: getattr(hazard, name) for name in (*names, "version")})
    if form.validate_on_submit():
        try:
            _save(reference, form, names)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已保存。"), "success")
            return redirect(url_for("hazards.show", reference=reference))
    page = render_template("hazards/edit.html", hazard=hazard, form=form, names=names, groups=GROUPS)
    return page, 422 if form.is_submitted() else 200


def _register(form: GeneratedForm, site: Site | None) -> str:
    with transaction():
        return register(db.session(), current_actor(), _draft(form, site)).reference


def _editable(hazard: Hazard) -> list[str]:
    names = editable_columns(hazard, standing_of(db.session(), current_actor(), hazard))
    if not names:
        raise Forbidden(mark("这条隐患的这些内容现在不能由您修改。"))
    return names


def _save(reference: str, form: GeneratedForm, names: list[str]) -> None:
    with transaction():
        hazard = by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(hazard.version)
        update(db.session(), current_actor(), hazard, form.given(names), hazard.version)


def _site() -> Site | None:
    reference = request.args.get("site")
    return site_by_reference(db.session(), current_actor(), reference) if reference else None


def _blank(site: Site | None) -> GeneratedForm:
    capture = current_actor().capture_region_id
    places = named_regions(db.session(), capture) if capture else []
    known: dict[str, Any] = {"found_on": clock.today()}
    if site:
        unit = site.responsible_unit
        known |= {
            "region": site.region.code,
            "category": site.category,
            "site_name": site.name,
            "location": site.address,
            "responsible_unit_name": unit.name if unit else "",
        }
    return register_form(AT_FIRST, places, data=known)


def _draft(form: GeneratedForm, site: Site | None) -> HazardDraft:
    session, actor = db.session(), current_actor()
    columns = cleaned_columns(form.given(AT_FIRST))
    region = by_code(session, form["region"].data)
    county = county_of(session, region.id)
    return HazardDraft(
        county_id=county.id,
        region_id=region.id,
        origin="manual",
        category=form["category"].data or "",
        site_id=site.id if site and site.county_id == county.id else None,
        found_by=actor.name,
        found_by_id=actor.id,
        responsible_unit_id=unit_id_of(session, county.id, columns["responsible_unit_name"]),
        **columns,
    )
