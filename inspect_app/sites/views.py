"""Pages of the register of sites."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, counties_of, named_regions
from inspect_app.sites import queries, rules, service
from inspect_app.sites.forms import SiteForm

blueprint = Blueprint("sites", __name__, url_prefix="/sites", template_folder="templates")
Page = str | Response | tuple[str, int]
SIZE = 50


@blueprint.get("")
@requires(Permission.VIEW_SITES)
def index() -> str:
    """List the sites that the person sees."""
    actor, session = current_actor(), db.session()
    chosen, region = _chosen()
    rows = queries.page(session, actor, chosen, request.args.get("after", ""), SIZE)
    counties = counties_of(session, actor.view_region_id) if actor.view_region_id else []
    return render_template(
        "sites/index.html",
        sites=rows[:SIZE],
        next_href=_address(after=rows[SIZE - 1].reference) if len(rows) > SIZE else None,
        total=queries.count(session, actor, chosen),
        counties=counties,
        chips=_chips(chosen, region),
        rules=rules,
    )


@blueprint.get("/<reference>")
@requires(Permission.VIEW_SITES)
def show(reference: str) -> str:
    """Show one site with its seismic card."""
    actor, session = current_actor(), db.session()
    site = queries.by_reference(session, actor, reference)
    editable = service.may_edit(session, actor, site.region_id)
    return render_template("sites/show.html", site=site, rules=rules, editable=editable)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.EDIT_SITES)
def new() -> Page:
    """Register a site."""
    form = SiteForm().offer(_capturable())
    if form.validate_on_submit():
        try:
            with transaction():
                reference = service.register(db.session(), current_actor(), **form.card()).reference
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已登记检查对象 %(reference)s。", reference=reference), "success")
            return redirect(url_for("sites.show", reference=reference))
    return render_template("sites/edit.html", form=form, site=None), 422 if form.is_submitted() else 200


@blueprint.route("/<reference>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_SITES)
def edit(reference: str) -> Page:
    """Change the card of a site."""
    site = queries.by_reference(db.session(), current_actor(), reference)
    form = SiteForm(data={**service.card_of(site), "version": site.version}).offer(_capturable())
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
    return render_template("sites/edit.html", form=form, site=site), 422 if form.is_submitted() else 200


def _save(reference: str, form: SiteForm) -> None:
    with transaction():
        site = queries.by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(site.version)
        service.update(db.session(), current_actor(), site, site.version, **form.card())


def _capturable() -> list[Any]:
    capture = current_actor().capture_region_id
    return named_regions(db.session(), capture) if capture else []


def _chosen() -> tuple[queries.SiteFilter, Region | None]:
    given = request.args
    region = by_code(db.session(), given["region"]) if given.get("region") else None
    chosen = queries.SiteFilter(
        region_id=region.id if region else None,
        category=given.get("category", ""),
        text=given.get("text", ""),
        key_object=bool(given.get("key_object")),
        active=not given.get("retired"),
    )
    return chosen, region


def _chips(chosen: queries.SiteFilter, region: Region | None) -> list[tuple[str, str]]:
    """Pair each condition in force with the address of the list without it."""
    shown = {
        "region": region.name if region else "",
        "category": _(rules.CATEGORIES.get(chosen.category, chosen.category)) if chosen.category else "",
        "text": chosen.text,
        "key_object": _("重点对象") if chosen.key_object else "",
        "retired": "" if chosen.active else _("已停用"),
    }
    return [(label, _address(**{name: None})) for name, label in shown.items() if label]


def _address(**over: str | None) -> str:
    given = {**request.args.to_dict(), "after": None, **over}
    kept: dict[str, Any] = {name: value for name, value in given.items() if value}
    return url_for("sites.index", **kept)
