"""The register: its list, the card of a site, registering and changing one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import Sentence, mark
from inspect_app.regions.queries import counties_of
from inspect_app.sites import queries, rules, service
from inspect_app.sites.duplicates import resembling
from inspect_app.sites.forms import SiteForm
from inspect_app.sites.models import Site
from inspect_app.sites.seismic import age, findings
from inspect_app.sites.views.filtering import address, chips, chosen
from inspect_app.sites.views.place import Page, blueprint, capturable_regions

SIZE = 50


@blueprint.get("/sites")
@requires(Permission.VIEW_SITES)
def index() -> str:
    """List the sites that the person sees."""
    actor, session = current_actor(), db.session()
    wanted, region = chosen()
    rows = queries.page(session, actor, wanted, request.args.get("after", ""), SIZE)
    counties = counties_of(session, actor.view_region_id) if actor.view_region_id else []
    return render_template(
        "sites/index.html",
        sites=rows[:SIZE],
        next_href=address("sites.index", after=rows[SIZE - 1].reference) if len(rows) > SIZE else None,
        total=queries.count(session, actor, wanted),
        counties=counties,
        chips=chips(wanted, region),
        address=address,
        rules=rules,
    )


@blueprint.get("/sites/<reference>")
@requires(Permission.VIEW_SITES)
def show(reference: str) -> str:
    """Show one site with its seismic card."""
    actor, session = current_actor(), db.session()
    site = queries.by_reference(session, actor, reference)
    return render_template(
        "sites/show.html",
        site=site,
        rules=rules,
        editable=service.may_edit(session, actor, site.region_id),
        findings=findings(site),
        age=age(site.built_year, clock.today()),
    )


@blueprint.route("/sites/new", methods=["GET", "POST"])
@requires(Permission.EDIT_SITES)
def new() -> Page:
    """Register a site; what may be registered already is shown first."""
    form, alike = SiteForm().offer(capturable_regions()), []
    if form.validate_on_submit():
        try:
            alike = _resembling(form)
            if not alike:
                return redirect(url_for("sites.show", reference=_register(form)))
        except Invalid as error:
            form.show(error)
    return render_template("sites/edit.html", form=form, site=None, alike=alike), 422 if form.is_submitted() else 200


@blueprint.route("/sites/<reference>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_SITES)
def edit(reference: str) -> Page:
    """Change the card of a site."""
    site = queries.by_reference(db.session(), current_actor(), reference)
    form = SiteForm(data={**service.card_of(site), "version": site.version}).offer(capturable_regions())
    if form.validate_on_submit():
        try:
            _save(reference, form)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已保存。"), "success")
            return redirect(url_for("sites.show", reference=reference))
    elif not service.may_edit(db.session(), current_actor(), site.region_id):
        raise Forbidden(mark("您只能登记和修改本地区的检查对象。"))
    return render_template("sites/edit.html", form=form, site=site, alike=[]), 422 if form.is_submitted() else 200


def _save(reference: str, form: SiteForm) -> None:
    with transaction():
        site = queries.by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(site.version)
        service.update(db.session(), current_actor(), site, site.version, **form.card())


def _resembling(form: SiteForm) -> list[tuple[Site, Sentence]]:
    return [] if form.register_anyway.data else resembling(db.session(), current_actor(), form.card())


def _register(form: SiteForm) -> str:
    with transaction():
        reference = service.register(db.session(), current_actor(), **form.card()).reference
    flash(_("已登记检查对象 %(reference)s。", reference=reference), "success")
    return reference
