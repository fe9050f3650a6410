"""Adding an entry by hand, changing one, ending one."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.regions.models import Region
from inspect_app.regions.queries import county_of
from inspect_app.registers import queries, service
from inspect_app.registers.definition import Register
from inspect_app.registers.forms import EndForm, EntryForm, form_for, shown_values
from inspect_app.registers.loading import register_of
from inspect_app.registers.models import RegisterEntry
from inspect_app.registers.views.place import Page, blueprint, capturable_regions


@blueprint.route("/<code>/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTERS)
def new(code: str) -> Page:
    """Add an entry."""
    register = register_of(code)
    form = form_for(register)(data={"as_of": clock.today()}).offer(capturable_regions())
    if form.validate_on_submit():
        try:
            return redirect(url_for("registers.entry", reference=_add(register, form)))
        except (Invalid, Conflict) as error:
            _show(register, form, error)
    page = render_template("registers/edit.html", form=form, register=register, entry=None)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/entries/<reference>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTERS)
def edit(reference: str) -> Page:
    """Change what an entry says."""
    entry = queries.by_reference(db.session(), current_actor(), reference)
    register = register_of(entry.register)
    form = _form(register, entry)
    if form.validate_on_submit():
        try:
            _save(register, reference, form)
        except (Invalid, Conflict) as error:
            _show(register, form, error)
        else:
            return redirect(url_for("registers.entry", reference=reference))
    elif not service.may_edit(db.session(), current_actor(), entry.region_id):
        raise Forbidden(service.NOT_HERE)
    page = render_template("registers/edit.html", form=form, register=register, entry=entry)
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/entries/<reference>/end")
@requires(Permission.EDIT_REGISTERS)
def end(reference: str) -> Response:
    """Say that an entry is no longer there."""
    form = EndForm()
    queries.by_reference(db.session(), current_actor(), reference)
    if not form.validate():
        raise Invalid(form.errors)
    with transaction():
        entry = queries.by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(entry.version)
        service.end(db.session(), current_actor(), entry, form.ended_on.data or clock.today(), entry.version)
    flash(_("已记为结束，以前的内容仍可查看。"), "success")
    return redirect(url_for("registers.entry", reference=reference))


def _form(register: Register, entry: RegisterEntry) -> EntryForm:
    known = {"version": entry.version, "region_id": entry.region_id, "as_of": clock.today()}
    return form_for(register)(data=shown_values(register, entry.values) | known).offer(capturable_regions())


def _add(register: Register, form: EntryForm) -> str:
    with transaction():
        said = _said(form)
        county = county_of(db.session(), said.region.id)
        reference = service.add(db.session(), current_actor(), register, county, said).reference
    flash(_("已登记 %(reference)s。", reference=reference), "success")
    return reference


def _save(register: Register, reference: str, form: EntryForm) -> None:
    with transaction():
        entry = queries.by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(entry.version)
        service.change(db.session(), current_actor(), register, entry, _said(form), entry.version)
    flash(_("已保存。"), "success")


def _said(form: EntryForm) -> service.Said:
    region = db.session.get_one(Region, form.region_id.data)
    return service.Said(region, form.values(), form.as_of.data or clock.today())


def _show(register: Register, form: EntryForm, error: Invalid | Conflict) -> None:
    """Put what the service says of the township beside its field."""
    column = register.region_column
    if isinstance(error, Invalid) and column and column.code in error.problems:
        error.problems["region_id"] = error.problems.pop(column.code)
    form.show(error)
